"""Reveal: which personal data of an order is masked, and what stands behind the mask."""

from __future__ import annotations

import hashlib
from enum import StrEnum

from streambot.domain.order import Order
from streambot.domain.order_table import masked


class Field(StrEnum):
    """What can be revealed, one at a time."""

    ORDER_ID = "order_id"
    TRACKING_NO = "tracking_no"
    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"


#: Of an address the beginning tells the region, of a name the family.
_REGION, _FAMILY = 6, 1


def revealed(order: Order, field: Field) -> str:
    """The field in full; empty where the order has none."""
    match field:
        case Field.ORDER_ID:
            return order.order_id
        case Field.TRACKING_NO:
            return order.tracking_no
        case Field.NAME:
            return order.receiver.name
        case Field.PHONE:
            return order.receiver.phone
        case Field.ADDRESS:
            return order.receiver.address


def hidden(order: Order, field: Field) -> str:
    """The field as it may be shown to everybody at the desk; empty where there is none."""
    value = revealed(order, field)
    if not value:
        return ""
    match field:
        case Field.NAME:
            return value[:_FAMILY] + "**"
        case Field.ADDRESS:
            return value[: min(_REGION, len(value) // 3)] + "****"
        case _:
            return masked(value)


def reference(order: Order) -> str:
    """A name for an order that says nothing of its number, the same whenever it is asked for."""
    text = f"{order.platform}\n{order.order_id}"
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest()
