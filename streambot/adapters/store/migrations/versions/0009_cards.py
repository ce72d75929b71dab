"""The card of a ticket as a column, so that a claim finds who asks the same without reading the queue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column, fill it from the tickets as stored, and index it."""
    op.add_column(
        "tickets", sa.Column("card", sa.Text(), nullable=False, server_default="")
    )
    op.execute("UPDATE tickets SET card = json_extract(CAST(data AS TEXT), '$.card')")
    op.create_index("tickets_by_card", "tickets", ["room", "card"])
