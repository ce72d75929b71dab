"""Broadcasts over HTTP: begun and ended by hand, the pinned notice, and what an evening came to."""

from __future__ import annotations

from collections import Counter
from typing import Any

from aiohttp import web

from streambot.domain.agent import Permission, can
from streambot.domain.audit import Act
from streambot.domain.broadcast import Broadcast, BroadcastSummary
from streambot.web import problems
from streambot.web.audit import note
from streambot.web.auth import allow
from streambot.web.bodies import BroadcastBody, NoticeBody, body
from streambot.web.keys import (
    ARCHIVE,
    CLOCK,
    EXPLAINER,
    ROOMS,
    SETTINGS,
    TEXTS,
    session_of,
)
from streambot.web.pages import page, to_login
from streambot.web.problems import Problem, Refused
from streambot.web.rooms import room_of
from streambot.web.summary_words import PARTS, Counted, rows
from streambot.web.texts import language_of

#: Characters of a notice: more than any room's line takes is said in parts.
_LONGEST = 200
#: Entries whose questions are looked up: more than any book has.
_WHOLE_BOOK = 100_000
#: What the page counts, in its order, each by its name; what the console counts alike has the same.
_FIGURES = {
    "lines": "figure.lines",
    "welcomed_named": "figure.welcomed_named",
    "welcomed_counted": "figure.welcomed_counted",
    "welcomed_missed": "figure.welcomed_missed",
    "answered": "summary.answered",
    "handed_off": "figure.decided_handoff",
    "held": "summary.held",
    "orders": "figure.decided_order",
    "tickets_left": "summary.tickets_left",
    "gaps": "summary.gaps",
}


async def pin_notice(request: web.Request) -> web.Response:
    """POST /api/rooms/<name>/notice: pin it, or take it down with an empty text."""
    session = allow(session_of(request), Permission.SWITCH_MODE)
    asked = await body(request, NoticeBody)
    room, text = room_of(request), " ".join(asked.text.split())
    if len(text) > _LONGEST:
        raise Refused(problems.NOTICE_TOO_LONG)
    held = await request.app[ROOMS].pin_notice(room, text, session.agent.name)
    if held is not None:
        zh = f"公告没有置顶。“{held.text}”：{held.hint_zh}"
        en = f"Not pinned. “{held.text}”: {held.hint_en}"
        raise Refused(Problem(409, "held", zh, en))
    return web.json_response({"room": room, "notice": text})


async def broadcast(request: web.Request) -> web.Response:
    """POST /api/rooms/<name>/broadcast: it begins or ends, where the platform doesn't tell."""
    session = allow(session_of(request), Permission.SWITCH_MODE)
    asked = await body(request, BroadcastBody)
    room, by = room_of(request), session.agent.name
    request.app[ROOMS].broadcast(room, begins=asked.begins, by=by)
    act = Act.BROADCAST_BEGUN if asked.begins else Act.BROADCAST_ENDED
    await note(request, session, act, room=room)
    return web.json_response({"room": room, "begins": asked.begins})


async def listed(request: web.Request) -> web.Response:
    """GET /api/rooms/<name>/broadcasts: the newest first."""
    allow(session_of(request), Permission.HEALTH)
    found = await request.app[ARCHIVE].broadcasts(room_of(request))
    return web.json_response({"broadcasts": [_told(each) for each in found]})


async def summary(request: web.Request) -> web.Response:
    """GET /api/rooms/<name>/summary?number=: what a broadcast came to, the newest by default."""
    session = allow(session_of(request), Permission.HEALTH)
    found = await _found(request)
    if found is None:
        raise Refused(problems.NO_BROADCAST)
    return web.json_response(
        _summed(request, found, chat=can(session.agent, Permission.WATCH))
    )


async def summary_page(request: web.Request) -> web.Response:
    """GET /rooms/<name>/summary: the same for people, with the room's notice."""
    session = session_of(request)
    if session is None:
        return to_login()
    if not can(session.agent, Permission.HEALTH):
        return web.Response(status=303, headers={"Location": "/home"})
    room = room_of(request)
    chat = can(session.agent, Permission.WATCH)
    found = await _found(request)
    summed = None if found is None else _summed(request, found, chat=chat)
    view = request.app[ROOMS].views[room]
    return page(
        request,
        "summary.html",
        room=room,
        csrf=session.csrf,
        home=not can(session.agent, Permission.SUPERVISE),
        chat=chat,
        notice=view.notice,
        runs=view.since is not None,
        earlier=[_told(each) for each in await request.app[ARCHIVE].broadcasts(room)],
        found=summed,
        figures=_FIGURES,
        parts=[] if summed is None else _parts(request, summed),
    )


def _parts(
    request: web.Request, summed: dict[str, Any]
) -> list[tuple[str, str, list[Counted]]]:
    """Each part that has something in it: its name, its title, its rows in words."""
    language = language_of(request, request.app[SETTINGS].language)
    entries = request.app[EXPLAINER].entries(room_of(request), "", _WHOLE_BOOK)
    return [
        (
            part,
            f"summary.by_{part}",
            rows(part, summed[part], entries, request.app[TEXTS], language),
        )
        for part in PARTS
        if summed[part]
    ]


async def _found(request: web.Request) -> BroadcastSummary | None:
    number = request.query.get("number", "")
    known = number.isascii() and number.isdigit() and len(number) <= 18  # noqa: PLR2004
    return await request.app[ARCHIVE].summary(
        room_of(request), int(number) if known else None, request.app[CLOCK].now()
    )


def _told(of: Broadcast) -> dict[str, Any]:
    return {
        "number": of.number,
        "began_at": of.began_at.isoformat(),
        "began_by": of.began_by,
        "ended_at": None if of.ended_at is None else of.ended_at.isoformat(),
        "ended_by": of.ended_by,
    }


def _summed(
    request: web.Request, found: BroadcastSummary, *, chat: bool
) -> dict[str, Any]:
    """A summary as JSON; without *chat* it has no word that a viewer wrote."""
    of, summary = found.broadcast, found.summary
    welcomed = summary.welcomed
    return {
        **_told(of),
        "seconds": int(of.lasted(request.app[CLOCK].now()).total_seconds()),
        "lines": summary.lines,
        "arrivals": summary.arrivals,
        "welcomed_named": welcomed.named,
        "welcomed_counted": welcomed.counted,
        "welcomed_missed": welcomed.missed,
        "lateness_p50": welcomed.p50,
        "lateness_p99": welcomed.p99,
        "orders": summary.kinds["order"],
        "tickets_left": of.tickets_left,
        "gaps": found.gaps,
        "answered": _most(summary.answered),
        "handed_off": _most(summary.handed_off),
        "held": _most(summary.held),
        "unanswered": [
            {"text": text, "count": count}
            for text, count in (summary.commonest() if chat else ())
        ],
    }


def _most(counts: Counter[str]) -> dict[str, int]:
    """Most first, ties by name."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
