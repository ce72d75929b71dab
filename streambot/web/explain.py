"""Explain over HTTP: why a line was dealt with so, what a line would get, which entries there are."""

from __future__ import annotations

import msgspec
from aiohttp import web

from streambot.application.explaining import as_fields
from streambot.domain.agent import Permission
from streambot.domain.decision import Decision
from streambot.domain.faq.entry import FaqEntry
from streambot.domain.reply import EventId
from streambot.web import problems
from streambot.web.auth import allow
from streambot.web.bodies import TryBody, body
from streambot.web.keys import EXPLAINER, ROOMS, session_of
from streambot.web.problems import Refused
from streambot.web.rooms import room_of

#: Entries offered to choose from, and of each so many phrasings.
_ENTRIES, _PHRASINGS = 20, 3
_LONGEST = 200


async def why(request: web.Request) -> web.Response:
    """GET /api/rooms/<name>/why?event=ID."""
    allow(session_of(request), Permission.WATCH)
    room = room_of(request)
    event = request.query.get("event", "")[:_LONGEST]
    lines = request.app[ROOMS].views[room].lines
    shown = next(
        (line.text for line in lines if line.id == event and line.kind == "viewer"),
        None,
    )
    found = await request.app[EXPLAINER].why(room, EventId(event), shown)
    if found is None:
        raise Refused(problems.NO_PAGE)
    return told({"decided": _decision(found.decided), **as_fields(found.now)})


async def try_line(request: web.Request) -> web.Response:
    """POST /api/rooms/<name>/try."""
    allow(session_of(request), Permission.TRY)
    room = room_of(request)
    asked = await body(request, TryBody)
    found = await request.app[EXPLAINER].explain(room, asked.text[:_LONGEST])
    return told({"decided": None, **as_fields(found)})


async def entries(request: web.Request) -> web.Response:
    """GET /api/rooms/<name>/entries?words=..."""
    allow(session_of(request), Permission.READ_BOOK)
    room = room_of(request)
    words = request.query.get("words", "")[:_LONGEST]
    found = request.app[EXPLAINER].entries(room, words, _ENTRIES)
    return told({"entries": [_entry(each) for each in found]})


def told(value: object) -> web.Response:
    """*value* as JSON."""
    return web.Response(
        body=msgspec.json.encode(value), content_type="application/json"
    )


def _decision(made: Decision | None) -> dict[str, object] | None:
    """Without whose line it was."""
    if made is None:
        return None
    return {
        "at": made.at,
        "kind": made.kind.value,
        "entry": made.entry,
        "score": made.score,
        "reason": None if made.reason is None else str(made.reason),
        "evidence": made.evidence,
    }


def _entry(entry: FaqEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "questions": entry.questions[:_PHRASINGS],
        "more": max(0, len(entry.questions) - _PHRASINGS),
        "answer": entry.answers[0] if entry.answers else "",
    }
