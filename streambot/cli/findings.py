"""Finding: one line of a check-up - what was looked at, how it stands, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Verdict(StrEnum):
    """How something stands; a hint needs nobody before the broadcast."""

    GOOD = "ok"
    HINT = "!"
    BAD = "x"


_NAMES = {
    "config": "配置",
    "clock": "时钟",
    "folder": "数据文件夹",
    "disk": "磁盘",
    "bot": "运行中",
    "account": "账号",
    "audit": "操作记录",
    "port": "端口",
    "faq": "问答",
    "orders": "订单",
    "second_look": "语义复核",
    "token": "口令",
    "renewal": "换新",
    "scope": "权限",
    "room": "直播间",
    "quota": "配额",
    "unofficial": "非官方",
    "rooms": "直播间",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """``unreachable``: a port that is taken, or a room that can't be joined."""

    name: str
    verdict: Verdict
    zh: str
    en: str
    unreachable: bool = False

    @classmethod
    def good(cls, name: str, zh: str, en: str) -> Self:
        """All is well."""
        return cls(name=name, verdict=Verdict.GOOD, zh=zh, en=en)

    @classmethod
    def hint(cls, name: str, zh: str, en: str) -> Self:
        """It works, and could be better."""
        return cls(name=name, verdict=Verdict.HINT, zh=zh, en=en)

    @classmethod
    def bad(cls, name: str, zh: str, en: str, *, unreachable: bool = False) -> Self:
        """It has to be put right before the broadcast."""
        return cls(
            name=name, verdict=Verdict.BAD, zh=zh, en=en, unreachable=unreachable
        )

    def render(self) -> str:
        """The line: mark, name, Chinese, English."""
        text = self.zh if self.zh == self.en else f"{self.zh} {self.en}"
        mark = f"[{self.verdict}]"
        return f"{mark:4} {_NAMES[self.name]} {self.name}: {text}"
