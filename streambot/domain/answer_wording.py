"""Wording replies: whom a line addresses, how askers share it, and how a long text is parted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from streambot.domain.faq.entry import Visibility
from streambot.domain.greeting import GreetingStyle
from streambot.domain.lines import cut_name, split
from streambot.domain.names import spoken_name
from streambot.domain.reply import Reply, ReplyKind
from streambot.domain.welcome_wording import prefixes

_HELLO = "您好，"
#: Code points of a mentioned name, from whole to shortest, as room gets scarce.
_NAME_LENGTHS = (24, 8, 5)
#: Ways to say a text again, within 30 s, to somebody who can't be addressed by name.
_AGAIN = ("{}", "亲，{}", "{}～", "亲，{}～", "{}哦～", "亲，{}哦～")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The texts of one line, or of all the parts of a long one, and what they cover."""

    texts: tuple[str, ...]
    replies: tuple[Reply, ...]
    named: int = 0
    counted: int = 0
    addressed: bool = False

    def saying(self, texts: Sequence[str]) -> Draft:
        """The same in other words."""
        return replace(self, texts=tuple(texts))


def names_of(replies: Iterable[Reply]) -> list[str]:
    """The names to mention for *replies*, each once, in order."""
    found = (
        spoken_name(reply.viewer)
        for reply in replies
        if reply.addressed
        and reply.viewer is not None
        and reply.visibility is not Visibility.PRIVATE
    )
    return list(dict.fromkeys(name for name in found if name is not None))


def mention(names: Sequence[str], length: int = _NAME_LENGTHS[0]) -> str:
    """``@A @B `` with names cut to *length* code points; empty for nobody."""
    return "".join(f"@{cut_name(name, length)} " for name in names)


def sharing(answers: Sequence[Reply]) -> Iterator[Reply]:
    """The oldest answer and those with the same words."""
    for reply in answers:
        if reply is answers[0] or (
            reply.merge_key is not None and reply.merge_key == answers[0].merge_key
        ):
            yield reply


def askers_of(first: Reply, queued: Iterable[Reply], most: int) -> list[Reply]:
    """*first* and those waiting for the same words who still fit into its line.

    A text that fills several lines takes on whoever doesn't make it longer.
    """
    group = [first]
    if first.merge_key is None or first.visibility is not Visibility.PUBLIC:
        return group
    length = len(parts(group, most).texts)
    for reply in queued:
        if _same_words(first, reply) and _holds([*group, reply], most, length):
            group.append(reply)
    return group


def _holds(group: Sequence[Reply], most: int, length: int) -> bool:
    """Whether the group's words, with everybody's name, still fill *length* lines at most."""
    address, text = mention(names_of(group)), group[0].text
    if len(address) + len(text) <= most:
        return True
    return len(address) <= most // 2 and len(_parted(address, text, most)) <= length


def _same_words(first: Reply, other: Reply) -> bool:
    return (
        other.merge_key == first.merge_key
        and other.out_id != first.out_id
        and other.kind is first.kind
        and other.text == first.text
        and other.visibility is Visibility.PUBLIC
    )


def one_line(
    group: Sequence[Reply],
    welcomes: Sequence[Reply],
    style: GreetingStyle,
    most: int,
    *,
    brief: bool = False,
) -> Draft | None:
    """The group's words in one line that welcomes everybody in *welcomes*; None: no room.

    An asker who is due a welcome gets it inside the answer; the others get a prefix.
    """
    names = names_of(group)
    if (
        not names
    ):  # words for somebody unnamed must not look as if they were for the welcomed
        style = replace(style, names=False)
    greeted = sum(reply.greets for reply in group)
    for askers, others, hello in _courtesies(group, welcomes):
        body = f"{hello}{group[0].text}"
        for length in _NAME_LENGTHS:
            said = mention(names, length) + body
            for prefix in prefixes(others, style, brief=brief):
                if len(prefix.text) + len(said) <= most:
                    here = greeted + askers
                    return Draft(
                        texts=(prefix.text + said,),
                        replies=(*group, *welcomes),
                        named=prefix.named + (here if names else 0),
                        counted=prefix.counted + (0 if names else here),
                        addressed=bool(names)
                        or group[0].visibility is Visibility.PRIVATE,
                    )
    return None


def _courtesies(
    group: Sequence[Reply], welcomes: Sequence[Reply]
) -> Iterator[tuple[int, Sequence[Reply], str]]:
    """How many askers a hello welcomes, whom a prefix welcomes, and the hello."""
    greets = any(reply.greets for reply in group)
    keys = {reply.viewer.key for reply in group if reply.viewer is not None}
    others = [
        each for each in welcomes if each.viewer is None or each.viewer.key not in keys
    ]
    if greets or len(others) < len(welcomes):
        yield len(welcomes) - len(others), others, _HELLO
    if (
        group[0].kind is ReplyKind.HOLDING
    ):  # a promise is a welcome, with or without hello
        yield len(welcomes) - len(others), others, ""
        return
    yield 0, welcomes, ""


def together(draft: Draft, waiting: Iterable[Reply], most: int) -> Draft:
    """*draft* with whatever other short answers its line still holds, each addressed."""
    if not draft.addressed:
        return draft
    text, replies = draft.texts[0], list(draft.replies)
    covered = {reply.out_id for reply in replies}
    for reply in waiting:
        names = names_of([reply])
        public = reply.visibility is Visibility.PUBLIC
        if reply.out_id in covered or reply.greets or not names or not public:
            continue
        for length in _NAME_LENGTHS:
            more = f"{text} {mention(names, length)}{reply.text}"
            if len(more) <= most:
                text = more
                replies.append(reply)
                break
    return replace(draft, texts=(text,), replies=tuple(replies))


def parts(group: Sequence[Reply], most: int) -> Draft:
    """The group's words in as many lines as they need, each addressed alike."""
    names = names_of(group)
    greeted = sum(reply.greets for reply in group)
    text = group[0].text
    address = _address(mention(names), text, most)
    return Draft(
        texts=tuple(_parted(address, text, most)),
        replies=tuple(group),
        named=greeted if address else 0,
        counted=0 if address else greeted,
        addressed=bool(address) or group[0].visibility is Visibility.PRIVATE,
    )


def _address(address: str, text: str, most: int) -> str:
    """*address*, cut to half a line where the text doesn't fit one line with it."""
    if len(address) + len(text) <= most or len(address) <= most // 2:
        return address
    first = address[1:].split(" @", 1)[0].rstrip(" ")
    return f"@{cut_name(first, most // 2 - 2)} " if most >= 8 else ""


def _parted(address: str, text: str, most: int) -> list[str]:
    return [address + part for part in split(text, most - len(address))] or [address]


def numbered(texts: Sequence[str], most: int) -> list[str]:
    """Parts of a text made different by their number, where nobody is addressed."""
    whole = "".join(texts)
    length = len(f"（{len(texts)}/{len(texts)}）") + 2
    if most <= length:
        return list(texts)
    pieces = split(whole, most - length)
    return [f"（{n}/{len(pieces)}）{piece}" for n, piece in enumerate(pieces, 1)]


def said_again(text: str, most: int) -> Iterator[str]:
    """*text* and ways to say it differently, each within *most* code points."""
    for pattern in _AGAIN:
        again = pattern.format(text)
        if len(again) <= most:
            yield again
