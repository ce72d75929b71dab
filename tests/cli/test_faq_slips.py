"""``faq check``: slips of merchants that good YAML hides, each told with the line put right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

_OTHER = "  - {编号: ok, 问法: [几号发货, 多久能发, 啥时候寄], 回答: 48小时内发}\n"


def checked(run: Run, here: Path, text: str, *more: str) -> dict[str, Any]:
    """What ``faq check --json`` tells of a book of *text*."""
    (here / "faq.yaml").write_text(text, encoding="utf-8")
    result: dict[str, Any] = json.loads(
        run("faq", "check", "faq.yaml", "--json", *more).stdout
    )
    return result


def told(run: Run, here: Path, text: str) -> list[tuple[str, int, str | None]]:
    """Code, line and corrected line of each problem, advice on the book left out."""
    found = checked(run, here, text)["problems"]
    return [
        (each["code"], each["line"], each["corrected"])
        for each in found
        if each["code"] != "I333"
    ]


def mended(run: Run, here: Path, text: str) -> str:
    """The book after ``faq check --fix``."""
    checked(run, here, text, "--fix")
    return (here / "faq.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("answer", "fixed"),
    [
        ("价格{product.price", "价格{product.price}"),
        ("价格｛product.price｝", "价格{product.price}"),
        ("价格{product.price｝，{商品.库存", "价格{product.price}，{product.stock}"),
        ("价格product.price}", "价格{product.price}"),
    ],
)
def test_no_brace_is_read_out(run: Run, here: Path, answer: str, fixed: str) -> None:
    """A brace that is full-width or never closed costs its entry, and only that one."""
    line = f"    回答: {answer}"
    text = f"问答:\n{_OTHER}  - 编号: price\n    问法: [多少钱]\n{line}\n"
    assert ("E206", 5, f"    回答: {fixed}") in told(run, here, text)
    tried = run("faq", "try", "多少钱", "--faq", "faq.yaml", "--second-look", "off")
    assert answer not in tried.stdout
    assert checked(run, here, text)["usable"] == 1


@pytest.mark.parametrize(
    "valid",
    [
        "{从：2026-11-01, 到：2027-11-11}",
        "{从: 2026-11-01，到: 2027-11-11}",
        "{从：2026-11-01，到：2027-11-11}",
        "{ 从 ：2026-11-01, 到: 2027-11-11}",
    ],
)
def test_chinese_signs_in_braces_are_mended(run: Run, here: Path, valid: str) -> None:
    """A full-width colon or comma between braces is one mistake, and --fix mends it."""
    text = f"问答:\n{_OTHER}  - 编号: b\n    问法: [包邮吗]\n    回答: 包\n    有效期: {valid}\n"
    plain = "    有效期: {从: 2026-11-01, 到: 2027-11-11}"
    assert told(run, here, text) == [("E102", 6, plain)]
    assert mended(run, here, text) == text.replace(f"    有效期: {valid}", plain)
    assert checked(run, here, mended(run, here, text))["usable"] == 2


@pytest.mark.parametrize("lead", ["    ", "  "])
def test_a_forgotten_dash_is_one_mistake(run: Run, here: Path, lead: str) -> None:
    """An entry whose dash is missing is told once, with the dash; --fix puts it, nothing is lost."""
    entries = "".join(
        f"  - id: e{n}\n    questions: [{question}, {question}啊]\n    answer: 好的\n"
        for n, question in enumerate(["能开发票吗", "包邮吗", "支持花呗吗"])
    )
    text = f"faqs:\n{entries}"
    slipped = text.replace("  - id: e1", "    id: e1").replace(
        "  - id: e2", "    id: e2"
    )
    assert told(run, here, slipped) == [
        *(("E113", 5, "  - id: e1"), ("E113", 8, "  - id: e2"))
    ]
    assert "这里少了横线：`- id: e1`" in run("faq", "check", "faq.yaml").stdout
    assert mended(run, here, slipped) == text


@pytest.mark.parametrize("again", ["answer: 不行", "questions: [包邮不]"])
def test_a_key_that_stands_twice_is_no_forgotten_dash(
    run: Run, here: Path, again: str
) -> None:
    """One key written twice is told as such."""
    text = f"faqs:\n  - id: a\n    questions: [包邮吗]\n    answer: 好的\n    {again}\n"
    assert [code for code, _, _ in told(run, here, text)] == ["E201"]


def test_a_smile_is_no_value(run: Run, here: Path) -> None:
    """A lone closing brace behind no name is a sign like any other."""
    text = '问答:\n  - {编号: a, 问法: [在吗], 回答: "在的:}"}\n'
    assert told(run, here, text) == []


_GOODS = """\
商品:
  - {编号: wok, 链接号: 1, 名称: 铁锅, 别名: [炒锅]}
  - {编号: knife, 链接号: 2, 名称: 菜刀}
