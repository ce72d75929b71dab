"""The store's tables as SQLAlchemy Core, so that migrations and statements share one truth.

Instants are microseconds since 1970 UTC; whole values are JSON in ``data``, beside the columns
that are searched by. Personal data never goes beyond what the domain's dataclasses hold; raw
platform ids stand only, encrypted, in ``addresses``.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

#: The newest migration; a store of another revision is migrated, or refused when it is unknown.
HEAD = "0016"

metadata = MetaData()

# Conditions of partial indexes; statements use the very same, since SQLite takes such an index
# only for a condition that it can see to be the index's own.
TICKET_LIVE = text(
    "state IN ('queued', 'offered', 'active', 'waiting_viewer', 'paused')"
)
TICKET_OPEN = text(
    "state IN ('queued', 'offered', 'active', 'waiting_viewer', 'paused', 'resolved')"
)
TICKET_HELD = text("holder IS NOT NULL")
REPLY_OPEN = text("state IN ('queued', 'sending')")
LINE_OPEN = text("state IN ('sending', 'shown')")
CLOCK_RUNS = text("met_at IS NULL AND breached_at IS NULL AND cancelled_at IS NULL")
HAS_TICKET = text("ticket IS NOT NULL")
SUGGESTION_WAITS = text("state = 'waiting'")
STATE_OPEN = text("until IS NULL")

#: What happened in rooms, once per event id, in order of arrival.
journal = Table(
    "journal",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("room", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("viewer", Text),
    Column("received_at", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
    # Event ids first: they differ early, the room would be compared for nothing.
    Index("journal_once", "event_id", "room", unique=True),
)

#: The newest event of each room.
heads = Table(
    "heads",
    metadata,
    Column("room", Text, primary_key=True),
    Column("event_id", Text, nullable=False),
    Column("broadcast", Text, nullable=False),
)

#: Where events of a room are known to be missing.
gaps = Table(
    "gaps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("room", Text, nullable=False),
    Column("after", Text),
    Column("before", Text),
    Column("at", BigInteger, nullable=False),
    Index("gaps_by_room", "room", "at"),
)

#: What was decided, in order; without an index, since every line has one and few are searched.
decisions = Table(
    "decisions",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("room", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("viewer", Text, nullable=False),
    Column("entry", Text),
    Column("score", Float),
    Column("reason", Text),
    Column("evidence", LargeBinary),
    Column("out_id", Text),
    Column("question", Boolean, nullable=False),
)

#: What is owed, once per ``out_id``.
replies = Table(
    "replies",
    metadata,
    Column("out_id", Text, primary_key=True),
    Column("room", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("ticket", Text),
    Column("line_id", Text),
    Column("owed_at", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index(
        "replies_open",
        "room",
        "owed_at",
        sqlite_where=REPLY_OPEN,
        postgresql_where=REPLY_OPEN,
    ),
    Index(
        "replies_by_ticket",
        "ticket",
        sqlite_where=HAS_TICKET,
        postgresql_where=HAS_TICKET,
    ),
)

#: What was written to a room, and what became of it.
lines = Table(
    "lines",
    metadata,
    Column("line_id", Text, primary_key=True),
    Column("room", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("settled_at", BigInteger),
    Column("data", LargeBinary, nullable=False),
    Column("rule", Text),  # of the guard, by which it was held
    Index(
        "lines_open",
        "room",
        "made_at",
        sqlite_where=LINE_OPEN,
        postgresql_where=LINE_OPEN,
    ),
)

#: Facts a session needs after a restart.
memory = Table(
    "memory",
    metadata,
    Column("room", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

#: When each broadcast of a room began and ended, and who said so.
broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("room", Text, nullable=False),
    Column("broadcast", Text, nullable=False),
    Column("began_at", BigInteger, nullable=False),
    Column("began_by", Text, nullable=False),
    Column("ended_at", BigInteger),
    Column("ended_by", Text, nullable=False),
    Column("tickets_left", Integer, nullable=False),
    Index("broadcasts_by_room", "room", "id"),
)

#: What people switched in a room.
rooms = Table(
    "rooms",
    metadata,
    Column("room", Text, primary_key=True),
    Column("mode", Text, nullable=False),
    Column("mode_by", Text, nullable=False),
    Column("mode_at", BigInteger, nullable=False),
)

tickets = Table(
    "tickets",
    metadata,
    Column("id", Text, primary_key=True),
    Column("no", BigInteger, nullable=False, unique=True),
    Column("room", Text, nullable=False),
    Column("viewer", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("card", Text, nullable=False, server_default=""),
    Column("holder", Text),  # the agent who owns it, or whom it is offered to
    Index(  # at most one live ticket per viewer per room
        "tickets_one_live",
        "room",
        "viewer",
        unique=True,
        sqlite_where=TICKET_LIVE,
        postgresql_where=TICKET_LIVE,
    ),
    Index("tickets_by_viewer", "room", "viewer", "no"),
    Index("tickets_by_card", "room", "card"),
    Index(
        "tickets_held",
        "holder",
        sqlite_where=TICKET_HELD,
        postgresql_where=TICKET_HELD,
    ),
    Index(
        "tickets_open",
        "room",
        sqlite_where=TICKET_OPEN,
        postgresql_where=TICKET_OPEN,
    ),
)

#: A ticket's own journal; folding ``data.set`` of its rows gives the stored ticket.
ticket_journal = Table(
    "ticket_journal",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("event", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

clocks = Table(
    "clocks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ticket", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("met_at", BigInteger),
    Column("breached_at", BigInteger),
    Column("cancelled_at", BigInteger),
    Column("warn_at", BigInteger),
    Column("paused_at", BigInteger),
    Index("clocks_by_ticket", "ticket"),
    Index(  # one running clock of a kind per ticket
        "clocks_running",
        "ticket",
        "kind",
        unique=True,
        sqlite_where=CLOCK_RUNS,
        postgresql_where=CLOCK_RUNS,
    ),
)

#: The desk feed; ``seq`` comes from ``counters`` in the committing transaction.
feed = Table(
    "feed",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("room", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

#: Encrypted send addresses; at most 7 days.
addresses = Table(
    "addresses",
    metadata,
    Column("viewer", Text, primary_key=True),
    Column("broadcast", Text, nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("stored_at", BigInteger, nullable=False),
    Index("addresses_by_broadcast", "broadcast"),
)

users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("last_login", BigInteger),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("csrf", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("opened_at", BigInteger, nullable=False, server_default="0"),
    Column("seen_at", BigInteger, nullable=False, server_default="0"),
    Column("device", Text, nullable=False, server_default=""),
    Column(
        "ended", Text
    ),  # why, so that its browser can be told; kept until it expires
    Index("sessions_by_name", "name"),
)

logins = Table(
    "logins",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used", Boolean, nullable=False),
    Column("name", Text),  # of a link that lets one person choose a password
)

#: The last known status of each order, so that changes are seen over restarts.
orders = Table(
    "orders",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("order_id", Text, primary_key=True),
    Column("viewer", Text),
    Column("status", Text, nullable=False),
    Column("updated_at", BigInteger),
    Column("revision", BigInteger),
)

#: Which revision of an order was already told to its buyer.
notices = Table(
    "notices",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("order_id", Text, primary_key=True),
    Column("revision", Text, primary_key=True),
)

#: Lines that people say belong to an entry, and what came of it.
suggestions = Table(
    "suggestions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("room", Text, nullable=False),
    Column("entry", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("event_id", Text),
    Column("by", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("settled_by", Text),
    Column("settled_at", BigInteger),
    Index(
        "suggestions_waiting",
        "room",
        "entry",
        "text",
        unique=True,
        sqlite_where=SUGGESTION_WAITS,
        postgresql_where=SUGGESTION_WAITS,
    ),
)

#: Who was asked how the service was, and what they gave; one row an episode, for ever.
ratings = Table(
    "ratings",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("episode", Integer, primary_key=True),
    Column("room", Text, nullable=False),
    Column("viewer", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("score", Integer),
    Column("rated_at", BigInteger),
    Column("text", Text, nullable=False),
    Index("ratings_by_viewer", "room", "viewer", "asked_at"),
    Index("ratings_by_time", "asked_at"),
)

#: Praise of agents; one row a line of a viewer.
acclaims = Table(
    "acclaims",
    metadata,
    Column("room", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("viewer", Text, nullable=False),
    Column("ticket", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Index("acclaims_by_time", "at"),
)

#: Vectors of phrases, by the model that made them: nothing is encoded twice.
vectors = Table(
    "vectors",
    metadata,
    Column("model", Text, primary_key=True),
    Column("phrase", Text, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

#: Who did what: rows are only added, each with the hash of the one before.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("room", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("before", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("audit_by_object", "object"),
    Index("audit_by_actor", "actor"),
    Index("audit_by_action", "action"),
)

#: What each agent was at, interval by interval; one of an agent is open.
agent_states = Table(
    "agent_states",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("agent", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger),
    Column("cause", Text, nullable=False),
    Index(
        "agent_states_open",
        "agent",
        unique=True,
        sqlite_where=STATE_OPEN,
        postgresql_where=STATE_OPEN,
    ),
    Index("agent_states_until", "until"),
)

#: What each process of the desk says of the people at it; the others read it.
attendance = Table(
    "attendance",
    metadata,
    Column("process", Text, primary_key=True),
    Column("agent", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("groups", Text, nullable=False),
    Column("heard_at", BigInteger, nullable=False),
    Column("there", Boolean, nullable=False),
    Column("on_break", Boolean, nullable=False),
    Column("said", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

#: What the host marked on the board, once for each ref however often it is sent.
board_marks = Table(
    "board_marks",
    metadata,
    Column("room", Text, primary_key=True),
    Column("ref", Text, primary_key=True),
    Column("act", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("askers", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("board_marks_by_time", "at"),
)

#: Whose question the host answered, by the line that asked it, and when.
host_answers = Table(
    "host_answers",
    metadata,
    Column("room", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("viewer", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("answered_at", BigInteger, nullable=False),
    Index("host_answers_by_time", "answered_at"),
)

#: What opens a room's board or hook, by the hash of its token.
room_tokens = Table(
    "room_tokens",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("id", Text, nullable=False),
    Column("room", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger),
    Column("revoked_at", BigInteger),
    Index("room_tokens_by_room", "room"),
)

#: Lines that a sending tool took off the prompter: none is ever handed out twice.
taken_lines = Table(
    "taken_lines",
    metadata,
    Column("room", Text, primary_key=True),
    Column("line_id", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("taken_at", BigInteger, nullable=False),
    Column("failed", Text),
)

#: A row that is written and deleted again to see whether the disk takes writes.
probe = Table(
    "probe",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
