"""Case: one claim of the suite on a connector, and the choice of those that apply to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from streambot.testing.clock import FakeClock
from streambot.testing.conformance import ending, reading, sending
from streambot.testing.conformance.peer import Feature, Serving
from streambot.testing.conformance.trial import Trial

_Claim = Callable[[Trial], Awaitable[None]]

#: Every claim in the order of the document, with what a platform must not lack.
_CLAIMS: tuple[tuple[_Claim, frozenset[Feature]], ...] = (
    (reading.duplicates, frozenset({Feature.EVENT_IDS})),
    (reading.reordering, frozenset()),
    (reading.history_replay, frozenset({Feature.HISTORY})),
    (reading.gap, frozenset()),
    (ending.auth_failure, frozenset({Feature.AUTH})),
    (ending.revocation, frozenset({Feature.REVOKE})),
    (ending.silence_past_keepalive, frozenset()),
    (ending.half_open_link, frozenset()),
    (reading.flood_of_300_enters, frozenset()),
    (reading.unknown_kinds, frozenset({Feature.UNKNOWN})),
    (reading.oversized_frames, frozenset({Feature.OVERSIZED})),
    (reading.malformed_frames, frozenset()),
    (sending.send_refused, frozenset({Feature.WRITES, Feature.REFUSALS})),
    (sending.send_uncertain, frozenset({Feature.WRITES, Feature.UNCERTAIN})),
    (sending.rate_penalty, frozenset({Feature.WRITES, Feature.PENALTY})),
    (ending.clean_end, frozenset()),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One claim on one connector; awaited it passes or raises AssertionError. ``str`` is its name."""

    claim: _Claim
    serving: Serving
    lacks: frozenset[Feature]
    silent_after: timedelta
    patience: float

    def __str__(self) -> str:
        return getattr(self.claim, "__name__", "claim")

    async def __call__(self) -> None:
        """Start a peer, try the claim, end the peer."""
        clock = FakeClock()
        async with self.serving(clock) as peer:
            trial = Trial(
                peer=peer,
                clock=clock,
                lacks=self.lacks,
                silent_after=self.silent_after,
                patience=self.patience,
            )
            await self.claim(trial)


def conformance(
    serving: Serving,
    *,
    lacks: Iterable[Feature] = (),
    silent_after: timedelta = timedelta(seconds=30),
    patience: float = 5.0,
) -> list[Case]:
    """The cases for a connector whose peer *serving* starts.

    *silent_after* is how long a link may say nothing before it must be known to be dead;
    *patience* what a slow machine gets beyond the clock's time, in real seconds.
    """
    without = frozenset(lacks)
    return [
        Case(
            claim=claim,
            serving=serving,
            lacks=without,
            silent_after=silent_after,
            patience=patience,
        )
        for claim, needs in _CLAIMS
        if not needs & without
    ]
