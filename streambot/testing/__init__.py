"""Shipped fakes: they obey the same contracts as the real adapters, and need no machine.

``FakeClock`` moves only when told; ``FakeDeskStore`` keeps tickets in memory,
``FakeOrders`` orders, ``FakeEncoder`` knows which sentences mean the same. The suite that
every connector passes is ``streambot.testing.conformance``.
"""

from streambot.testing.clock import FakeClock
from streambot.testing.desk_store import FakeDeskStore
from streambot.testing.encoder import FakeEncoder
from streambot.testing.orders import FakeOrders

__all__ = ["FakeClock", "FakeDeskStore", "FakeEncoder", "FakeOrders"]
