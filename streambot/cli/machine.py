"""What a check-up looks at on this machine: clock, data folder, disk, running bot, account, port."""

from __future__ import annotations

import shutil
import socket
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import streambot
from streambot.cli.findings import Finding

_GIGABYTE = 1024**3
#: Below the first nothing should start, below the second there is little room for a long evening.
_DISK_LEAST, _DISK_WANTED = 0.2 * _GIGABYTE, 1.0 * _GIGABYTE


def clock() -> Finding:
    """A clock before the day this program was installed is wrong: deadlines and orders need it."""
    now = datetime.now(UTC)
    installed = datetime.fromtimestamp(Path(streambot.__file__).stat().st_mtime, UTC)
    shown = f"{now.astimezone():%Y-%m-%d %H:%M:%S %z}"
    if now < installed:
        return Finding.bad(
            "clock",
            f"本机时间是 {shown}，比程序安装时还早：请打开系统的自动校时。",
            "It is behind the day of installation: turn on automatic time.",
        )
    return Finding.good("clock", shown, shown)


def _nearest(folder: Path) -> Path:
    """*folder*, or the nearest one above that exists."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def folder(data_dir: Path) -> Finding:
    """Whether the data folder, or where it will be made, takes a file."""
    try:
        with tempfile.TemporaryFile(dir=_nearest(data_dir)) as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError as error:
        return Finding.bad(
            "folder",
            f"{data_dir} 写不进去（{error.strerror}）：请改权限，或在 config.yaml 里换 data_dir。",
            f"It can't be written ({error.strerror}): allow it, or set another data_dir.",
        )
    return Finding.good("folder", f"{data_dir} 可写。", "It can be written.")


def disk(data_dir: Path) -> Finding:
    """Whether there is room for the evening."""
    free = shutil.disk_usage(_nearest(data_dir)).free
    shown = f"{free / _GIGABYTE:.1f} GB"
    if free < _DISK_LEAST:
        return Finding.bad(
            "disk",
            f"只剩 {shown}：请先腾出空间，磁盘满了助手会停止发言。",
            f"Only {shown} free: make room, on a full disk nothing is said.",
        )
    if free < _DISK_WANTED:
        return Finding.hint(
            "disk", f"只剩 {shown}，建议腾到 1 GB 以上。", f"Only {shown} free."
        )
    return Finding.good("disk", f"剩余 {shown}。", f"{shown} free.")


def bot(data_dir: Path) -> Finding | None:
    """The bot that works on this data folder right now; None when none does."""
    from streambot.adapters.store.lock import directory_lock
    from streambot.errors import StoreLocked

    if not (data_dir / "store.lock").is_file():
        return None
    try:
        with directory_lock(data_dir):
            return None
    except StoreLocked:
        return Finding.good(
            "bot",
            "streambot 正在用这个数据文件夹，所以不另外占端口、不进直播间。",
            "streambot is at work here, so port and rooms are left to it.",
        )
    except OSError:
        return None  # the folder's own line says why


def account(data_dir: Path) -> Finding:
    """Whether somebody can log in with a password, an admin among them."""
    from streambot.adapters.store.peek import login_roles
    from streambot.domain.role import Role
    from streambot.errors import StoreError

    try:
        roles = login_roles(data_dir)
    except StoreError as error:
        return Finding.bad("account", str(error), str(error))
    count = len(roles)
    if not count:
        return Finding.hint(
            "account",
            "还没有客服账号，启动时会打印一次性登录；请用 streambot user add 添加。",
            "There is none yet: run prints a one-time login; add one with streambot user add.",
        )
    if Role.ADMIN not in roles:
        return Finding.hint(
            "account",
            f"{count} 个，没有管理员，没人能管账号：启动时会打印一次性登录；"
            "请用 streambot user add 名字 --role admin 添加一个。",
            f"{count} of them, no admin to keep the accounts: run prints a one-time login; "
            "add one with streambot user add NAME --role admin.",
        )
    return Finding.good("account", f"{count} 个。", f"{count} of them.")


def audit(data_dir: Path) -> Finding:
    """Whether the audit is what was written, row by row."""
    from streambot.adapters.store.peek import broken_audit
    from streambot.errors import StoreError

    try:
        broken = broken_audit(data_dir)
    except StoreError as error:
        return Finding.bad("audit", str(error), str(error))
    if broken is not None:
        return Finding.bad(
            "audit",
            f"操作记录从第 {broken} 行起被改过或缺行：请查谁动过数据文件，必要时恢复备份。",
            f"The audit was changed or cut from row {broken}: find out who touched the file.",
        )
    return Finding.good("audit", "操作记录完整。", "The audit is whole.")


def port(host: str, number: int) -> Finding:
    """Whether the console can listen where it should."""
    shown = f"{host}:{number}"
    try:
        family, *_, address = socket.getaddrinfo(
            host, number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.create_server(address[:2], family=family):
            return Finding.good("port", f"{shown} 空闲。", "It is free.")
    except OSError as error:
        return Finding.bad(
            "port",
            f"{shown} 用不了（{error.strerror}）：请关掉占用它的程序，或改 web.port、web.host。",
            f"It can't be used ({error.strerror}): stop the other program, or change web.port or web.host.",
            unreachable=True,
        )


#: Lines of the usual length, to see how fast an encoder is here.
_TRIED = (
    "什么时候发货呀",
    "这个能便宜点吗",
    "160斤穿多大码",
    "不喜欢可以退吗",
    "到货要几天",
)
#: Above so many milliseconds a line most looks come too late.
_SLOW = 100.0


def encoder(choice: str) -> Finding:
    """Whether the second look's encoder loads, and what a line costs."""
    from streambot.bootstrap.encoders import Encoders
    from streambot.errors import EncoderFailed, EncoderMissing

    try:
        model = Encoders().load(choice)
        model.encode(_TRIED[:1])
        began = time.perf_counter()
        for line in _TRIED:
            model.encode([line])
    except (EncoderMissing, EncoderFailed) as error:
        zh, _, en = str(error).partition("。 ")
        return Finding.hint(
            "second_look", f"{zh}。没有它只是少认出一些换了说法的问题。", en or zh
        )
    spent = (time.perf_counter() - began) * 1000 / len(_TRIED)
    if spent > _SLOW:
        return Finding.hint(
            "second_look",
            f"{model.name}：一句 {spent:.0f} 毫秒，太慢，多半来不及：可以设 matching.encoder: use。",
            f"{spent:.0f} ms a line is too slow to help: try matching.encoder: use.",
        )
    return Finding.good(
        "second_look",
        f"{model.name}：一句 {spent:.0f} 毫秒。",
        f"{spent:.0f} ms a line.",
    )
