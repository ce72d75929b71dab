"""The host's board: its page, and the socket that shows the room and takes marks."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
import structlog
from aiohttp import web

from streambot.application.feed import STATE_EVERY
from streambot.errors import StoreError
from streambot.ports.host_board import Mark, MarkAct
from streambot.ports.room_tokens import Scope
from streambot.web import problems
from streambot.web.keys import BOARD_FRAMES, CLOCK, HOST_BOARD, ROOMS
from streambot.web.misread import understood
from streambot.web.pages import page
from streambot.web.problems import Problem, Refused, bad_body
from streambot.web.room_door import Access, admitted
from streambot.web.room_socket import RoomSocket, Send

_log = structlog.get_logger()

PROTOCOL = "streambot.board.v1"
#: A board that hears nothing for some of these knows that it is stale.
BEAT = timedelta(seconds=2)
#: A key pressed without network may be told so much later.
LONGEST_AGO = timedelta(hours=12)

_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class MarkFrame(msgspec.Struct, kw_only=True, tag_field="type", tag="mark"):
    """A key of the host; ``ago``: seconds since it was pressed."""

    ref: _Text
    act: MarkAct
    question: _Text
    ago: Annotated[float, msgspec.Meta(ge=0)] = 0.0


class ShowFrame(msgspec.Struct, kw_only=True, tag_field="type", tag="show"):
    """Put a product on screen by its id or link number; null: none."""

    ref: _Text
    product: str | int | None


class HelloFrame(msgspec.Struct, kw_only=True, tag_field="type", tag="hello"):
    """A board's first frame."""

    v: Literal[1]


_Doing = Coroutine[Any, Any, Problem | None]
Told = MarkFrame | ShowFrame | HelloFrame
_decoder: msgspec.json.Decoder[Told] = msgspec.json.Decoder(Told)


async def board_page(request: web.Request) -> web.Response:
    """GET /board/<room>: an empty page for whoever asks; the token behind ``#`` fills it."""
    view = "obs" if request.query.get("view") == "obs" else "screen"
    room = request.match_info["room"]
    return page(request, "board.html", room=room, view=view)


async def board_feed(request: web.Request) -> web.StreamResponse:
    """GET /api/board/<room>/feed: one board, until it goes or its token ends.

    Asked without a socket it only says whether the token is good, which a handshake that fails
    doesn't.
    """
    access = await admitted(request, Scope.BOARD)
    if "Upgrade" not in request.headers:
        return web.Response(status=204)
    board = _Board(request, access)
    return await RoomSocket(
        request, access, PROTOCOL, told=board.told, write=board.write
    ).serve()


class _Board:
    """One board: hears marks, and is sent what changed at most ten times a second."""

    def __init__(self, request: web.Request, access: Access) -> None:
        self._app = request.app
        self._access = access
        self._clock = request.app[CLOCK]
        self._ready = asyncio.Event()

    async def told(self, raw: str, send: Send) -> None:
        """Act on a frame and answer it.

        Raises:
            Refused: it is none of ours.
        """
        match understood(_decoder.decode, raw):
            case HelloFrame() if not self._ready.is_set():
                self._ready.set()
            case MarkFrame() as frame if self._ready.is_set():
                await send(await self._answer(frame.ref, self._mark(frame)))
            case ShowFrame() as frame if self._ready.is_set():
                await send(await self._answer(frame.ref, self._show(frame)))
            case _:
                raise Refused(bad_body("hello"))

    async def write(self, send: Send) -> None:
        """Send what changed; a slow board is sent newer state, never more of it."""
        await self._ready.wait()
        room, sent = self._access.room, dict[str, object]()
        frames, beat_at = self._app[BOARD_FRAMES], self._clock.now()
        while True:
            now = self._clock.now()
            frame = frames.frame(room, sent, now)
            if frame is not None:
                await send(frame)
            elif now >= beat_at:
                await send(_beat(now))
            if frame is not None or now >= beat_at:
                beat_at = now + BEAT
            await self._clock.sleep(STATE_EVERY)

    async def _answer(self, ref: str, doing: _Doing) -> bytes:
        try:
            problem = await asyncio.shield(asyncio.ensure_future(doing))
        except StoreError as error:
            _log.error("mark_without_store", error=str(error))
            problem = problems.STORE_DOWN
        if problem is None:
            return msgspec.json.encode({"type": "done", "ref": ref})
        return msgspec.json.encode(
            {
                "type": "refused",
                "ref": ref,
                "code": problem.code,
                "zh": problem.zh,
                "en": problem.en,
            }
        )

    async def _mark(self, frame: MarkFrame) -> Problem | None:
        ago = min(timedelta(seconds=min(frame.ago, 1e6)), LONGEST_AGO)
        mark = Mark(
            room=self._access.room,
            ref=frame.ref,
            act=frame.act,
            question=frame.question,
            by=self._access.token.label,
            at=self._clock.now() - ago,
        )
        done = await self._app[HOST_BOARD].mark(mark)
        return None if done else problems.QUESTION_GONE

    async def _show(self, frame: ShowFrame) -> Problem | None:
        name = None if frame.product is None else str(frame.product)
        by = self._access.token.label
        shown = await self._app[ROOMS].show_product(self._access.room, name, by)
        return None if shown else problems.NO_PRODUCT


def _beat(now: datetime) -> bytes:
    return msgspec.json.encode({"type": "beat", "now": now})
