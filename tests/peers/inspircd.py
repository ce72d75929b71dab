"""A real InspIRCd of Debian with its WebSocket module, started for one test."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

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


class Inspircd:
    """The server on a port that it keeps over every restart."""

    def __init__(self, folder: Path) -> None:
        self.port = _free_port()
        self.url = f"ws://127.0.0.1:{self.port}/"
        config = folder / "inspircd.conf"
        config.write_text(_config(self.port, folder), encoding="utf-8")
        self._words = [_BINARY, "--config", str(config), "--nofork", "--nopid"]
        if os.geteuid() == 0:  # it refuses to run as root
            for each in (folder, config):
                shutil.chown(each, "irc")
            become = ("setpriv", "--reuid=irc", "--regid=irc", "--clear-groups")
            self._words[:0] = become
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it and wait until it serves."""
        self._process = await asyncio.create_subprocess_exec(
            *self._words,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        async with asyncio.timeout(20):
            said = b""
            async for line in self._process.stdout:
                said += line
                if b"is now running" in line:
                    return
        raise RuntimeError(f"inspircd did not start: {said.decode()[-500:]}")

    async def kill(self) -> None:
        """As when the power goes."""
        await self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """It does nothing more, and its connections stay, until ``thaw``."""
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on where it was."""
        self._send(signal.SIGCONT)

    async def stop(self) -> None:
        """End it, if it runs."""
        await self._end(signal.SIGTERM)

    def _send(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)

    async def _end(self, number: signal.Signals) -> None:
        self._send(number)
        self._send(signal.SIGCONT)
        if self._process is not None:
            await self._process.wait()


@asynccontextmanager
async def running_inspircd() -> AsyncIterator[Inspircd]:
    """A server that lives as long as the block, or until it is killed."""
    # Not in pytest's folder, which every other run of pytest closes to all but its user.
    with TemporaryDirectory(prefix="inspircd-") as folder:
        server = Inspircd(Path(folder))
        try:
            await server.start()
            yield server
        finally:
            await server.stop()


@asynccontextmanager
async def inspircd() -> AsyncIterator[str]:
    """The address of a server that lives as long as the block."""
    async with running_inspircd() as server:
        yield server.url
