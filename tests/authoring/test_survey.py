"""Survey: advice on a whole book, with places, and little of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from streambot.authoring.book import BookReading, read_book
from streambot.authoring.judges import domain_judges
from streambot.authoring.problem import Problem
from streambot.authoring.survey import surveyed

_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _advice(tmp_path: Path, **files: str) -> list[Problem]:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return list(_surveyed(tmp_path).problems)


def _surveyed(folder: Path) -> BookReading:
    judges = domain_judges()
    return surveyed(read_book([folder], products=None, now=_NOW, judges=judges), judges)


def test_two_entries_that_overlap_are_named_with_both_lines(tmp_path: Path) -> None:
    """A question that another entry would answer is told once, at its place, with the other's."""
    found = _advice(
        tmp_path,
        a="- {id: ship, questions: [几号发货, 多久能发, 发货要几天], answer: 两天}\n",
        b="- {id: stray, questions: [有赠品吗, 几号发货呀亲, 送什么小礼物], answer: 有}\n",
    )
    (one,) = found
    assert one.code == "W332"
    here, there = ("a.yaml", "b.yaml") if "a.yaml" in one.file else ("b.yaml", "a.yaml")
    assert one.file == (tmp_path / here).as_posix()
    assert f"{there}:1:" in one.zh
    assert "“几号发货呀亲”" in one.zh
    assert "“几号发货”" in one.zh
    assert one.found is not None
    assert one.found[one.column - 1 :].startswith("几号发货")


def test_not_questions_settle_an_overlap(tmp_path: Path) -> None:
    """Once either entry names the other's line under not_questions, nothing is said."""
    fee = "questions: [包邮吗, 运费多少, 要邮费吗], answer: 满49包邮"
    far = "questions: [西藏要邮费吗, 新疆能发吗, 偏远地区发吗], answer: 偏远不包邮"
    both = f"- {{id: fee, {fee}}}\n- {{id: far, {far}}}\n"
    assert [each.code[0] for each in _advice(tmp_path, a=both)] == ["W"]
    settled = both.replace("满49包邮", "满49包邮, not_questions: [西藏要邮费吗]")
    assert _advice(tmp_path, a=settled) == []


def test_products_apart_never_overlap(tmp_path: Path) -> None:
    """Entries of different products may ask the same way."""
    one = "questions: [这件起球吗, 会不会起球, 起不起毛球], answer: 不会"
    other = "questions: [这件起球么亲, 会起球吗, 起毛球不], answer: 会一点"
    found = _advice(
        tmp_path,
        a=f"- {{id: a, products: [1], {one}}}\n- {{id: b, products: [2], {other}}}\n",
    )
    assert found == []


def test_too_few_phrasings_are_one_piece_of_advice_a_file(tmp_path: Path) -> None:
    """Sixty short entries are one line; it is advice, no warning."""
    names = [f"问题{chr(0x4E00 + 37 * number)}怎么办" for number in range(60)]
    text = "".join(f"- {{questions: [{name}], answer: 好}}\n" for name in names)
    reading = _surveyed_of(tmp_path, text)
    few = [each for each in reading.problems if each.code == "I333"]
    assert len(few) == 1
    assert "60 条" in few[0].zh
    assert reading.warnings == sum(each.code[0] == "W" for each in reading.problems)
    assert few[0].as_json()["severity"] == "info"


def _surveyed_of(folder: Path, text: str) -> BookReading:
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    return _surveyed(folder)


def test_a_book_with_errors_is_mended_first(tmp_path: Path) -> None:
    """Advice on half a book would mislead."""
    text = "- {questions: [几号发货], answer: 两天}\n- {questions: [包邮吗]}\n"
    assert {each.code for each in _advice(tmp_path, a=text)} == {"E204"}
