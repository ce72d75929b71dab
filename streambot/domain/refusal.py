"""Refusal: why the desk says no to an agent, in one sentence that says who has it and what to do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from streambot.domain.guard import Held, Passed, Remark
from streambot.domain.guard_rules import Severity
from streambot.domain.ticket import Ticket, TicketState


class RefusalCode(StrEnum):
    """The codes of the desk feed's ``refused`` frame."""

    TAKEN = "taken"
    STALE = "stale"
    FORBIDDEN = "forbidden"
    HELD = "held"
    NO_CAPACITY = "no_capacity"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One refused command; ``zh`` is shown first, ``en`` beside it."""

    code: RefusalCode
    zh: str
    en: str
    remarks: tuple[Remark, ...] = ()  # the guard's, where it was the words


def taken(ticket: Ticket) -> Refusal:
    """Somebody else owns it."""
    return Refusal(
        code=RefusalCode.TAKEN,
        zh=f"工单 {ticket.no} 已由 {ticket.owner} 接手，请处理队列里的下一张。",
        en=f"Ticket {ticket.no} is {ticket.owner}'s now: take the next one in the queue.",
    )


def offered_elsewhere(ticket: Ticket) -> Refusal:
    """Somebody else is deciding, and alone may take it meanwhile."""
    return Refusal(
        code=RefusalCode.TAKEN,
        zh=f"工单 {ticket.no} 正在问 {ticket.offered_to} 接不接，请稍等或处理下一张。",
        en=f"Ticket {ticket.no} is offered to {ticket.offered_to}: wait, or take the next one.",
    )


def stale(ticket: Ticket) -> Refusal:
    """The ticket changed hands, or the viewer wrote, since the agent looked."""
    return Refusal(
        code=RefusalCode.STALE,
        zh=f"工单 {ticket.no} 刚刚有变化，请看过最新内容后再操作一次。",
        en=f"Ticket {ticket.no} changed just now: look at it and do it again.",
    )


def over(ticket: Ticket) -> Refusal:
    """Nothing can be done to it any more."""
    zh, en = {
        TicketState.RESOLVED: ("已解决", "resolved"),
        TicketState.WITHDRAWN: ("已撤回", "withdrawn"),
    }.get(ticket.state, ("已关闭", "closed"))
    return Refusal(
        code=RefusalCode.CLOSED,
        zh=f"工单 {ticket.no} {zh}，不能再操作；观众再发言时请从直播间接手。",
        en=f"Ticket {ticket.no} is {en}: take the viewer's next line from the room instead.",
    )


def unknown(ticket: str) -> Refusal:
    """No such ticket."""
    return Refusal(
        code=RefusalCode.CLOSED,
        zh="没有这张工单，请刷新页面。",
        en="There is no such ticket: reload the page.",
    )


def not_yours(ticket: Ticket) -> Refusal:
    """The command is its owner's alone."""
    if ticket.owner is None:
        return Refusal(
            code=RefusalCode.FORBIDDEN,
            zh=f"工单 {ticket.no} 还没有人接手，请先点接手。",
            en=f"Ticket {ticket.no} is nobody's yet: claim it first.",
        )
    return Refusal(
        code=RefusalCode.FORBIDDEN,
        zh=f"工单 {ticket.no} 由 {ticket.owner} 负责，只有接手的客服能这样操作。",
        en=f"Ticket {ticket.no} is {ticket.owner}'s: only its owner can do that.",
    )


def not_your_group(ticket: Ticket) -> Refusal:
    """It waits for people of a group, and whoever claims it isn't one of them."""
    zh, en = {
        "supervisor": ("主管", "the supervisors"),
        "legal": ("法务组", "the legal group"),
    }.get(ticket.group, (f"“{ticket.group}”组", f"the group {ticket.group}"))
    return Refusal(
        code=RefusalCode.FORBIDDEN,
        zh=f"工单 {ticket.no} 归{zh}处理，您接不了；请接别的工单，急的话请告诉主管。",
        en=f"Ticket {ticket.no} waits for {en}: take another, or tell a supervisor if it is urgent.",
    )


def not_now(ticket: Ticket) -> Refusal:
    """Its owner may, but not in the state it is in."""
    return Refusal(
        code=RefusalCode.FORBIDDEN,
        zh=f"工单 {ticket.no} 现在的状态不能这样操作，请刷新后看看它停在哪一步。",
        en=f"Ticket {ticket.no} is {ticket.state.value}: that can't be done to it now.",
    )


def said_already(ticket: Ticket) -> Refusal:
    """Nothing of one's own is left to take back."""
    return Refusal(
        code=RefusalCode.HELD,
        zh=f"工单 {ticket.no} 的回复已经发出，撤不回了；需要更正请再回复一条。",
        en=f"The answer of ticket {ticket.no} is out already: write another to correct it.",
    )


def not_there(agent: str, present: Sequence[str]) -> Refusal:
    """Nobody can be given a ticket who isn't at the desk."""
    zh = f"现在可以转给 {'、'.join(present)}" if present else "可以先放回队列"
    en = f"choose {', '.join(present)}" if present else "release it instead"
    return held(
        f"{agent[:40] or '对方'} 不在线或正是现在的负责人，不能转给 TA；{zh}。",
        f"{agent[:40] or 'Nobody'} can't be given it (absent, or has it already): {en}.",
    )


def no_such_group(group: str, known: Sequence[str]) -> Refusal:
    """The desk has no such group."""
    return held(
        f"没有“{group[:40]}”这个组，可选 {'、'.join(known)}。",
        f"There is no group {group[:40]!r}: choose one of {', '.join(known)}.",
    )


def target_full(agent: str, capacity: int) -> Refusal:
    """Whom it is for has as much as they can carry."""
    return Refusal(
        code=RefusalCode.NO_CAPACITY,
        zh=f"{agent} 手上已有 {capacity} 件，接不下了；请转给别人，或请主管来转。",
        en=f"{agent} has {capacity} matters already: choose somebody else, or ask a supervisor.",
    )


def not_allowed(action: str) -> Refusal:
    """The role does not include it, or nobody knows such a command."""
    return Refusal(
        code=RefusalCode.FORBIDDEN,
        zh=f"您的账号不能执行“{action}”，需要时请找主管。",
        en=f"Your account may not do “{action}”: ask a supervisor.",
    )


def unsayable(verdict: Passed | Held, confirmed: Collection[str]) -> Refusal | None:
    """Why an answer may not go out: it is held, or warns of what nobody has answered for."""
    if isinstance(verdict, Held):
        return Refusal(
            code=RefusalCode.HELD,
            zh=verdict.hint_zh,
            en=verdict.hint_en,
            remarks=(verdict.remark,),
        )
    open_ = [each for each in verdict.remarks if each.severity is Severity.WARNING]
    if all(each.rule in confirmed for each in open_):
        return None
    first = next(each for each in open_ if each.rule not in confirmed)
    return Refusal(
        code=RefusalCode.HELD,
        zh=f"请再确认：{first.hint_zh}",
        en=f"Please confirm: {first.hint_en}",
        remarks=verdict.remarks,
    )


def held(zh: str, en: str) -> Refusal:
    """The text or the command can't stand as it is."""
    return Refusal(code=RefusalCode.HELD, zh=zh, en=en)


def full(capacity: int) -> Refusal:
    """The agent has as much as they can carry."""
    return Refusal(
        code=RefusalCode.NO_CAPACITY,
        zh=f"您手上已有 {capacity} 件未结的工单，请先解决或放回一件。",
        en=f"You have {capacity} open matters already: resolve or release one first.",
    )
