"""Wording welcomes: a line that covers everybody waiting, or a prefix an answer can carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from streambot.domain.greeting import GreetingStyle
from streambot.domain.guard import Guard
from streambot.domain.lines import cut, cut_name, turn
from streambot.domain.names import spoken_name, with_sayable_name
from streambot.domain.reply import Reply

#: Ways to end an unaddressed welcome, so that few wordings still never repeat within 30 s.
ENDS = ("", "～", "！", "😊", "～～", "🌸", "！！", "～😊")
_BRIEF = ("欢迎光临～", "欢迎欢迎～", "欢迎～")
#: Code points of a name in the narrowest rooms.
_SHORT_NAME = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """One possible wording; ``addressed`` lines may be repeated within 30 s."""

    text: str
    named: int = 0
    counted: int = 0
    addressed: bool = False


def welcome_lines(
    waiting: Sequence[Reply], style: GreetingStyle, most: int
) -> Iterator[Worded]:
    """Wordings that cover every one of *waiting* in *most* code points, best first.

    Which wording comes first is decided by the first reply's ``out_id``, so a replay says the
    same.
    """
    names = said_names(waiting, style)
    seed = waiting[0].out_id
    if len(waiting) == 1 and names:
        yield from _one(names[0], style, seed, most)
    elif names and len(waiting) <= style.burst:
        yield from _several(names, len(waiting), style, seed, most)
    yield from _unnamed(len(waiting), style, seed, most)


def prefixes(
    waiting: Sequence[Reply], style: GreetingStyle, *, brief: bool = False
) -> Iterator[Worded]:
    """What an answer can carry for *waiting*, most welcoming first; nothing for nobody."""
    count = len(waiting)
    if not count:
        yield Worded(text="")
        return
    names = said_names(waiting, style)
    if not brief and len(names) == count:
        yield Worded(text=f"欢迎{listed(names)}～", named=count)
    if count > 1:
        if not brief:
            yield Worded(text=f"欢迎新来的{count}位～", counted=count)
        yield Worded(text=f"欢迎{count}位～", counted=count)
    elif not brief:
        yield Worded(text="欢迎新朋友～", counted=count)
    yield Worded(text="欢迎～", counted=count)


def sayable(
    waiting: Sequence[Reply], style: GreetingStyle, guard: Guard
) -> Sequence[Reply]:
    """*waiting* without the names that *guard* would hold; where nobody is named, as it is.

    Asked when a line is worded, not when somebody arrives: of a crowd hardly anybody is named.
    """
    if not style.names or len(waiting) > style.burst:
        return waiting
    return [with_sayable_name(reply, guard) for reply in waiting]


def said_names(waiting: Sequence[Reply], style: GreetingStyle) -> list[str]:
    """The names that may be said; none past the burst threshold, where nobody reads them."""
    if not style.names or len(waiting) > style.burst:
        return []
    found = (spoken_name(reply.viewer) for reply in waiting if reply.viewer is not None)
    return [name for name in found if name is not None]


def listed(names: Sequence[str]) -> str:
    """``@A @B``, each once."""
    return " ".join(f"@{name}" for name in dict.fromkeys(names))


def _rotated(texts: Sequence[str], seed: str) -> Iterator[str]:
    start = turn(seed, len(texts)) if texts else 0
    yield from texts[start:]
    yield from texts[:start]


def _one(name: str, style: GreetingStyle, seed: str, most: int) -> Iterator[Worded]:
    short = cut_name(name, _SHORT_NAME)
    for text in (
        *(f"@{name} {text}" for text in _rotated(style.texts, seed)),
        f"@{name} {style.short}",
        f"欢迎@{name}～",
        f"欢迎@{short}～",
    ):
        if len(text) <= most:
            yield Worded(text=text, named=1, addressed=True)


def _several(
    names: Sequence[str], count: int, style: GreetingStyle, seed: str, most: int
) -> Iterator[Worded]:
    if len(names) == count:
        all_of_them = listed(names)
        for text in (
            *(f"{all_of_them} {text}" for text in _rotated(style.texts, seed)),
            f"欢迎{all_of_them}～",
        ):
            if len(text) <= most:
                yield Worded(text=text, named=count, addressed=True)
    for said in range(min(len(names), count - 1), 0, -1):
        text = f"欢迎{listed(names[:said])}等{count}位朋友～"
        if len(text) <= most:
            yield Worded(text=text, named=said, counted=count - said, addressed=True)


def _unnamed(
    count: int, style: GreetingStyle, seed: str, most: int
) -> Iterator[Worded]:
    if count == 1:
        texts = (*_rotated(style.texts, seed), style.short, *_BRIEF)
    else:
        crowd = [text.replace("{n}", str(count)) for text in style.crowd]
        texts = (
            *_rotated(crowd, seed),
            f"欢迎新进来的{count}位朋友",
            f"欢迎{count}位朋友",
            f"欢迎{count}位",
            *_BRIEF,
        )
    fitting = [text for text in texts if len(text) <= most]
    for end in ENDS:
        for text in fitting:
            if len(text) + len(end) <= most:
                yield Worded(text=text + end, counted=count)
    if not fitting:
        yield Worded(text=cut(_BRIEF[-1], most), counted=count)
