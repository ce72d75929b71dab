"""Why: what went wrong with a link, in one sentence that says where and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from websockets.exceptions import ConnectionClosed

from streambot.adapters.rooms.why import LinkWhy
from streambot.errors import ProtocolBroken, RoomError, RoomRefused, RoomUnreachable

_REFUSED = {
    "bad_token": (
        4001,
        "直播间“{room}”拒绝了令牌：请更新 token_env 或 token_file 里的令牌后重启。 "
        "Room {room} refused the token: renew it in token_env or token_file and restart.",
    ),
    "no_such_room": (
        4004,
        "服务器上没有直播间“{room}”：请核对 config.yaml 里的 name 和 url，会继续重试。 "
        "There is no room {room} at that address: check name and url in config.yaml; "
        "trying goes on.",
    ),
    "replaced": (
        4009,
        "直播间“{room}”已被另一个程序接管：请关掉另一个 streambot 再重启。 "
        "Another program took room {room} over: stop it, then start again.",
    ),
}
_CODES = {code: name for name, (code, _) in _REFUSED.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Why(LinkWhy):
    """The errors of one room's links."""

    def broken(self, what: str) -> ProtocolBroken:
        """What came instead of a welcome."""
        return ProtocolBroken(
            self.room,
            f"直播间“{self.room}”发来的内容看不懂（{what}），请核对 url。 "
            f"Room {self.room} doesn't speak the room protocol ({what}): check its url.",
        )

    def refused(self, code: str) -> RoomError:
        """What a code of the protocol stands for."""
        if code not in _REFUSED:
            return self.broken("error_frame")
        number, sentence = _REFUSED[code]
        return RoomRefused(self.room, sentence.format(room=self.room), number)

    def closed_by(self, error: ConnectionClosed) -> RoomError:
        """Why the socket closed."""
        code = error.rcvd.code if error.rcvd is not None else 0
        if code in _CODES:
            return self.refused(_CODES[code])
        return RoomUnreachable(
            self.room,
            f"与直播间“{self.room}”的连接断了，会自动重连。 "
            f"The link to room {self.room} was cut; connecting again.",
        )
