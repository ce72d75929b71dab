"""The whole bot on local bridges that npm's ws serves, the library of the program itself."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from streambot.adapters.rooms.bridge_oba.client import oba_connector
from streambot.application.room_view import RoomView
from streambot.bootstrap import App
from streambot.domain.agent import Agent, AgentName
from streambot.domain.reply import LineId, LineOut, ReplyKind
from streambot.domain.role import Role
from streambot.domain.room import RoomName
from streambot.domain.viewer import ViewerKey
from streambot.errors import RoomUnreachable
from streambot.testing import FakeClock
from tests.acceptance.world import room_settings, running, write_config
from tests.peers.node_peer import started
from tests.peers.peer import PATIENCE
from tools.vendor import NPM, node

pytestmark = pytest.mark.proof

_RECIPE = Path(__file__).parent / "bridge_ws"
_ROOM = RoomName("demo")
_VIEWERS = 300
Frame = dict[str, Any]


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bridge with the ws of the lock file beside it."""
    folder = tmp_path_factory.mktemp("npm") / "bridge_ws"
    shutil.copytree(_RECIPE, folder)
    node(NPM, "ci", cwd=folder)
    return folder / "server.js"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How one bridge tells that somebody spoke, or came in."""

    connector: str
    spoke: Callable[[int, str, str], Frame]
    entered: Callable[[int, str], Frame]


def _oba(kind: str, number: int, name: str, **more: object) -> Frame:
    about = {"msg_type": kind, "msg_id": f"70{number}", "nick_name": name}
    return {**about, "time": "20:15:01", **more}


def _dybarrage(kind: int, number: int, name: str, **more: object) -> Frame:
    user = {"Id": 10_000 + number, "SecUid": f"sec-{name}", "Nickname": name}
    told = {
        "MsgId": 7434567890123456000 + number,
        "User": user,
        "Owner": {"SecUid": "sec-shop", "UserId": "880", "Nickname": "小店"},
        "RoomId": "7434500000000000001",
        **more,
    }
    data = json.dumps(told, ensure_ascii=False)
    return {"Type": kind, "ProcessName": "直播伴侣", "Data": data}


SHAPES = (
    Shape(  # the control panel, which gives no user_id
        connector="bridge_oba",
        spoke=lambda number, name, text: _oba("comment", number, name, content=text),
        entered=lambda number, name: _oba(
            "room_enter", number, name, user_id=f"u-{number}"
        ),
    ),
    Shape(
        connector="bridge_dybarrage",
        spoke=lambda number, name, text: _dybarrage(1, number, name, Content=text),
        entered=lambda number, name: _dybarrage(3, number, name, Content="来了"),
    ),
)


@dataclass(slots=True)
class Seen:
    """What the console is shown of the room, and every line that the prompter ever held."""

    app: App
    next: Callable[[], Any]
    lines: dict[LineId, LineOut] = field(default_factory=dict)

    @property
    def view(self) -> RoomView:
        """The room as it is shown now."""
        return self.app.rooms.views[_ROOM]

    async def until(self, holds: Callable[[Seen], bool]) -> None:
        """Follow the console until *holds* holds."""
        async with asyncio.timeout(PATIENCE):
            while True:
                self.lines |= self.view.prompter
                if holds(self):
                    return
                await self.next()

    def addressed(self, name: str) -> list[str]:
        """The prompter's lines with *name* in them, welcomes aside."""
        return [
            each.text
            for each in self.lines.values()
            if f"@{name}" in each.text and each.kind is not ReplyKind.GREETING
        ]

    async def answered(self, *names: str) -> None:
        """Wait until each of *names* has an answer on the prompter."""
        await self.until(lambda seen: all(seen.addressed(name) for name in names))


@asynccontextmanager
async def _following(
    folder: Path, shape: Shape, port: int, owner: str
) -> AsyncIterator[Seen]:
    """The bot of a config.yaml with one room on a bridge, and its console."""
    url = f"ws://127.0.0.1:{port}"
    more = {"connector": shape.connector, "owner": owner}
    config = await asyncio.to_thread(
        lambda: write_config(folder, room_settings(_ROOM, url, **more))
    )
    async with running(config) as app:
        who = Agent(name=AgentName("li"), role=Role.SUPERVISOR)
        client = await app.feed.subscribe(who, None)
        yield Seen(app, client.next)
        app.feed.leave(client)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.connector)
