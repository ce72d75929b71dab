"""What is known of logins: when, how sessions ended, and links that belong to an account."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Widen accounts, sessions and one-time logins; old sessions must log in again."""
    op.execute("DELETE FROM sessions")
    op.add_column("users", sa.Column("last_login", sa.BigInteger(), nullable=True))
    op.add_column(
        "sessions",
        sa.Column("opened_at", sa.BigInteger(), nullable=False, server_default="0"),
    )
    op.add_column(
        "sessions",
        sa.Column("seen_at", sa.BigInteger(), nullable=False, server_default="0"),
    )
    op.add_column(
        "sessions",
        sa.Column("device", sa.Text(), nullable=False, server_default=""),
    )
    op.add_column("sessions", sa.Column("ended", sa.Text(), nullable=True))
    op.add_column("logins", sa.Column("name", sa.Text(), nullable=True))
