"""``streambot twitch-login``: the bot's account lets the app in, and its tokens go into their file."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from streambot.cli.config_here import config_here, config_option
from streambot.errors import RoomUnreachable, UsageError


@click.command("twitch-login")
@config_option
@click.option(
    "--room", help="哪个直播间，只有一个时不用写 · which room, if there are several"
)
def twitch_login(config: Path | None, room: str | None) -> None:
    """授权 Twitch 机器人账号 · let the app write as the bot's Twitch account."""
    from streambot.authoring.settings_tree import read_settings

    tree = read_settings(config_here(config), environ=os.environ, overrides={})
    rooms = [
        values
        for values in tree.settings["rooms"]
        if values["connector"] == "twitch"
        and values["client_id"]
        and values["token_file"]
        and room in {None, values["name"]}
    ]
    files = {values["token_file"] for values in rooms}
    if len(files) != 1:
        raise UsageError(
            "请用 --room 指明一个 connector: twitch 的直播间，它要有 client_id 和 token_file。 "
            "Name one room with --room: of connector: twitch, with client_id and token_file."
        )
    asyncio.run(_log_in(rooms[0]))


async def _log_in(values: Mapping[str, Any]) -> None:
    from streambot.adapters.clock import SystemClock
    from streambot.adapters.rooms.http import open_http
    from streambot.adapters.rooms.twitch.device import DeviceLogin
    from streambot.adapters.rooms.twitch.http import Http
    from streambot.adapters.rooms.twitch.places import places
    from streambot.adapters.rooms.twitch.tokens import TokenFile
    from streambot.adapters.rooms.twitch.why import Why

    clock = SystemClock()
    place, server = TokenFile(values["token_file"]), places(values["url"]).login
    if not await asyncio.to_thread(_writable, values["token_file"].parent):
        raise UsageError(
            f"文件夹 {values['token_file'].parent} 不存在或不能写：请先运行 "
            f"mkdir -m 700 {values['token_file'].parent}，再来一次。 "
            "The folder of token_file is not there or not writable: make it first, then run this again."
        )
    async with open_http() as session:
        login = DeviceLogin(
            login=server,
            client_id=values["client_id"],
            http=Http(session, clock),
            clock=clock,
            why=Why(room=values["name"], url=values["url"], channel=values["channel"]),
        )
        try:
            asked = await login.begin()
            click.echo(
                f"请用机器人账号打开 {asked.verification_uri} ，确认登录码 {asked.user_code}。\n"
                "Open it as the bot's account and confirm the code."
            )
            tokens = await login.confirmed(asked)
        except RoomUnreachable as error:
            raise RoomUnreachable(
                values["name"],
                f"连不上 Twitch 的登录服务器（{server}）：请检查网络，再运行一次 streambot twitch-login。 "
                f"Twitch's login server can't be reached at {server}: check the network and run "
                "streambot twitch-login again.",
            ) from error
    if not await asyncio.to_thread(place.keep, tokens):
        raise UsageError(
            f"令牌写不进 {values['token_file']}：请确认文件夹存在、可以写，再来一次。 "
            "The tokens can't be written there: make sure that the folder is there and writable."
        )
    click.echo(
        f"令牌已存入 {values['token_file']}，以后自动换新；现在请运行 streambot doctor。\n"
        "The tokens are kept there and renewed by themselves; run streambot doctor now."
    )


def _writable(folder: Path) -> bool:
    """Whether tokens can be kept in *folder*, asked before anybody is sent to Twitch."""
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
