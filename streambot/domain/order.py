"""Order: a purchase and its status, and what may be said about it where."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from streambot.domain.viewer import ViewerKey


class OrderStatus(StrEnum):
    """The status table of an order: the main line, exceptions, after-sale."""

    PENDING_PAYMENT = "pending_payment"
    PAID = "paid"
    PACKED = "packed"
    SHIPPED = "shipped"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    OUT_OF_STOCK = "out_of_stock"
    DELAYED = "delayed"
    ADDRESS_PROBLEM = "address_problem"
    DELIVERY_FAILED = "delivery_failed"
    LOST = "lost"
    RETURN_REQUESTED = "return_requested"
    RETURN_APPROVED = "return_approved"
    RETURN_SHIPPED = "return_shipped"
    RETURN_RECEIVED = "return_received"
    REFUNDED = "refunded"
    EXCHANGED = "exchanged"
    RETURN_REFUSED = "return_refused"
    REPAIR_REQUESTED = "repair_requested"
    REPAIRING = "repairing"
    REPAIRED = "repaired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Where an order goes; never shown in full but by a logged reveal."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A purchase; ``amount_minor`` in minor units of ``currency``."""

    order_id: str
    status: OrderStatus
    platform: str = ""
    viewer: ViewerKey | None = None  # the buyer, when the platform gives it
    items: str = ""
    quantity: int | None = None
    amount_minor: int | None = field(default=None, repr=False)
    currency: str = "CNY"
    carrier: str = ""
    tracking_no: str = field(default="", repr=False)
    ship_by: str = ""
    eta: str = ""
    receiver: Receiver = field(default_factory=Receiver, repr=False)
    updated_at: datetime | None = None
    revision: int | None = None
