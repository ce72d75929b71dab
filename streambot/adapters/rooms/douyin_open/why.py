"""Why: what is wrong between us and Douyin's open platform, and what a shop can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from streambot.adapters.rooms.why import LinkWhy
from streambot.errors import RoomRefused, RoomUnreachable

#: As the room protocol's: trying again makes nothing better.
_BAD_TOKEN: Final = 4001
#: Codes of the platform, by what they stand for.
BAD_APP, BAD_SECRET = 40015, 40017
BAD_TOKEN = 40022
NOT_ON_AIR = 5003019


@dataclass(frozen=True, slots=True, kw_only=True)
class Why(LinkWhy):
    """The errors of one room's links."""

    def unreachable(self, zh: str, en: str) -> RoomUnreachable:
        """The platform could not be asked."""
        return RoomUnreachable(
            self.room,
            f"直播间“{self.room}”连不上抖音开放平台（{zh}），会自动重试。 "
            f"Douyin's open platform can't be reached for room {self.room} ({en}); trying goes on.",
        )

    def unheard(self) -> RoomUnreachable:
        """Where pushes should arrive, something else listens."""
        return RoomUnreachable(
            self.room,
            f"直播间“{self.room}”收推送的地址 {self.url} 用不了：端口可能被占用，请换一个；会自动重试。 "
            f"Room {self.room} can't listen at {self.url}: its port may be taken, choose another; "
            "trying goes on.",
        )

    def no_room_id(self, file: str) -> RoomUnreachable:
        """Nobody wrote down yet which room it is."""
        return RoomUnreachable(
            self.room,
            f"直播间“{self.room}”的 {file} 读不到或是空的：开播后请把本场的 roomid 写进去；会自动重试。 "
            f"{file} of room {self.room} is missing or empty: write this broadcast's roomid into "
            "it; trying goes on.",
        )

    def refused(self, code: int) -> RoomRefused | RoomUnreachable:
        """What a code of the platform stands for."""
        if code in {BAD_APP, BAD_SECRET, BAD_TOKEN}:
            return RoomRefused(
                self.room,
                f"抖音开放平台不认直播间“{self.room}”的 AppID 或 AppSecret（{code}）："
                "请核对 douyin_app_id 和 token_env 后重启。 "
                f"Douyin refused the app id or AppSecret of room {self.room} ({code}): check "
                "douyin_app_id and token_env, then restart.",
                _BAD_TOKEN,
            )
        if code == NOT_ON_AIR:
            return self.over()
        return self.unreachable(f"错误码 {code}", f"code {code}")

    def over(self) -> RoomUnreachable:
        """The platform pushes nothing for this room, now."""
        return RoomUnreachable(
            self.room,
            f"抖音没有为直播间“{self.room}”推送数据：请确认已开播、已挂载玩法、room_id 是本场的、"
            "互动数据能力已开通；会自动重试。 "
            f"Douyin pushes nothing for room {self.room}: check that it is on air with the app "
            "mounted, that room_id is this broadcast's and the data capability granted; trying "
            "goes on.",
        )
