"""SaidLately: which words a room saw in the last 30 s, since platforms punish repetition."""

from __future__ import annotations

from datetime import datetime, timedelta

#: Identical unaddressed lines are at least this far apart.
APART = timedelta(seconds=30)


class SaidLately:
    """Texts of unaddressed lines and when each was last said."""

    def __init__(self) -> None:
        self._said: dict[str, datetime] = {}

    def add(self, text: str, at: datetime) -> None:
        """*text* is said at *at*; what is older than 30 s is forgotten."""
        self._said.pop(text, None)
        self._said[text] = at
        for old in [known for known, said in self._said.items() if at - said >= APART]:
            del self._said[old]

    def forget(self, text: str) -> None:
        """*text* was not said after all."""
        self._said.pop(text, None)

    def is_fresh(self, text: str, now: datetime) -> bool:
        """Whether *text* may be said to nobody in particular."""
        said = self._said.get(text)
        return said is None or now - said >= APART

    def next_fresh(self, now: datetime) -> datetime | None:
        """When the next of the words said lately may be said again."""
        again = [said + APART for said in self._said.values()]
        return min((at for at in again if at > now), default=None)
