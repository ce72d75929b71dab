"""Whom to welcome, by what name, and the figures of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from streambot.authoring.guard_file import shipped_guard
from streambot.domain.events import Origin, ViewerEntered
from streambot.domain.greeting import LinkDelay, Welcomes
from streambot.domain.greeting_figures import GreetingFigures
from streambot.domain.guard import Passed
from streambot.domain.lines import graphemes
from streambot.domain.names import clean_name, spoken_name, with_sayable_name
from streambot.domain.reply import EventId, LineId, LineOut, OutId, Reply, ReplyKind
from streambot.domain.room import BroadcastId, Platform, RoomName, Scene
from streambot.domain.viewer import ANCHOR, BOT, SELF, Viewer, ViewerKey

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
HERE = BroadcastId("b1")
VIEWER = Viewer(key=ViewerKey("ab12"), name="小明")


def welcomes() -> Welcomes:
    """A memory with the shipped settings."""
    return Welcomes(within=timedelta(seconds=5), cooldown=timedelta(hours=6))


def entered(viewer: Viewer = VIEWER, broadcast: BroadcastId = HERE) -> ViewerEntered:
    """Somebody came in at the start, heard 300 ms later."""
    return ViewerEntered(
        id=EventId("e1"),
        at=START,
        received_at=START + timedelta(milliseconds=300),
        scene=Scene(
            platform=Platform("demo"), room=RoomName("demo"), broadcast=broadcast
        ),
        viewer=viewer,
    )


def test_a_newcomer_is_welcomed_once_per_broadcast() -> None:
    """Once, with an ``out_id`` that says so and the promised deadline."""
    memory = welcomes()
    reply = memory.greeting(entered())
    assert reply is not None
    assert reply.out_id == "greet:demo:b1:ab12"
    assert reply.expires_at - START == timedelta(seconds=5.3)
    memory.mark(VIEWER, START, HERE)
    assert memory.greeting(entered()) is None
    assert not memory.due(VIEWER, START + timedelta(days=1), HERE)


def test_the_cooldown_reaches_over_broadcasts() -> None:
    """A new broadcast within six hours doesn't welcome again, a later one does."""
    memory = welcomes()
    memory.mark(VIEWER, START, HERE)
    assert not memory.due(VIEWER, START + timedelta(hours=5), BroadcastId("b2"))
    assert memory.due(VIEWER, START + timedelta(hours=6), BroadcastId("b2"))


def test_a_restart_forgets_no_welcome() -> None:
    """What ``mark`` gave to be kept brings the memory back."""
    memory, again = welcomes(), welcomes()
    kept = memory.mark(VIEWER, START, BroadcastId("a/b"))
    again.restore(kept)
    assert not again.due(VIEWER, START + timedelta(days=1), BroadcastId("a/b"))
    assert again.due(VIEWER, START + timedelta(days=1), BroadcastId("b"))
    again.restore(reversed(kept))
    assert not again.due(VIEWER, START + timedelta(days=1), BroadcastId("a/b"))


@pytest.mark.parametrize("role", [ANCHOR, BOT, SELF])
def test_the_host_programs_and_ourselves_are_not_welcomed(role: str) -> None:
    """They are no guests."""
    viewer = replace(VIEWER, roles=frozenset({role}))
    assert welcomes().greeting(entered(viewer)) is None


def test_history_is_not_welcomed() -> None:
    """What a platform tells again after a reconnect happened long ago."""
    event = replace(entered(), origin=Origin.HISTORY)
    assert welcomes().greeting(event) is None


def test_lateness_counts_from_when_the_line_could_have_been_heard() -> None:
    """A queue on our side is our lateness; a wild platform clock isn't."""
    delay = LinkDelay()

    def heard(at: float, received: float) -> float:
        seen = delay.heard_at(
            START + timedelta(seconds=at), START + timedelta(seconds=received)
        )
        return round((seen - START).total_seconds(), 3)

    assert heard(0, 0.3) == 0.3
    assert heard(1, 1.2) == 1.2
    assert heard(2, 4.0) == 2.2
    assert heard(3, 30) == 30