"""


@pytest.mark.parametrize(
    ("written", "code", "fixed", "named"),
    [
        ("炒锅", "W311", "wok", "wok（铁锅，1 号链接）"),
        ("wokk", "W311", "wok", "wok（铁锅，1 号链接）"),
        ("锅子", "W311", None, "knife（菜刀，2 号链接）"),
        ("3", "W311", None, "wok（铁锅，1 号链接）"),
        ("2", None, None, ""),
        ("knife", None, None, ""),
    ],
)
def test_a_product_the_shop_lacks_is_told(
    run: Run, here: Path, written: str, code: str | None, fixed: str | None, named: str
) -> None:
    """With products.yaml beside the book a name that is no id or link is told, the near ones shown."""
    (here / "products.yaml").write_text(_GOODS, encoding="utf-8")
    line = "    商品: [{}]"
    text = f"问答:\n  - 编号: a\n    问法: [有券吗]\n    回答: 有\n{line.format(written)}\n"
    found = told(run, here, text)
    corrected = None if fixed is None else line.format(fixed)
    assert found == ([] if code is None else [(code, 5, corrected)])
    assert named in run("faq", "check", "faq.yaml").stdout


def test_without_products_no_product_is_missed(run: Run, here: Path) -> None:
    """Where there is no products file nothing is said of the entry's products."""
    text = "问答:\n  - 编号: a\n    问法: [有券吗]\n    回答: 有\n    商品: [锅子]\n"
    assert told(run, here, text) == []


@pytest.mark.parametrize(
    ("line", "code", "fixed"),
    [
        ("问法: 【几号发货，多久能发】", "W303", "问法: [几号发货, 多久能发]"),
        ("问法: 【几号发货、多久能发】", "W303", "问法: [几号发货, 多久能发]"),
        ("问法: 几号发货, 多久能发]", "W303", "问法: [几号发货, 多久能发]"),
        ("问法: [几号发货、多久能发]", "W305", "问法: [几号发货, 多久能发]"),
        ("问法: [几号发货；多久能发]", "W305", "问法: [几号发货, 多久能发]"),
        ("不能有: [运费险、保价]", "W305", "不能有: [运费险, 保价]"),
        ("不能有: [退, 运费险；保价]", "W305", "不能有: [退, 运费险, 保价]"),
        ("必须有: 发货、快递", "W305", "必须有: [发货, 快递]"),
        ("至少有: 【发货，快递】", "W303", "至少有: [发货, 快递]"),
        ("任一有: [发货，快递、寄]", "W302", "任一有: [发货, 快递, 寄]"),
    ],
)
def test_chinese_punctuation_makes_no_list(
    run: Run, here: Path, line: str, code: str, fixed: str
) -> None:
    """What a Chinese keyboard gives for a list is told with the list that was meant."""
    other = "不是问: [走了]" if line.startswith("问法") else "问法: [在吗, 有人吗]"
    text = f"问答:\n  - 编号: a\n    {other}\n    {line}\n    回答: 好的\n"
    found = told(run, here, text)
    assert (code, 4, f"    {fixed}") in found
    mended = text.replace(line, fixed)
    assert {each[0] for each in told(run, here, mended)} <= {"W308"}


def test_an_item_of_a_block_becomes_two(run: Run, here: Path) -> None:
    """Below a key the items stand on lines of their own."""
    text = "- 问法: [在吗]\n  回答: 好的\n  不能有:\n    - 运费险、保价\n"
    assert told(run, here, text) == [("W305", 4, "    - 运费险\n    - 保价")]


@pytest.mark.parametrize(
    "line",
    [
        "问法: [衣服、裤子能退吗, 能退吗]",
        "回答: 【现货】",
        "回答: 衣服、裤子都有；拍下就发",
        "回答: [现货48小时，周日不发, 满49包邮]",
        "问法: 【新品】有吗",
    ],
)
def test_punctuation_of_a_sentence_stays(run: Run, here: Path, line: str) -> None:
    """Commas and brackets within what is said or asked are the merchant's own."""
    other = "回答: 好的" if line.startswith("问法") else "问法: [在吗]"
    assert told(run, here, f"- {other}\n  {line}\n") == []


