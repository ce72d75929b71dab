"""Reviewing canned replies together: doubles, unknown blanks, and what the guard says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from streambot.authoring.closest import closest
from streambot.authoring.problem import Problem
from streambot.authoring.reply_draft import ReplyDraft
from streambot.authoring.wording import problem_of
from streambot.domain.canned import BLANKS, blanks_of, is_known
from streambot.domain.faq.entry import Visibility
from streambot.domain.guard import Guard

_BRACES = re.compile(r"\{[^{}\n]*\}")
_SHORTCUT = re.compile(r"[^\s/{}]+")
_NAMES = tuple(name for one, others in BLANKS.items() for name in (one, *others))


def reviewed(
    drafts: Sequence[ReplyDraft], guard: Guard
) -> tuple[list[ReplyDraft], list[Problem]]:
    """The replies without an error, and every problem."""
    kept: list[ReplyDraft] = []
    problems: list[Problem] = []
    ids: dict[str, ReplyDraft] = {}
    shortcuts: dict[str, ReplyDraft] = {}
    for draft in drafts:
        found = [
            *_doubled(draft, ids),
            *_shortcut(draft, shortcuts),
            *_blanks(draft),
            *_wording(draft, guard),
        ]
        problems += found
        ids.setdefault(draft.reply.id, draft)
        if not any(problem.is_error for problem in found):
            kept.append(draft)
            shortcuts.setdefault(draft.reply.shortcut, draft)
    return kept, problems


def _doubled(draft: ReplyDraft, ids: dict[str, ReplyDraft]) -> Iterator[Problem]:
    name = draft.reply.id
    if name not in ids:
        return
    other = ids[name].place
    free = next(n for n in range(2, len(ids) + 3) if f"{name}-{n}" not in ids)
    place = draft.at(name)
    line = draft.source.line(place.line)
    where = f"第 {other.line} 行" if other.file == place.file else str(other)
    yield draft.problem(
        place,
        "E202",
        f"“{name}”重复了（{where}和第 {place.line} 行），可以改成“{name}-{free}”。",
        f'"{name}" is used at {other} and on line {place.line}: "{name}-{free}" is free.',
        line.replace(name, f"{name}-{free}", 1) if name in line else None,
    )


def _shortcut(draft: ReplyDraft, shortcuts: dict[str, ReplyDraft]) -> Iterator[Problem]:
    short = draft.reply.shortcut
    if not short:
        return
    place = draft.at(short)
    if not _SHORTCUT.fullmatch(short):
        plain = "".join(_SHORTCUT.findall(short))
        line = draft.source.line(place.line)
        yield draft.problem(
            place,
            "E205",
            f"快捷码“{short}”里不能有空格、斜杠和大括号。",
            f'The shortcut "{short}" may hold no spaces, slashes or braces.',
            line.replace(short, plain, 1) if plain and short in line else None,
        )
    elif short in shortcuts:
        other = shortcuts[short]
        yield draft.problem(
            place,
            "W311",
            f"快捷码“{short}”已是“{other.reply.title}”（{other.place}）的，两条都会列出来；最好改一个。",
            f'The shortcut "{short}" is that of "{other.reply.title}" ({other.place}) too: change one.',
        )


def _blanks(draft: ReplyDraft) -> Iterator[Problem]:
    for text in draft.reply.texts:
        for blank in blanks_of(text):
            if not is_known(blank):
                yield _unknown(draft, text, blank)


def _unknown(draft: ReplyDraft, text: str, blank: str) -> Problem:
    place = draft.at(text)
    likely = closest(blank, _NAMES)
    known = "、".join(f"{{{others[0]}}}" for others in BLANKS.values())
    line = draft.source.line(place.line)
    fixed = line.replace(f"{{{blank}}}", f"{{{likely}}}") if likely else line
    zh = f"是不是想写 {{{likely}}}？" if likely else f"可以用：{known}。"
    en = f"Did you mean {{{likely}}}?" if likely else f"Known: {', '.join(BLANKS)}."
    return draft.problem(
        place,
        "E206",
        f"{{{blank[:40]}}} 不知道填什么。{zh}",
        f"{{{blank[:40]}}} is unknown. {en}",
        fixed if fixed != line else None,
    )


def _wording(draft: ReplyDraft, guard: Guard) -> Iterator[Problem]:
    """What the guard says of a reply's texts, a blank taken for a plain number."""
    public = draft.reply.visibility is Visibility.PUBLIC
    for text in draft.reply.texts:
        for remark in guard.remarks(_BRACES.sub("1", text), public=public):
            at, key = draft.at(text), draft.reply.id
            yield problem_of(draft.source, at, key, text, remark)
