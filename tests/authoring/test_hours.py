"""Opening hours as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from streambot.config import read_config
from streambot.domain.calendar import ALWAYS, CHINA, Calendar, Interval

NINE_TO_SIX = (Interval(start=540, end=1080),)
NIGHT = (Interval(start=1200, end=1560),)


def hours(tmp_path: Path, text: str) -> tuple[Calendar | None, list[str]]:
    """The calendar of a config.yaml with *text* under desk, and its problems."""
    path = tmp_path / "config.yaml"
    lines = "".join(f"  {line}\n" for line in text.splitlines())
    path.write_text(f"desk:\n{lines}", encoding="utf-8")
    config, problems = read_config(path, environ={})
    return None if config is None else config.desk.hours, [each.zh for each in problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("claim_seconds: 20", ALWAYS),
        ("hours: always", ALWAYS),
        ("hours: 09:00-18:00", Calendar(week=(NINE_TO_SIX,) * 7)),
        (
            'hours: ["9:00至18:00", 20:00-02:00]',
            Calendar(week=(NINE_TO_SIX + NIGHT,) * 7),
        ),
        ("hours: 直播时", Calendar(week=((),) * 7, live=True)),
        ("hours: {live: true}", Calendar(week=((),) * 7, live=True)),
        (
            "hours:\n  每天: 09:00-18:00\n  周日: []\n  休息: 12:00-13:00\n  节假日: 2026-10-01",
            Calendar(
                week=((NINE_TO_SIX,) * 6 + ((),)),
                breaks=((Interval(start=720, end=780),),) * 7,
                days={date(2026, 10, 1): ()},
            ),
        ),
        ("hours: {timezone: Asia/Shanghai}", Calendar(zone=CHINA)),
    ],
)
def test_hours_are_read_as_written(
    tmp_path: Path, text: str, expected: Calendar
) -> None:
    """In either language, as one span, a list, a word or by weekday, over midnight."""
    found, problems = hours(tmp_path, text)
    assert problems == []
    assert found == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hours: 9-18", "09:00-23:00"),
        ("hours: 09:00-49:00", "09:00-23:00"),
        ("hours: {mon: 9 o'clock}", "09:00-23:00"),
        ("hours: {holidays: soon}", "2026-10-01"),
        ("hours: {timezone: Mars}", "Asia/Shanghai"),
        ("hours: {mom: 09:00-10:00}", "mon"),
    ],
)
def test_what_cannot_be_read_is_told_with_an_example(
    tmp_path: Path, text: str, said: str
) -> None:
    """One sentence says what is wrong and how it is written."""
    found, problems = hours(tmp_path, text)
    assert found is None
    assert len(problems) == 1
    assert said in problems[0]


def test_hours_in_another_zone_follow_its_clock(tmp_path: Path) -> None:
    """A desk in Berlin opens by Berlin's clock."""
    found, _ = hours(tmp_path, "hours: {daily: 09:00-18:00, timezone: Europe/Berlin}")
    assert found is not None
    assert found.is_open(datetime(2026, 7, 1, 7, tzinfo=UTC))
    assert not found.is_open(datetime(2026, 7, 1, 6, 59, tzinfo=UTC))
