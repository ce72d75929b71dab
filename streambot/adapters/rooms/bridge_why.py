"""BridgeWhy: what went wrong with the link to a bridge program, and what its operator can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from streambot.adapters.rooms.why import LinkWhy
from streambot.errors import RoomRefused, RoomUnreachable

#: As the room protocol's "replaced": trying again makes nothing better.
_FINAL: Final = 4009


@dataclass(frozen=True, slots=True, kw_only=True)
class Why(LinkWhy):
    """The errors of one room's links to *program*."""

    program: str

    def unreachable(self, zh: str, en: str) -> RoomUnreachable:
        """No link could be made, or it is over."""
        return RoomUnreachable(
            self.room,
            f"连不上直播间“{self.room}”的 {self.program}（{self.url}，{zh}）："
            "请在本机启动它并打开 WebSocket 推送；会自动重试。 "
            f"{self.program} of room {self.room} can't be reached at {self.url} ({en}): start it "
            "on this machine with its WebSocket on; trying goes on.",
        )

    def silent(self) -> RoomUnreachable:
        """It answered no ping."""
        return self.unreachable("没有应答", "silent")

    def elsewhere(self) -> RoomRefused:
        """The address is not this machine's."""
        return RoomRefused(
            self.room,
            f"直播间“{self.room}”的 url（{self.url}）不在本机："
            f"{self.program} 只能连本机（127.0.0.1）。 "
            f"Room {self.room}: {self.program} is only read on this machine (127.0.0.1), "
            f"not at {self.url}.",
            _FINAL,
        )
