"""Why: what went wrong with a Twitch room, in one sentence that says where and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from streambot.adapters.rooms.why import LinkWhy
from streambot.errors import ProtocolBroken, RoomError, RoomRefused, RoomUnreachable

#: The codes of the room protocol: the first ends the trying, the second doesn't.
_BAD_TOKEN, _NO_SUCH_ROOM = 4001, 4004
#: What Twitch means by the numbers it closes with.
_CLOSED = {
    4000: ("Twitch 内部出错", "Twitch had an error"),
    4001: ("Twitch 说我们发了数据", "Twitch says we sent data"),
    4002: ("心跳没有应答", "a ping went unanswered"),
    4003: ("10 秒内没有订阅成功", "no subscription within 10 s"),
    4004: ("换连接超时", "we were too slow to move"),
    4005: ("Twitch 网络超时", "Twitch's network timed out"),
    4006: ("Twitch 网络出错", "Twitch's network had an error"),
    4007: ("换连接的地址失效", "the address to move to was worn out"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Why(LinkWhy):
    """The errors of one room's links."""

    channel: str

    def closed(self, code: int | None = None) -> RoomUnreachable:
        """The link ended, perhaps with a number."""
        return self.unreachable(
            *_CLOSED.get(code or 0, ("连接断了", "the link was cut"))
        )

    def answered(self, what: str, status: int) -> RoomUnreachable:
        """Helix said something else than what was asked for."""
        return self.unreachable(f"{what} {status}", f"{what} {status}")

    def broken(self) -> ProtocolBroken:
        """What came was no EventSub."""
        return ProtocolBroken(
            self.room,
            f"直播间“{self.room}”的服务器说的不是 EventSub：请核对 url。 "
            f"The server of room {self.room} doesn't speak EventSub: check its url.",
        )

    def worn_out(self) -> RoomRefused:
        """The token is no good, and neither is what would renew it."""
        return RoomRefused(
            self.room,
            f"直播间“{self.room}”的 Twitch 授权已失效：请用机器人账号重新授权，"
            "更新 token_file（或 token_env）里的令牌后重启。 "
            f"Twitch no longer takes the token of room {self.room}: authorise the app again as "
            "the bot, renew what token_file (or token_env) holds, and restart.",
            _BAD_TOKEN,
        )

    def lacks(self, scopes: str) -> RoomRefused:
        """The token may not do what is needed."""
        return RoomRefused(
            self.room,
            f"直播间“{self.room}”的令牌缺少权限 {scopes}：请用机器人账号重新授权并勾上它，更新令牌后重启。 "
            f"The token of room {self.room} lacks {scopes}: authorise the app again as the bot with "
            "it, renew the token and restart.",
            _BAD_TOKEN,
        )

    def other_app(self) -> RoomRefused:
        """The token was made for another client id."""
        return RoomRefused(
            self.room,
            f"直播间“{self.room}”的令牌不是 client_id 这个应用的：请核对 client_id，或用这个应用重新授权。 "
            f"The token of room {self.room} belongs to another app than client_id: check client_id "
            "or authorise that app.",
            _BAD_TOKEN,
        )

    def no_code(self, status: int) -> RoomRefused:
        """Twitch begins no log-in for this app."""
        return RoomRefused(
            self.room,
            f"Twitch 不给登录码（{status}）：请核对 client_id，应用的类型要选“公开”。 "
            f"Twitch gives no code ({status}): check client_id; the app's client type is Public.",
            _BAD_TOKEN,
        )

    def not_confirmed(self) -> RoomRefused:
        """Nobody confirmed the code in time."""
        return RoomRefused(
            self.room,
            "没有在网页上确认，或者被拒绝了：请再运行一次 streambot twitch-login。 "
            "The code was not confirmed on the page: run streambot twitch-login again.",
            _BAD_TOKEN,
        )

    def revoked(self, status: str) -> RoomError:
        """Twitch tells no more of the chat."""
        match status:
            case "authorization_revoked":
                return self.worn_out()
            case "user_removed" | "chat_user_banned":
                return self.no_channel()
            case _:
                return self.unreachable("Twitch 取消了订阅", "the topic was revoked")

    def no_channel(self) -> RoomRefused:
        """There is no such channel, or we may not be in it."""
        return RoomRefused(
            self.room,
            f"直播间“{self.room}”的频道 {self.channel} 进不去：请核对 channel（主播的登录名），"
            "确认机器人账号没有被封禁；会继续重试。 "
            f"Channel {self.channel} of room {self.room} doesn't let us in: check channel (the "
            "broadcaster's login) and that our account isn't banned there; trying goes on.",
            _NO_SUCH_ROOM,
        )
