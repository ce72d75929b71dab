"""``check``: config.yaml and every file it names, told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from streambot.config import shipped
from tests.cli.conftest import Run

_BOOK = (
    "- id: ship\n  questions: [几号发货, 啥时候发, 多久能发出]\n  answer: 48小时内发\n"
)
_CONFIG = """\
version: 1
rooms:
  - name: shop
    url: ws://127.0.0.1:1/
    faq: [faq.yaml]
    products: products.yaml
    orders: {source: csv, path: orders.csv}
    greeting: {within_seconds: 5}
    sending: {per_seconds: 2}
  - name: second
    url: ws://127.0.0.1:1/
    faq: [faq.yaml]
    products: products.yaml
"""


@pytest.fixture
def shop(here: Path) -> Path:
    """A config.yaml with a good book, product file and order file beside it."""
    (here / "config.yaml").write_text(_CONFIG, encoding="utf-8")
    (here / "faq.yaml").write_text(_BOOK, encoding="utf-8")
    (here / "products.yaml").write_text(
        "products:\n  - {id: tee, link: 1, name: T恤, price: 59元}\n", encoding="utf-8"
    )
    (here / "orders.csv").write_text("order_id,status\nA1,paid\n", encoding="utf-8")
    return here


def test_a_shop_in_order_ends_with_0(run: Run, shop: Path) -> None:
    """Without a problem there is one line, which counts what is usable."""
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout.startswith("config.yaml：问答 1 条可用，0 处错误，0 处提醒")


def test_the_shipped_shop_is_in_order(run: Run) -> None:
    """What the product ships with has no error and no warning."""
    env = {"STREAMBOT_DEMO_TOKEN": "long enough"}
    result = run("check", "--config", str(shipped() / "config.yaml"), env=env)
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1


def test_a_shop_s_wording_rules_are_checked_and_judge_its_books(
    run: Run, shop: Path
) -> None:
    """A slip in the rules and an answer they hold are told by file and line, once for two rooms."""
    config = _CONFIG.replace("    faq:", "    guard: [guard.yaml]\n    faq:")
    (shop / "config.yaml").write_text(config, encoding="utf-8")
    (shop / "guard.yaml").write_text(
        "rules:\n  - {id: own, words: [时辰], replacements: {小时内: 小时左右}}\n"
        "  - {id: other, word: [甲]}\n",
        encoding="utf-8",
    )
    result = run("check")
    assert result.exit_code == 1
    rows = [row for row in result.stdout.splitlines() if ".yaml:" in row]
    assert [row.split(" ")[0].rpartition("/")[2] for row in rows] == [
        *("faq.yaml:3:13:", "guard.yaml:3:17:")
    ]
    assert "48小时左右发" in result.stdout


def test_mistakes_of_all_files_at_once(run: Run, shop: Path) -> None:
    """Book, products and orders are told together, a book of two rooms once; the end is 1."""
    with (shop / "faq.yaml").open("a", encoding="utf-8") as book:
        book.write("- questions: [有色差吗]\n  anwser: 色差很小\n")
    with (shop / "products.yaml").open("a", encoding="utf-8") as products:
        products.write("  - {id: tee, link: 2, name: 长袖}\n")
    with (shop / "orders.csv").open("a", encoding="utf-8") as orders:
        orders.write("A2\n")
    result = run("check")
    rows = result.stdout.splitlines()
    assert result.exit_code == 1
    told = [row for row in rows if row.split(":")[0].endswith((".yaml", ".csv"))]
    assert [Path(row.split(":")[0]).name for row in told] == [
        *("faq.yaml", "products.yaml", "orders.csv")
    ]
    assert [row.split(":")[1] for row in told] == ["5", "3", "3"]
    assert "  |   answer: 色差很小" in rows


def test_missing_files_are_told(run: Run, shop: Path) -> None:
    """A book or an order file that isn't there is an error, not an empty shop."""
    (shop / "faq.yaml").unlink()
    (shop / "orders.csv").unlink()
    result = run("check")
    rows = result.stdout.splitlines()
    assert result.exit_code == 1
    assert "faq.yaml:1:1: 错误 E004" in rows[0]
    assert "orders.csv: 错误 E802" in rows[1]
    assert rows[2].startswith("config.yaml：问答 0 条可用，2 处错误")
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("within", "code", "exit_code"), [(5, None, 0), (4, "W211", 0), (1, "E211", 3)]
)
def test_a_welcome_needs_a_slot_in_time(
    run: Run, shop: Path, within: int, code: str | None, exit_code: int
) -> None:
    """Welcomes due before the next line may leave are an error, tight ones a warning, each with
    the line put right."""
    text = _CONFIG.replace("within_seconds: 5", f"within_seconds: {within}")
    (shop / "config.yaml").write_text(text, encoding="utf-8")
    result = run("check")
    assert result.exit_code == exit_code
    if code is None:
        assert "211" not in result.stdout
    else:
        assert "config.yaml:8:" in result.stdout
        assert code in result.stdout
        assert "  |     greeting: {within_seconds: 5}" in result.stdout.splitlines()


