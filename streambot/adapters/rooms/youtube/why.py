"""Why: what went wrong between us and YouTube, in one sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple

from streambot.adapters.rooms.why import LinkWhy
from streambot.errors import ProtocolBroken, RoomRefused, RoomUnreachable

#: The room protocol's codes: the first ends the trying, the second doesn't.
FINAL, LATER = 4001, 4004
#: Of what the platform says, so much is repeated.
_SAID_KEPT = 80
#: Reasons by which a chat is over.
CHAT_OVER: Final = frozenset({"liveChatEnded", "liveChatNotFound", "liveChatDisabled"})
QUOTA_OVER: Final = frozenset({"quotaExceeded", "dailyLimitExceeded"})
TOO_FAST: Final = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "RESOURCE_EXHAUSTED"}
)
#: An access token wasn't taken, whatever else it is called.
NOT_LET_IN: Final = "authError"


class _Reason(NamedTuple):
    zh: str
    en: str
    final: bool


_LOG_IN = _Reason(
    "refresh token 失效了（改过密码、取消过授权，或应用还在“测试”状态，7 天就过期）："
    "请把应用发布为“正式版”，重新授权后重启",
    "the refresh token is no longer good (password changed, access withdrawn, or the app is still "
    "in testing, where it lasts 7 days): publish the app, authorise it again, restart",
    True,
)
_CLIENT = _Reason(
    "google_client_id 或客户端密钥不对：请到 Google Cloud 的“凭据”页重新复制后重启",
    "google_client_id or the client secret is wrong: copy both again from Google Cloud's "
    "credentials page, restart",
    True,
)
_SCOPE = _Reason(
    "授权范围不够：请用 https://www.googleapis.com/auth/youtube.force-ssl 重新授权后重启",
    "the authorisation is too narrow: authorise https://www.googleapis.com/auth/youtube.force-ssl, "
    "restart",
    True,
)
_NOT_ENABLED = _Reason(
    "这个项目没有启用 YouTube Data API v3：请在 Google Cloud 的“API 和服务”里启用后重启",
    "the project has not enabled YouTube Data API v3: enable it in Google Cloud, restart",
    True,
)
_NO_CHANNEL = _Reason(
    "授权的 Google 账号还没有 YouTube 频道，或没有开通直播：请在 YouTube 工作室开通后重启",
    "the account has no YouTube channel or may not stream: set it up in YouTube Studio, restart",
    True,
)
_FAST = _Reason(
    "请求太频繁，平台暂时不受理",
    "too many requests, the platform refuses for a while",
    False,
)
_REASONS: Final = MappingProxyType(
    {
        "invalid_grant": _LOG_IN,
        "invalid_client": _CLIENT,
        "unauthorized_client": _CLIENT,
        "invalid_scope": _SCOPE,
        "insufficientPermissions": _SCOPE,
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT": _SCOPE,
        "accessNotConfigured": _NOT_ENABLED,
        "SERVICE_DISABLED": _NOT_ENABLED,
        "youtubeSignupRequired": _NO_CHANNEL,
        "liveStreamingNotEnabled": _NO_CHANNEL,
        "channelNotFound": _NO_CHANNEL,
        "liveChatDisabled": _Reason(
            "这场直播关闭了聊天：请在 YouTube 工作室打开",
            "this broadcast has no chat: turn it on in YouTube Studio",
            False,
        ),
        **dict.fromkeys(TOO_FAST, _FAST),
    }
)


def has_sentence(reason: str) -> bool:
    """Whether a refusal by *reason* has a sentence of its own."""
    return reason in _REASONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Why(LinkWhy):
    """The errors of one room's links."""

    def refused(self, reason: str, said: str) -> RoomRefused:
        """The platform answered with *reason*."""
        known = _REASONS.get(reason)
        if known is None:
            said = (said or reason)[:_SAID_KEPT]
            known = _Reason(f"平台说：{said}", f"the platform says: {said}", False)
        zh_end, en_end = (
            ("", "") if known.final else ("；会继续重试", "; trying goes on")
        )
        return RoomRefused(
            self.room,
            f"直播间“{self.room}”连接 YouTube 被拒绝：{known.zh}{zh_end}。 "
            f"YouTube refused room {self.room}: {known.en}{en_end}.",
            FINAL if known.final else LATER,
        )

    def not_live(self, video: str) -> RoomRefused:
        """There is no chat to read."""
        what = (
            f"视频 {video} 现在没有直播聊天：请核对 video，或等它开播"
            if video
            else "授权的频道现在没有直播：请确认已开播，授权时选的是开播的那个频道"
        )
        en = (
            f"video {video} has no live chat now: check video, or wait until it is live"
            if video
            else "the authorised channel is not live now: check that it is, and that it is the one"
        )
        return RoomRefused(
            self.room,
            f"直播间“{self.room}”：{what}；每分钟看一次。 "
            f"Room {self.room}: {en}; it is looked at every minute.",
            LATER,
        )

    def ended(self) -> RoomUnreachable:
        """The broadcast is over; the next one is looked for."""
        return RoomUnreachable(
            self.room,
            f"直播间“{self.room}”这场直播的聊天结束了，会等下一场。 "
            f"The chat of room {self.room} has ended; the next one is waited for.",
        )

    def used_up(self, until: datetime) -> RoomRefused:
        """The day's quota is gone, or the part of it that reading may use."""
        at = f"{until.astimezone():%m-%d %H:%M}"
        return RoomRefused(
            self.room,
            f"直播间“{self.room}”：今天的 YouTube 配额用完了，{at} 恢复，之前最多每小时试一次；"
            "要更多请在 Google Cloud 申请。 "
            f"Room {self.room}: today's YouTube quota is used up; it is asked again at {at}, before "
            "that once an hour at most. More can be applied for in Google Cloud.",
            LATER,
        )

    def silent(self) -> RoomUnreachable:
        """Nothing came for long, and asking anew brought no answer."""
        return self.unreachable("没有应答", "no answer")

    def not_let_in(self) -> RoomUnreachable:
        """An access token that was just made isn't taken; whoever made it would say if it were over."""
        return self.unreachable(
            "刚换的访问令牌没有被接受", "a fresh access token is not taken"
        )

    def lost_place(self) -> RoomUnreachable:
        """The platform doesn't know any more where we were."""
        return self.unreachable("续读位置失效", "the place to go on from is gone")

    def broken(self) -> ProtocolBroken:
        """What answered is not YouTube's API."""
        return ProtocolBroken(
            self.room,
            f"直播间“{self.room}”的 {self.url} 不是 YouTube 的接口：请核对 url。 "
            f"{self.url} of room {self.room} is not YouTube's API: check url.",
        )


def few_lines(left: int) -> tuple[str, str]:
    """The quota nears its end: what is still written, in Chinese and English."""
    return (
        f"今天的 YouTube 配额快用完了（还能发 {left} 条）：只发客服和订单的话，其余放到提词列表。",
        f"Today's YouTube quota is nearly used up ({left} lines left): only agents' and order lines "
        "are written, the rest goes to the prompter.",
    )


def no_lines(until: datetime) -> tuple[str, str]:
    """The quota for lines is gone."""
    at = f"{until.astimezone():%m-%d %H:%M}"
    return (
        f"今天的 YouTube 发言配额用完了，{at} 恢复：要说的话都放到提词列表，由主播说。",
        f"Today's YouTube quota for lines is used up until {at}: everything goes to the prompter.",
    )
