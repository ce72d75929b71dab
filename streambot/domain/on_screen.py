"""OnScreen: what the host's own doings tell of the product that is being shown."""

from __future__ import annotations

from collections.abc import Iterator

from streambot.domain.actions import Action, MemoryKind, Remember
from streambot.domain.events import Origin, ViewerCarted
from streambot.domain.memory import RoomMemory
from streambot.domain.understanding import Understanding


def carted(
    event: ViewerCarted, memory: RoomMemory, understanding: Understanding
) -> Iterator[Action]:
    """What the host puts into the cart is what is being shown; a viewer's cart is theirs."""
    if not event.viewer.is_anchor:
        memory.seen(event.viewer)
        return
    product = understanding.shelf.called(event.product)
    if product is None or event.origin is Origin.HISTORY:
        return
    memory.show(product.id)
    yield Remember(
        memory=MemoryKind.SHOWN, key="", at=event.received_at, value=product.id
    )
