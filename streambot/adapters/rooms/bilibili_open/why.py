"""Why: what went wrong between us and the open platform, in one sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from streambot.adapters.rooms.why import LinkWhy
from streambot.errors import ProtocolBroken, RoomError, RoomRefused, RoomUnreachable

#: The room protocol's codes: the first ends the trying, the second doesn't.
FINAL, LATER = 4001, 4004
#: Of what the platform says, so much is repeated.
_SAID_KEPT = 80
#: Codes after which asking again at once makes things worse, and for how long we don't.
PENALTY: Final = timedelta(seconds=10)
PENALISED: Final = frozenset({4009, 7001, 7002, 7008, 7010})


class _Reason(NamedTuple):
    zh: str
    en: str
    final: bool


_APP = _Reason(
    "项目 ID 不对：请核对 app_id（数字，在开放平台的项目页）后重启",
    "the project is not known: check app_id (a number, on the platform's project page), restart",
    True,
)
_NOT_OPEN = _Reason(
    "这个项目还不能连这个直播间：未上架的项目只能连开发者本人的直播间，请在开放平台提交审核或加白名单后重启",
    "this project may not enter this room: before its review it enters its developer's own room "
    "only; hand it in or have the room allowed, then restart",
    True,
)
_BUSY = _Reason(
    "上一次的连接还没有结束，平台要等一会儿才让重开；请确认没有另一个程序在用同一个身份码",
    "an earlier session has not ended yet and the platform wants us to wait; "
    "make sure no other program uses this identity code",
    False,
)
_REASONS: Final = MappingProxyType(
    {
        -400: _APP,
        4000: _APP,
        8002: _APP,
        4001: _Reason(
            "access_key_id 不对：请到开放平台重新复制后重启",
            "access_key_id is wrong: copy it again from the platform, then restart",
            True,
        ),
        4002: _Reason(
            "access_key_secret 不对，签名没有通过：请到开放平台重新复制后重启",
            "access_key_secret is wrong, the signature didn't pass: copy it again, then restart",
            True,
        ),
        4003: _Reason(
            "本机时间不准，签名过期：请打开系统的自动校时，校准后重启",
            "this computer's clock is off and the signature too old: turn on automatic time, "
            "then restart once it is right",
            False,
        ),
        4007: _Reason(
            "本机的公网 IP 不在开放平台的白名单里：请加上后重启",
            "this computer's public address is not on the platform's list: add it, then restart",
            True,
        ),
        4008: _Reason(
            "这个密钥没有调用权限：请在开放平台检查开发者认证后重启",
            "this key may not call the platform: check the developer's certification, restart",
            True,
        ),
        4009: _Reason(
            "请求太频繁，平台暂时不受理",
            "too many requests, the platform refuses for a while",
            False,
        ),
        5004: _NOT_OPEN,
        5011: _NOT_OPEN,
        5005: _Reason(
            "这个直播间被平台列入了黑名单：请联系 B 站客服",
            "the platform has this room on its black list: ask its support",
            True,
        ),
        7001: _BUSY,
        7002: _BUSY,
        7008: _BUSY,
        7007: _Reason(
            "身份码不对或已经刷新：请主播在直播中心重新复制身份码后重启",
            "the identity code is wrong or was renewed: have the host copy it again, then restart",
            True,
        ),
        7010: _Reason(
            "同一个项目在这个直播间已经开满 5 个连接：请关掉多余的程序，没有正常退出的一分钟后失效",
            "this project has five sessions in this room, the most there can be: close the others; "
            "those that were killed end within a minute",
            False,
        ),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Why(LinkWhy):
    """The errors of one room's sessions and links."""

    def refused(self, code: int, said: str) -> RoomRefused:
        """The platform answered a start with *code*."""
        reason = _REASONS.get(code)
        if reason is None:
            said = said[:_SAID_KEPT]
            reason = _Reason(f"平台说：{said}", f"the platform says: {said}", False)
        zh_end, en_end = (
            ("", "") if reason.final else ("；会继续重试", "; trying goes on")
        )
        return RoomRefused(
            self.room,
            f"直播间“{self.room}”连接 B 站开放平台被拒绝（{code}）：{reason.zh}{zh_end}。 "
            f"Bilibili refused room {self.room} ({code}): {reason.en}{en_end}.",
            FINAL if reason.final else LATER,
        )

    def no_code(self) -> RoomRefused:
        """What was given can't be an identity code, so the platform isn't asked."""
        return RoomRefused(
            self.room,
            f"直播间“{self.room}”的身份码写错了：它是十几位大写字母和数字，不是房间号也不是 UID，"
            "请主播在直播中心重新复制后重启。 "
            f"The identity code of room {self.room} is none: it is a dozen or so capitals and "
            "digits, neither the room's number nor the host's; copy it again, then restart.",
            FINAL,
        )

    def unkept(self) -> RoomUnreachable:
        """The platform took no heartbeat for a minute: it pushes nothing more."""
        return self.unreachable("心跳没有应答", "heartbeats got no answer")

    def over(self) -> RoomUnreachable:
        """The platform ended the session: a new one is started."""
        return self.unreachable(
            "平台结束了这一场推送", "the platform ended the session"
        )

    def broken(self) -> ProtocolBroken:
        """What answered is not the open platform."""
        return ProtocolBroken(
            self.room,
            f"直播间“{self.room}”的 {self.url} 不是 B 站开放平台：请核对 url。 "
            f"{self.url} of room {self.room} is not Bilibili's open platform: check url.",
        )

    def no_brotli(self) -> RoomError:
        """The platform compresses in a way that wants a library."""
        return ProtocolBroken(
            self.room,
            f"直播间“{self.room}”的弹幕用 brotli 压缩，缺少解压库：请运行 pip install 'brotli>=1.2' 后重启。 "
            f"Room {self.room} is compressed with brotli: run pip install 'brotli>=1.2', restart.",
        )