async def test_the_whole_bot_follows_a_bridge_over_kills_and_restarts(
    bridge: Path, tmp_path: Path, shape: Shape
) -> None:
    """Answers reach the prompter, duplicates are heard once, 300 arrivals are welcomed once each,
    the bridge dies twice and is followed again, each hole is recorded, and nothing is written to it.
    """
    port = _free_port()
    asked = shape.spoke(1, "小雨", "什么时候发货呀？")
    async with _following(tmp_path, shape, port, "sec-shop") as seen:
        async with started(bridge, str(port)) as first:
            await first.hear("joined")
            first.tell(say=["nonsense", asked, asked, "x" * 70_000, asked])
            await seen.answered("小雨")
            first.tell(restart=True)
            await first.hear("joined")
            first.tell(say=[asked, shape.spoke(2, "阿杰", "有运费险吗")])
            await seen.answered("阿杰")
        assert first.every("heard") == []
        async with started(bridge, str(port)) as second:  # the program was killed
            await second.hear("joined")
            crowd = [shape.entered(n, f"观众{n}") for n in range(10, 10 + _VIEWERS)]
            second.tell(say=[*crowd, *crowd[:20]])
            await seen.until(lambda seen: _welcomed(seen.lines.values()) >= _VIEWERS)
            second.tell(say=[shape.spoke(3, "终了", "包邮吗")])
            await seen.answered("终了")
        assert second.every("heard") == []
        assert {name: len(seen.addressed(name)) for name in ("小雨", "阿杰", "终了")} == {
            "小雨": 1, "阿杰": 1, "终了": 1,
        }  # fmt: skip
        counters = seen.view.counters
        assert _welcomed(seen.lines.values()) == _VIEWERS
        assert (counters["gaps"], counters["duplicates"]) == (2, 23)
        assert (counters["odd_not_json"], counters["odd_frame_too_long"]) == (1, 1)
        assert not seen.view.can_write
        assert not seen.view.official
    print(
        f"{shape.connector}: {_VIEWERS} of {_VIEWERS} arrivals welcomed once, "
        "2 deaths of the bridge, 2 gaps, 0 lines answered twice"
    )


def _welcomed(lines: Sequence[LineOut] | Any) -> int:
    """Viewers whom welcomes on the prompter cover, the ones greeted within an answer aside."""
    return sum(
        each.named + each.counted for each in lines if each.kind is ReplyKind.GREETING
    )


async def test_other_peoples_rooms_on_the_same_bridge_are_left_out(
    bridge: Path, tmp_path: Path
) -> None:
    """Frames of another's room between ours, its end too, are left out; ours are all read."""
    shape = SHAPES[1]
    other = {"Owner": {"SecUid": "sec-other"}, "RoomId": "99"}
    port = _free_port()
    async with (
        started(bridge, str(port)) as peer,
        _following(tmp_path, shape, port, "sec-shop") as seen,
    ):
        await peer.hear("joined")
        peer.tell(
            say=[
                shape.spoke(1, "小雨", "什么时候发货呀？"),
                _dybarrage(1, 2, "路人", Content="什么时候发货呀？", **other),
                _dybarrage(9, 3, "", User=None, **other),
                shape.spoke(4, "阿杰", "有运费险吗"),
                _dybarrage(6, 5, "", User=None, OnlineUserCount=88),
                _dybarrage(9, 6, "", User=None, Owner=None),
            ]
        )
        await seen.answered("小雨", "阿杰")
        await seen.until(lambda seen: seen.view.counters.get("viewers") == 88)
        assert seen.addressed("路人") == []


async def test_a_bridge_that_hangs_is_found_out(bridge: Path) -> None:
    """Half-open: nothing is closed and no ping answered; the link ends by the clock alone."""
    clock = FakeClock()
    async with started(bridge) as peer:
        connector = oba_connector(
            room=_ROOM,
            url=f"ws://127.0.0.1:{await peer.hear('port')}",
            owner="",
            clock=clock,
            key_of=lambda platform, raw: ViewerKey(raw),
        )
        async with connector.open(None) as link:
            await peer.hear("joined")
            peer.tell(mute=True)
            ended = asyncio.ensure_future(anext(link.events()))
            await clock.advance(timedelta(seconds=15))
            assert not ended.done()
            await clock.advance(timedelta(seconds=15))
            with pytest.raises(RoomUnreachable):
                await ended
