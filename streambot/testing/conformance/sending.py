"""What the suite claims of sending: the platform's word on each line, and never a line twice."""

from __future__ import annotations

from datetime import timedelta

from streambot.domain.reply import SendResult
from streambot.testing.conformance.trial import Trial

#: What a refusal for haste is called: the sender pauses and tries again.
_WAITS = frozenset({"rate", "muted"})
_PENALTY = 4.0
#: After so long any penalty of a single line is over.
_PAUSE = timedelta(seconds=40)


async def send_refused(trial: Trial) -> None:
    """A refused line has a reason that isn't haste, nobody sees it, and the next one is sent."""
    async with trial.linked() as link:
        await trial.peer.refuse_next()
        refused = await link.send("这句不行")
        assert refused.result is SendResult.REFUSED, f"refused, and {refused.result}"
        assert refused.code, "a refusal without a reason"
        assert refused.code not in _WAITS, f"{refused.code} is tried again"
        taken = await link.send("这句可以")
        assert taken.result is SendResult.SENT, f"taken, and {taken.result}"
    assert list(trial.peer.shown) == ["这句可以"]


async def send_uncertain(trial: Trial) -> None:
    """A line without a word on it is uncertain and written once; only its caller may repeat it."""
    connector = trial.peer.connector()
    async with trial.linked(connector=connector) as link:
        await trial.peer.die_after_next()
        outcome = await link.send("到底发没发", timedelta(seconds=30))
        assert outcome.result is SendResult.UNCERTAIN, f"no word, and {outcome.result}"
    async with trial.linked(connector=connector) as link:
        await trial.peer.tell(more := trial.says())
        await link.line(more)
        assert list(trial.peer.written) == ["到底发没发"], (
            f"the connector wrote again by itself: {trial.peer.written}"
        )
        if link.connection.opened.idempotent_send:
            again = await link.send("到底发没发")
            assert again.result is SendResult.SENT, f"repeated, and {again.result}"
            assert list(trial.peer.shown) == ["到底发没发"], "repeated, and shown twice"


async def rate_penalty(trial: Trial) -> None:
    """A line refused for haste says so, with the platform's pause; after it lines are sent."""
    async with trial.linked() as link:
        await trial.peer.penalise_next(_PENALTY)
        hasty = await link.send("太快了")
        assert hasty.result is SendResult.REFUSED, f"refused, and {hasty.result}"
        assert hasty.code in _WAITS, f"haste is called {hasty.code}: nobody waits"
        pause = hasty.retry_after
        assert pause is None or pause > 0, f"a pause of {pause} s"
        await trial.later(_PAUSE if pause is None else timedelta(seconds=pause))
        taken = await link.send("慢一点")
        assert taken.result is SendResult.SENT, f"after the pause, {taken.code}"
    assert list(trial.peer.shown) == ["慢一点"]
