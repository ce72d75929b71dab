"""Told: which frames were read already, since EventSub tells each at least once."""

from __future__ import annotations

from collections import OrderedDict

#: A frame that comes again does so within minutes.
_KEPT = 5000
_ID_MOST = 200


class Told:
    """Of one room, over all its links; the newest ids stay."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()

    def before(self, message_id: str) -> bool:
        """Whether *message_id* was told before; from now on it was."""
        known = message_id[:_ID_MOST]
        if not known:
            return False
        if known in self._ids:
            return True
        self._ids[known] = None
        if len(self._ids) > _KEPT:
            self._ids.popitem(last=False)
        return False
