"""The whole life-cycle: offered and paused tickets are live, each has its holder, clocks pause."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_LIVE = sa.text("state IN ('queued', 'offered', 'active', 'waiting_viewer', 'paused')")
_OPEN = sa.text(
    "state IN ('queued', 'offered', 'active', 'waiting_viewer', 'paused', 'resolved')"
)
_HELD = sa.text("holder IS NOT NULL")


def upgrade() -> None:
    """Add the columns, fill them from the tickets as stored, and widen the indexes."""
    op.add_column("tickets", sa.Column("holder", sa.Text(), nullable=True))
    op.execute(
        "UPDATE tickets SET holder = json_extract(CAST(data AS TEXT), '$.owner') "
        "WHERE state IN ('active', 'waiting_viewer')"
    )
    op.drop_index("tickets_one_live", "tickets")
    op.create_index(
        "tickets_one_live",
        "tickets",
        ["room", "viewer"],
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    )
    op.drop_index("tickets_open", "tickets")
    op.create_index(
        "tickets_open",
        "tickets",
        ["room"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index(
        "tickets_held",
        "tickets",
        ["holder"],
        sqlite_where=_HELD,
        postgresql_where=_HELD,
    )
    op.add_column("clocks", sa.Column("warn_at", sa.BigInteger(), nullable=True))
    op.add_column("clocks", sa.Column("paused_at", sa.BigInteger(), nullable=True))
