"""Why: what goes wrong with any room's link, in one sentence that says where and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from streambot.errors import RoomUnreachable


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWhy:
    """The errors that the links of every platform have; each platform adds its own."""

    room: str
    url: str

    def unreachable(self, zh: str, en: str) -> RoomUnreachable:
        """No link could be made, or it is over."""
        return RoomUnreachable(
            self.room,
            f"连不上直播间“{self.room}”（{self.url}，{zh}），会自动重试。 "
            f"Room {self.room} can't be reached at {self.url} ({en}); trying goes on.",
        )

    def silent(self) -> RoomUnreachable:
        """Nothing came for too long."""
        return self.unreachable("没有任何消息", "silent")

    def closed(self) -> RoomUnreachable:
        """The link is gone."""
        return self.unreachable("连接断了", "the link was cut")
