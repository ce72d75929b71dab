"""Why: what went wrong with an IRC link, in one sentence that says where and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from streambot.adapters.rooms.irc.registration import Failure
from streambot.adapters.rooms.why import LinkWhy
from streambot.errors import ProtocolBroken, RoomError, RoomRefused, RoomUnreachable

#: The codes of the room protocol: the first ends the trying, the second doesn't.
_BAD_TOKEN, _NO_SUCH_ROOM = 4001, 4004
#: Of what a server says, so much is repeated.
_SAID_KEPT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Why(LinkWhy):
    """The errors of one room's links."""

    channel: str

    def closed(self, said: str = "") -> RoomUnreachable:
        """The server ended the link, perhaps with a reason."""
        said = f": {said[:_SAID_KEPT]}" if said else ""
        return self.unreachable(f"连接断了{said}", f"the link was cut{said}")

    def broken(self) -> ProtocolBroken:
        """What came was no IRC."""
        return ProtocolBroken(
            self.room,
            f"直播间“{self.room}”的服务器说的不是 IRC：请核对 url。 "
            f"The server of room {self.room} doesn't speak IRC: check its url.",
        )

    def refused(self, failure: Failure) -> RoomError:
        """We were turned away while registering."""
        match failure:
            case Failure.BAD_TOKEN:
                return RoomRefused(
                    self.room,
                    f"直播间“{self.room}”拒绝了令牌：请更新 token_env 或 token_file 里的令牌后重启。 "
                    f"Room {self.room} refused the token: renew it in token_env or token_file "
                    "and restart.",
                    _BAD_TOKEN,
                )
            case Failure.NICK_TAKEN:
                return self.unreachable("nick 已被占用", "the nick is taken")
            case Failure.NO_SUCH_ROOM | Failure.BANNED:
                return RoomRefused(
                    self.room,
                    f"直播间“{self.room}”的频道 {self.channel} 进不去：请核对 channel，"
                    "确认频道存在、机器人账号没有被封禁；会继续重试。 "
                    f"Channel {self.channel} of room {self.room} doesn't let us in: check channel "
                    "and that our account isn't banned there; trying goes on.",
                    _NO_SUCH_ROOM,
                )
