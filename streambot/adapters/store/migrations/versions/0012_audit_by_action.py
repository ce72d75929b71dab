"""Find what is audited by its act: warnings that no supervisor has acknowledged."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the index."""
    op.create_index("audit_by_action", "audit", ["action"])
