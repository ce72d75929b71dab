"""Frames of the desk feed: what a ticket, an entry and a room look like to a console, as JSON bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from streambot.application.floor import Floor, Looking
from streambot.application.room_view import RoomView, deadline
from streambot.domain.guard import Remark
from streambot.domain.ticket import Ticket
from streambot.ports.store import FeedEntry
from streambot.ports.taken import TakenLine

_encode = msgspec.json.Encoder(order="deterministic").encode

#: Fields of a ticket a console gets; commands remembered, lines heard and the like stay here.
SHOWN = (
    "id",
    "no",
    "room",
    "state",
    "reason",
    "priority",
    "evidence",
    "text",
    "card",
    "queued_at",
    "waiting_since",
    "owner",
    "version",
    "epoch",
    "unattended",
    "reopen_count",
    "private",
    "due",
    "breached",
    "in_flight",
    "last_send",
    "outcome",
    "last_owner",
    "first_claim_at",
    "first_reply_at",
    "resolved_at",
    "offered_to",
    "offer_until",
    "group",
    "paused_at",
    "paused_until",
    "paused_for",
    "linked",
    "episode",
    "weight",
    "tried",
    "sink",
)
#: Of the tickets that wait, why is told of this many.
WAITING_SHOWN = 100
#: Fields of a change a console gets.
_CHANGE = ("event", "at", "actor", "text")


def shown_ticket(ticket: Ticket | Mapping[str, object]) -> dict[str, object]:
    """A ticket, or its stored fields, as consoles see it; a function of that ticket alone.

    ``askers`` holds the viewer of this ticket: same questions are other tickets with the same
    ``card``. ``lines`` holds the lines heard, the opening one with its text.
    """
    fields: Mapping[str, object] = (
        msgspec.to_builtins(ticket, order="deterministic")
        if isinstance(ticket, Ticket)
        else ticket
    )
    viewer = fields["viewer"]
    heard = fields.get("heard")
    assert isinstance(viewer, Mapping)
    assert isinstance(heard, Sequence)
    who = {"key": viewer["key"], "name": viewer["name"]}
    trigger = fields["trigger"]
    later = [{"id": line, "text": None} for line in heard if line != trigger]
    return {
        **{name: fields[name] for name in SHOWN if name in fields},
        "viewer": who,
        "askers": [who],
        "lines": [{"id": trigger, "text": fields["text"]}, *later],
    }


def entry_bytes(entry: FeedEntry, ticket: bytes | None = None) -> bytes:
    """One entry as an item of an ``entries`` frame; *ticket* is the entry's, as shown."""
    data: Mapping[str, object] = entry.data
    if ticket is not None:
        shown: dict[str, object] = {"ticket": msgspec.Raw(ticket)}
        change = entry.data.get("change")
        if isinstance(change, Mapping):
            shown["change"] = {name: change.get(name) for name in _CHANGE}
        data = shown
    return _encode(
        {
            "seq": entry.seq,
            "kind": entry.kind,
            "at": entry.at,
            "room": entry.room,
            "data": data,
        }
    )


def entries_frame(first: int, last: int, items: Sequence[bytes]) -> bytes:
    """``entries``: everything from *first* to *last*, also what this client may not see."""
    return b'{"type":"entries","from":%d,"to":%d,"items":[%b]}' % (
        first,
        last,
        b",".join(items),
    )


def snapshot_frame(seq: int, tickets: Iterable[bytes]) -> bytes:
    """``snapshot``: every live or resolved ticket, as shown, as of *seq*."""
    return b'{"type":"snapshot","seq":%d,"tickets":[%b]}' % (seq, b",".join(tickets))


def beat_frame(head: int, now: datetime, present: Sequence[str]) -> bytes:
    """``beat``: the newest ``seq``, so that a lost frame is noticed, and the server's time."""
    return _encode(
        {"type": "beat", "head_seq": head, "now": now, "present": list(present)}
    )


def state_frame(view: RoomView, seen: int | None, *, chat: bool = True) -> bytes:
    """``state`` of a room: its lines behind the first *seen* (None: it was never shown).

    Without *chat* it has how the room does and no word that anybody wrote.
    """
    fresh = view.seen if seen is None else view.seen - seen
    lines = list(view.lines)[-fresh:] if fresh and chat else []
    return _encode(
        {
            "type": "state",
            "room": view.room,
            "lines": lines,
            "dropped": 0 if seen is None or not chat else fresh - len(lines),
            "counters": view.counters,
            "mode": view.mode,
            "resumes": view.resumes,
            "link": view.link,
            "can_write": view.can_write,
            "read_only": view.read_only,
            "private": view.private,
            "official": view.official,
            "book_entries": view.book_entries,
            "products": len(view.products),
            "shown": view.shown,
            "notice": view.notice,
            "since": view.since,
            "troubles": list(view.troubles.values()),
            "prompter": [
                {
                    "line_id": line.line_id,
                    "kind": line.kind,
                    "text": line.text,
                    "made_at": line.made_at,
                    "until": deadline(line),
                    "visibility": line.visibility,
                    "ticket": line.ticket,
                    **_with_tool(view.taken.get(line.line_id)),
                }
                for line in (view.by_deadline() if chat else ())
            ],
        }
    )


def _with_tool(taken: TakenLine | None) -> dict[str, object]:
    if taken is None:
        return {"taken_by": None, "failed": None}
    return {"taken_by": taken.by, "failed": taken.failed}


def floor_frame(floor: Floor, looking: Sequence[Looking]) -> bytes:
    """``floor``: how the desk stands; of those that wait only the most urgent."""
    return _encode(
        {
            "type": "floor",
            "agents": floor.agents,
            "waiting": floor.waiting[:WAITING_SHOWN],
            "clocks": floor.clocks,
            "oldest_wait": floor.oldest_wait,
            "unmanned": floor.unmanned,
            "looking": looking,
        }
    )


def done_frame(ref: str, ticket: Ticket | None) -> bytes:
    """``done``: a command was carried out; None where it was about no ticket."""
    shown = None if ticket is None else shown_ticket(ticket)
    return _encode({"type": "done", "ref": ref, "ticket": shown})


def checked_frame(ref: str, remarks: Sequence[Remark]) -> bytes:
    """``checked``: what the guard says of words that are being written."""
    return _encode(
        {"type": "checked", "ref": ref, "remarks": [_remark(each) for each in remarks]}
    )


def _remark(remark: Remark) -> dict[str, object]:
    return {
        "rule": remark.rule,
        "severity": remark.severity,
        "start": remark.start,
        "end": remark.end,
        "text": remark.text,
        "zh": remark.hint_zh,
        "en": remark.hint_en,
        "corrected": remark.corrected,
    }


def refused_frame(
    ref: str, code: str, zh: str, en: str, remarks: Sequence[Remark] = ()
) -> bytes:
    """``refused``: a command was not, and why."""
    return _encode(
        {
            "type": "refused",
            "ref": ref,
            "code": code,
            "message": zh,
            "zh": zh,
            "en": en,
            "remarks": [_remark(each) for each in remarks],
        }
    )
