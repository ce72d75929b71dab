"""Permission: what can be asked of streambot, and the table of which role may."""

from __future__ import annotations

from enum import StrEnum

from streambot.domain.role import Role


class Permission(StrEnum):
    """What somebody can ask for; those on tickets are the desk feed's actions."""

    # the desk
    WATCH = "watch"  # the console: rooms, their chat, the queue and the feed
    SEE = "see"  # one ticket, or one kind of entry in the feed
    PICK = "pick"
    CLAIM = "claim"
    DECLINE = "decline"
    ANSWER = "answer"
    UNDO = "undo"  # take an own answer back before it is said
    NOTE = "note"
    TRANSFER = "transfer"
    SNOOZE = "snooze"
    WAKE = "wake"
    RELEASE = "release"
    RESOLVE = "resolve"
    REVEAL = "reveal"  # personal data, logged, with a reason
    BREAK = "break"  # say that one is ready, or on a break
    MARK_SAID = "mark_said"  # a prompter line was said by a person
    SHOW_PRODUCT = "show_product"  # which product is on screen
    # a shift
    SUPERVISE = "supervise"  # the supervisor's page
    TAKE_OVER = "take_over"
    REQUEUE = "requeue"
    WHISPER = "whisper"
    INSPECT = "inspect"  # judge how a matter was handled
    AUDIT = "audit"  # read who did what
    # rooms
    SWITCH_MODE = "switch_mode"  # what the assistant does in a room
    HUSH = "hush"  # silence or free the assistant in a room
    PANIC = "panic"  # all rooms to people, or to the assistant
    LINKS = "links"  # make and revoke what opens a room's board or hook
    HEALTH = "health"  # how each room does, without a word of its chat
    CONNECT = "connect"  # bring a room's lines and take its replies
    # the book
    READ_BOOK = "read_book"  # entries and products
    SUGGEST = "suggest"  # say that a line belongs to an entry
    EDIT_BOOK = "edit_book"  # add phrasings to the book, settle what agents suggest
    TRY = "try"  # ask the book something that nobody said
    # accounts
    OWN_ACCOUNT = "own_account"  # one's own password and sessions
    SEE_ACCOUNTS = "see_accounts"  # who there is, and whether they are switched off
    ACCOUNTS = "accounts"  # add, change and switch off


_ANYBODY = frozenset({Permission.OWN_ACCOUNT})
_BOOK = frozenset({Permission.READ_BOOK, Permission.SUGGEST})
_ROOMS = frozenset(
    {
        Permission.SWITCH_MODE,
        Permission.HUSH,
        Permission.PANIC,
        Permission.LINKS,
        Permission.HEALTH,
    }
)
_AGENT = (
    _ANYBODY
    | _BOOK
    | {
        Permission.WATCH,
        Permission.SEE,
        Permission.PICK,
        Permission.CLAIM,
        Permission.DECLINE,
        Permission.ANSWER,
        Permission.UNDO,
        Permission.NOTE,
        Permission.TRANSFER,
        Permission.SNOOZE,
        Permission.WAKE,
        Permission.RELEASE,
        Permission.RESOLVE,
        Permission.REVEAL,
        Permission.BREAK,
        Permission.MARK_SAID,
        Permission.SHOW_PRODUCT,
    }
)
_SUPERVISOR = (
    _AGENT
    | _ROOMS
    | {
        Permission.SUPERVISE,
        Permission.TAKE_OVER,
        Permission.REQUEUE,
        Permission.WHISPER,
        Permission.AUDIT,
        Permission.EDIT_BOOK,
        Permission.TRY,
        Permission.SEE_ACCOUNTS,
    }
)

#: What each role may do; what is missing is denied.
ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: frozenset(),
    Role.CONNECTOR: frozenset({Permission.CONNECT}),
    Role.AGENT: _AGENT,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.INSPECTOR: _ANYBODY
    | {Permission.WATCH, Permission.SEE, Permission.INSPECT, Permission.READ_BOOK},
    Role.MERCHANT: _ANYBODY | _BOOK | {Permission.EDIT_BOOK, Permission.TRY},
    Role.OPERATOR: _ANYBODY | _ROOMS | {Permission.SEE},
    # Who may make any account may be anybody: to deny more would only look like a limit.
    Role.ADMIN: _SUPERVISOR | {Permission.ACCOUNTS},
}

_DESK = frozenset({Role.AGENT, Role.SUPERVISOR, Role.INSPECTOR, Role.ADMIN})
_OVERSEERS = frozenset({Role.SUPERVISOR, Role.ADMIN})
#: Kinds of feed entries and of state, by the roles that may see them; what is missing is denied.
SEEN_BY: dict[str, frozenset[Role]] = {
    "ticket": _DESK,
    "product": _DESK,
    "notice": _DESK | {Role.OPERATOR},
    "lines": _DESK,  # a room's chat
    "presence": _DESK,
    "floor": _DESK,
    "mode": _DESK | {Role.OPERATOR},
    "health": _DESK | {Role.OPERATOR},
    "whisper": _OVERSEERS,  # and whoever owns its ticket
    "warning": _OVERSEERS,  # an agent broke a rule
    "audit": _OVERSEERS,
}

#: Commands on a ticket that belong to its owner alone.
OWNERS = frozenset(
    {
        Permission.ANSWER,
        Permission.UNDO,
        Permission.RELEASE,
        Permission.RESOLVE,
        Permission.TRANSFER,
        Permission.SNOOZE,
        Permission.WAKE,
        Permission.REVEAL,
    }
)
#: Of these, what a supervisor may do to another's ticket, so that none is stuck on an absent agent.
SUPERVISED = OWNERS - {Permission.ANSWER, Permission.UNDO}
