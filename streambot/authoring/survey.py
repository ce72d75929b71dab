"""Survey: advice on a book as a whole - entries that overlap, questions that stray, too few phrasings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from streambot.authoring.book import BookReading
from streambot.authoring.faq_file import Draft
from streambot.authoring.problem import Problem
from streambot.authoring.review import Judges
from streambot.domain.faq.entry import FaqBook, FaqEntry
from streambot.domain.faq.overlaps import MOST_LOOKED_AT, Overlap

#: Phrasings an entry should have at least.
ENOUGH = 3
#: Pairs of entries told; the rest is counted.
_MOST_PAIRS = 20
_MOST_NAMES = 8


def surveyed(reading: BookReading, judges: Judges) -> BookReading:
    """*reading* with advice on its book as a whole; takes a match per phrasing.

    A book with errors is mended first: what stands in it now says little.
    """
    if reading.errors:
        return reading
    drafts = {str(draft.entry.id): draft for draft in reversed(reading.drafts)}
    found = [
        *_few(reading.drafts, reading.book),
        *_overlapping(judges.overlaps(_as_typed(reading)), drafts),
        *_too_many(reading),
    ]
    files = {path.as_posix(): number for number, path in enumerate(reading.files)}
    ordered = sorted(
        [*reading.problems, *found],
        key=lambda item: (files.get(item.file, -1), item.line),
    )
    return replace(reading, problems=tuple(ordered))


def _as_typed(reading: BookReading) -> FaqBook:
    """The book without what a pack brought: only what a merchant typed can be mended."""
    typed = (draft.entry for draft in reading.drafts)
    return replace(
        reading.book, entries=tuple(entry for entry in typed if entry.questions)
    )


def _problem(draft: Draft, text: str, code: str, zh: str, en: str) -> Problem:
    place = draft.at(text)
    found = draft.source.line(place.line)
    return Problem(place=place, code=code, zh=zh, en=en, key=text, found=found)


def _few(drafts: Sequence[Draft], book: FaqBook) -> Iterator[Problem]:
    """One warning a file, however many of its entries lack phrasings."""
    brought = {str(intent.id): len(intent.phrasings) for intent in book.pack.intents}
    short: dict[str, list[Draft]] = {}
    for draft in drafts:
        if _count(draft.entry, brought) < ENOUGH:
            short.setdefault(draft.place.file, []).append(draft)
    for some in short.values():
        names = "、".join(str(draft.entry.id) for draft in some[:_MOST_NAMES])
        more = "…" if len(some) > _MOST_NAMES else ""
        yield _problem(
            some[0],
            str(some[0].entry.id),
            "I333",
            f"有 {len(some)} 条的问法不到 {ENOUGH} 种：{names}{more}。多写几种顾客的说法，"
            "认得更准；也可以在控制台把弹幕归到这条。",
            f"{len(some)} entries have fewer than {ENOUGH} phrasings: {names}{more}. More of them "
            "are understood better; the console adds viewers' own lines.",
        )


def _count(entry: FaqEntry, brought: dict[str, int]) -> int:
    """Phrasings of an entry, those of its intent included."""
    own = len(entry.questions)
    return own if entry.intent is None else own + brought.get(entry.intent, ENOUGH)


def _overlapping(
    found: Sequence[Overlap], drafts: dict[str, Draft]
) -> Iterator[Problem]:
    """The surest overlap of each pair of entries, the surest pairs first."""
    pairs: dict[frozenset[str], list[Overlap]] = {}
    for each in found:
        if each.other in drafts and each.entry in drafts:
            pairs.setdefault(frozenset((each.entry, each.other)), []).append(each)
    ranked = sorted(pairs.values(), key=_rank)
    for some in ranked[:_MOST_PAIRS]:
        best = min(some, key=lambda each: (not each.stray, -each.score))
        yield _overlap(best, len(some) - 1, drafts)
    if len(ranked) > _MOST_PAIRS:
        draft = drafts[ranked[_MOST_PAIRS][0].entry]
        rest = len(ranked) - _MOST_PAIRS
        yield _problem(
            draft,
            str(draft.entry.id),
            "W331",
            f"还有 {rest} 对问答的问法互相很像，先改好上面的再检查一遍。",
            f"{rest} more pairs of entries overlap: mend the others first, then check again.",
        )


def _rank(some: Sequence[Overlap]) -> tuple[bool, float, str]:
    stray = any(each.stray for each in some)
    return not stray, -max(each.score for each in some), str(some[0].entry)


def _overlap(best: Overlap, others: int, drafts: dict[str, Draft]) -> Problem:
    draft, there = drafts[best.entry], drafts[best.other]
    place = there.at(best.phrasing)
    line = there.source.line(place.line).strip()
    more_zh = f"（这两条还有 {others} 处）" if others else ""
    more_en = f" ({others} more between the two)" if others else ""
    shown = f"{place}“{line[:60]}”"
    if best.stray:
        return _problem(
            draft,
            best.question,
            "W332",
            f"问法“{best.question}”更像“{best.other}”的“{best.phrasing}”，没写在这里就会答那条"
            f"{more_zh}。放错了就移过去；没放错就在那条的“不是问”里写上这句。另一处在 {shown}。",
            f'"{best.question}" is more like "{best.phrasing}" of "{best.other}", which would answer '
            f"it{more_en}: move it, or name it under not_questions there. The other line: {place}.",
        )
    return _problem(
        draft,
        best.question,
        "W331",
        f"“{best.entry}”的“{best.question}”和“{best.other}”的“{best.phrasing}”很像{more_zh}，顾客换个说法"
        f"可能答错；请改得不一样、合成一条，或写进对方的“不是问”。另一处在 {shown}。",
        f'"{best.question}" of "{best.entry}" and "{best.phrasing}" of "{best.other}" '
        f"overlap{more_en}: word them apart, make them one, or use not_questions. The other line: {place}.",
    )


def _too_many(reading: BookReading) -> Iterator[Problem]:
    count = sum(len(entry.questions) for entry in reading.book.entries)
    if count > MOST_LOOKED_AT and reading.drafts:
        yield _problem(
            reading.drafts[0],
            "",
            "W331",
            f"问法有 {count} 个，只检查了前 {MOST_LOOKED_AT} 个有没有互相很像的。",
            f"Of {count} phrasings only the first {MOST_LOOKED_AT} were looked at for overlaps.",
        )
