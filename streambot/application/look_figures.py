"""LookFigures: how often lines were looked at again, what became of it, and how long it took."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta

_RECENT = 512


@dataclass(slots=True)
class LookFigures:
    """Counted since the start; times over the latest looks, in milliseconds."""

    asked: int = 0
    done: int = 0
    late: int = 0  # the line was decided before
    refused: int = 0  # too many were waiting
    unavailable: int = 0  # no encoder, or no vectors of the book yet
    failed: int = 0
    encoded: int = 0  # phrases that were not known
    _times: deque[float] = field(default_factory=lambda: deque(maxlen=_RECENT))

    def took(self, span: timedelta) -> None:
        """A look was done after *span*."""
        self.done += 1
        self._times.append(span / timedelta(milliseconds=1))

    def as_figures(self) -> dict[str, float]:
        """Every figure by name."""
        times = sorted(self._times)
        last = len(times) - 1
        return {
            "asked": self.asked,
            "done": self.done,
            "late": self.late,
            "refused": self.refused,
            "unavailable": self.unavailable,
            "failed": self.failed,
            "phrases_encoded": self.encoded,
            "p50_ms": round(times[last // 2], 1) if times else 0.0,
            "p99_ms": round(times[round(last * 0.99)], 1) if times else 0.0,
        }
