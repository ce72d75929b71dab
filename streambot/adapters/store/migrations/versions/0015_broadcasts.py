"""Broadcasts of each room, and by which of the guard's rules a line was held."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("room", sa.Text, nullable=False),
        sa.Column("broadcast", sa.Text, nullable=False),
        sa.Column("began_at", sa.BigInteger, nullable=False),
        sa.Column("began_by", sa.Text, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("ended_by", sa.Text, nullable=False),
        sa.Column("tickets_left", sa.Integer, nullable=False),
    )
    op.create_index("broadcasts_by_room", "broadcasts", ["room", "id"])
    op.add_column("lines", sa.Column("rule", sa.Text))
