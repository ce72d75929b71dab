"""``faq try`` and ``faq test``: what a line would be answered, why, and whether it should be."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from streambot.adapters.store import open_store
from streambot.bootstrap.encoders import Encoders
from streambot.domain.faq.measure_names import MEASURES
from tests.cli.conftest import Run

_BOOK = """\
- id: ship
  questions: [几号发货]
  answer: 48小时内发
  not_questions: [我的几号发货]
- id: fee
  questions: [包邮吗]
  none: [运费险]
  answer: 满49元包邮
- id: price
  questions: [这个多少钱]
  answer: "{product.name}{product.price}"
"""


@pytest.fixture
def book(here: Path) -> Path:
    """A small book with the products it speaks of beside it."""
    (here / "products.yaml").write_text(
        "products:\n  - {id: tee, link: 1, name: T恤, price: 59元}\n", encoding="utf-8"
    )
    path = here / "faq.yaml"
    path.write_text(_BOOK, encoding="utf-8")
    return path


def test_a_line_is_explained(run: Run, book: Path) -> None:
    """Outcome, reason, answer, mood and every candidate with score and veto are shown."""
    result = run("faq", "try", "几号发货", "--faq", "faq.yaml")
    assert result.exit_code == 0
    for shown in ("直接回答 answered", "48小时内发", "平静 calm", "ship", "100%"):
        assert shown in result.stdout
    vetoed = run("faq", "try", "运费险包邮吗", "--faq", "faq.yaml")
    assert vetoed.exit_code == 0
    assert "none" in vetoed.stdout
    assert "直接回答" not in vetoed.stdout


def test_a_line_is_read_as_a_room_reads_it(run: Run, book: Path) -> None:
    """Without the product's name where that finds more; what isn't there any more isn't shown."""
    args = ("faq", "try", "T恤咋卖", "--faq", "faq.yaml", "--second-look", "off")
    told = json.loads(run(*args, "--json").stdout)
    assert told["plain"] == "咋卖"
    for evidence in told["evidence"]:
        start, end = evidence["start"], evidence["end"]
        assert told["text"][start:end] == evidence["text"]
    assert "读作 read as: 咋卖" in run(*args).stdout


def test_values_come_from_the_product_on_screen(run: Run, book: Path) -> None:
    """``--product`` fills the answer; a product that isn't there is a sentence and 2."""
    args = ("faq", "try", "这个多少钱", "--faq", "faq.yaml", "--json", "--product")
    assert json.loads(run(*args, "1").stdout)["answer"] == "T恤59元"
    assert run(*args, "99").exit_code == 2


def test_json_holds_what_match_holds_and_more(run: Run, book: Path) -> None:
    """``--json`` gives the fields of ``faq match``, the mood, and every measure of a candidate."""
    shown = run("faq", "try", "骗子，几号发货", "--faq", "faq.yaml", "--json")
    found = json.loads(shown.stdout)
    wanted = {"text", "outcome", "entry", "score", "candidates", "reason", "answer"}
    wanted |= {"mood", "second_look", "intent", "shop", "looked_again"}
    assert wanted < found.keys()
    assert found["mood"] == "angry"
    assert found["candidates"][0]["why"].keys() >= set(MEASURES)


def test_the_second_look_is_shown(run: Run, book: Path) -> None:
    """What the encoder finds nearest is told, and nothing when it is off or not needed."""
    args = ("faq", "try", "几号能发", "--faq", "faq.yaml", "--json")
    found = json.loads(run(*args).stdout)["second_look"]
    assert max(found, key=found.__getitem__) == "几号发货"
    assert "意思最近的是“几号发货”" in run(*args[:-1]).stdout
    assert json.loads(run(*args, "--second-look", "off").stdout)["second_look"] is None
    sure = ("faq", "try", "哈哈哈", "--faq", "faq.yaml", "--json")
    assert json.loads(run(*sure).stdout)["second_look"] is None


