"""The audit: who did what, when and why, as rows that each carry the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

#: What the first row carries in place of an earlier row's hash.
GENESIS = "0" * 64
#: Most characters of a reason or an object; whoever writes more finds it cut.
LONGEST = 500


class Act(StrEnum):
    """What is audited; listed with its meaning in docs/desk.md."""

    LOGIN = "login"
    LOGIN_ONCE = "login_once"  # by a one-time link
    LOGIN_REFUSED = "login_refused"
    LOGOUT = "logout"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_INVITED = "account_invited"  # a link to choose a password
    ACCOUNT_PASSWORD = "account_password"
    ACCOUNT_ROLE = "account_role"
    ACCOUNT_ENABLED = "account_enabled"
    ACCOUNT_SESSIONS_ENDED = "account_sessions_ended"
    ACCOUNT_DISABLED = "account_disabled"
    MODE = "mode"  # what the assistant does in a room
    PANIC = "panic"  # all rooms at once
    PANIC_OVER = "panic_over"  # every room back to what it had
    PRODUCT_SHOWN = "product_shown"
    NOTICE_PINNED = "notice_pinned"
    BROADCAST_BEGUN = "broadcast_begun"  # by hand
    BROADCAST_ENDED = "broadcast_ended"
    PROMPTER_SAID = "prompter_said"
    PROMPTER_SKIPPED = "prompter_skipped"
    BOARD_ANSWERED = "board_answered"  # a host's mark on the board
    BOARD_SKIPPED = "board_skipped"
    TOKEN_MADE = "token_made"  # what opens a room's board or hook
    TOKEN_REVOKED = "token_revoked"
    PHRASING_TAUGHT = "phrasing_taught"
    PHRASING_ACCEPTED = "phrasing_accepted"
    PHRASING_DECLINED = "phrasing_declined"
    REVEAL = "reveal"  # personal data shown to a person, with the reason
    LOOKED = "looked"  # a supervisor looked at a ticket or an agent
    WHISPER = "whisper"
    TAKE_OVER = "take_over"
    REQUEUE = "requeue"
    TRANSFER = "transfer"
    PRIORITY = "priority"
    RELEASE = "release"  # of another's ticket
    RESOLVE = "resolve"  # of another's ticket
    CAPACITY = "capacity"  # an agent may hold more, or again as many as all
    UNDO = "undo"
    WARNING = "warning"  # an agent broke a rule
    WARNING_SEEN = "warning_seen"
    EXPORT = "export"  # the audit itself was taken away as a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One act as it is handed to the audit; never a viewer's words nor personal data."""

    at: datetime
    actor: str  # a person's name; for a refused login the name that was tried
    action: Act
    role: str = ""
    object: str = ""  # ticket id, agent, account, line ...
    room: str = ""
    reason: str = ""
    data: Mapping[str, str | int | bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """One row of the audit."""

    id: int
    deed: Deed
    before: str  # hash of the row before
    hash: str


def tidied(deed: Deed) -> Deed:
    """*deed* with every text short enough and free of what no store takes."""
    return replace(
        deed,
        actor=_tidy(deed.actor),
        object=_tidy(deed.object),
        room=_tidy(deed.room),
        reason=_tidy(deed.reason),
    )


def _tidy(text: str) -> str:
    return text[:LONGEST].encode("utf-8", "replace").decode()


def seal(number: int, deed: Deed, before: str) -> str:
    """The hash of row *number* holding *deed* after the row whose hash is *before*."""
    whole = [
        number,
        deed.at.astimezone(UTC).isoformat(),
        deed.actor,
        deed.role,
        str(deed.action),
        deed.object,
        deed.room,
        deed.reason,
        dict(deed.data),
        before,
    ]
    text = json.dumps(whole, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(rows: Iterable[Audited]) -> int | None:
    """The first row from the beginning that isn't what was written; None: the chain holds."""
    before = GENESIS
    for number, row in enumerate(rows, 1):
        whole = row.id == number and row.before == before
        if not whole or row.hash != seal(row.id, row.deed, before):
            return number
        before = row.hash
    return None
