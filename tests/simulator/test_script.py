"""The demo's crowd: the same for a seed, everything in its first minute, alive, and listening."""

from __future__ import annotations

import asyncio
import csv
from itertools import islice
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.errors import UsageError
from streambot.simulator.crowd import Crowd
from streambot.simulator.demo_lines import (
    ANGRY_BUYER,
    BUYERS,
    CALMED,
    ORDER_CHANGES,
    STILL_ANGRY,
)
from streambot.simulator.event_log import Event
from streambot.simulator.facts import Fact, Limits
from streambot.simulator.frames import Send, Viewer
from streambot.simulator.reactions import Reactions
from streambot.simulator.recorded import recorded_cues
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.scratch_orders import ScratchOrders, shipped_orders
from streambot.simulator.script import Cue, Happens, LinkCut, Player

#: What the first minute must hold.
_TAGS = {
    "enter", "flood", "faq", "slang", "typo", "pinyin", "full_width", "traditional", "english",
    "size", "order_identity", "order_number", "order_other", "praise", "chatter", "gift", "like",
    "follow", "stats", "duplicate", "angry", "asks_person", "drop", "order_change", "moderated",
    "unmatched", "left", "carted", "ordered", "anchor", "opened", "advert",
}  # fmt: skip


def _first(count: int, seed: int = 7, run: str = "r") -> list[Cue]:
    return list(islice(Crowd(seed, run).cues(), count))


def _text(cue: Cue) -> str:
    assert isinstance(cue.act, Happens)
    return str(cue.act.fields.get("text", ""))


def _viewer(cue: Cue) -> Viewer:
    assert isinstance(cue.act, Happens)
    assert cue.act.viewer is not None
    return cue.act.viewer


@given(st.integers(0, 2**32))
def test_same_seed_same_crowd(seed: int) -> None:
    """A seed gives the same cues each time, in order of time; another seed gives others."""
    cues = _first(400, seed)
    assert cues == _first(400, seed)
    assert cues != _first(400, seed + 1)
    assert [cue.at for cue in cues] == sorted(cue.at for cue in cues)


def test_new_viewers_each_run() -> None:
    """Two runs share no viewer but the buyers and the anchor, and say the same."""
    one, other = _first(3000, run="one"), _first(3000, run="two")
    assert [cue.tag for cue in one] == [cue.tag for cue in other]

    def ids(cues: list[Cue]) -> set[str]:
        acts = [cue.act for cue in cues if isinstance(cue.act, Happens)]
        return {act.viewer.id for act in acts if act.viewer is not None}

    known = {buyer.id for buyer in (*BUYERS, ANGRY_BUYER)} | {"v-anchor"}
    assert ids(one) & ids(other) == known


def test_first_minute_holds_everything() -> None:
    """The first minute has each kind of event and line, the flood within a second, the angry
    buyer at about 15 s, an order's change at about 30 s and the cut link at about 40 s.
    """
    minute = [cue for cue in _first(1000) if cue.at < 60]
    assert {cue.tag for cue in minute} == _TAGS
    flood = [cue.at for cue in minute if cue.tag == "flood"]
    assert len(flood) == 60
    assert flood[-1] - flood[0] < 1.5
    by_tag = {cue.tag: cue.at for cue in minute}
    assert by_tag["angry"] == pytest.approx(15, abs=2)
    assert by_tag["order_change"] == pytest.approx(30, abs=2)
    assert by_tag["drop"] == pytest.approx(40, abs=2)
    assert any(isinstance(cue.act, Happens) and cue.act.twice for cue in minute)


def test_evening_goes_on() -> None:
    """After the first minute one to three lines a second come for hours, of every kind."""
    cues = _first(30_000)
    assert cues[-1].at > 2 * 3600
    spoken = [
        cue
        for cue in cues
        if cue.at > 60 and isinstance(cue.act, Happens) and cue.act.kind == "spoke"
    ]
    assert 1 <= len(spoken) / (cues[-1].at - 60) <= 3
    later = {cue.tag for cue in cues if cue.at > 60}
    assert _TAGS - later == {"opened", "asks_person", "moderated", "advert", "ordered"}


def test_orders_are_those_of_the_file() -> None:
    """Every order in the script is in the shipped file, under its buyer's id; who asks by
    identity or number is the buyer, and who asks for another's order is not.
    """
    with shipped_orders().open(encoding="utf-8", newline="") as file:
        owner = {row["order_id"]: row["viewer_id"] for row in csv.DictReader(file)}
    for buyer in (*BUYERS, ANGRY_BUYER):
        assert {owner[order] for order in buyer.orders} == {buyer.id}
    assert {order for _, order, _ in ORDER_CHANGES} <= owner.keys()
    for cue in _first(20_000):
        if cue.tag == "order_identity":
            assert _viewer(cue).id in owner.values()
        if cue.tag in ("order_number", "order_other"):
            (order,) = [order for order in owner if order in _text(cue)]
            assert (owner[order] == _viewer(cue).id) == (cue.tag == "order_number")


