"""What the suite claims of reading: everything once, in order, and rubbish costs only itself."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from streambot.domain.events import Origin, ViewerEntered
from streambot.domain.reply import EventId
from streambot.testing.conformance.peer import Feature
from streambot.testing.conformance.trial import Linked, Trial

_FLOOD = 300
#: Of what a room sends, no more than this comes back in the name of an oddity.
_NAME_MOST = 40


async def duplicates(trial: Trial) -> None:
    """An event told again, at once or on the next link, has the id it had: it acts once."""
    first, second, third, last = (trial.says() for _ in range(4))
    ids: dict[str, set[EventId]] = defaultdict(set)
    for told in ((first, second, first, first, third), (first, third, last)):
        async with trial.linked() as link:
            await trial.peer.tell(*told)
            await link.line(told[-1])
            for line in link.lines:
                ids[line.text].add(line.id)
    assert all(len(each) == 1 for each in ids.values()), (
        f"an event told twice came under two ids: {dict(ids)}"
    )
    apart = {next(iter(each)) for each in ids.values()}
    assert len(apart) == len(ids) == 4, f"two events share an id: {dict(ids)}"


async def reordering(trial: Trial) -> None:
    """What arrives out of the order of its time is given as it arrives; nothing is lost."""
    ages = (0, 7, 2, 9, 1, 4)
    told = [trial.says(ago=timedelta(seconds=age)) for age in ages]
    async with trial.linked() as link:
        await trial.peer.tell(*told)
        await link.line(told[-1])
        heard = [line.text for line in link.lines]
    assert heard == [each.text for each in told], f"not in order of arrival: {heard}"


async def history_replay(trial: Trial) -> None:
    """What happened before we came is marked as history, what happens now is not."""
    old = [trial.says(ago=timedelta(minutes=9), history=True) for _ in range(3)]
    new = trial.says()
    async with trial.linked() as link:
        await trial.peer.tell(*old, new)
        live = await link.line(new)
        origins = {line.text: line.origin for line in link.lines}
    assert live.origin is Origin.LIVE
    for each in old:
        origin = origins.get(each.text or "", Origin.HISTORY)
        assert origin is Origin.HISTORY, f"old, and told as live: {each.text}"


async def gap(trial: Trial) -> None:
    """What happened while the link was down is told afterwards, or a gap is, and first."""
    before, missed, behind = trial.says(), trial.says(), trial.says()
    async with trial.linked() as link:
        await trial.peer.tell(before)
        known = (await link.line(before)).id
        await trial.peer.cut()
        await link.over()
    await trial.peer.tell(missed)
    async with trial.linked(after=known) as link:
        await trial.peer.tell(behind)
        await link.line(behind)
        caught_up = missed.text in [line.text for line in link.lines]
        assert caught_up or link.gaps, "neither what was missed is told nor a gap"
        caught_up = caught_up or not trial.has(Feature.RESUME)
        assert caught_up, "the platform tells what was missed, and it was not heard"
    if trial.has(Feature.RESUME):
        await trial.peer.forget()
        async with trial.linked(after=known) as link:
            await trial.peer.tell(end := trial.says())
            await link.line(end)
            assert link.gaps, "the platform forgot what was missed, and no gap is told"


async def flood_of_300_enters(trial: Trial) -> None:
    """300 arrivals in one breath (lines, where arrivals aren't told): each viewer is told once."""
    arrivals = trial.has(Feature.ENTERS)
    crowd = [trial.enters() if arrivals else trial.says() for _ in range(_FLOOD)]
    last = trial.says()
    async with trial.linked() as link:
        await trial.peer.tell(*crowd, last)
        await link.line(last)
        came = [each for each in link.events if isinstance(each, ViewerEntered)]
        told = came if arrivals else link.lines[:-1]
    assert len(told) == _FLOOD, f"{len(told)} of {_FLOOD} are told"
    assert len({each.viewer.key for each in told}) == _FLOOD, "viewers were mixed up"


async def unknown_kinds(trial: Trial) -> None:
    """Kinds that nobody knows are counted under one constant name and cost nothing else."""
    async with trial.linked() as link:
        before = trial.oddities.total()
        for _ in range(2):
            await trial.peer.tell_unknown()
        await _goes_on(trial, link)
        counted = trial.oddities.total() - before
    assert counted == 2, f"2 frames of unknown kinds, {counted} counted"
    assert len(trial.oddities) == 1, f"two names for one oddity: {dict(trial.oddities)}"
    _named_safely(trial)


async def malformed_frames(trial: Trial) -> None:
    """A frame that can't be read is counted and costs only itself."""
    async with trial.linked() as link:
        before = trial.oddities.total()
        await trial.peer.tell_malformed()
        await trial.peer.tell_malformed()
        await _goes_on(trial, link)
        counted = trial.oddities.total() - before
    assert counted >= 2, f"2 malformed frames, {counted} counted"
    _named_safely(trial)


async def oversized_frames(trial: Trial) -> None:
    """A frame larger than may be is not taken in; the link goes on, or a new one does."""
    async with trial.linked() as link:
        before = trial.oddities.total()
        await trial.peer.tell_oversized()
        try:
            await _goes_on(trial, link)
        except AssertionError:
            assert link.ended is not None, "an oversized frame stopped the reading"
        else:
            assert trial.oddities.total() > before, "an oversized frame went uncounted"
    async with trial.linked() as link:
        await _goes_on(trial, link)


async def _goes_on(trial: Trial, link: Linked) -> None:
    await trial.peer.tell(more := trial.says())
    await link.line(more)


def _named_safely(trial: Trial) -> None:
    for name in trial.oddities:
        safe = name.isascii() and name.isprintable() and len(name) <= _NAME_MOST
        assert safe, f"the room's own words are the name of an oddity: {name!r}"
