"""What a console sent as a command, checked before the store is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from streambot.application.desk_command import Command
from streambot.domain.agent import Agent, Permission
from streambot.domain.canned import left_blank
from streambot.domain.faq.entry import Visibility
from streambot.domain.refusal import Refusal, held
from streambot.domain.reply import TicketId
from streambot.domain.ticket import Outcome, PauseEvent

#: Longest answer or note, in code points.
LONGEST_TEXT = 1_000
#: Longest reference of a command, in characters.
LONGEST_REF = 64
#: Longest time a matter is laid aside.
LONGEST_SNOOZE = timedelta(days=7)

#: Commands that need words, and what is said when there are none.
NEEDS_TEXT: dict[Permission, tuple[str, str]] = {
    Permission.ANSWER: ("请先写回复内容。", "Write the answer first."),
    Permission.NOTE: ("请先写备注内容。", "Write the note first."),
    Permission.WHISPER: ("请先写悄悄话。", "Write the whisper first."),
    Permission.RELEASE: (
        "请写明放回队列的原因，方便下一位同事。",
        "Say why you release it, for whoever comes next.",
    ),
    Permission.TRANSFER: (
        "请写一句交接说明，让接手的同事知道进展。",
        "Say in a note how far you got, for whoever takes it.",
    ),
    Permission.REQUEUE: (
        "请写明放回队列的原因。",
        "Say why it goes back to the queue.",
    ),
}


def read_command(
    *,
    agent: Agent,
    action: Permission,
    ticket: TicketId,
    version: int,
    ref: str,
    at: datetime,
    text: str | None,
    visibility: Visibility | str | None,
    outcome: str | None,
    confirmed: Sequence[str] = (),
    to: str | None = None,
    until: datetime | None = None,
    until_event: str | None = None,
    present: frozenset[str] = frozenset(),
    unmanned: frozenset[str] = frozenset(),
) -> Command | Refusal:
    """The command, or what is wrong with it in one sentence."""
    words = (text or "").strip()
    refused = _words_refused(action, words) or _ref_refused(ref)
    if refused is not None:
        return refused
    if outcome is not None and outcome not in set(Outcome):
        return _unknown("结果", "outcome", outcome, tuple(Outcome))
    if visibility is not None and visibility not in set(Visibility):
        return _unknown("可见范围", "visibility", visibility, tuple(Visibility))
    if until_event is not None and until_event not in set(PauseEvent):
        return _unknown("事件", "event", until_event, tuple(PauseEvent))
    if action is Permission.SNOOZE:
        refused = _snooze_refused(until, until_event, at)
        if refused is not None:
            return refused
    return Command(
        agent=agent,
        action=action,
        ticket=ticket,
        version=version,
        ref=ref,
        at=at,
        text=words,
        visibility=None if visibility is None else Visibility(visibility),
        outcome=Outcome.SOLVED if outcome is None else Outcome(outcome),
        confirmed=tuple(confirmed),
        to=(to or "").strip(),
        until=until,
        until_event=None if until_event is None else PauseEvent(until_event),
        present=present,
        unmanned=unmanned,
    )


def _words_refused(action: Permission, words: str) -> Refusal | None:
    if not words and action in NEEDS_TEXT:
        return held(*NEEDS_TEXT[action])
    blank = left_blank(words) if action is Permission.ANSWER else ()
    if blank:
        return held(
            f"{{{blank[0]}}} 还没有填，请填好或删掉再发。",
            f"{{{blank[0]}}} is still blank: fill it in or delete it.",
        )
    if len(words) > LONGEST_TEXT:
        return held(
            f"内容太长（{len(words)} 字），请缩短到 {LONGEST_TEXT} 字以内。",
            f"That is {len(words)} characters: shorten it to {LONGEST_TEXT}.",
        )
    return None


def _snooze_refused(
    until: datetime | None, until_event: str | None, at: datetime
) -> Refusal | None:
    if until is None:
        if until_event is not None:
            return None
        return held(
            "请选择暂停到什么时候，或等哪件事。",
            "Say until when it is laid aside, or for which event.",
        )
    if until.tzinfo is not None and at < until <= at + LONGEST_SNOOZE:
        return None
    return held(
        "暂停的时间要晚于现在，最长 7 天，请重新选择。",
        "It can be laid aside until a time within the next 7 days: choose another.",
    )


def _ref_refused(ref: str) -> Refusal | None:
    if 0 < len(ref) <= LONGEST_REF:
        return None
    return held(
        f"操作编号须为 1 至 {LONGEST_REF} 个字符，请刷新页面再试。",
        f"A command's ref has 1 to {LONGEST_REF} characters: reload the page.",
    )


def _unknown(zh: str, en: str, value: str, known: tuple[str, ...]) -> Refusal:
    names = ", ".join(known)
    return held(
        f"没有这种{zh}：{value[:40]}，可选 {names}。",
        f"There is no {en} {value[:40]!r}: choose one of {names}.",
    )
