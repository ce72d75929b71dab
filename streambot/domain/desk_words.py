"""DeskWords: what viewers are told while people see to their matter, in the merchant's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta

from streambot.domain.language import CHINESE, ENGLISH

#: What a line may hold beside its words.
BLANKS = ("no", "promise")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskWords:
    """What viewers are told; ``{no}`` is the ticket's number, ``{promise}`` the promised time.

    ``own`` are the merchant's lines by language, under the names of these or a reason's code.
    """

    holding: str = "请稍等，我这边帮您核实一下"
    grave: str = "非常抱歉，已登记（编号{no}），专人{promise}内联系您"
    low_rating: str = "抱歉没能让您满意，已转给主管跟进（编号{no}）"
    late: str = "让您久等了，您的问题（编号{no}）还在核实，已请主管跟进"
    unattended: str = "人工客服现在不在线，已为您登记（编号{no}），上线后第一时间回复"
    # Once the broadcast is over; in public one line for all who wait, so without a number.
    ended: str = "直播结束了，您的问题（编号{no}）我们还在跟进，有结果就私信回复您"
    ended_public: str = "直播结束了，还没回复到的问题都已登记，下次开播第一时间回复"
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def line(self, language: str | None, *names: str) -> str:
        """The first of *names* that there is a line for, in the viewer's language where there is.

        What the merchant wrote in that language comes first, then in Chinese, then the built-in.
        """
        for spoken_in in dict.fromkeys((language or CHINESE, CHINESE)):
            theirs = self.own.get(spoken_in, {})
            for name in names:
                if name in theirs:
                    return theirs[name]
        return str(getattr(self, names[-1]))


#: Names of the lines that a merchant may word.
LINES = tuple(each.name for each in fields(DeskWords) if each.name != "own")


def spoken(span: timedelta, language: str = CHINESE) -> str:
    """A span as it is said to a viewer, rounded up to minutes: "30分钟", "2小时", "2 hours"."""
    minutes = max(1, -(-int(span.total_seconds()) // 60))
    whole = minutes % 60 == 0
    count = minutes // 60 if whole else minutes
    if language == ENGLISH:
        unit = "hour" if whole else "minute"
        return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return f"{count}小时" if whole else f"{count}分钟"


def filled(template: str, no: int, promise: timedelta) -> str:
    """*template* with its number and promise, said as its own words are; other braces stay."""
    language = ENGLISH if template.isascii() else CHINESE
    said = spoken(promise, language)
    return template.replace("{no}", str(no)).replace("{promise}", said)
