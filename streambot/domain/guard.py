"""Guard: passes a line out or holds it, the assistant's and the agents' alike, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from streambot.domain.guard_rules import (
    BUILT_IN,
    GuardRule,
    GuardRules,
    Severity,
    Where,
)
from streambot.domain.guard_view import GuardView, plain
from streambot.domain.guard_words import GuardWords, Spotted
from streambot.domain.personal_data import found, may_hold

_TURNS = 12  # corrections laid over each other until a rule is content
_LEFT_BEHIND = re.compile(r"^[\s，,。、.…~～！!；;：:—-]+")
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.SUGGESTION: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a rule says of a line; ``start`` and ``end`` are code points of it.

    ``corrected`` is the whole line as this rule would have it, where anybody can know.
    """

    rule: str
    severity: Severity
    start: int
    end: int
    text: str
    hint_zh: str
    hint_en: str
    corrected: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """The line may go out; warnings and suggestions about it, warnings first."""

    remarks: tuple[Remark, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """The rules that warn, each once."""
        found = (
            each.rule for each in self.remarks if each.severity is Severity.WARNING
        )
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The line may not go out; ``start`` and ``end`` are code points of it."""

    rule: str
    start: int
    end: int
    text: str
    hint_zh: str
    hint_en: str
    corrected: str | None = None

    @property
    def remark(self) -> Remark:
        """The same as a remark."""
        return Remark(
            rule=self.rule,
            severity=Severity.ERROR,
            start=self.start,
            end=self.end,
            text=self.text,
            hint_zh=self.hint_zh,
            hint_en=self.hint_en,
            corrected=self.corrected,
        )


PASSED = Passed()


@dataclass(frozen=True, slots=True)
class Guard:
    """Rules made ready to judge by."""

    rules: GuardRules
    words: GuardWords = field(repr=False, compare=False)

    @classmethod
    def of(cls, rules: GuardRules) -> Guard:
        """Compile *rules*; some milliseconds, so not on a loop."""
        return cls(rules, GuardWords.of(rules.rules))

    def judge(
        self, text: str, *, public: bool, line_length: int | None = None
    ) -> Passed | Held:
        """Whether *text* may go out.

        Args:
            text: the final text of a line.
            public: whether everybody in the room will see it.
            line_length: the platform's limit in code points, where it is to be kept here.
        """
        if line_length is not None and len(text) > line_length:
            return _too_long(text, line_length)
        remarks = self.remarks(text, public=public)
        if not remarks:
            return PASSED
        first = remarks[0]
        if first.severity is not Severity.ERROR:
            return Passed(remarks=remarks)
        return Held(
            rule=first.rule,
            start=first.start,
            end=first.end,
            text=first.text,
            hint_zh=first.hint_zh,
            hint_en=first.hint_en,
            corrected=first.corrected,
        )

    def judge_all(self, texts: Iterable[str], *, public: bool) -> Passed | Held:
        """The first of *texts* that may not go out, else that all of them may."""
        remarks: tuple[Remark, ...] = ()
        for text in texts:
            verdict = self.judge(text, public=public)
            if isinstance(verdict, Held):
                return verdict
            remarks = remarks or verdict.remarks
        return Passed(remarks=remarks) if remarks else PASSED

    def remarks(self, text: str, *, public: bool) -> tuple[Remark, ...]:
        """Everything the rules say of *text*: errors, then warnings, then suggestions."""
        spots = self._spots(text, public=public)
        if not spots:
            return ()
        rules = self.rules.rules
        spots.sort(key=lambda each: (_ORDER[rules[each.rule].severity], each.rule))
        better = {
            number: self._corrected(text, number, public=public)
            for number in {each.rule for each in spots if each.instead is not None}
        }
        return tuple(self._remark(spot, text, better.get(spot.rule)) for spot in spots)

    def _spots(self, text: str, *, public: bool) -> list[Spotted]:
        """What speaks against *text*, in places of it as it is."""
        view = plain(text)
        spots = self.words.spotted(view.text)
        rules = self.rules.rules
        apart = self.words.spotted_apart(view.text)
        spots += [each for each in apart if self._is_error(each)]
        if may_hold(view.text):
            spots += self._shapes(view)
        spots = [
            Spotted(each.rule, *view.span(each.start, each.end), each.instead)
            for each in spots
            if public or not rules[each.rule].public_only
        ]
        spots = _once(spots, rules)
        for number in self.words.limits:
            longest = rules[number].longest or 0
            if len(text) > longest:
                spots.append(Spotted(number, longest, len(text), None))
        return spots

    def _is_error(self, spot: Spotted) -> bool:
        return self.rules.rules[spot.rule].severity is Severity.ERROR

    def _shapes(self, view: GuardView) -> Iterator[Spotted]:
        """Numbers and the like; what two rules find is the first one's."""
        taken: list[tuple[int, int]] = []
        for number, rule in enumerate(self.rules.rules):
            if rule.finds is None:
                continue
            for start, end in found(rule.finds, view.text):
                if all(end <= one or other <= start for one, other in taken):
                    taken.append((start, end))
                    yield Spotted(number, start, end, rule.replacement)

    def _remark(self, spot: Spotted, text: str, corrected: str | None) -> Remark:
        rule = self.rules.rules[spot.rule]
        words = text[spot.start : spot.end]
        better = spot.instead if corrected is not None else None
        shown = words if len(words) <= 30 else f"{words[:30]}…"
        zh = f"，可以改成“{better}”。" if better else ""
        en = f' Better: "{better}".' if better else ""
        return Remark(
            rule=rule.id,
            severity=rule.severity,
            start=spot.start,
            end=spot.end,
            text=words,
            hint_zh=f"“{shown}”：{rule.zh.rstrip('。') + zh if zh else rule.zh}",
            hint_en=f"“{shown}”: {rule.en}{en}",
            corrected=corrected,
        )

    def _corrected(self, text: str, number: int, *, public: bool) -> str | None:
        """*text* put right until rule *number* has nothing to say; None: nobody can know."""
        rule = self.rules.rules[number]
        known: set[int] | None = None
        for _ in range(_TURNS):
            every = self._spots(text, public=public)
            errors = {each.rule for each in every if self._is_error(each)}
            known = errors if known is None else known
            spots = [each for each in every if each.rule == number]
            if not spots:  # a wording that another rule holds is none
                return text if text.strip() and errors <= known else None
            left = len(text)
            for spot in sorted(spots, key=lambda each: -each.start):
                if spot.instead is None:
                    return None
                if spot.end <= left:
                    text, left = _replaced(text, spot, rule), spot.start
        return None


def _once(spots: list[Spotted], rules: Sequence[GuardRule]) -> list[Spotted]:
    """Each fault once: where words overlap the gravest and first rule speaks, of all its words."""
    kept: list[Spotted] = []
    spots.sort(
        key=lambda each: (
            *(_ORDER[rules[each.rule].severity], each.rule),
            *(each.start, -each.end),
        )
    )
    for spot in spots:
        over = [one for one in kept if one.start < spot.end and spot.start < one.end]
        if not over:
            kept.append(spot)
        elif all(one.rule == spot.rule for one in over) and spot.end > over[-1].end:
            kept[-1] = Spotted(spot.rule, kept[-1].start, spot.end, None)
    return kept


def _replaced(text: str, spot: Spotted, rule: GuardRule) -> str:
    after = text[spot.end :]
    if rule.where is Where.OPENER and not spot.instead:
        after = _LEFT_BEHIND.sub("", after)
    return f"{text[: spot.start]}{spot.instead}{after}"


def _too_long(text: str, most: int) -> Held:
    return Held(
        rule="too_long",
        start=most,
        end=len(text),
        text=text[most:],
        hint_zh=f"最多 {most} 个字，请删去 {len(text) - most} 个。",
        hint_en=f"At most {most} characters: remove {len(text) - most}.",
    )


def built_in_guard() -> Guard:
    """The guard where no rules were read: personal data alone."""
    return Guard.of(BUILT_IN)
