"""What the suite claims of ends: a dead link is known to be dead, a refusal said, a stop clean."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from streambot.domain.reply import SendResult
from streambot.errors import RoomError, RoomRefused
from streambot.testing.conformance.peer import Feature
from streambot.testing.conformance.trial import Linked, Trial

#: The code of RoomRefused that ends the trying: only new credentials help.
_BAD_CREDENTIALS = 4001
#: A dead link may be noticed so much later than was said.
_GRACE = timedelta(seconds=2)
_WORD = timedelta(seconds=20)


async def auth_failure(trial: Trial) -> None:
    """Wrong credentials end the trying with one sentence in both languages, without the secret."""
    await trial.peer.deny()
    refused = await _refused(trial, "with wrong credentials")
    assert refused.code == _BAD_CREDENTIALS, f"code {refused.code} is tried again"
    _worded(trial, refused)


async def revocation(trial: Trial) -> None:
    """Access taken from an open link ends it after all that was told, and the next is refused."""
    last = trial.says()
    async with trial.linked() as link:
        await trial.peer.tell(last)
        await trial.peer.revoke()
        await link.line(last)
        end = await link.over()
    if not isinstance(end, RoomRefused):
        end = await _refused(trial, "after access was taken away")
    _worded(trial, end)


async def _refused(trial: Trial, when: str) -> RoomRefused:
    try:
        async with trial.linked():
            raise AssertionError(f"the link opened {when}")
    except RoomRefused as refused:
        return refused
    except RoomError as error:
        raise AssertionError(f"an outage, it seems, {when}: {error!r}") from error


async def silence_past_keepalive(trial: Trial) -> None:
    """A quiet room is no dead link; one that answers nothing any more is, and in time."""
    async with trial.linked() as link:
        await trial.later(trial.silent_after * 2.5)
        await trial.peer.tell(still := trial.says())
        await link.line(still)
        await trial.peer.fall_silent()
        await link.over(trial.silent_after + _GRACE)


async def half_open_link(trial: Trial) -> None:
    """A peer that reads nothing any more holds up nobody: not a send, not the end of the link."""
    async with trial.linked() as link:
        await trial.peer.stop_reading()
        sending = asyncio.ensure_future(_word_on_a_line(trial, link))
        await link.over(trial.silent_after + _GRACE)
        await trial.soon(asyncio.wait({sending}), "there is a word on the line", _WORD)
        assert sending.result() is not SendResult.SENT, "nobody took the line"


async def _word_on_a_line(trial: Trial, link: Linked) -> SendResult | None:
    """None where nothing can be written."""
    if not trial.has(Feature.WRITES):
        return None
    return (await link.connection.send(trial.line_out("有人吗"))).result


async def clean_end(trial: Trial) -> None:
    """A stop says goodbye as the platform wants it and leaves no task behind."""
    before = asyncio.all_tasks()
    async with trial.linked() as link:
        await trial.peer.tell(last := trial.says())
        await link.line(last)
    left = await trial.soon(trial.peer.left(), "the platform sees us leave")
    assert left, "the bot went without the goodbye that the platform wants"
    await trial.soon(_gone(before), "every task of the link ends")


def _worded(trial: Trial, refused: RoomRefused) -> None:
    sentence = str(refused)
    assert any("\u4e00" <= char <= "\u9fff" for char in sentence), "no Chinese sentence"
    assert any("a" <= char <= "z" for char in sentence), "no English sentence"
    secret = trial.peer.secret
    assert not secret or secret not in sentence, "the sentence shows the secret"


async def _gone(before: set[asyncio.Task[Any]]) -> None:
    while left := asyncio.all_tasks() - before - {asyncio.current_task()}:
        await asyncio.wait(left)
