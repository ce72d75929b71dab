"""Who is at which process of the desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "attendance",
        sa.Column("process", sa.Text, primary_key=True),
        sa.Column("agent", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("groups", sa.Text, nullable=False),
        sa.Column("heard_at", sa.BigInteger, nullable=False),
        sa.Column("there", sa.Boolean, nullable=False),
        sa.Column("on_break", sa.Boolean, nullable=False),
        sa.Column("said", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
