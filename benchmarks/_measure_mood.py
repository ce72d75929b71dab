"""Measures mood: lines that people called angry or not, insults apart, and recorded rooms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from _figures import average_precision, share
from _peers import snownlp
from _rulings import Looks, moods
from _sets import MoodLine, chats, mood_lines

#: Angry lines among a shop's, as far as is known; precision depends on it.
_NATURAL = 0.035
#: Where methods are compared: at a threshold that flags so much of ordinary chat.
_CHAT, _CHAT_FLAGGED = "danmaku_random", 0.01
#: snownlp's own opinion of where negative begins.
_NEGATIVE = 0.5

Read = list[tuple[float, bool]]


def mood(data: Path, looks: Looks, *, peers: bool) -> dict[str, Any]:
    """Recall by kind of angry line, false alarms by kind of other line."""
    lines = mood_lines(data, "anger")
    read = moods((line.text for line in lines), looks)
    found = _flagged(lines, read) | {"at_1_percent_of_chat": _compared(lines, read)}
    found["flagged_per_1000"] = {
        name: 1000
        * sum(flagged for _, flagged in moods(said, looks))
        / max(1, len(said))
        for name, said in chats(data).items()
    }
    insults = mood_lines(data, "offensive")
    if insults:
        found["offensive"] = _flagged(
            insults, moods((insult.text for insult in insults), looks)
        )
    negative = snownlp() if peers else None
    if negative is not None:
        scores = [negative(line.text) for line in lines]
        read = [(score, score >= _NEGATIVE) for score in scores]
        found["peers"] = {
            "snownlp": _flagged(lines, read)
            | {"at_1_percent_of_chat": _compared(lines, read)}
        }
    return found


def _flagged(lines: Sequence[MoodLine], read: Read) -> dict[str, Any]:
    totals = Counter((line.kind, line.positive) for line in lines)
    hits = Counter(
        (line.kind, line.positive)
        for line, (_, flagged) in zip(lines, read, strict=True)
        if flagged
    )
    right = sum(count for (_, positive), count in hits.items() if positive)
    scored = [
        (score, line.positive) for line, (score, _) in zip(lines, read, strict=True)
    ]
    return {
        "lines": len(lines),
        "precision": share(right, hits.total()),
        "recall": share(right, sum(line.positive for line in lines)),
        "average_precision": average_precision(scored),
        "average_precision_at_natural": average_precision(scored, _NATURAL),
        "kinds": {
            _name(totals, kind, positive): {
                "positive": positive,
                "lines": total,
                "flagged": share(hits[kind, positive], total),
            }
            for (kind, positive), total in sorted(totals.items())
        },
    }


def _name(totals: Counter[tuple[str, bool]], kind: str, positive: bool) -> str:
    """A kind with both sorts of lines is two."""
    if (kind, not positive) not in totals:
        return kind
    return f"{kind}, {'yes' if positive else 'no'}"


def _compared(lines: Sequence[MoodLine], read: Read) -> dict[str, float]:
    """The share of each kind above a threshold that flags 1 % of ordinary chat."""
    scores = [(line.kind, score) for line, (score, _) in zip(lines, read, strict=True)]
    chat = sorted((score for kind, score in scores if kind == _CHAT), reverse=True)
    if not chat:
        return {}
    threshold = max(chat[int(_CHAT_FLAGGED * len(chat))], 0.0)
    above = Counter(kind for kind, score in scores if score > threshold)
    totals = Counter(kind for kind, _ in scores)
    return {kind: above[kind] / total for kind, total in sorted(totals.items())}
