"""Canned replies as merchants write them: what is read, what is told, what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from streambot.authoring.guard_file import shipped_guard
from streambot.authoring.replies_file import RepliesReading, read_replies

HEAD = "version: 1\nreplies:\n"
GOOD = "  - title: 发货时间\n    text: 付款后48小时内发出\n"


def read(tmp_path: Path, text: str) -> RepliesReading:
    """What is made of a file with *text*."""
    file = tmp_path / "replies.yaml"
    file.write_text(text, encoding="utf-8")
    return read_replies([file], shipped_guard())


def test_the_shipped_replies_are_all_usable() -> None:
    """The set that comes along has no mistake, no warning, and some forty replies."""
    reading = read_replies([Path("replies")], shipped_guard())
    assert reading.problems == ()
    assert reading.usable >= 40


def test_chinese_keys_and_several_texts(tmp_path: Path) -> None:
    """Keys may be Chinese; texts rotate; what is left out fits everywhere."""
    reading = read(
        tmp_path,
        "快捷回复:\n  - 标题: 查订单\n    内容: [在查了, 马上好]\n    快捷码: /DD\n"
        "    发到哪里: 私信\n    原因: [complaint]\n",
    )
    assert reading.problems == ()
    (reply,) = reading.book.replies
    assert (reply.id, reply.texts, reply.shortcut) == (
        "查订单",
        ("在查了", "马上好"),
        "dd",
    )
    assert reply.visibility == "private" and reply.reasons == ("complaint",)


@pytest.mark.parametrize(
    ("entry", "code", "corrected"),
    [
        ("  - title: 甲\n    txet: 好\n", "E203", "    text: 好"),
        ("  - title: 甲\n", "E204", "    text: 付款后48小时内发出"),
        ("  - title: 甲\n    text: 现在{pricee}\n", "E206", "    text: 现在{price}"),
        ("  - title: 发货时间\n    text: 好\n", "E202", "  - title: 发货时间-2"),
        (
            "  - title: 甲\n    text: 好\n    shortcut: a b\n",
            "E205",
            "    shortcut: ab",
        ),
        (
            "  - title: 甲\n    text: 好\n    visibility: publik\n",
            "E205",
            "    visibility: public",
        ),
        ("  - title: 甲\n    text: 打13812345678\n", "E301", None),
        ("  - title: 甲\n    text: {a: b}\n", "E206", None),
    ],
)
def test_a_mistake_is_told_and_leaves_the_others_usable(
    tmp_path: Path, entry: str, code: str, corrected: str | None
) -> None:
    """Each mistake has its line and the line put right; only its own reply is left out."""
    reading = read(tmp_path, HEAD + GOOD + entry)
    (problem,) = [each for each in reading.problems if each.is_error]
    assert problem.code == code
    assert problem.line >= 5 and problem.file.endswith("replies.yaml")
    if corrected is not None:
        assert problem.corrected == corrected
    assert [reply.title for reply in reading.book.replies] == ["发货时间"]


def test_a_shortcut_of_two_is_a_warning(tmp_path: Path) -> None:
    """Both stay usable, and the merchant hears of it."""
    reading = read(
        tmp_path,
        HEAD + "  - {title: 甲, text: 好, shortcut: a}\n"
        "  - {title: 乙, text: 好的, shortcut: a}\n",
    )
    assert [each.code for each in reading.problems] == ["W311"]
    assert reading.usable == 2


@pytest.mark.parametrize("text", ["", "replies: 3", "- 1\n- {", "\x00", "replies: [1"])
def test_no_text_ends_the_reading(tmp_path: Path, text: str) -> None:
    """Whatever stands in a file, the reading ends and nothing is usable from it."""
    assert read(tmp_path, text).usable == 0
