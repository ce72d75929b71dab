"""What the supervisor's page asks and does: warnings, promises, the shift, and tickets given back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
from aiohttp import web

from streambot.domain.agent import Permission, can
from streambot.domain.agent_figures import agent_figures
from streambot.domain.audit import Act, Audited
from streambot.domain.pledge_figures import pledge_figures, unheard
from streambot.domain.refusal import Refusal, RefusalCode
from streambot.domain.reply import TicketId
from streambot.domain.service_profile import rate_figures
from streambot.domain.ticket import ClockKind
from streambot.domain.ticket_step import INTERNAL
from streambot.web import problems
from streambot.web.audit import note
from streambot.web.auth import allow
from streambot.web.bodies import RequeueBody, body
from streambot.web.keys import ARCHIVE, AUDIT, CLOCK, DESK, SETTINGS, session_of
from streambot.web.problems import Problem, Refused

#: How far back a shift is read by default, and at most.
_USUAL, _LONGEST = timedelta(hours=24), timedelta(days=7)
#: Clocks that promise nothing to anybody.
_NO_PROMISE = INTERNAL | {ClockKind.CLOSE}
_STATUS = {RefusalCode.FORBIDDEN: 403}


async def warnings(request: web.Request) -> web.Response:
    """``{warnings: [{id, at, agent, rule, ticket, no, room}]}``: what nobody acknowledged."""
    allow(session_of(request), Permission.SUPERVISE)
    found = await request.app[AUDIT].unseen_warnings()
    return _json({"warnings": [_warning(row) for row in found]})


async def seen(request: web.Request) -> web.Response:
    """POST /api/floor/warnings/<id>: a supervisor has seen it; the second time says nothing new."""
    session = allow(session_of(request), Permission.SUPERVISE)
    number = request.match_info["number"]
    found = await request.app[AUDIT].unseen_warnings()
    if any(str(row.id) == number for row in found):
        await note(request, session, Act.WARNING_SEEN, object=number)
    return await warnings(request)


async def promises(request: web.Request) -> web.Response:
    """Promises from ``?since=`` on: the clocks by kind, what became of each by room, who is lost.

    ``{since, promises: [{kind, met, breached}], rooms: [{room, promised, in_time, ...}],
    unreachable: [{ticket, no, room, viewer}]}``
    """
    allow(session_of(request), Permission.SUPERVISE)
    since, archive = _since(request), request.app[ARCHIVE]
    kept = await archive.promises(since)
    pledges = await archive.pledges(since)
    body = {
        "since": since,
        "promises": [each for each in kept if each.kind not in _NO_PROMISE],
        "rooms": pledge_figures(pledges),
        "unreachable": unheard(pledges),
    }
    return _json(body)


async def shift(request: web.Request) -> web.Response:
    """What agents were at, and what hosts answered.

    ``{since, now, spells: [{agent, state, since, until, cause}], hosts: [{room, questions,
    viewers, median}]}``.
    """
    allow(session_of(request), Permission.SUPERVISE)
    since = _since(request)
    spells = await request.app[ARCHIVE].agent_states(since)
    hosts = await request.app[ARCHIVE].host_figures(since)
    now = request.app[CLOCK].now()
    return _json({"since": since, "now": now, "spells": spells, "hosts": hosts})


async def agents(request: web.Request) -> web.Response:
    """``{since, agents: [{agent, tickets, first_p50, first_p90, rated, mean, praise, ...}]}``."""
    allow(session_of(request), Permission.SUPERVISE)
    since, archive = _since(request), request.app[ARCHIVE]
    tickets = await archive.worked_on(since)
    ratings, praise = await archive.ratings(since), await archive.acclaims(since)
    found = agent_figures(tickets, ratings, praise, since)
    return _json({"since": since, "agents": found})


async def rules(request: web.Request) -> web.Response:
    """``{since, profile, old, rates}``: how the shift stands against the platform's service rules."""
    allow(session_of(request), Permission.SUPERVISE)
    profile, since = request.app[SETTINGS].profile, _since(request)
    if profile is None:
        return _json({"since": since, "profile": None, "old": False, "rates": []})
    now = request.app[CLOCK].now()
    waits = await request.app[ARCHIVE].waits(since)
    told = {"name": profile.name, "title": profile.title, "date": profile.noted}
    body = {
        "since": since,
        "profile": told | {"source": profile.source},
        "old": profile.is_old(now.date()),
        "rates": rate_figures(profile, waits, now),
    }
    return _json(body)


async def requeue_all(request: web.Request) -> web.Response:
    """POST /api/agents/<name>/requeue: all that one agent has goes back to the queue, at once."""
    session = allow(session_of(request), Permission.REQUEUE)
    asked = await body(request, RequeueBody)
    done = await request.app[DESK].requeue_all(
        session.agent, request.match_info["name"], ref=asked.ref, note=asked.note
    )
    if isinstance(done, Refusal):
        raise Refused(Problem(_STATUS.get(done.code, 409), done.code, done.zh, done.en))
    return _json({"requeued": len(done)})


async def look(request: web.Request) -> web.Response:
    """POST /api/tickets/<id>/look: a supervisor opens it unseen; the audit alone knows."""
    session = allow(session_of(request), Permission.SUPERVISE)
    ticket = await request.app[ARCHIVE].ticket(TicketId(request.match_info["ticket"]))
    if ticket is None or not can(session.agent, Permission.SEE, ticket):
        raise Refused(problems.NO_PAGE)
    await note(request, session, Act.LOOKED, object=ticket.id, room=ticket.room)
    return _json({})


def _since(request: web.Request) -> datetime:
    """The instant asked for, no further back than the longest; what is none is refused."""
    now, text = request.app[CLOCK].now(), request.query.get("since")
    if text is None:
        return now - _USUAL
    try:
        at = msgspec.convert(text, datetime)
    except msgspec.ValidationError:
        at = None
    if at is None or at.tzinfo is None:
        raise Refused(problems.bad_body("since"))
    return max(at.astimezone(UTC), now - _LONGEST)


def _warning(row: Audited) -> dict[str, object]:
    deed = row.deed
    return {
        "id": row.id,
        "at": deed.at,
        "agent": deed.actor,
        "rule": deed.data.get("rule"),
        "ticket": deed.object,
        "no": deed.data.get("no"),
        "room": deed.room,
    }


def _json(shown: object) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(shown), content_type="application/json"
    )
