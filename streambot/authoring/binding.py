"""Binding entries to the common questions they answer, whose phrasings they then have for free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from streambot.authoring.closest import closest
from streambot.authoring.faq_file import Draft
from streambot.authoring.problem import Problem
from streambot.authoring.review import Judges, meet
from streambot.domain.faq.entry import FaqEntry
from streambot.domain.faq.pack import IntentId, Pack

_OFFERED = 6


def split_bound(
    drafts: Sequence[Draft], pack: Pack
) -> tuple[list[Draft], list[Problem]]:
    """The drafts whose intent *pack* knows, or that name none, and what is wrong with others."""
    known = {intent.id for intent in pack.intents}
    kept: list[Draft] = []
    problems: list[Problem] = []
    bound: dict[IntentId, list[Draft]] = {}
    for draft in drafts:
        intent = draft.entry.intent
        if intent is not None and intent not in known:
            problems.append(_unknown(draft, intent, known))
            continue
        kept.append(draft)
        if intent is not None:
            others = bound.setdefault(intent, [])
            problems += [_twice(draft, each) for each in others if meet(each, draft)][
                :1
            ]
            others.append(draft)
    return kept, problems


def _unknown(draft: Draft, intent: IntentId, known: Iterable[IntentId]) -> Problem:
    likely = closest(intent, known)
    line = draft.source.line(draft.intent_at.line)
    before, named, after = line.rpartition(intent)
    offer = "、".join(sorted(known)[:_OFFERED])
    hint_zh = f"是不是想写“{likely}”？" if likely else f"可以写：{offer}…。"
    hint_en = f'Did you mean "{likely}"?' if likely else f"Known are {offer} and more."
    return Problem(
        place=draft.intent_at,
        code="E209",
        zh=f"没有“{intent}”这个意图。{hint_zh}",
        en=f'There is no intent "{intent}". {hint_en}',
        key=draft.entry.id,
        found=line,
        corrected=f"{before}{likely}{after}" if likely and named else None,
    )


def _twice(draft: Draft, other: Draft) -> Problem:
    """Two entries that answer the same question of the same goods: which one is chance."""
    return Problem(
        place=draft.intent_at,
        code="W309",
        zh=f"“{draft.entry.intent}”这个意图已经由“{other.entry.id}”（{other.place}）来答，请删掉一个。",
        en=f'The intent "{draft.entry.intent}" is answered by "{other.entry.id}" ({other.place}): '
        "delete one.",
        key=draft.entry.id,
        found=draft.source.line(draft.intent_at.line),
    )


def with_phrasings(
    entries: Iterable[FaqEntry], pack: Pack, judges: Judges
) -> tuple[FaqEntry, ...]:
    """*entries*, the bound ones with their intent's phrasings behind their own questions.

    What another entry asks in the same words stays that entry's alone, and so does what the
    entry's own conditions turn away.
    """
    entries = tuple(entries)
    phrasings = {intent.id: intent.phrasings for intent in pack.intents}
    taken = {judges.normalise(text) for each in entries for text in _spoken_for(each)}
    return tuple(
        entry
        if entry.intent is None
        else _extended(entry, phrasings[entry.intent], taken, judges)
        for entry in entries
    )


def _spoken_for(entry: FaqEntry) -> tuple[str, ...]:
    return (*entry.questions, *entry.not_questions)


def _extended(
    entry: FaqEntry, phrasings: Sequence[str], taken: set[str], judges: Judges
) -> FaqEntry:
    free = [
        text
        for text in phrasings
        if judges.normalise(text) not in taken and judges.ruled_out(entry, text) is None
    ]
    brought = tuple(free) if entry.questions or free else tuple(phrasings)
    questions = (*entry.questions, *brought)
    return replace(entry, questions=questions, brought=brought)
