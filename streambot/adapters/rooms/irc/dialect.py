"""Dialect: what one family of IRC servers does in a way of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from streambot.domain.room import Platform, SendLimits

#: Bytes of a line of 512 that aren't text: who says it (30 + 10 + 64), words, CRLF.
_AROUND = 126
#: A Chinese character takes three bytes, a picture four.
_WIDEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """A profile of servers; ``refusals`` are our codes by theirs, numbers and names."""

    name: str
    platform: Platform
    capabilities: tuple[str, ...]
    lines: int
    per: timedelta
    refusals: MappingProxyType[str, str] = field(repr=False)
    asks_first: bool = True  # CAP LS, SASL and USER; Twitch knows neither
    private: bool = True
    line_length: int | None = None  # characters; None: what fits into 512 bytes
    token_prefix: str = ""
    slash: bool = False  # a line that starts with / or . is a command

    def limits(self, channel: str) -> SendLimits:
        """What may be sent into *channel*."""
        fits = (512 - _AROUND - len(channel.encode())) // _WIDEST
        return SendLimits(
            lines=self.lines,
            per=self.per,
            line_length=self.line_length or max(10, fits),
        )


_GENERIC_REFUSALS = {
    "263": "rate",
    "439": "rate",
    "404": "muted",
    "401": "forbidden",
    "403": "closed",
    "411": "bad_frame",
    "412": "bad_frame",
    "417": "too_long",
    "442": "closed",
    "477": "forbidden",
    "531": "forbidden",
}
_TWITCH_REFUSALS = {
    "msg_ratelimit": "rate",
    "msg_slowmode": "rate",
    "msg_timedout": "muted",
    "msg_banned": "forbidden",
    "msg_channel_suspended": "closed",
    "msg_suspended": "closed",
    "msg_duplicate": "forbidden",
    "msg_r9k": "forbidden",
    "msg_emoteonly": "forbidden",
    "msg_subsonly": "forbidden",
    "msg_followersonly": "forbidden",
    "msg_followersonly_followed": "forbidden",
    "msg_followersonly_zero": "forbidden",
    "msg_facebook": "forbidden",
    "msg_rejected": "forbidden",
    "msg_rejected_mandatory": "forbidden",
    "msg_verified_email": "forbidden",
    "msg_requires_verified_phone_number": "forbidden",
    "no_permission": "forbidden",
    "whisper_restricted": "forbidden",
}

#: Any server that speaks IRCv3. Two seconds a line are what RFC 1459 lets a client send for long.
GENERIC: Final = Dialect(
    name="generic",
    platform=Platform("irc"),
    capabilities=(
        "message-tags",
        "server-time",
        "echo-message",
        "labeled-response",
        "batch",
        "sasl",
        "draft/message-redaction",
    ),
    lines=5,
    per=timedelta(seconds=10),
    refusals=MappingProxyType(_GENERIC_REFUSALS),
)
#: Twitch allows 20 lines in 30 s and mutes an account for 30 minutes beyond; two are kept in hand
#: for lines that the network brings closer together.
TWITCH: Final = Dialect(
    name="twitch",
    platform=Platform("twitch"),
    capabilities=("twitch.tv/tags", "twitch.tv/commands", "twitch.tv/membership"),
    lines=18,
    per=timedelta(seconds=30),
    refusals=MappingProxyType(_TWITCH_REFUSALS),
    asks_first=False,
    private=False,
    line_length=500,
    token_prefix="oauth:",
    slash=True,
)

DIALECTS: Final = MappingProxyType({each.name: each for each in (GENERIC, TWITCH)})
