"""The local hook over a WebSocket: lines as they come, taken and answered for on one link."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Annotated, Literal

import msgspec
from aiohttp import web

from streambot.application.feed import STATE_EVERY
from streambot.application.prompter_hook import LONGEST_WHY, No
from streambot.domain.reply import LineId
from streambot.errors import StoreError
from streambot.web import problems
from streambot.web.hook import admitted_here, problem_of, shown
from streambot.web.keys import CLOCK, PROMPTER_HOOK, ROOMS
from streambot.web.misread import understood
from streambot.web.problems import Problem, Refused, bad_body
from streambot.web.room_door import Access
from streambot.web.room_socket import RoomSocket, Send

PROTOCOL = "streambot.hook.v1"
BEAT = timedelta(seconds=5)

_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class HelloFrame(msgspec.Struct, kw_only=True, tag_field="type", tag="hello"):
    """A tool's first frame."""

    v: Literal[1]


class TakeFrame(msgspec.Struct, kw_only=True, tag_field="type", tag="take"):
    """Take a line."""

    ref: _Text
    line_id: _Text


class SaidFrame(msgspec.Struct, kw_only=True, tag_field="type", tag="said"):
    """A line that was taken was said."""

    ref: _Text
    line_id: _Text


class FailedFrame(msgspec.Struct, kw_only=True, tag_field="type", tag="failed"):
    """A line that was taken could not be said."""

    ref: _Text
    line_id: _Text
    why: Annotated[str, msgspec.Meta(max_length=LONGEST_WHY * 10)] = ""


class ShowFrame(msgspec.Struct, kw_only=True, tag_field="type", tag="show"):
    """Put a product on screen by its id or link number; null: none."""

    ref: _Text
    product: str | int | None


Command = TakeFrame | SaidFrame | FailedFrame | ShowFrame
_decoder: msgspec.json.Decoder[HelloFrame | Command] = msgspec.json.Decoder(
    HelloFrame | Command
)


async def hook_feed(request: web.Request) -> web.StreamResponse:
    """GET /api/hook/<room>/feed: one tool, until it goes or its token ends."""
    access = await admitted_here(request)
    tool = _Tool(request, access)
    return await RoomSocket(
        request, access, PROTOCOL, told=tool.told, write=tool.write
    ).serve()


class _Tool:
    """One tool's link."""

    def __init__(self, request: web.Request, access: Access) -> None:
        self._app = request.app
        self._access = access
        self._clock = request.app[CLOCK]
        self._hook = request.app[PROMPTER_HOOK]
        self._ready = asyncio.Event()

    async def told(self, raw: str, send: Send) -> None:
        """Act on a frame and answer it.

        Raises:
            Refused: it is none of ours.
        """
        frame = understood(_decoder.decode, raw)
        if isinstance(frame, HelloFrame) is self._ready.is_set():
            raise Refused(bad_body("hello"))
        if isinstance(frame, HelloFrame):
            self._ready.set()
            return
        try:
            answer = await asyncio.shield(self._done(frame))
        except StoreError:
            answer = problems.STORE_DOWN
        await send(_answer(frame.ref, answer))

    async def write(self, send: Send) -> None:
        """Send what may be taken whenever that changed, and a beat when it didn't."""
        await self._ready.wait()
        room, beat_at = self._access.room, self._clock.now()
        sent: object = None
        while True:
            now = self._clock.now()
            view = self._app[ROOMS].views[room]
            found = self._hook.lines(room)
            state = ([each.line_id for each in found], view.shown)
            if state != sent or now >= beat_at:
                sent, beat_at = state, now + BEAT
                lines = [shown(each) for each in found]
                frame = {"type": "lines", "room": room, "now": now, "lines": lines}
                await send(msgspec.json.encode(frame | {"shown": view.shown}))
            await self._clock.sleep(STATE_EVERY)

    async def _done(self, frame: Command) -> dict[str, object] | Problem:
        token = self._access.token
        no: No | None
        match frame:
            case TakeFrame():
                taken = await self._hook.take(token, LineId(frame.line_id))
                if not isinstance(taken, No):
                    return {"type": "taken", "line": shown(taken)}
                no = taken
            case SaidFrame():
                no = await self._hook.said(token, LineId(frame.line_id))
            case FailedFrame():
                no = await self._hook.failed(token, LineId(frame.line_id), frame.why)
            case ShowFrame():
                name = None if frame.product is None else str(frame.product)
                rooms = self._app[ROOMS]
                if not await rooms.show_product(token.room, name, token.label):
                    return problems.NO_PRODUCT
                no = None
        return {"type": "done"} if no is None else problem_of(no)


def _answer(ref: str, answer: dict[str, object] | Problem) -> bytes:
    if isinstance(answer, Problem):
        answer = {
            "type": "refused",
            "code": answer.code,
            "zh": answer.zh,
            "en": answer.en,
        }
    return msgspec.json.encode({**answer, "ref": ref})
