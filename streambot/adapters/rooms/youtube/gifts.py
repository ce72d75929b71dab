"""Gifts: what viewers pay for - money with or without words to it, memberships, presents; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from streambot.adapters.rooms.youtube.told import Told

_TEXT_KEPT = 2000
_LEVEL_KEPT = 80
#: Money comes in millionths; these currencies have no hundredths.
_WHOLE: Final = frozenset(
    {"JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX", "XAF", "XOF"}
)
_PAID: Final = {
    "superChatEvent": ("superChatDetails", "Super Chat"),
    "fanFundingEvent": ("fanFundingEventDetails", "Super Chat"),
    "superStickerEvent": ("superStickerDetails", "Super Sticker"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Something that was paid for; with *words* it is a line first of all."""

    gift: str
    count: int = 1
    amount_minor: int = 0
    currency: str = "CNY"
    words: str = ""
    member: bool = False  # whoever gave it is a member from now on


def given(kind: str, snippet: Told) -> Given | None:
    """What a message of *kind* tells of; None: it is about something else."""
    match kind:
        case "superChatEvent" | "fanFundingEvent" | "superStickerEvent":
            where, gift = _PAID[kind]
            details = snippet.inner(where)
            currency = details.text("currency", 8).upper() or "USD"
            per_minor = 1_000_000 if currency in _WHOLE else 10_000
            return Given(
                gift=gift,
                amount_minor=details.number("amountMicros") // per_minor,
                currency=currency,
                words=details.text("userComment", _TEXT_KEPT),
            )
        case "newSponsorEvent":
            level = snippet.inner("newSponsorDetails").text(
                "memberLevelName", _LEVEL_KEPT
            )
            return Given(gift=f"会员 {level}".strip(), member=True)
        case "membershipGiftingEvent":
            details = snippet.inner("membershipGiftingDetails")
            level = details.text("giftMembershipsLevelName", _LEVEL_KEPT)
            count = max(1, details.number("giftMembershipsCount"))
            return Given(gift=f"赠送会员 {level}".strip(), count=count)
        case "giftEvent":
            details = snippet.inner("giftDetails")
            name = details.text("giftName", _LEVEL_KEPT) or details.text("altText", 80)
            return Given(
                gift=name or "礼物", count=max(1, details.number("comboCount"))
            )
        case _:
            return None
