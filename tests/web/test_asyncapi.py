"""docs/asyncapi/desk-v1.yaml is sound, and says exactly what the feed says and takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from streambot.application import handoffs
from streambot.application.desk import COMMANDS
from streambot.application.desk_input import LONGEST_TEXT
from streambot.application.feed import BEAT
from streambot.application.feed_frames import SHOWN
from streambot.application.floor import (
    AgentOnFloor,
    ClockFigure,
    Looking,
    Waiting,
)
from streambot.application.room_view import Trouble
from streambot.domain.agent import Permission
from streambot.domain.decision import DecisionKind
from streambot.domain.events import Link
from streambot.domain.evidence import Evidence
from streambot.domain.faq.entry import Visibility
from streambot.domain.guard_rules import Severity
from streambot.domain.mood import Mood
from streambot.domain.presence import AgentState
from streambot.domain.refusal import RefusalCode
from streambot.domain.reply import OutId, ReplyKind, ReplyState
from streambot.domain.room import RoomMode
from streambot.domain.ticket import ClockKind, Outcome, Reason, TicketState
from streambot.domain.ticket_rules import TicketEvent
from streambot.ports.store import DeskTransaction
from streambot.web.bodies import At, Be, Do, Hello
from streambot.web.commands import CHECK
from tests.asyncapi_document import AsyncApiDocument
from tests.web.simple_rooms import ROOM
from tests.web.site import Console, Site

_DESK = AsyncApiDocument(
    "desk-v1.yaml",
    lambda frame: str(frame["action"] if frame["type"] == "do" else frame["type"]),
)
#: Commands on a ticket that come with routing.
_MOVES = ("decline", "transfer", "snooze", "wake", "take_over", "requeue", "undo")
#: Commands that neither the schemas nor the desk take.
_MISFITS: tuple[dict[str, Any], ...] = (
    {"action": "answer", "text": " "},
    {"action": "answer", "text": "长" * (LONGEST_TEXT + 1)},
    {"action": "answer", "text": "好的", "visibility": "secret"},
    {"action": "resolve", "outcome": "fine"},
    {"action": "release", "note": ""},
)
_EVIDENCE = Evidence(rule="abuse", start=0, end=2, text="骗子")


def _field(where: str, name: str) -> Any:
    """A field of a message's or a shared schema's payload."""
    schema = _DESK.schemas.get(where) or _DESK.messages[where]["payload"]
    return schema["properties"][name]


def _fields(*messages: str) -> set[str]:
    """The fields of messages, beside the type."""
    payloads = [_DESK.messages[each]["payload"] for each in messages]
    parts = [part for each in payloads for part in each.get("allOf", [each])]
    parts.append(_DESK.schemas["command"] if len(messages) > 1 else {})
    return {name for part in parts for name in part.get("properties", {})} - {"type"}


def _struct(body: type[msgspec.Struct]) -> tuple[str, ...]:
    return body.__struct_encode_fields__


def _slots(kind: type[Any]) -> list[str]:
    return [each.name for each in fields(kind)]


def _floor_field(part: str, name: str | None) -> Any:
    """A field of an item of the floor; without a name all of them."""
    items = _field("floor", part)["items"]["properties"]
    return items if name is None else items[name]


_COMMANDS = sorted(_DESK.going("receive") - {"hello", "be", "at"})


@pytest.mark.parametrize(
    ("documented", "known"),
    [
        (_fields("hello"), _struct(Hello)),
        (_fields("be"), _struct(Be)),
        (_fields("at"), _struct(At)),
        (_fields(*_COMMANDS), _struct(Do)),
        (_COMMANDS, {*COMMANDS, *_MOVES, Permission.PICK, CHECK}),
        (_floor_field("agents", "state")["enum"], AgentState),
        (_floor_field("agents", None), _slots(AgentOnFloor)),
        (_floor_field("waiting", None), _slots(Waiting)),
        (_floor_field("clocks", None), _slots(ClockFigure)),
        (_floor_field("looking", None), _slots(Looking)),
        (_DESK.schemas["remark"]["properties"]["severity"]["enum"], Severity),
        (_field("refused", "code")["enum"], RefusalCode),
        (_field("state", "link")["enum"], [*Link, "store_full", "failed"]),
        (_DESK.schemas["mode"]["enum"], RoomMode),
        (_DESK.schemas["outcome"]["enum"], Outcome),
        (_DESK.schemas["clock"]["enum"], ClockKind),
        (_field("change", "event")["enum"], TicketEvent),
        (_field("ticket", "state")["enum"], TicketState),
        (_field("ticket", "reason")["enum"], Reason),
        (_field("ticket", "last_send")["enum"], [*ReplyState, None]),
        (_field("line", "decision")["enum"], [*DecisionKind, *ReplyState, None]),
        (_field("line", "mood")["enum"], Mood),
        (_field("prompterLine", "kind")["enum"], ReplyKind),
        (_field("prompterLine", "visibility")["enum"], Visibility),
        (_DESK.schemas["ticket"]["properties"], {*SHOWN, "viewer", "askers", "lines"}),
        (_DESK.schemas["ticket"]["required"], _DESK.schemas["ticket"]["properties"]),
    ],
)
def test_values_and_fields_are_those_of_the_code(
    documented: Iterable[object], known: Iterable[object]
) -> None:
    """Every value of an enumeration and every field of a frame, and no other."""
    assert set(map(str, documented)) == set(map(str, known))


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "hello", "v": 2, "last_seq": None},
        {"type": "beat", "head_seq": 1, "now": "2026-01-01 12:00", "present": []},
        {"type": "snapshot", "seq": 1, "tickets": [{"id": "t"}]},
        {"type": "entries", "from": 1, "to": 1, "items": [{"seq": 1, "kind": "odd"}]},
        {"type": "do", "ref": "r", "action": "pick", "room": "demo"},
        {"type": "be", "v": 1, "ref": "r", "state": "asleep"},
        {"type": "floor", "agents": [{"name": "小王"}]},
    ],
)
def test_schemas_refuse(frame: dict[str, Any]) -> None:
    """A wrong value, a bare ticket, an unknown kind or a missing field is found."""
    with pytest.raises(AssertionError):
        _DESK.check(frame)


async def test_every_frame_of_an_evening_is_as_documented(site: Site) -> None:
    """In a session with every command, every refusal and clocks that run out, each frame fits
    its schema, and each message of the document occurs.
    """
    consoles = [await _console(site, name) for name in ("小王", "小张", "李姐")]
    wang, zhang, boss = consoles
    _fill_room(site)
    async with boss.person.post("/api/rooms/demo/mode", {"mode": "observing"}) as reply:
        assert reply.status == 200
    await _work(site, wang, zhang)
    await _look(site, wang)
    await _whisper(site, boss)
    await _misfit(site, wang)
    await _beat(site, consoles)
    for console in consoles:
        await console.socket.close()
    await _run_clocks_out(site)
    consoles.append(await _come_back(wang))
    told = [frame for each in consoles for frame in each.told]
    heard = [frame for each in consoles for frame in each.frames]
    assert _DESK.check_all(told) == _DESK.going("receive")
    assert _DESK.check_all(heard) == _DESK.going("send")
    assert _refusals(heard) == set(RefusalCode)
    assert {item["kind"] for item in _items(heard)} == {"ticket", "mode"}
    shown = {line["kind"] for line in consoles[-1].states[-1]["lines"]}
    assert shown == {"viewer", "out", "would", "gift"}
    assert _events(heard) >= {"accepted", "breached", "unattended", "close", "picked"}


def _events(frames: Iterable[dict[str, Any]]) -> set[str]:
    changes = [item["data"].get("change") for item in _items(frames)]
    return {change["event"] for change in changes if change is not None}


def _items(frames: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        item for each in frames if each["type"] == "entries" for item in each["items"]
    ]


def _refusals(frames: Iterable[dict[str, Any]]) -> set[str]:
    return {each["code"] for each in frames if each["type"] == "refused"}


async def _console(site: Site, name: str) -> Console:
    console = await (await site.log_in(name)).console()
    await console.frame("snapshot")
    await console.frame("state")
    return console


def _fill_room(site: Site) -> None:
    """Lines of every kind, a prompter line, a trouble and figures."""
    site.viewer_line("大橙子", "什么时候发货")
    for kind, decision in (("out", "sent"), ("would", None), ("gift", None)):
        line = site.viewer_line("小雨", "您好")
        site.view.add(
            msgspec.structs.replace(line, kind=kind, viewer="", decision=decision)
        )
    site.prompter_line("48小时内发出")
    site.view.trouble(Trouble(code="link", zh="连不上。", en="Not linked."))
    site.view.count("lines", 3)


async def _work(site: Site, wang: Console, zhang: Console) -> None:
    """Claim, answer, note, release, resolve, pick; every way to be refused but by words."""
    ticket = await site.hand_off("阿杰", "骗子", evidence=[_EVIDENCE])
    about = {"ticket": ticket.id, "version": ticket.version}
    await zhang.do("answer", **about, text="好的")  # nobody's
    claimed = await wang.do("claim", **about)
    about["version"] = claimed["ticket"]["version"]
    await zhang.do("claim", **about)  # taken
    await zhang.do("note", **about, note="老顾客")
    checked = await wang.do("check", room=ROOM, text="嗯，假一赔十，全网最低")
    assert [each["severity"] for each in checked["remarks"]] == list(Severity)
    warned = await wang.do("answer", **about, text="假一赔十")
    assert [each["rule"] for each in warned["remarks"]] == ["promise"]
    answered = await wang.do(
        "answer",
        **about,
        text="假一赔十，马上查",
        visibility="public",
        confirmed=["promise"],
    )
    (out,) = answered["ticket"]["in_flight"]
    await _said(site, OutId(out))
    released = await wang.do("release", **about, note="要看物流")
    about["version"] = released["ticket"]["version"]
    claimed = await zhang.do("claim", **about)
    await zhang.do("resolve", **about, outcome="solved")  # stale
    about["version"] = claimed["ticket"]["version"]
    await zhang.do("resolve", **about, outcome="solved")
    await zhang.do("claim", ticket="t-gone", version=1)  # closed
    for n in range(site.desk.policy.capacity + 1):
        line = site.viewer_line(f"观众{n}", "在吗")
        await wang.do("pick", room=ROOM, line=line.id)


async def _said(site: Site, out: OutId) -> None:
    """The room took an answer."""

    def work(tx: DeskTransaction) -> None:
        at, policy = site.clock.now(), site.desk.policy
        handoffs.reply_settled(tx, out, ReplyState.SENT, at, policy=policy)

    _, committed = await site.store.transact(work)
    site.committed(committed)


async def _look(site: Site, wang: Console) -> None:
    """Say who looks at what, who takes a break, and every command that moves a ticket."""
    ticket = await site.hand_off("小雨", "到哪了")
    about = {"ticket": ticket.id, "version": ticket.version}
    await wang.tell({"type": "at", "v": 1, "ticket": ticket.id, "typing": True})
    await wang.be("break")  # answered behind what was told before it
    floor = await wang.floor()
    assert floor["looking"] == [{"ticket": ticket.id, "agent": "小王", "typing": True}]
    await wang.be("ready")
    words = {
        "transfer": {"to": "小张", "note": "问物流"},
        "snooze": {"for": "room_closed"},
    }
    for action in _MOVES:
        await wang.do(action, **about, **words.get(action, {}))


async def _whisper(site: Site, boss: Console) -> None:
    """A supervisor's words to whoever has a ticket."""
    ticket = await site.hand_off("小云", "在吗")
    await boss.do("whisper", ticket=ticket.id, version=ticket.version, note="快些")


async def _misfit(site: Site, console: Console) -> None:
    """What the schemas refuse the desk refuses."""
    line = site.viewer_line("挑剔的", "在吗")
    ticket = await site.hand_off("挑剔的", line.text)
    for misfit in _MISFITS:
        answer = await console.do(ticket=ticket.id, version=ticket.version, **misfit)
        assert answer["code"] == RefusalCode.HELD
        with pytest.raises(AssertionError):
            _DESK.check(console.told.pop())


async def _beat(site: Site, consoles: Iterable[Console]) -> None:
    await site.clock.advance(BEAT)
    for console in consoles:
        await console.frame("beat")


async def _run_clocks_out(site: Site) -> None:
    """Nobody comes for a viewer, and the time to come back is over."""
    await site.hand_off("久等", "有人吗")
    site.clock.jump(timedelta(minutes=11))
    await site.desk.ring()


async def _come_back(console: Console) -> Console:
    """The same person on a new socket, resumed from the first entry."""
    again = await console.person.console(last_seq=1)
    await again.until(console.person.site.feed.head)
    await again.frame("state")
    return again
