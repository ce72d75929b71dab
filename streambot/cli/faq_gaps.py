"""``streambot faq gaps``: what viewers asked and no book answered, with entries ready to paste."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
import msgspec

from streambot.cli.books import Shelf, open_config, room_of, shelf_of_room
from streambot.cli.jsonl import BadLines, read_lines
from streambot.cli.second_look import CommandLook, second_look_option
from streambot.domain.faq.match import FaqMatch
from streambot.domain.faq.matcher import BookMatcher
from streambot.errors import UsageError

if TYPE_CHECKING:
    from streambot.reports.gaps import Gap

_DIGIT = re.compile(r"\d")
#: Confidence from which an entry is named as perhaps the same question.
_NEAR = 0.15
#: Decisions by which nothing in the book answered; everything else has its own reason.
_UNANSWERED = frozenset(
    {("ignore", "chatter"), ("handoff", "unmatched"), ("handoff", "repeat_question")}
)


T = TypeVar("T")

#: A row of the log and one of the decisions, for whoever writes it otherwise.
_SPOKEN = '{"t": 1, "user": "u1", "text": "包邮吗"}'
_DECISION = '{"event_id": "L1", "kind": "ignore"}'


class _Decision(msgspec.Struct):
    event_id: str
    kind: str
    reason: str | None = None


class _Viewer(msgspec.Struct):
    id: str = ""


class _Line(msgspec.Struct):
    text: str = ""
    user: str = ""
    viewer: _Viewer | None = None


@click.command()
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="默认当前目录的 config.yaml · config.yaml here by default",
)
@click.option("--room", help="哪个直播间，默认第一个 · the first one by default")
@click.option(
    "--days",
    type=click.FloatRange(min=0, min_open=True, max=3650),
    default=7,
    show_default=True,
    help="最近几天的 · of the last days",
)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="改看 streambot replay 的判定文件 · a decisions file of streambot replay instead",
)
@click.option(
    "--log",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="和判定文件配套的弹幕记录 · the log that was replayed",
)
@click.option(
    "--top",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help="列出几个 · how many",
)
@second_look_option
def gaps(
    config: Path | None,
    room: str | None,
    days: float,
    decisions: Path | None,
    log: Path | None,
    top: int,
    second_look: str,
) -> None:
    """没人答的问题：次数、问法和可粘贴的草稿 · unanswered questions, with drafts ready to paste."""
    from streambot.authoring.pack import shipped_pack
    from streambot.reports.gaps import find_gaps

    if (decisions is None) is not (log is None):
        raise UsageError(
            "--decisions 和 --log 要一起给 · give --decisions and --log together"
        )
    now: _Now | None = None
    if decisions is not None and log is not None:
        lines = list(_replayed(decisions, log))
    else:
        lines = _journaled(config, room, days)
        now = _now(config, room, second_look) if lines else None
    answered = len(lines)
    if now is not None:
        known = {text for text, _ in lines if now.match(text).entry is not None}
        lines = [line for line in lines if line[0] not in known]
    answered -= len(lines)
    pack = shipped_pack() if now is None else now.book.pack
    found = find_gaps(lines, concepts=pack.concepts, exclusive=pack.exclusive)
    click.echo(
        f"# 没回答的问题 {len(lines)} 句，归成 {len(found)} 个，"
        f"下面是最常见的 {min(top, len(found))} 个。\n"
        f"# {len(lines)} unanswered lines, {len(found)} questions. "
        "把答案写上，粘贴到 faqs: 下面 · write the answers, paste below faqs:"
    )
    if answered:
        click.echo(
            f"# 另有 {answered} 句现在的问答本已经能答 · "
            f"{answered} more are answered by the book as it is now"
        )
    for gap in found[:top]:
        click.echo("\n" + _draft(gap, now), nl=False)


def _draft(gap: Gap, now: _Now | None) -> str:
    """The gap as an entry, and the entry it may belong to instead."""
    from streambot.authoring.draft import draft_entry
    from streambot.domain.faq.phrasing import as_phrasing

    questions = [_unnamed(as_phrasing(text) or text) for text in gap.questions]
    remark = f"{gap.count} 次，{gap.viewers} 位观众 · {gap.count} times, {gap.viewers} viewers"
    near = None if now is None else now.match(gap.questions[0]).candidates
    if near and near[0].veto is None and near[0].score >= _NEAR:
        remark += (
            f"；最接近“{near[0].entry}”，若是同一件事就用 streambot faq learn 归到那条 · "
            f"nearest: {near[0].entry}"
        )
    return draft_entry(questions, remark)


def _unnamed(text: str) -> str:
    """*text* with stars for what points to one person."""
    from streambot.domain.faq.phrasing import personal_data

    while (found := personal_data(text)) is not None:
        if found not in text:  # written with spaces in between
            return _DIGIT.sub("*", text)
        text = text.replace(found, "***")
    return text


class _Now:
    """The room's book as it is now, asked with the second look's help."""

    def __init__(self, shelf: Shelf, second_look: str) -> None:
        self.book = shelf.read().book
        self._matcher = BookMatcher(self.book, shelf.settings)
        self._look = CommandLook(second_look, shelf.encoder, shelf.data_dir)
        self._known: dict[str, FaqMatch] = {}

    def match(self, text: str) -> FaqMatch:
        """What the book says to *text*; a line that was asked often is judged once."""
        found = self._known.get(text)
        if found is None:
            found, _ = self._look.match(self.book.version, self._matcher, text)
            self._known[text] = found
        return found


def _now(config: Path | None, name: str | None, second_look: str) -> _Now | None:
    """The room's book; None where it has none."""
    if not room_of(open_config(config), name).faq:
        return None
    return _Now(shelf_of_room(config, name), second_look)


def _journaled(
    config: Path | None, name: str | None, days: float
) -> list[tuple[str, str]]:
    from streambot.adapters.store.peek import unanswered

    settings = open_config(config)
    room = room_of(settings, name)
    since = datetime.now(UTC) - timedelta(days=days)
    return unanswered(settings.data_dir, room.name, since)


def _replayed(decisions: Path, log: Path) -> Iterator[tuple[str, str]]:
    """(text, viewer) of every question of the log that no decision answered."""
    from streambot.domain.faq.cues import is_question

    wanted = {
        row.event_id
        for _, row in _rows(_Decision, decisions, _DECISION)
        if (row.kind, row.reason) in _UNANSWERED
    }
    for number, line in _rows(_Line, log, _SPOKEN):
        if f"L{number}" in wanted and is_question(line.text):
            yield line.text, line.user or (line.viewer.id if line.viewer else "")


def _rows(kind: type[T], path: Path, example: str) -> list[tuple[int, T]]:
    """The lines of *path* that can be read, each with its number.

    Raises:
        UsageError: none can.
    """
    bad = BadLines(str(path))
    with path.open("rb") as file:
        rows = [row[:2] for row in read_lines(kind, bad, file, example)]
    if bad.count and not rows:
        raise UsageError(
            f"{path} 没有一行能读：--decisions 要给 streambot replay 写出的判定，--log 给弹幕记录，"
            f"是不是给反了？ Not one line of {path} can be read: --decisions takes what streambot "
            "replay wrote, --log the log it read. Are they swapped?"
        )
    return rows