def test_fix_parts_only_what_is_surely_a_list(run: Run, here: Path) -> None:
    """Brackets and full-width commas are mended, 、 and ； are left to the merchant."""
    text = "- 问法: 【在吗，有人吗】\n  回答: 好的\n  不是问: [衣服、裤子在吗]\n"
    checked(run, here, text, "--fix")
    fixed = text.replace("【在吗，有人吗】", "[在吗, 有人吗]")
    assert (here / "faq.yaml").read_text(encoding="utf-8") == fixed


@pytest.mark.parametrize(
    "dash", ["-", "－", "—— ", "— ", "– ", "• "], ids=lambda dash: dash.strip()
)
@pytest.mark.parametrize("place", ["entry", "bare list", "items"])
def test_a_wrong_dash_is_named_where_it_stands(
    run: Run, here: Path, dash: str, place: str
) -> None:
    """Each at its own line, with the plain dash and its space; ``--fix`` makes it so."""
    good = {
        "entry": f"问答:\n{_OTHER}  - 编号: a\n    问法: [在吗]\n    回答: 在的\n",
        "bare list": "- 编号: a\n  问法: [在吗]\n  回答: 在的\n",
        "items": "- 问法:\n    - 在吗\n    - 有人吗\n  回答: 在的\n",
    }[place]
    start = good.index("- 在吗" if place == "items" else "- 编号: a")
    bad = good[:start] + good[start:].replace("- ", dash)
    rows = [
        n for n, row in enumerate(bad.splitlines(), 1) if row.lstrip()[:1] == dash[0]
    ]
    rows = [n for n in rows if not bad.splitlines()[n - 1].lstrip().startswith("- ")]
    lines = good.splitlines()
    assert told(run, here, bad) == [("E113", row, lines[row - 1]) for row in rows]
    assert mended(run, here, bad) == good


def test_a_minus_is_no_dash(run: Run, here: Path) -> None:
    """An answer may begin with one, also on a line below its key."""
    text = "- 问法: [几度保存]\n  回答:\n    -18度以下\n- 问法: [冷吗]\n  回答: -5度\n"
    assert told(run, here, text) == []


@pytest.mark.parametrize(
    "lead", ["\xa0\xa0\xa0\xa0", "    \t", "\t", "　　", "  \t"], ids=ascii
)
def test_a_mended_indent_is_the_right_one(run: Run, here: Path, lead: str) -> None:
    """Whatever was typed beside the plain spaces of the other keys, the entry is whole again."""
    good = f"问答:\n{_OTHER}  - 编号: a\n    问法: [在吗]\n    回答: 在的\n"
    bad = good.replace("    回答: 在的", f"{lead}回答: 在的")
    assert mended(run, here, bad) == good


def test_deeper_keys_stay_deeper(run: Run, here: Path) -> None:
    """Below a key that holds others, a tab is the step it was meant as."""
    bad = "- 问法: [在吗]\n  回答: 在的\n  测试:\n  \t应命中: [在不在]\n"
    assert mended(run, here, bad) == bad.replace("\t", "  ")


_SHOP = "version: 1\n問答:\n  - 編號: ship\n    問法: [什麼時候發貨, 幾號發貨]\n    回答: 現貨兩天內發出\n"
_ENGLISH = (
    "faqs:\n  - id: ship\n    questions: [什麼時候發貨]\n    answer：現貨兩天內發出\n"
)


@pytest.mark.parametrize(
    "data",
    [
        _SHOP.encode("big5"),
        _ENGLISH.encode("big5"),
        b"PK\x03\x04\x14\x00word/document.xml\x00\x00plain\n",
    ],
    ids=["Chinese keys", "English keys", "zip"],
)
def test_what_makes_no_sense_is_left_alone(run: Run, here: Path, data: bytes) -> None:
    """Big5 or a zip: one error that says so, and ``--fix`` writes nothing."""
    (here / "faq.yaml").write_bytes(data)
    result = run("faq", "check", "faq.yaml", "--fix", "--json")
    problems = json.loads(result.stdout)["problems"]
    assert [each["code"] for each in problems] == ["E002"]
    assert "Big5" in problems[0]["zh"]
    assert (here / "faq.yaml").read_bytes() == data
    assert len(list(here.iterdir())) == 1


@pytest.mark.parametrize(
    "text", [_ENGLISH, _SHOP.replace("問", "问"), _ENGLISH.replace("時", "时")]
)
def test_gb18030_is_still_understood(run: Run, here: Path, text: str) -> None:
    """A file of an old Notepad is mended, its slips and its encoding; so are simplified words."""
    plain = text.translate(
        str.maketrans("問編號麼時發貨幾現兩內", "问编号么时发货几现两内")
    )
    (here / "faq.yaml").write_bytes(plain.encode("gb18030"))
    run("faq", "check", "faq.yaml", "--fix")
    assert (here / "faq.yaml").read_text(encoding="utf-8") == plain.replace("：", ": ")


