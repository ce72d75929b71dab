"""Two processes race on one store, in real threads: one owner each, and nobody overfilled.

The desks read let the last writer win a claim, and count an agent's load in each process.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier

from msgspec import structs

from streambot.adapters.store.groups import CallJob, commit_group
from streambot.adapters.store.store import FILE
from streambot.application import handoffs
from streambot.application.desk_command import Command
from streambot.application.desk_commands import execute
from streambot.domain.agent import Agent, Permission
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.refusal import RefusalCode
from streambot.domain.reply import (
    EventId,
    LineId,
    LineOut,
    OutId,
    Reply,
    ReplyKind,
)
from streambot.domain.ticket import Ticket
from streambot.ports.store import DeskTransaction
from tests.application.desk_handles import Handle, at_once, empty_store
from tests.application.desk_world import ANNA, GUARD, MEI
from tests.domain.ticket_samples import NOON, ROOM, handoff

POLICY = DeskPolicy(capacity=30)
TICKETS = 100


def claims(
    handle: Handle, agent: Agent, tickets: list[Ticket], start: Barrier
) -> list[Ticket | RefusalCode]:
    """Claim every ticket as it was first seen, one commit each."""
    start.wait()
    results: list[Ticket | RefusalCode] = []
    for i, ticket in enumerate(tickets):
        command = Command(
            agent=agent,
            action=Permission.CLAIM,
            ticket=ticket.id,
            version=ticket.version,
            ref=f"{id(handle)}-{i}",
            at=NOON,
        )
        job = CallJob(
            work=partial(
                execute, command=command, policy=POLICY, guard_of=lambda _: GUARD
            ),
            room=ROOM,
            done=lambda _: None,
        )
        (done,) = commit_group(handle.connection, [job])
        assert isinstance(done, tuple), done
        result = done[0]
        results.append(result if isinstance(result, Ticket) else result.code)
    return results


def test_last_writer_never_wins_a_claim(tmp_path: Path) -> None:
    """Three claimers in three threads and processes' worth of handles: each ticket has one winner.

    Every loser is told who has it or that they are full, and no load is above capacity. (I1, I5)

    Named flaw: the last of two claimers wins.
    """
    path = tmp_path / FILE
    path.write_bytes(empty_store())
    handles = [Handle(path) for _ in range(3)]
    calls = [handoff(f"e{i}", who=f"v{i}") for i in range(TICKETS)]

    def open_all(tx: object) -> list[Ticket]:
        return [
            handoffs.open_ticket(tx, call, policy=POLICY, attended=True)  # type: ignore[arg-type]
            for call in calls
        ]

    job = CallJob(work=open_all, room=ROOM, done=lambda _: None)
    (opened,) = commit_group(handles[0].connection, [job])
    assert isinstance(opened, tuple), opened
    tickets: list[Ticket] = opened[0]
    start = Barrier(3)
    with ThreadPoolExecutor(3) as pool:
        racing = [
            pool.submit(claims, handle, agent, list(order), start)
            for handle, agent, order in zip(
                handles,
                (MEI, MEI, ANNA),
                (tickets, tickets[::-1], tickets),
                strict=True,
            )
        ]
        results = [each.result() for each in racing]
    won = [
        result.owner
        for each in results
        for result in each
        if isinstance(result, Ticket)
    ]
    lost = {r for each in results for r in each if not isinstance(r, Ticket)}
    stored = handles[0].connection.execute(
        "SELECT holder, count(*) FROM tickets WHERE holder IS NOT NULL GROUP BY holder"
    )
    assert dict(stored) == {"mei": 30, "anna": 30}
    # Both of mei's consoles may be told of one ticket that it is hers.
    assert won.count("anna") == 30
    assert lost <= {RefusalCode.TAKEN, RefusalCode.NO_CAPACITY, RefusalCode.STALE}
    held = handles[0].connection.execute(
        "SELECT max(version) FROM tickets WHERE holder IS NOT NULL"
    )
    assert held.fetchone() == (2,)
    for handle in handles:
        handle.close()


def test_a_line_of_an_old_epoch_is_refused_by_the_store_itself(
    tmp_path: Path,
) -> None:
    """Even where its reply is still owed: the epoch alone forbids it. (I4)"""
    path = tmp_path / FILE
    path.write_bytes(empty_store())
    handle = Handle(path)
    reply = Reply(
        out_id=OutId("o1"),
        kind=ReplyKind.AGENT,
        trigger=EventId("e1"),
        owed_at=NOON,
        expires_at=NOON + timedelta(minutes=2),
        text="在的",
        viewer=handoff("e1").viewer,
    )

    def work(tx: DeskTransaction) -> Ticket:
        ticket = handoffs.open_ticket(tx, handoff("e1"), policy=POLICY, attended=True)
        tx.owe(structs.replace(reply, ticket=ticket.id, epoch=ticket.epoch))
        return ticket

    ticket, _ = at_once(handle.of_room(work, ROOM))
    line = LineOut(
        line_id=LineId("l1"),
        kind=ReplyKind.AGENT,
        text="在的",
        covers=(OutId("o1"),),
        made_at=NOON,
        ticket=ticket.id,
        epoch=ticket.epoch - 1,
    )
    assert not at_once(handle.store.line_sending(line, ROOM))
    right = replace(line, line_id=LineId("l2"), epoch=ticket.epoch)
    assert at_once(handle.store.line_sending(right, ROOM))
    handle.close()