def test_a_broken_config_ends_with_3_and_hides_no_other_mistake(
    run: Run, shop: Path
) -> None:
    """A misspelt setting ends with 3, names the likely one, and the books are checked as well."""
    text = _CONFIG.replace("    url:", "    ulr:", 1)
    (shop / "config.yaml").write_text(text, encoding="utf-8")
    (shop / "faq.yaml").write_text("- questions: [几号发货]\n", encoding="utf-8")
    result = run("check")
    assert result.exit_code == 3
    assert "config.yaml:4:5" in result.stdout
    assert "  |     url: ws://127.0.0.1:1/" in result.stdout.splitlines()
    assert "faq.yaml:1:" in result.stdout


def test_the_environment_is_checked_too(run: Run, shop: Path) -> None:
    """A setting that the environment overrides with nonsense is an error."""
    result = run("check", env={"STREAMBOT_WEB__PORT": "many"})
    assert result.exit_code == 3
    assert "STREAMBOT_WEB__PORT" in result.stdout


def test_tokens_are_never_shown(run: Run, shop: Path) -> None:
    """The token of a room stands in no output of a check."""
    text = _CONFIG.replace("    faq:", "    token_env: SHOP_TOKEN\n    faq:", 1)
    (shop / "config.yaml").write_text(text, encoding="utf-8")
    result = run("check", env={"SHOP_TOKEN": "hush-hush"})
    assert result.exit_code == 0
    assert "hush-hush" not in result.output


def test_a_chinese_colon_in_braces_keeps_its_value(run: Run, shop: Path) -> None:
    """The line put right has the value that was written, not the key alone."""
    text = f"web: {{port: 1, host：127.0.0.1}}\n{_CONFIG}"
    (shop / "config.yaml").write_text(text, encoding="utf-8")
    shown = run("check").stdout
    assert "config.yaml:1:16: 错误 E102 web.host" in shown
    assert "  | web: {port: 1, host: 127.0.0.1}" in shown


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("token_env: SHOP_TOKEN", "请先设置环境变量 SHOP_TOKEN"),
        ("token_file: token.txt", "读不到或是空的"),
        ("board_token_env: SHOP_TOKEN", "环境变量 SHOP_TOKEN 里要有"),
    ],
)
def test_a_token_that_is_nowhere_is_told_as_run_tells_it(
    run: Run, shop: Path, key: str, told: str
) -> None:
    """What would keep ``run`` from starting is among what is wrong: 3, as there."""
    text = _CONFIG.replace("    faq:", f"    {key}\n    faq:", 1)
    (shop / "config.yaml").write_text(text, encoding="utf-8")
    env = {"SHOP_TOKEN": ""}
    result = run("check", env=env)
    assert (result.exit_code, "错误 E210" in result.stdout) == (3, True)
    assert told in result.stdout
    assert "1 处错误" in result.stdout
    started = run("run", env=env)
    assert (started.exit_code, told in started.stderr) == (3, True)


@pytest.mark.parametrize("text", ["", "version: 1\n", "rooms: []\n"])
def test_settings_without_a_room_are_an_error(run: Run, here: Path, text: str) -> None:
    """An empty config.yaml is no shop in order; ``run`` doesn't start a bot that does nothing."""
    (here / "config.yaml").write_text(text, encoding="utf-8")
    for result in (run("check"), run("run")):
        assert result.exit_code == 3
        assert "config.yaml: 错误 E204 rooms: 没有直播间" in result.output


@pytest.mark.parametrize("text", ["rooms: mini\n", "room:\n  - {name: a}\n", "a\n"])
def test_rooms_that_cannot_be_read_are_told_once(
    run: Run, here: Path, text: str
) -> None:
    """What hides the rooms is told, and not that there are none besides."""
    (here / "config.yaml").write_text(text, encoding="utf-8")
    result = run("check")
    assert (result.exit_code, "没有直播间" in result.stdout) == (3, False)
    assert "1 处错误" in result.stdout


def test_who_is_in_which_group_is_checked_against_the_accounts(
    run: Run, shop: Path
) -> None:
    """Each slip has its place and sentence: no members, the supervisors, a name nobody has."""
    path = shop / "config.yaml"
    shifts = "desk:\n  shifts: {care: 09:00-18:00, anni: 全天}\n"
    groups = f"{shifts}  groups:\n    care: [anna, ana]\n"
    path.write_text(f"{_CONFIG}{groups}", encoding="utf-8")
    assert "ana" not in run("check").stdout  # nobody has an account yet
    word = "糖葫芦配豆汁儿九块九"
    options = ("--role", "agent", "--password-file", "-")
    assert run("user", "add", "anna", *options, input=word).exit_code == 0
    told = run("check")
    assert told.exit_code == 0
    assert "desk.groups.care" in told.stdout
    assert "“ana”没有账号" in told.stdout
    assert "anna”" not in told.stdout
    assert "“anni”没有账号" in told.stdout
    assert "desk.shifts.care" not in told.stdout
    path.write_text(f"{_CONFIG}{groups}    size: []\n    supervisor: [anna]\n")
    told = run("check")
    assert told.exit_code == 3
    assert "“size”组里没有人" in told.stdout
    assert "主管组就是所有主管账号" in told.stdout