@pytest.mark.parametrize(
    "text", ["", "# 我们店的问答\n", "问答: []\n", "---\n", "version: 1\n"]
)
def test_a_file_with_nothing_in_it_is_told(run: Run, here: Path, text: str) -> None:
    """No entry and no mistake is a note, with how an entry looks; nothing fails for it."""
    assert told(run, here, text) == [("I334", 0, None)]
    result = run("faq", "check", "faq.yaml")
    assert result.exit_code == 0
    assert "一条问答也没有" in result.stdout


@pytest.mark.parametrize(
    "text",
    [
        "# streambot\n\nThe bot: it answers.\n\n- one: two\n  three\n| a | b |\n",
        "今晚八点开播\n欢迎大家\n",
        "问：几号发货\n答：48小时\n\n问：包邮吗\n  答: 包\n",
        "order_id,status\nA1,paid\n",
    ],
)
def test_a_file_that_is_no_book_is_told_in_one_sentence(
    run: Run, here: Path, text: str
) -> None:
    """A readme, a table or plain text given by mistake: what it is not, and how a book looks."""
    assert told(run, here, text) == [("E009", 1, None)]
    assert run("faq", "check", "faq.yaml").exit_code == 1


def test_no_correction_is_the_line_itself(run: Run, here: Path) -> None:
    """Where depth isn't what is wrong, none is told."""
    text = f"问答:\n{_OTHER}一句话: 二\n三: [\n"
    for problem in checked(run, here, text)["problems"]:
        assert problem["corrected"] is None or problem["corrected"] != problem["found"]


@pytest.mark.parametrize(
    ("answer", "fixed"),
    [
        ("“晚上八点开播”", '"晚上八点开播"'),
        ("[可以, ‘不行’]", '[可以, "不行"]'),
        ("看“品牌墙”", None),
        ("“今晚”和“明晚”都播", None),
        ('"“晚上八点开播”"', None),
    ],
)
def test_chinese_quotes_around_an_answer_are_told(
    run: Run, here: Path, answer: str, fixed: str | None
) -> None:
    """They would be sent with it: a warning with plain ones, which --fix leaves to people."""
    line = f"    回答: {answer}"
    text = f"问答:\n{_OTHER}  - 编号: b\n    问法: [几点播]\n{line}\n"
    wanted = [] if fixed is None else [("W312", 5, f"    回答: {fixed}")]
    assert told(run, here, text) == wanted
    assert mended(run, here, text) == text
    assert checked(run, here, text)["usable"] == 2


def test_a_question_without_words_is_told(run: Run, here: Path) -> None:
    """Pictures and signs are no words: no line would reach such a question."""
    text = f"问答:\n{_OTHER}  - {{编号: b, 问法: [🎁🎁, 有红包吗, '？？'], 回答: 有}}\n"
    assert told(run, here, text) == [("W313", 3, None), ("W313", 3, None)]
    assert checked(run, here, text)["usable"] == 2


def test_a_file_of_synonyms_is_no_empty_one(run: Run, here: Path) -> None:
    """A file of a book may hold what stands beside the entries."""
    assert told(run, here, "同义词:\n  运费: [邮费]\n") == []


@pytest.mark.parametrize(
    ("line", "fixed", "said"),
    [
        (
            "转人工: 是",
            None,
            "不转（never）、答后转（after_answer）、直接转（at_once）",
        ),
        ("转人工: 不答后转", None, "不转（never）"),
        ("转人工: 直接", "转人工: 直接转", "直接转（at_once）"),
        ("转人工: atonce", "转人工: at_once", "直接转（at_once）"),
        ("发到哪里: 群里", None, "公开（public）、私信（private）、提词（prompter）"),
        ("发到哪里: pubilc", "发到哪里: public", "公开（public）"),
        ("语言: 日文", None, "中文（zh）、英文（en）"),
        ("可带欢迎: 不", "可带欢迎: 否", "是/否"),
        ("可带欢迎: 看情况", None, "是/否"),
        ("可带欢迎: ture", "可带欢迎: true", "是/否"),
        ("冷却秒数: 30秒", "冷却秒数: 30", "单位是秒"),
        ("冷却秒数: 2分钟", "冷却秒数: 120", "单位是秒"),
        ("冷却秒数: 半分钟", None, "单位是秒"),
        ("冷却秒数: 7200", None, "0 到 3600"),
        ("优先级: 5级", "优先级: 5", "整数"),
        ("优先级: 很高", None, "整数"),
        ("门槛: 80%", "门槛: 0.8", "数字"),
        ("有效期: {从: 2026-13-01}", None, "没有 2026-13-01 这一天"),
        ("有效期: {到: 2026-02-30}", None, "没有 2026-02-30 这一天"),
        ("有效期: {从: 今天}", None, "不是日期"),
        ("有效期: {从: 2026.11.1}", "有效期: {从: 2026-11-01}", "不是日期"),
    ],
)
def test_no_value_is_invented(
    run: Run, here: Path, line: str, fixed: str | None, said: str
) -> None:
    """A correction is what was surely meant, else there is none; what may stand there is said."""
    (problem,) = (
        each
        for each in checked(run, here, f"- 问法: [在吗]\n  回答: 在的\n  {line}\n")[
            "problems"
        ]
        if each["code"] == "E205"
    )
    assert problem["corrected"] == (None if fixed is None else f"  {fixed}")
    assert said in problem["zh"]


