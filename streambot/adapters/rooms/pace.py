"""Pace: the platform's own limits on one account, kept over its links whatever config.yaml says."""

from __future__ import annotations

from datetime import datetime, timedelta

from streambot.domain.budget import SendBudget
from streambot.domain.lines import cut
from streambot.domain.reply import SendOutcome
from streambot.domain.room import SendLimits
from streambot.domain.said import SaidLately


class Pace:
    """The last word on whether a line may go; pacing in the domain seldom needs it."""

    def __init__(self, limits: SendLimits) -> None:
        self._budget = SendBudget(limits)
        self._longest = limits.line_length
        self._said = SaidLately()

    def wait(self, now: datetime) -> timedelta:
        """How long until a line may go; nothing when it may go now."""
        return self._budget.free_at(now) - now

    def use(self, text: str, now: datetime) -> None:
        """*text* goes now."""
        self._budget.use(now)
        self._said.add(text, now)

    def taken(self, at: datetime) -> None:
        """The line that went last was settled."""
        self._budget.taken(at)

    def settled(self, text: str, outcome: SendOutcome) -> None:
        """What became of *text*: not shown yet, it repeats nothing when it goes again.

        Its place stays used, for the platform may count what it refuses. Refused for its words it
        stays said: they may be what the platform saw before.
        """
        if outcome.for_later:
            self._said.forget(text)

    def distinct(self, text: str, now: datetime) -> str:
        """*text*, told apart from the same said in the last 30 s, which platforms refuse.

        It grows no longer than a line may be: Twitch drops what is, without a word.
        """
        said, marks = text, ""
        while not self._said.is_fresh(said, now):
            marks += "~"
            said = cut(text, self._longest - len(marks)) + marks
        return said
