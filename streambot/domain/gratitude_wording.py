"""Wording thanks: one line for everybody who gave or followed, within the room's length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from streambot.domain.answer_wording import Draft
from streambot.domain.gratitude import FOLLOW, GIFT
from streambot.domain.greeting import GreetingStyle
from streambot.domain.lines import cut, cut_name
from streambot.domain.reply import Reply
from streambot.domain.welcome_wording import ENDS, listed, said_names

_WHAT = {frozenset({GIFT}): "礼物", frozenset({FOLLOW}): "关注"}
_SHORT_NAME = 5


def thanks_drafts(
    waiting: Sequence[Reply], style: GreetingStyle, most: int
) -> Iterator[Draft]:
    """Wordings for all of *waiting* in *most* code points, best first."""
    what = _WHAT.get(frozenset(each.merge_key or "" for each in waiting), "支持")
    people = [*{each.viewer.key: each for each in waiting if each.viewer}.values()]
    names = said_names(people, style)
    texts = (*_named(waiting, people, names, what),)
    for text in texts:
        if len(text) <= most:
            yield Draft(texts=(text,), replies=tuple(waiting), addressed=True)
    for text in _unnamed(len(people), what):
        yield Draft(texts=(cut(text, most),), replies=tuple(waiting))


def _named(
    waiting: Sequence[Reply],
    people: Sequence[Reply],
    names: Sequence[str],
    what: str,
) -> Iterator[str]:
    count = len(people)
    if len(waiting) == 1 and names:
        yield f"感谢@{names[0]} {waiting[0].text}～"
    if names and len(names) == count:
        yield f"感谢{listed(names)} 的{what}～"
    for said in range(min(len(names), count - 1), 0, -1):
        yield f"感谢{listed(names[:said])} 等{count}位朋友的{what}～"
    if count == 1 and names:
        yield f"感谢@{cut_name(names[0], _SHORT_NAME)}～"


def _unnamed(count: int, what: str) -> Iterator[str]:
    who = "这位朋友" if count == 1 else f"{count}位朋友"
    for end in ENDS:
        yield f"感谢{who}的{what}{end}"
