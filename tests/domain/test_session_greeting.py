"""Whom a session welcomes: everybody due, once, and nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from streambot.domain.actions import OweReply, Remember, ShowReply
from streambot.domain.events import Link, LinkChanged, Origin
from streambot.domain.policy import SessionPolicy
from streambot.domain.room import RoomMode
from streambot.domain.session import RoomSession
from streambot.domain.viewer import ANCHOR, BOT, SELF
from tests.domain.chat_room import (
    ROOM,
    Chat,
    after,
    decisions,
    greeted,
    of,
    scene,
    understanding,
    verdicts,
    viewer,
)

POLICY = SessionPolicy(room=ROOM)


def chat(mode: RoomMode = RoomMode.ANSWERING) -> Chat:
    """A room that greets."""
    return Chat(policy=POLICY, mode=mode)


def test_who_enters_is_welcomed_once_and_in_time() -> None:
    """A welcome is owed for the promised seconds, and remembered on disk with it."""
    room = chat()
    actions = room.enter()
    (owed,) = of(OweReply, actions)
    assert owed.reply.out_id == "greet:demo:b1:k-小明"
    assert owed.reply.expires_at == after(5)
    assert of(Remember, actions)
    assert greeted(actions) == ["k-小明"]
    assert room.enter(at=60) == []
    assert greeted(room.say("多少钱", 61)) == []


def test_without_an_enter_the_first_line_is_the_arrival() -> None:
    """A platform that tells nobody's enter loses no welcome; the line is still answered."""
    room = chat()
    actions = room.say("什么时候发货")
    assert greeted(actions) == ["k-小明"]
    assert verdicts(actions) == [("e1", "answer", "ship")]
    assert greeted(room.enter(at=1)) == []
    assert greeted(room.say("哈哈", 2, by=viewer("阿杰"), storm=True)) == ["k-阿杰"]


def test_a_reconnect_a_new_broadcast_and_a_restart_keep_the_cooldown() -> None:
    """Six hours pass before a viewer is welcomed again, whatever happened in between."""
    room = chat()
    kept = of(Remember, room.enter())
    room.tell(LinkChanged(at=after(10), link=Link.CONNECTED))
    assert greeted(room.enter(at=20)) == []
    assert greeted(room.enter(at=3_600, broadcast="b2")) == []
    assert greeted(room.enter(at=6 * 3_600, broadcast="b3")) == ["k-小明"]

    again = chat()
    again.session = RoomSession(POLICY, understanding(), remembered=kept)
    assert greeted(again.enter(at=30)) == []
    assert greeted(again.enter(at=6 * 3_600)) == []  # the same broadcast still
    assert greeted(again.enter(at=6 * 3_600, broadcast="b2")) == ["k-小明"]


@pytest.mark.parametrize("role", [ANCHOR, BOT, SELF])
def test_no_guests_are_neither_welcomed_nor_answered(role: str) -> None:
    """The host, programs and our own account: their lines are ignored for what they are."""
    room, host = chat(), viewer("掌柜", role)
    assert room.enter(host) == []
    actions = room.say("什么时候发货", 1, by=host)
    assert greeted(actions) == []
    assert verdicts(actions) == [("e2", "ignore", role)]


def test_history_is_neither_welcomed_nor_answered() -> None:
    """What a platform tells again happened long ago; a later arrival counts as the first."""
    room = chat()
    assert room.enter(origin=Origin.HISTORY) == []
    told_again = room.say("什么时候发货", origin=Origin.HISTORY)
    assert verdicts(told_again) == [("e2", "ignore", "history")]
    assert greeted(told_again) == []
    assert greeted(room.enter(at=5)) == ["k-小明"]


def test_what_was_said_over_half_a_minute_ago_is_not_answered() -> None:
    """After a long gap old questions are stale; at thirty seconds they are not yet."""
    room = chat()
    old = room.line("什么时候发货", 31)
    actions = room.tell(replace(old, at=after(0)))
    assert verdicts(actions) == [("e1", "ignore", "stale")]
    fresh = room.line("有运费险吗", 31)
    assert verdicts(room.tell(replace(fresh, at=after(1)))) == [
        ("e2", "answer", "insurance")
    ]


def test_a_welcome_that_is_late_already_is_owed_all_the_same() -> None:
    """It is then dropped by its deadline and counted as missed, not forgotten."""
    room = chat()
    room.enter(viewer("早"))
    late = replace(room.line("来了", 15, viewer("晚")), at=after(10))
    actions = room.tell(late)
    assert greeted(actions) == ["k-晚"]
    (owed,) = of(OweReply, actions)
    assert owed.reply.expires_at == after(15)


def test_observing_shows_a_welcome_and_silence_makes_none() -> None:
    """An observed room decides and says nothing; a silent one doesn't even decide."""
    observed = chat(RoomMode.OBSERVING).enter()
    assert of(OweReply, observed) == []
    assert len(of(ShowReply, observed)) == 1
    assert greeted(observed) == ["k-小明"]

    silent = chat(RoomMode.SILENT)
    assert silent.enter() == []
    silent.switch(RoomMode.ANSWERING)
    assert greeted(silent.enter(at=9)) == ["k-小明"]


def test_switched_off_nobody_is_welcomed() -> None:
    """``greeting.enabled: false`` is kept to, and lines are answered as ever."""
    room = Chat(policy=replace(POLICY, greeting=False))
    assert room.enter() == []
    assert decisions(room.say("有运费险吗"))[0].kind == "answer"


def test_the_promise_is_the_settings() -> None:
    """``within_seconds`` is the welcome's deadline."""
    room = Chat(policy=replace(POLICY, within=timedelta(seconds=8)))
    (owed,) = of(OweReply, room.enter())
    assert owed.reply.expires_at == after(8)
    assert owed.reply.heard_at == after(0)
    assert scene().broadcast == "b1"
