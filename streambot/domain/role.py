"""Role: what somebody is to streambot; what each may do stands in ``permission``."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Everybody who may ask something of streambot."""

    VIEWER = "viewer"  # writes in a room, untrusted; asks nothing of the console
    CONNECTOR = "connector"  # a service token of one room
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    INSPECTOR = "inspector"
    MERCHANT = "merchant"
    OPERATOR = "operator"
    ADMIN = "admin"  # a supervisor who also keeps the accounts


#: Roles an account of the console may have; the others never log in.
LOGINS = (
    Role.AGENT,
    Role.SUPERVISOR,
    Role.INSPECTOR,
    Role.MERCHANT,
    Role.OPERATOR,
    Role.ADMIN,
)
