"""The local hook over HTTP: a tool of this machine takes prompter lines and says what became of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

import msgspec
from aiohttp import web

from streambot.application.prompter_hook import No
from streambot.application.room_view import deadline
from streambot.domain.names import spoken_name
from streambot.domain.reply import LineId, LineOut
from streambot.ports.room_tokens import RoomToken, Scope
from streambot.web import problems
from streambot.web.bodies import ProductBody, body
from streambot.web.control import is_here
from streambot.web.keys import PROMPTER_HOOK, ROOMS
from streambot.web.problems import Problem, Refused
from streambot.web.room_door import Access, admitted

_FORWARDED = ("Forwarded", "X-Forwarded-For")


class FailedBody(msgspec.Struct, kw_only=True):
    """POST .../failed."""

    why: Annotated[str, msgspec.Meta(max_length=2_000)] = ""


async def lines(request: web.Request) -> web.Response:
    """GET /api/hook/<room>/lines: what may be taken, the soonest due first."""
    room = (await admitted_here(request)).room
    found = request.app[PROMPTER_HOOK].lines(room)
    return _json(
        {
            "lines": [shown(each) for each in found],
            "shown": request.app[ROOMS].views[room].shown,
        }
    )


async def take(request: web.Request) -> web.Response:
    """POST /api/hook/<room>/lines/<line>/take."""
    access = await admitted_here(request)
    taken = await request.app[PROMPTER_HOOK].take(access.token, _line(request))
    if isinstance(taken, No):
        raise Refused(problem_of(taken))
    return _json({"line": shown(taken)})


async def said(request: web.Request) -> web.Response:
    """POST /api/hook/<room>/lines/<line>/said."""
    return await _told(request, request.app[PROMPTER_HOOK].said)


async def failed(request: web.Request) -> web.Response:
    """POST /api/hook/<room>/lines/<line>/failed."""
    access = await admitted_here(request)
    asked = await body(request, FailedBody)
    hook = request.app[PROMPTER_HOOK]
    return _done(await hook.failed(access.token, _line(request), asked.why))


async def product(request: web.Request) -> web.Response:
    """POST /api/hook/<room>/product: put a product on screen, e.g. by a hotkey."""
    access = await admitted_here(request)
    asked = await body(request, ProductBody)
    name = None if asked.product is None else str(asked.product)
    by = access.token.label
    if not await request.app[ROOMS].show_product(access.room, name, by):
        raise Refused(problems.NO_PRODUCT)
    return _json({})


async def admitted_here(request: web.Request) -> Access:
    """What a tool's token opens, for programs of this machine alone.

    Raises:
        Refused: it comes from elsewhere, or its token isn't good.
    """
    through = any(name in request.headers for name in _FORWARDED)
    if through or not is_here(request.remote):
        raise Refused(problems.NOT_HERE)
    return await admitted(request, Scope.HOOK)


def shown(line: LineOut) -> dict[str, object]:
    """A line as tools get it."""
    return {
        "line_id": line.line_id,
        "kind": line.kind,
        "text": line.text,
        "visibility": line.visibility,
        "to": [name for each in line.to if (name := spoken_name(each)) is not None],
        "made_at": line.made_at,
        "until": deadline(line),
    }


def problem_of(no: No) -> Problem:
    """Why, in words."""
    return {
        No.GONE: problems.LINE_GONE,
        No.TAKEN: problems.LINE_TAKEN,
        No.NOT_YOURS: problems.NOT_YOURS,
    }[no]


async def _told(
    request: web.Request, tell: Callable[[RoomToken, LineId], Awaitable[No | None]]
) -> web.Response:
    access = await admitted_here(request)
    return _done(await tell(access.token, _line(request)))


def _done(no: No | None) -> web.Response:
    if no is not None:
        raise Refused(problem_of(no))
    return _json({})


def _line(request: web.Request) -> LineId:
    return LineId(request.match_info["line"])


def _json(value: object) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(value), content_type="application/json"
    )
