"""What viewers gave for the service, tied to the agent, the episode and the room."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table of ratings."""
    op.create_table(
        "ratings",
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("viewer", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("rated_at", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ticket", "episode"),
    )
    op.create_index("ratings_by_viewer", "ratings", ["room", "viewer", "asked_at"])
    op.create_index("ratings_by_time", "ratings", ["asked_at"])
