"""Waiting words: an agent's answer that is a promise to come back ("稍等，我查一下"), told from an answer."""

from __future__ import annotations

import re

from streambot.domain.evidence import Evidence
from streambot.domain.faq.normalise import folded

PROMISED = "promised"

_FIND = r"(?:查|核实|核对|确认|问|看|了解|联系|催|跟进|反馈|处理)"
#: Who asks the viewer to look, or has looked already, promises nothing.
_NOT_MINE = r"(?<!您)(?<!你)(?<!请)(?<!麻烦)(?<!自己)(?<!可以)"
_PROMISE = re.compile(
    rf"稍等(?!片刻就能收)|稍候|请?等一下|请?等一会儿?|(?:等|待)我|"
    rf"(?:我|这边|咱|现在|马上|这就|立刻|先|去|来)(?:马上|这就|立刻|先|去|来|再)?(?:帮|给|替|为)?[您你]?(?:{_FIND})(?:一下|一查|一问|下)(?!了)|"
    rf"(?:马上|这就|立刻|现在就?)(?:去|来)?(?:帮|给|替|为)?[您你]?{_FIND}|"
    rf"{_NOT_MINE}(?:帮|给|替|为)[您你]{_FIND}(?:一下|下|一查|一问)?(?!了|过|好|到)|"
    rf"{_FIND}(?:好|到|完|清楚|一下)?(?:之?后|再|了)(?:马上|第一时间|尽快|就)?(?:回复|告诉|联系|答复|通知)[您你]?|"
    r"(?:稍后|尽快|一会儿?|待会儿?|回头|马上)(?:给|就)?[您你]?(?:回复|答复|联系|回电|回您|回你)|"
    r"有(?:结果|消息|进展|回复).{0,4}(?:回复|告诉|联系|通知)|"
    r"(?:one|just a) (?:moment|sec|second|minute)|let me (?:check|ask|see)|i'?ll (?:check|get back)|hold on",
    re.IGNORECASE,
)  # fmt: skip
#: Said of what is over or of somebody else, so that it is no promise.
_DONE = re.compile(
    r"(?:刚|已经?|刚刚)(?:帮|给|为)?[您你]?(?:查|核实|确认|问|看)|不用(?:再)?等|无需等"
)


def asks_to_wait(text: str) -> Evidence | None:
    """The words by which an agent's answer promises another one, or None."""
    plain = folded(text)
    found = _PROMISE.search(plain)
    if found is None or _DONE.search(plain):
        return None
    start, end = found.span()
    return Evidence(rule=PROMISED, start=start, end=end, text=text[start:end])
