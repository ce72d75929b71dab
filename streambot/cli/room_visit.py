"""Visiting a room for a check-up: is it there, does it speak our protocol, does it know us."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from streambot.cli.findings import Finding
from streambot.domain.room import Capability
from streambot.errors import RoomError, RoomUnreachable

if TYPE_CHECKING:
    from streambot.ports.connector import Check, Met

_SECONDS = 5.0
#: The bot allows for a clock that is off; people reading times should know of it.
_SKEW = timedelta(seconds=60)


async def visit(
    values: Mapping[str, Any],
    secrets: Mapping[str, str],
    *,
    busy: bool,
    data_dir: Path | None = None,
) -> list[Finding]:
    """What to say about a room's secrets and link.

    *busy*: our own bot is in the room and would lose its place, so it is not joined.
    """
    found = _missing(values, secrets)
    join = not busy and not found
    found += _unofficial(values)
    try:
        async with asyncio.timeout(_SECONDS):
            met = await _meet(values, secrets, data_dir, join=join)
    except TimeoutError:
        return [*found, _unreachable(values, f"no answer in {_SECONDS:g} s")]
    except RoomUnreachable as error:
        if error.__cause__ is None:  # the sentence says all there is
            zh, _, en = str(error).partition("。 ")
            return [*found, Finding.bad("room", f"{zh}。", en, unreachable=True)]
        return [*found, _unreachable(values, str(error.__cause__))]
    except RoomError as error:
        sentence = str(error)
        return [*found, Finding.bad("room", sentence, sentence, unreachable=True)]
    return [*found, *map(_looked_at, met.checks), *_met(values, met)]


def _looked_at(check: Check) -> Finding:
    if check.good:
        return Finding.good(check.name, check.zh, check.en)
    tell = Finding.bad if check.needed else Finding.hint
    return tell(check.name, check.zh, check.en)


def _missing(values: Mapping[str, Any], secrets: Mapping[str, str]) -> list[Finding]:
    """One sentence for each secret that is pointed to and not there."""
    from streambot.authoring.secret_keys import secrets_of, where_is

    return [
        Finding.bad(
            "token",
            f"直播间“{values['name']}”的{key.zh}没有设置：{_cure(values, place)[0]}。",
            f"Room {values['name']} has no {key.en}: {_cure(values, place)[1]}.",
        )
        for key in secrets_of(values["connector"])
        if (place := where_is(values, key.name)) and not secrets[key.name]
    ]


def _cure(values: Mapping[str, Any], place: str | Path) -> tuple[str, str]:
    """How a secret gets to *place*."""
    if isinstance(place, str):
        return f"请设置环境变量 {place}", f"set the environment variable {place}"
    if values["connector"] == "twitch":
        return (
            f"请运行 streambot twitch-login，它会存进 {place}",
            f"run streambot twitch-login, which keeps it in {place}",
        )
    return f"请把它写进文件 {place}", f"write it into the file {place}"


def _unofficial(values: Mapping[str, Any]) -> list[Finding]:
    from streambot.authoring.bridge_settings import UNOFFICIAL

    name, connector = values["name"], values["connector"]
    if connector not in UNOFFICIAL:
        return []
    return [
        Finding.hint(
            "unofficial",
            f"“{name}”用的 {connector} 是非官方方式：平台改版会读不到，是否合规请自行确认；"
            "桥接程序默认对局域网开放，请只开给本机。",
            f"{connector} of room {name} is unofficial: it may break, and whether the platform "
            "allows it is yours to judge; keep the bridge program to this machine.",
        )
    ]


async def _meet(
    values: Mapping[str, Any],
    secrets: Mapping[str, str],
    data_dir: Path | None,
    *,
    join: bool,
) -> Met:
    from streambot.adapters.clock import SystemClock
    from streambot.adapters.rooms.youtube.ledger import Ledgers
    from streambot.bootstrap.connectors import Surroundings, connector
    from streambot.config import RoomConfig, Secret
    from streambot.domain.viewer import ViewerKey

    held = {name: Secret(found) for name, found in secrets.items() if found}
    room = RoomConfig(
        name=values["name"],
        connector=values["connector"],
        url=values["url"],
        channel=values["channel"],
        nick=values["nick"],
        dialect=values["dialect"],
        client_id=values["client_id"],
        app_id=values["app_id"] or 0,
        access_key_id=held.get("access_key_id"),
        access_key_secret=held.get("access_key_secret"),
        owner=values["owner"],
        douyin_app_id=values["douyin_app_id"],
        room_id=values["room_id"],
        room_id_file=values["room_id_file"],
        api=values["api"],
        push_secret=held.get("push_secret"),
        google_client_id=values["google_client_id"],
        google_client_secret=held.get("google_client_secret"),
        video=values["video"],
        quota_units=values["quota_units"],
        quota_for_replies=values["quota_for_replies"],
        quota_per_line=values["quota_per_line"],
        token=held.get("token"),
        token_file=values["token_file"],
    )
    around = Surroundings(
        clock=SystemClock(),
        key_of=lambda _, raw_id: ViewerKey(raw_id),
        youtube=Ledgers(data_dir),
    )
    return await connector(room, around).meet(join=join)


def _unreachable(values: Mapping[str, Any], why: str) -> Finding:
    from streambot.authoring.bridge_settings import UNOFFICIAL

    name, url = values["name"], values["url"]
    zh, en = (
        "请确认它已开播、地址没写错、网络通",
        "check that it is live, its url, the network",
    )
    if values["connector"] in UNOFFICIAL:
        zh = "请在本机启动桥接程序、打开它的 WebSocket，再核对端口"
        en = "start the bridge program on this machine with its WebSocket on, and check the port"
    return Finding.bad(
        "room",
        f"连不上“{name}”（{url}，{why}）：{zh}。",
        f"Room {name} can't be reached: {en}.",
        unreachable=True,
    )


def _met(values: Mapping[str, Any], met: Met) -> list[Finding]:
    name, url = values["name"], values["url"]
    if met.opened is None:
        if met.speaks:
            return [Finding.good("room", f"“{name}”连得上（{url}）。", "Reachable.")]
        return [_unreachable(values, "not the room protocol")]
    limits = met.opened.limits
    can = "、".join(sorted(each.value for each in met.opened.capabilities)) or "-"
    pace = f"每 {limits.per.total_seconds():g} 秒 {limits.lines} 条"
    zh, en = f"“{name}”进得去（{can}；{pace}）。", f"Room {name} lets us in."
    if Capability.ROOM_CHAT not in met.opened.capabilities:
        zh = f"“{name}”进得去（{can}）；此平台不支持机器人发言，要说的话会交给主播（提词列表）。"
        en += " No program may speak there: lines go to the prompter."
    found = [Finding.good("room", zh, en)]
    if abs(met.skew) > _SKEW:
        seconds = met.skew.total_seconds()
        found.append(
            Finding.hint(
                "clock",
                f"本机时间和“{name}”相差 {seconds:+.0f} 秒：请打开系统的自动校时。",
                f"This clock differs from the room's by {seconds:+.0f} s: turn on automatic time.",
            )
        )
    return found
