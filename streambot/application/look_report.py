"""LookReport: how the second look stands, in figures for programs and a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LookState(StrEnum):
    """States of the second look."""

    OFF = "off"  # by the configuration
    UNAVAILABLE = "unavailable"  # no encoder
    LOADING = "loading"
    LEARNING = "learning"  # some texts have no vector yet
    READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookReport:
    """The state, and how many of the books' phrases and answers count already."""

    state: LookState
    done: int = 0
    total: int = 0
    encoder: str = ""
    why: str = ""  # of UNAVAILABLE, Chinese and English

    @property
    def zh(self) -> str:
        """One sentence."""
        match self.state:
            case LookState.OFF:
                return "语义复核已关闭（matching.second_look）。"
            case LookState.UNAVAILABLE:
                return f"语义复核用不了，其他照常：{self.why}"
            case LookState.LOADING:
                return "语义复核正在加载。"
            case LookState.LEARNING:
                return f"语义复核：{self.total} 个问法和回答已就绪 {self.done} 个。"
            case LookState.READY:
                return f"语义复核：{self.done} 个问法和回答全部就绪。"

    @property
    def en(self) -> str:
        """The same in English."""
        match self.state:
            case LookState.OFF:
                return "Second look: off (matching.second_look)."
            case LookState.UNAVAILABLE:
                return f"Second look: unavailable, all else works. {self.why}"
            case LookState.LOADING:
                return "Second look: loading."
            case LookState.LEARNING:
                return f"Second look: {self.done} of {self.total} phrases and answers."
            case LookState.READY:
                return f"Second look: all {self.done} phrases and answers."