def test_old_viewers_are_forgotten_first() -> None:
    """The memory is bounded."""
    memory = Welcomes(within=timedelta(seconds=5), cooldown=timedelta(hours=6), kept=2)
    for key in ("a", "b", "c"):
        memory.mark(replace(VIEWER, key=ViewerKey(key)), START, HERE)
    assert memory.due(replace(VIEWER, key=ViewerKey("a")), START, HERE)
    assert not memory.due(replace(VIEWER, key=ViewerKey("b")), START, HERE)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("小明", "小明"),
        ("  a\u200b\u202eb\n c ", "ab c"),
        ("👨‍👩‍👧阳光", "👨‍👩‍👧阳光"),
        ("一二三四五六七八九十一二三四", "一二三四五六七八九十一二"),
        ("用户8732649283741", None),
        ("@全体成员", "全体成员"),
        ("z̷̡̛͓͎͈a", "z̷̡a"),
        ("加我vx：abc123", None),
        ("13812345678", None),
        ("www.taobao-tmall.top", None),
        ("薇 信 123", None),
        ("官方客服", None),
        ("大 骗 子", None),
        ("......", None),
        ("", None),
        ("\u202e\u200b", None),
    ],
)
def test_names_are_cleaned(name: str, said: str | None) -> None:
    """Links, contacts, insults and false authorities are not said; the rest is made safe."""
    assert clean_name(name) == said


@pytest.mark.parametrize("name", ["全网最低小店", "最@佳", "国.家.级", "加微领福利"])
def test_what_the_guard_holds_is_no_name(name: str) -> None:
    """Whoever is called so is only counted, so that nobody else's welcome is held with theirs."""
    owed = welcome(replace(VIEWER, name=name))
    masked = with_sayable_name(owed, shipped_guard())
    assert masked.viewer is not None and masked.viewer.masked
    fine = welcome(VIEWER)
    assert with_sayable_name(fine, shipped_guard()) is fine


def welcome(viewer: Viewer) -> Reply:
    """A welcome owed to *viewer*."""
    return Reply(
        out_id=OutId("w"),
        kind=ReplyKind.GREETING,
        trigger=EventId("e"),
        owed_at=START,
        expires_at=START,
        viewer=viewer,
    )


def test_masked_names_are_not_said() -> None:
    """A name the platform hides stays hidden."""
    assert spoken_name(replace(VIEWER, masked=True)) is None
    assert spoken_name(replace(VIEWER, name="小***")) is None
    assert spoken_name(VIEWER) == "小明"


@given(st.text(max_size=60))
@example("+\U00018d09V")
@example("V138123456789")
def test_any_name_gives_something_harmless(name: str) -> None:
    """At most 12 graphemes, no line breaks, no direction marks, no mention in a mention."""
    said = clean_name(name)
    if said is not None:
        assert said == said.strip()
        assert 0 < len(graphemes(said)) <= 12
        assert not set(said) & set("\n\r\t@\u202e\u2066\u200b\u2028")
        viewer = with_sayable_name(
            welcome(replace(VIEWER, name=name)), shipped_guard()
        ).viewer
        assert viewer is not None
        held = shipped_guard().judge(f"欢迎@{said}～", public=True)
        assert viewer.masked or isinstance(held, Passed)


def test_figures_tell_named_counted_missed_and_lateness() -> None:
    """The histogram's quantiles are right to its step."""
    figures = GreetingFigures()
    assert figures.p50 is None
    line = LineOut(
        line_id=LineId("l"),
        kind=ReplyKind.GREETING,
        text="",
        covers=(),
        made_at=START,
        named=30,
        counted=70,
    )
    heard = [START + timedelta(milliseconds=20 * n) for n in range(100)]
    figures.sent(line, heard, START + timedelta(seconds=2))
    figures.miss(3)
    assert (figures.named, figures.counted, figures.missed) == (30, 70, 3)
    assert figures.p50 == pytest.approx(1.0, abs=0.03)
    assert figures.p99 == pytest.approx(1.98, abs=0.03)