def test_scratch_orders(tmp_path: Path) -> None:
    """A change gives one row of the copy new values and the next revision; the rest stays."""
    path = tmp_path / "new folder" / "orders.csv"
    orders = ScratchOrders(path)
    assert path.read_bytes() == shipped_orders().read_bytes()
    orders.change("202611230042", {"status": "shipped", "carrier": "中通快递"})
    before = shipped_orders().read_text(encoding="utf-8").splitlines()
    after = path.read_text(encoding="utf-8").splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    row = dict(zip(after[0].split(","), changed[0].split(","), strict=True))
    assert (row["status"], row["carrier"], row["revision"]) == (
        "shipped",
        "中通快递",
        "2",
    )
    assert [each.name for each in path.parent.iterdir()] == ["orders.csv"]


@pytest.fixture
def room() -> SimulatedRoom:
    """A room with a generous budget."""
    return SimulatedRoom("demo", token="t", limits=Limits(lines=100))


async def test_player_plays_the_first_minute(room: SimulatedRoom) -> None:
    """All that is cued happens, the duplicate under its one id, the advert is taken back, the
    link is cut once.
    """
    events: list[Event] = []
    room.observers.append(lambda fact: events.append(cast("Event", fact)))
    cut: list[str] = []
    minute = [cue for cue in _first(1000) if cue.at < 60]
    await Player(room, speed=1e6, cut=lambda: cut.append("cut")).play(minute)
    assert cut == ["cut"]
    ids = [event.id for event in events]
    assert len(ids) - len(set(ids)) == 1
    (removed,) = [
        event.fields["event"] for event in events if event.kind == "moderated"
    ]
    (advert,) = [event for event in events if event.id == removed]
    assert "微信" in advert.fields["text"]
    assert len(events) == len(minute) - 2 + 1  # no event: cut, order change; twice: one


async def test_angry_buyer_listens(room: SimulatedRoom) -> None:
    """Asked only for patience the angry buyer goes on, twice; an agent's answer calms them."""
    reactions = Reactions(1)
    for cue in _first(1000):
        if cue.at < 60:
            reactions.notice(cue)

    def hears(text: str, to: tuple[str, ...] = ()) -> list[str]:
        room.take(Send(out_id=f"o{len(room.said)}", text=text, to=list(to)))
        return [_text(cue) for cue in reactions.hear(room.said[-1])]

    goes_on = [
        hears("@大壮哥 已登记，专人稍后回复您"),
        hears("已登记", ("v-dazhuang",)),
    ]
    assert all(len(texts) == 1 and set(texts) <= set(STILL_ANGRY) for texts in goes_on)
    assert hears("@大壮哥 已登记，专人稍后回复您") == []
    (calmed,) = hears("@大壮哥 今天下午已经发出")
    assert calmed in CALMED
    assert hears("欢迎新来的朋友") == []


async def test_crowd_answers_in_the_room(room: SimulatedRoom) -> None:
    """While a script plays, a line of the shop to somebody angry brings their answer."""
    texts: list[str] = []
    answered = asyncio.Event()

    def watch(fact: Fact) -> None:
        if isinstance(fact, Event):
            texts.append(fact.fields["text"])
            answered.set() if len(texts) > 1 else None

    viewer = Viewer(id="v-1", name="大壮哥")
    angry = Happens(kind="spoke", viewer=viewer, fields={"text": "退钱"})
    cues = [Cue(at=0, tag="angry", act=angry), Cue(at=1e9, tag="drop", act=LinkCut())]
    room.observers.append(watch)
    playing = asyncio.create_task(
        Player(room, speed=1e4, crowd=Reactions(1)).play(cues)
    )
    await room.until(lambda _: bool(texts))
    room.take(Send(out_id="o", text="@大壮哥 今天下午已经发出"))
    await answered.wait()
    assert texts[1] in CALMED
    playing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await playing


def test_recorded_log(tmp_path: Path) -> None:
    """A log's lines come at their seconds from their users; a broken line is named."""
    log = tmp_path / "log.jsonl"
    log.write_text(
        '{"t":0,"user":"u1","text":"来了"}\n\n{"t":1.5,"user":"u2","text":"666","storm":true}\n{"t":',
        encoding="utf-8",
    )
    cues = recorded_cues(log)
    first, second = next(cues), next(cues)
    assert (first.at, _viewer(first).id, _text(first)) == (0, "u1", "来了")
    assert isinstance(second.act, Happens)
    assert (second.at, second.act.fields) == (1.5, {"text": "666", "storm": True})
    with pytest.raises(UsageError, match="Line 4 of"):
        next(cues)
