"""A follower of one room on laplace-blivedm; it reports on stdout what it hears, and ends properly."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from typing import Any

from blivedm.clients import open_live  # type: ignore[import-not-found]
from blivedm.handlers import BaseHandler  # type: ignore[import-not-found]

_BASE, *_ACCESS = sys.argv[1:]
logging.disable()  # it complains of what it doesn't know and of refusals, which we report
_STDOUT, sys.stdout = sys.stdout, sys.stderr  # the library prints, too


def report(**fact: Any) -> None:
    """One line of what happened."""
    print(json.dumps(fact), file=_STDOUT, flush=True)


class Handler(BaseHandler):  # type: ignore[misc]
    """Tells of every message as it came, and of those that the library understood."""

    def handle(self, client: Any, command: dict[str, Any]) -> None:
        """Any message."""
        if command["cmd"].startswith("LIVE_OPEN_PLATFORM_"):
            report(raw=command["cmd"].removeprefix("LIVE_OPEN_PLATFORM_"))
        super().handle(client, command)

    def _on_heartbeat(self, client: Any, message: Any) -> None:
        report(heartbeat=message.popularity)

    def _on_open_live_danmaku(self, client: Any, message: Any) -> None:
        report(line=message.msg, who=message.open_id, id=message.msg_id)

    def _on_open_live_gift(self, client: Any, message: Any) -> None:
        report(gift=message.gift_name, price=message.price)

    def _on_open_live_buy_guard(self, client: Any, message: Any) -> None:
        report(guard=message.guard_level, who=message.user_info.open_id)

    def _on_open_live_super_chat(self, client: Any, message: Any) -> None:
        report(paid=message.message, number=message.message_id)

    def _on_open_live_super_chat_delete(self, client: Any, message: Any) -> None:
        report(withdrawn=message.message_ids)

    def _on_open_live_like(self, client: Any, message: Any) -> None:
        report(liked=message.like_count)


async def main() -> None:
    """Follow until stdin ends."""
    for name in ("start", "heartbeat", "end"):
        setattr(open_live, f"{name.upper()}_URL", f"{_BASE}v2/app/{name}")
    key_id, secret, app_id, code = _ACCESS
    client = open_live.OpenLiveClient(
        key_id,
        secret,
        int(app_id),
        code,
        heartbeat_interval=0.3,
        game_heartbeat_interval=0.3,
    )
    client.set_handler(Handler())
    client.start()
    await asyncio.to_thread(sys.stdin.read)
    await client.stop_and_close()


asyncio.run(main())
