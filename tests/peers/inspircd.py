"""A real InspIRCd of Debian with its WebSocket module, started for one test."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

_MODULES = (
    *("websocket", "sha1", "cap", "ircv3", "ircv3_servertime", "ircv3_msgid"),
    *("ircv3_echomessage", "ircv3_labeledresponse", "ircv3_batch", "ircv3_ctctags"),
)
_BINARY = "/usr/sbin/inspircd"


#: A client that says more lines than this at once is closed with "Excess Flood".
FLOOD_AT = 20


def _config(port: int, folder: Path) -> str:
    modules = "\n".join(f'<module name="{name}">' for name in _MODULES)
    return f"""
<server name="irc.test" description="proof" network="proof">
<admin name="proof" nick="proof" email="proof@localhost">
<bind address="127.0.0.1" port="{port}" type="clients" hook="websocket">
<wsorigin allow="*">
<connect name="main" allow="*" timeout="20" pingfreq="30" threshold="{FLOOD_AT}" commandrate="1000"
  fakelag="no" recvq="8192" softsendq="65536" hardsendq="8388608"
  localmax="2000" globalmax="2000" maxchans="20" resolvehostnames="no" useident="no">
<class name="none"><performance softlimit="4000" somaxconn="512" netbuffersize="10240">
<options prefixquit="" syntaxhints="no" defaultmodes="nt" casemapping="ascii">
<security maxtargets="20">
<whowas groupsize="0" maxgroups="0" maxkeep="3600">
<path configdir="{folder}" datadir="{folder}" logdir="{folder}">
<log method="file" type="* -USERINPUT -USEROUTPUT" level="default" target="ircd.log">
<pid file="{folder}/inspircd.pid">
{modules}
"""


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@asynccontextmanager
async def inspircd(folder: Path) -> AsyncIterator[str]:
    """The address of a server that lives as long as the block."""
    port = _free_port()
    config = folder / "inspircd.conf"
    config.write_text(_config(port, folder), encoding="utf-8")
    words = [_BINARY, "--config", str(config), "--nofork", "--nopid"]
    if os.geteuid() == 0:  # it refuses to run as root
        for each in (folder, config):
            shutil.chown(each, "irc")
        for parent in folder.parents:
            if parent.owner() == "root" and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o111)
        words = ["setpriv", "--reuid=irc", "--regid=irc", "--clear-groups", *words]
    server = await asyncio.create_subprocess_exec(
        *words,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await _runs(server)
        yield f"ws://127.0.0.1:{port}/"
    finally:
        if server.returncode is None:
            server.terminate()
        await server.wait()


async def _runs(server: asyncio.subprocess.Process) -> None:
    assert server.stdout is not None
    async with asyncio.timeout(20):
        async for line in server.stdout:
            if b"is now running" in line:
                return
    raise RuntimeError("inspircd did not start")
