"""Running a bot until somebody stops it: signals, one line where the console is, exit codes."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streambot.config import Config


async def run_until_stopped(
    config: Config, *, always_login: bool, say: Callable[[str], None]
) -> None:
    """Open the bot, say where its console is, and run it until SIGTERM or Ctrl+C.

    *always_login*: print a one-time login even where an admin can log in already.

    Raises:
        StreambotError: it can't start, or a part of it failed for good.
    """
    from streambot.bootstrap import open_app
    from streambot.bootstrap.collector import calm_collector
    from streambot.bootstrap.threads import take_short_turns

    stop = asyncio.Event()
    with _signals(stop):
        async with open_app(config) as app:
            say(await _where(app, always_login=always_login))
            calm_collector()
            take_short_turns()
            await app.run_until(stop)


async def _where(app: object, *, always_login: bool) -> str:
    from streambot.bootstrap import App

    assert isinstance(app, App)
    if always_login or not await app.has_admin():
        return (
            f"控制台 console: {await app.one_time_login()}  "
            "（一次性登录 one-time login，Ctrl+C 结束 to stop）"
        )
    return f"控制台 console: {app.url}/  （Ctrl+C 结束 to stop）"


@contextlib.contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    """Let SIGTERM and Ctrl+C set *stop*; Windows' loops know only the second way."""
    loop = asyncio.get_running_loop()
    try:
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, stop.set)
    except NotImplementedError:
        signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(stop.set))
    yield
