"""What a room says unasked, as merchants write it: checked when it is read, with its line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from streambot.authoring.problem import Problem
from streambot.config import RoomConfig, check_config
from streambot.domain.gratitude import ThanksPolicy
from streambot.domain.timers import TimerRule

HEAD = "rooms:\n  - name: demo\n    url: ws://127.0.0.1:8720/\n"


def read(folder: Path, keys: str) -> tuple[RoomConfig | None, list[Problem]]:
    """The room with *keys*, and what is said of them."""
    path = folder / "config.yaml"
    path.write_text(HEAD + keys, encoding="utf-8")
    config, problems = check_config(path)
    return None if config is None else config.rooms[0], list(problems)


def test_timers_thanks_and_quiet_hours_are_read(tmp_path: Path) -> None:
    """One text or several, a number of minutes and lines, hours over midnight."""
    room, problems = read(
        tmp_path,
        "    timers:\n"
        "      - {every_minutes: 15, after_lines: 20, texts: [点点关注, 下单有礼]}\n"
        '      - {every_minutes: 5, text: "{product.name}只要{product.price}"}\n'
        "    notices: {every_minutes: 3, after_lines: 2}\n"
        "    thanks: {gifts: 是, amounts: true}\n"
        '    quiet_hours: ["23:00-08:00"]\n',
    )
    assert problems == []
    assert room is not None
    first, second = room.timers
    assert first == TimerRule(
        every=timedelta(minutes=15), after_lines=20, texts=("点点关注", "下单有礼")
    )
    assert (second.after_lines, len(second.texts)) == (10, 1)
    assert room.notices.every == timedelta(minutes=3)
    assert room.thanks == ThanksPolicy(gifts=True, amounts=True)
    assert room.quiet_hours is not None
    assert room.quiet_hours.is_open(datetime(2026, 1, 1, 16, tzinfo=UTC))
    assert not room.quiet_hours.is_open(datetime(2026, 1, 1, 4, tzinfo=UTC))


def test_nothing_is_said_unasked_unless_it_is_set(tmp_path: Path) -> None:
    """No timers, no thanks, no quiet hours."""
    room, _ = read(tmp_path, "")
    assert room is not None
    assert (room.timers, room.thanks, room.quiet_hours) == ((), ThanksPolicy(), None)


@pytest.mark.parametrize("words", ["全网最低价", "{viewer.name}来啦", "还有{库存}件"])
def test_what_could_not_be_said_is_left_out_with_its_line(
    tmp_path: Path, words: str
) -> None:
    """The guard's rules hold here too, and blanks that nothing fills; the rest is kept."""
    room, problems = read(
        tmp_path,
        f'    timers:\n      - {{every_minutes: 5, texts: [好的, "{words}"]}}\n',
    )
    assert room is not None
    assert [each.texts for each in room.timers] == [("好的",)]
    assert [(each.code, each.place.line) for each in problems] == [("W324", 5)]


def test_a_timer_needs_its_words_and_a_period_that_is_none_is_an_error(
    tmp_path: Path,
) -> None:
    """Both are said with what to write instead."""
    room, problems = read(tmp_path, "    timers: [{every_minutes: 0}]\n")
    assert room is None
    assert {each.key.rpartition(".")[2] for each in problems} == {
        "every_minutes",
        "timers[0]",
    }
