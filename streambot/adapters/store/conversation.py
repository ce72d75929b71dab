"""What one viewer was owed and what became of it, read for the agent who takes over."""

from __future__ import annotations

import sqlite3

from sqlalchemy import and_, bindparam, select

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.tables import decisions, replies, tickets
from streambot.domain.reply import Reply, ReplyState
from streambot.domain.room import RoomName
from streambot.domain.viewer import ViewerKey

#: Newest decisions, over all rooms, that are looked through for a viewer's.
LOOK_BACK = 50_000
#: What viewers are told beside a ticket; ``out_id`` begins with it and the ticket's id.
_ABOUT_TICKETS = ("holding:", "unattended:", "agent:")

_recent = (
    select(decisions.c.room, decisions.c.viewer, decisions.c.out_id)
    .order_by(decisions.c.n.desc())
    .limit(LOOK_BACK)
    .subquery()
)
_DECIDED = Prepared(
    select(replies.c.data, replies.c.state)
    .join(_recent, _recent.c.out_id == replies.c.out_id)
    .where(
        _recent.c.room == bindparam("of_room"),
        _recent.c.viewer == bindparam("of_viewer"),
    )
)
_BESIDE = Prepared(
    select(replies.c.data, replies.c.state)
    .select_from(tickets)
    .join(
        replies,
        and_(
            replies.c.out_id > bindparam("prefix") + tickets.c.id + ":",
            # ";" follows ":", so that this is every id that begins so.
            replies.c.out_id < bindparam("prefix") + tickets.c.id + ";",
        ),
    )
    .where(
        tickets.c.room == bindparam("of_room"),
        tickets.c.viewer == bindparam("of_viewer"),
    )
)


def read_replies_to(
    connection: sqlite3.Connection, room: RoomName, viewer: ViewerKey, most: int
) -> tuple[tuple[Reply, ReplyState], ...]:
    """The newest *most* replies to a viewer, agents' answers among them, oldest first."""
    rows = list(_DECIDED.run(connection, of_room=room, of_viewer=viewer))
    for prefix in _ABOUT_TICKETS:
        rows += _BESIDE.run(connection, prefix=prefix, of_room=room, of_viewer=viewer)
    found = {
        reply.out_id: (reply, ReplyState(state))
        for reply, state in (
            (encoding.decode_reply(data), state) for data, state in rows
        )
    }
    by_age = sorted(found.values(), key=lambda each: each[0].owed_at)
    return tuple(by_age[-most:])
