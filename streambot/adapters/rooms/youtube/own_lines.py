"""OwnLines: which lines of the chat are ours, by their ids or, before those are known, by their words."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

#: Lines of ours whose echo may still come.
_KEPT = 500


class OwnLines:
    """Of one room, over its links: what was written, and what of it the chat has shown."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._on_way: dict[str, asyncio.Future[str]] = {}
        self._doubtful: OrderedDict[str, None] = OrderedDict()  # no word came on these

    def writing(self, text: str) -> asyncio.Future[str]:
        """A line goes out: what is returned gets its id once the chat shows it."""
        shown = asyncio.get_running_loop().create_future()
        self._on_way[text] = shown
        return shown

    def settled(self, text: str, line: str | None) -> None:
        """There is word on a line, or none will come; *line* is its id."""
        self._on_way.pop(text, None)
        if line is None:
            _put(self._doubtful, text)
        else:
            _put(self._ids, line)

    def heard(self, line: str, text: str) -> bool:
        """Whether a line by our own account is one that we wrote."""
        if line in self._ids:
            return True
        shown = self._on_way.get(text)
        if shown is None and text not in self._doubtful:
            return False
        _put(self._ids, line)
        self._doubtful.pop(text, None)
        if shown is not None and not shown.done():
            shown.set_result(line)
        return True


def _put(kept: OrderedDict[str, None], one: str) -> None:
    kept[one] = None
    while len(kept) > _KEPT:
        kept.popitem(last=False)
