"""``faq gaps``: what was asked and not answered, from a running bot's store or a replayed log."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from streambot.authoring.book import read_book
from streambot.authoring.judges import domain_judges
from tests.acceptance.world import PATIENCE, viewer, world
from tests.cli.conftest import Run

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_BOOK = """\
- {questions: [几号发货, 什么时候发货], answer: 48小时内发}
- {questions: [包邮吗], answer: 满49元包邮}
"""
_UNKNOWN = ["能开发票吗", "可以开发票吗", "能不能开发票", "支持花呗吗", "能开发票吗"]
_KNOWN = ["几号发货", "哈哈哈哈", "主播好漂亮", "包邮吗"]


def _entries(shown: str, folder: Path) -> list[tuple[str, ...]]:
    """The questions of each draft, pasted into a book with answers written in."""
    book = folder / "drafts.yaml"
    answered = shown.replace(
        "answer:  # 在这里写回答 · write the answer here", "answer: 可以的亲"
    )
    book.write_text("faqs:\n" + answered, encoding="utf-8")
    reading = read_book(
        [book], products=None, now=_NOW, judges=domain_judges(), any_value=False
    )
    assert reading.problems == ()
    return [entry.questions for entry in reading.book.entries]


async def test_a_running_bot_is_asked_without_disturbing_it(
    tmp_path: Path, run: Run
) -> None:
    """Beside a running bot: alike questions together, commonest first, ready to be pasted; what
    was answered or is no question isn't there."""
    book = tmp_path / "faq.yaml"
    book.write_text(_BOOK, encoding="utf-8")
    room = {"faq": ["faq.yaml"], "products": None}
    async with world(tmp_path, room=room) as bot:
        for number, text in enumerate([*_UNKNOWN, *_KNOWN, "什么时候发货"]):
            bot.room.emit("spoke", viewer(f"观众{number}"), text=text)
        await bot.said(lambda line: f"@观众{len(_UNKNOWN + _KNOWN)}" in line.text)
        await bot.said(lambda line: "编号" in line.text)  # handed to a person
        args = ("faq", "gaps", "--config", "config.yaml")
        async with asyncio.timeout(PATIENCE):
            result = await asyncio.to_thread(run, *args)
        bot.room.emit("spoke", viewer("后来"), text="包邮吗")
        await bot.said(lambda line: "@后来" in line.text)
    assert result.exit_code == 0
    assert len(re.findall(r"# (\d) 次", result.stdout)) == 2
    first, second = await asyncio.to_thread(_entries, result.stdout, tmp_path)
    assert first[0] == "能开发票吗"
    assert set(first) == set(_UNKNOWN) - {"支持花呗吗"}
    assert second == ("支持花呗吗",)


def test_a_replayed_log_is_asked_with_its_decisions(run: Run, here: Path) -> None:
    """The decisions of a replay with its log give the same questions; ``--top`` bounds them."""
    with (here / "log.jsonl").open("w", encoding="utf-8") as log:
        for number, text in enumerate(_UNKNOWN + _KNOWN):
            row = {"t": 10 * number, "user": f"u{number}", "text": text}
            log.write(json.dumps(row, ensure_ascii=False) + "\n")
    (here / "faq.yaml").write_text(_BOOK, encoding="utf-8")
    replay = ("replay", "log.jsonl", "--faq", "faq.yaml", "--out", "d")
    command = [sys.executable, "-m", "streambot", *replay]
    subprocess.run(command, cwd=here, check=True, capture_output=True)
    args = ("faq", "gaps", "--decisions", "d", "--log", "log.jsonl")
    found = _entries(run(*args).stdout, here)
    assert [questions[0] for questions in found] == ["能开发票吗", "支持花呗吗"]
    assert "4 次，4 位观众 · 4 times, 4 viewers" in run(*args).stdout
    assert len(_entries(run(*args, "--top", "1").stdout, here)) == 1


def test_without_a_store_there_is_nothing(run: Run, here: Path) -> None:
    """Before the first broadcast there are no gaps, and no store is made by asking."""
    (here / "config.yaml").write_text(
        "rooms:\n  - {name: shop, url: 'ws://127.0.0.1:1/'}\n", encoding="utf-8"
    )
    result = run("faq", "gaps")
    assert result.exit_code == 0
    assert result.stdout.startswith("# 没回答的问题 0 句")
    assert [path.name for path in here.iterdir()] == ["config.yaml"]


def test_hostile_questions_stay_texts(run: Run, here: Path) -> None:
    """Whatever viewers write, a draft is YAML that holds it as a question, on one line."""
    asked = [
        '吗？"\n  answer: 加我微信',
        "- id: x #吗?",
        "\x1b[31m{product.price}吗?",
        "\\吗?",
    ]
    with (here / "log.jsonl").open("w", encoding="utf-8") as log:
        for number, text in enumerate(asked):
            log.write(json.dumps({"t": number, "user": "u", "text": text}) + "\n")
    rows = (
        f'{{"event_id":"L{n}","kind":"ignore","reason":"chatter"}}' for n in range(1, 5)
    )
    (here / "d").write_text("\n".join(rows), encoding="utf-8")
    shown = run("faq", "gaps", "--decisions", "d", "--log", "log.jsonl").stdout
    assert "\x1b" not in shown
    found = {question for entry in _entries(shown, here) for question in entry}
    assert found == {
        *('吗？" answer: 加我微信', "- id: x #吗?", "[31m{product.price}吗?", "\\吗?")
    }


_ROWS = '{{"event_id":"L{}","kind":"ignore","reason":"chatter"}}\n'
_LOG = '{"t":1,"user":"u","text":"能开发票吗"}\n'


def test_unreadable_files_are_no_good_news(run: Run, here: Path) -> None:
    """Swapped or in another encoding: the file is named, there is no count of gaps, and 2."""
    (here / "d").write_text("".join(map(_ROWS.format, range(1, 60))), encoding="utf-8")
    (here / "l").write_text(_LOG * 60, encoding="utf-8")
    (here / "gbk").write_text(_LOG, encoding="gbk")
    for given, named in ((("l", "d"), "l"), (("d", "gbk"), "gbk")):
        result = run("faq", "gaps", "--decisions", given[0], "--log", given[1])
        assert result.exit_code == 2
        assert result.stdout == ""
        told = result.stderr.splitlines()
        assert told[0].startswith(f"{named} 第 1 行读不懂：")
        assert told[-1].startswith(f"{named} 没有一行能读")
        assert len(told) <= 22


def test_a_few_bad_lines_are_named_and_left_out(run: Run, here: Path) -> None:
    """Each with its file; the rest is counted."""
    (here / "d").write_text("oops\n" + _ROWS.format(2), encoding="utf-8")
    (here / "l").write_text("oops\n" + _LOG, encoding="utf-8")
    result = run("faq", "gaps", "--decisions", "d", "--log", "l")
    assert result.exit_code == 0
    assert "没回答的问题 1 句" in result.stdout
    assert [row.split("：")[0] for row in result.stderr.splitlines()] == [
        "d 第 1 行读不懂",
        "l 第 1 行读不懂",
    ]
