"""Phrasings over HTTP: this line belongs to that entry - look, suggest or add, and settle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from aiohttp import web

from streambot.application.learning import Preview
from streambot.domain.agent import Permission, can
from streambot.domain.faq.entry import FaqId
from streambot.domain.faq.phrasing import Unfit
from streambot.domain.faq.rehearsal import Change
from streambot.domain.reply import EventId
from streambot.ports.suggestions import Suggestion
from streambot.web import problems
from streambot.web.auth import allow
from streambot.web.bodies import PreviewBody, SettleBody, TeachBody, body
from streambot.web.explain import told
from streambot.web.keys import LEARNING, session_of
from streambot.web.problems import Problem, Refused
from streambot.web.rooms import room_of

T = TypeVar("T")

#: Of each kind of change, so many lines are shown; all are counted.
_SHOWN = 10
_LONGEST_ID = 200


async def preview(request: web.Request) -> web.Response:
    """POST /api/rooms/<name>/phrasings/preview: what would change; nothing is written."""
    session = allow(session_of(request), Permission.SUGGEST)
    room = room_of(request)
    asked = await body(request, PreviewBody)
    found = _fit(
        await request.app[LEARNING].preview(room, asked.text, FaqId(asked.entry))
    )
    may_edit = can(session.agent, Permission.EDIT_BOOK)
    shown = _preview(found)
    if not can(session.agent, Permission.WATCH):
        # What would change is a number to who may not read viewers' lines.
        shown = {name: _without_lines(value) for name, value in shown.items()}
    return told({**shown, "may_edit": may_edit})


async def teach(request: web.Request) -> web.Response:
    """POST /api/rooms/<name>/phrasings: add it, or suggest it to those who may."""
    session = allow(session_of(request), Permission.SUGGEST)
    room = room_of(request)
    asked = await body(request, TeachBody)
    done = await request.app[LEARNING].teach(
        session.agent,
        room,
        asked.text,
        FaqId(asked.entry),
        seen=asked.seen,
        event=EventId(asked.event[:_LONGEST_ID]) if asked.event else None,
    )
    return told(_suggestion(_fit(done)))


async def waiting(request: web.Request) -> web.Response:
    """GET /api/rooms/<name>/phrasings: what agents suggested and nobody settled."""
    allow(session_of(request), Permission.EDIT_BOOK)
    found = await request.app[LEARNING].waiting(room_of(request))
    return told({"waiting": [_suggestion(each) for each in found]})


async def settle(request: web.Request) -> web.Response:
    """POST /api/rooms/<name>/phrasings/<number>: accept or decline a suggestion."""
    session = allow(session_of(request), Permission.EDIT_BOOK)
    room_of(request)
    number = request.match_info["number"]
    asked = await body(request, SettleBody)
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Refused(problems.NO_PAGE)
    done = await request.app[LEARNING].settle(
        session.agent, int(number), accept=asked.accept, seen=asked.seen
    )
    return told(_suggestion(_fit(done)))


def _fit(found: T | Unfit) -> T:
    """What was asked for; a reason against it becomes a refusal."""
    if isinstance(found, Unfit):
        raise Refused(Problem(409, found.code, found.zh, found.en))
    return found


def _preview(found: Preview) -> dict[str, object]:
    tried = found.rehearsal
    unseen = [each for each in tried.harms if each.kind == "unseen"]
    broken = [each for each in tried.harms if each.kind != "unseen"]
    unfit = found.unfit
    return {
        "entry": found.entry,
        "text": found.text,
        "file": found.file,
        "line": found.line,
        "seen": found.seen,
        "tried": tried.tried,
        "answered": _changes(tried.answered),
        "switched": _changes(tried.switched),
        "lost": _changes(tried.lost),
        "unseen": _changes(unseen),
        "broken": _changes(broken),
        "problem": None if unfit is None else {"zh": unfit.zh, "en": unfit.en},
    }


def _without_lines(value: object) -> object:
    return (
        {**value, "lines": []}
        if isinstance(value, dict) and "lines" in value
        else value
    )


def _changes(changes: Sequence[Change]) -> dict[str, object]:
    return {
        "count": len(changes),
        "times": sum(each.times for each in changes),
        "lines": [
            {
                "text": each.text,
                "times": each.times,
                "before": each.before,
                "after": each.after,
            }
            for each in changes[:_SHOWN]
        ],
    }


def _suggestion(each: Suggestion) -> dict[str, object]:
    return {
        "id": each.id,
        "entry": each.entry,
        "text": each.text,
        "by": each.by,
        "at": each.at,
        "state": each.state.value,
    }