@pytest.mark.parametrize(
    "line", ["语言: 英文", "语言: 中文", "发到哪里: 只给主播提词", "转人工: 答后转"]
)
def test_words_of_the_page_are_taken(run: Run, here: Path, line: str) -> None:
    """What docs/faq-yaml.md says in Chinese may be written in Chinese."""
    assert told(run, here, f"- 问法: [在吗]\n  回答: 在的\n  {line}\n") == []


@pytest.mark.parametrize(
    ("conditions", "lines"),
    [
        ("必须有: [发货]\n  不能有: [发货]", [3]),
        ("必须有: [什么时候发货]\n  不能有: [发货]", [3]),
        ("至少有: [发货, 发貨]\n  不能有: [发货]", [3, 3]),
        ("至少有: [发货, 寄]\n  不能有: [发货]", []),
        ("必须有: [发]\n  不能有: [发货]", []),
    ],
)
def test_conditions_that_nothing_meets_are_one_sentence(
    run: Run, here: Path, conditions: str, lines: list[int]
) -> None:
    """The word that must be there and may not is named, not each question in its way."""
    text = f"- 问法: [几号发货, 发货要多久, 啥时候发货]\n  回答: 两天\n  {conditions}\n"
    found = told(run, here, text)
    if lines:
        assert found == [("E208", line, None) for line in lines]
        assert "又在“不能有”里" in run("faq", "check", "faq.yaml").stdout
    assert ("E208" in {code for code, _, _ in found}) is bool(lines)


@pytest.mark.parametrize(
    ("value", "meant", "said"),
    [
        ("{product.prise}", "{product.price}", "是不是想写"),
        ("{prodct.price}", "{product.price}", "是不是想写"),
        ("{价格}", "{product.price}", "是不是想写"),
        ("{price}", "{product.price}", "是不是想写"),
        ("{product.x}", None, "viewer.name"),
        ("{name}", None, "product.name"),
        ("{shop.ship}", None, "“店铺”下面写上 ship"),
    ],
)
def test_a_value_is_only_taken_for_what_it_surely_is(
    run: Run, here: Path, value: str, meant: str | None, said: str
) -> None:
    """Another value would tell viewers something else."""
    text = "- 问法: [多少钱]\n  回答: 只要{}\n"
    (problem,) = (
        each
        for each in checked(run, here, text.format(value))["problems"]
        if each["code"] == "E206"
    )
    assert problem["corrected"] == (None if meant is None else f"  回答: 只要{meant}")
    assert said in problem["zh"]


@pytest.mark.parametrize(
    ("lead", "code"), [("", "E108"), ("　　", "E105"), ("\xa0", "E105")]
)
def test_a_key_beside_its_entry_is_an_indent(
    run: Run, here: Path, lead: str, code: str
) -> None:
    """Nothing is said of a missing answer that stands there, only not deep enough."""
    text = f"问答:\n{_OTHER}  - 编号: a\n    问法: [在吗]\n{lead}回答: 在的\n"
    assert told(run, here, text) == [(code, 5, "    回答: 在的")]


def test_a_chinese_quote_closes_nothing(run: Run, here: Path) -> None:
    """The plain one takes its place; one that closes a word of the text stays."""
    text = '- 问法: [在吗]\n  回答: "{}\n'
    for written, meant in (("在的”", "在的"), ("说“在”", "说“在”"), ("在的", "在的")):
        found = told(run, here, text.format(written))
        assert found == [("E107", 2, f'  回答: "{meant}"')]