def test_the_mood_is_that_of_the_second_look(run: Run, book: Path) -> None:
    """As a room hears it: anger without a word for it is heard only with the encoder."""
    args = ("faq", "try", "退个货这么费劲", "--faq", "faq.yaml", "--json")
    assert json.loads(run(*args).stdout)["mood"] == "angry"
    off = run(*args, "--second-look", "off")
    assert json.loads(off.stdout)["mood"] == "uneasy"


def test_what_the_bot_has_encoded_is_not_encoded_again(run: Run, book: Path) -> None:
    """The vectors in the data folder of config.yaml are taken as they are."""
    (book.parent / "config.yaml").write_text(
        "data_dir: data\n"
        "rooms:\n  - {name: shop, url: 'ws://127.0.0.1:1/', faq: [faq.yaml]}\n",
        encoding="utf-8",
    )
    encoder = Encoders().load("auto")
    nothing = (encoder.encode(["几号发货"])[0] * 0).astype("<f2").tobytes()

    async def keep() -> None:
        async with open_store(book.parent / "data") as store:
            await store.vectors.keep_vectors(encoder.name, {"几号发货": nothing})

    asyncio.run(keep())
    found = json.loads(run("faq", "try", "几号能发", "--json").stdout)["second_look"]
    # Nearer than anything if it were encoded: it is the same question.
    assert found["几号发货"] < 0.5 < found["包邮吗"]


def test_books_are_those_of_config_yaml_or_the_shipped_ones(
    run: Run, book: Path
) -> None:
    """Without ``--faq`` config.yaml here counts; without one, the shop that ships."""
    line = ("faq", "try", "包邮吗", "--json")
    assert json.loads(run(*line).stdout)["entry"] == "ship-fee"
    for command in (line, ("faq", "test", "--second-look", "off"), ("faq", "gaps")):
        (told,) = run(*command).stderr.splitlines()
        assert "演示店" in told
    (book.parent / "config.yaml").write_text(
        "rooms:\n  - {name: shop, url: 'ws://127.0.0.1:1/', faq: [faq.yaml]}\n",
        encoding="utf-8",
    )
    own = run(*line)
    assert (json.loads(own.stdout)["entry"], own.stderr) == ("fee", "")
    assert run(*line, "--room", "other").exit_code == 2


def test_what_the_room_would_turn_away_is_turned_away(run: Run, book: Path) -> None:
    """A phrasing that speaks of another product than the line is vetoed, as in the room."""
    text = _BOOK + "- {id: link3, questions: [3号链接什么料子], answer: 纯棉的}\n"
    book.write_text(text, encoding="utf-8")
    args = ("--faq", "faq.yaml", "--second-look", "off", "--json")
    asked = json.loads(run("faq", "try", "1号链接什么料子", *args).stdout)
    assert asked["entry"] is None
    assert {each["veto"] for each in asked["candidates"]} & {"product", "numbers"}


def test_hostile_text_reaches_no_terminal(run: Run, book: Path) -> None:
    """Escape sequences and markup in the line are not acted on."""
    result = run("faq", "try", "\x1b[31m几号发货[bold]\x07", "--faq", "faq.yaml")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout
    assert "[bold]" in result.stdout


def test_an_entry_is_held_to_its_own_examples(run: Run, book: Path) -> None:
    """``faq test`` ends with 0 when all examples hold, else with 1 and names each that doesn't."""
    good = "  tests: {match: [几号发货啊], not: [包邮吗]}\n"
    text = _BOOK.replace("[我的几号发货]\n", f"[我的几号发货]\n{good}")
    book.write_text(text, encoding="utf-8")
    fine = run("faq", "test", "--faq", "faq.yaml")
    assert (fine.exit_code, fine.stdout.split(" ")[0]) == (0, "试了")
    bad = "  tests: {match: [可以退吗], not: [几号发货]}\n"
    book.write_text(text.replace(good, bad), encoding="utf-8")
    failed = run("faq", "test", "--faq", "faq.yaml")
    assert failed.exit_code == 1
    rows = failed.stdout.splitlines()
    assert "可以退吗" in rows[0]
    assert "几号发货" in rows[1]
    assert rows[2].startswith("试了 2 句，2 句不对")
