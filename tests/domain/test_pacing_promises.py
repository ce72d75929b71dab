"""The promises of greeting and answering under load, run in virtual time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streambot.domain.faq.entry import Visibility
from streambot.domain.greeting import GreetingStyle
from streambot.domain.pacing import Outbox
from streambot.domain.reply import (
    EventId,
    LineOut,
    OutId,
    Reply,
    ReplyKind,
    SendOutcome,
    SendResult,
)
from streambot.domain.room import SendLimits
from streambot.domain.viewer import Viewer, ViewerKey

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
PUBLIC = Visibility.PUBLIC
ONE_PER_3S = SendLimits(lines=1, per=timedelta(seconds=3), line_length=40)
NAMES = ("小明", "爱吃辣的猫", "用户8613204", "Amy", "阳光下的向日葵", "tb_3381907")
ANSWERS = (
    "48小时内发出，预售看详情页哦",
    "支持七天无理由退换，运费险已送",
    "默认发中通，偏远地区发邮政，一般三到五天能送到哦",
    "纯棉的，机洗不变形不起球，夏天穿也不会闷的",
    "现在下单用券后到手价59元，直播间专享价",
    "身高160体重110建议M码，喜欢宽松拍大一码哦",
    "有的，黑白灰三个颜色都有现货",
)


def at(seconds: float) -> datetime:
    """An instant of the run."""
    return START + timedelta(seconds=seconds)


def viewer(n: int) -> Viewer:
    """One of many viewers; some share a name."""
    return Viewer(key=ViewerKey(f"v{n}"), name=NAMES[n % len(NAMES)] + str(n % 7))


def welcome(n: int, seconds: float, within: float) -> Reply:
    """A welcome due to viewer *n*, who came in at *seconds*."""
    return Reply(
        out_id=OutId(f"greet:b:{n}"),
        kind=ReplyKind.GREETING,
        trigger=EventId(f"e{n}"),
        owed_at=at(seconds),
        expires_at=at(seconds + within),
        heard_at=at(seconds),
        viewer=viewer(n),
        addressed=False,
    )


def answer(n: int, seconds: float, text: str) -> Reply:
    """An answer owed to viewer *n* for a question asked at *seconds*."""
    return Reply(
        out_id=OutId(f"answer:q{n}"),
        kind=ReplyKind.ANSWER,
        trigger=EventId(f"q{n}"),
        owed_at=at(seconds),
        expires_at=at(seconds + 30),
        text=text,
        viewer=viewer(n),
        merge_key=text,
    )


@dataclass
class Run:
    """A sender in virtual time, over a platform that takes every line at once."""

    outbox: Outbox
    inputs: list[tuple[datetime, Callable[[Outbox], None]]] = field(
        default_factory=list
    )
    owed: dict[OutId, Reply] = field(default_factory=dict)
    lines: list[tuple[datetime, LineOut]] = field(default_factory=list)
    said_at: dict[OutId, datetime] = field(default_factory=dict)
    missed: list[Reply] = field(default_factory=list)

    def owe(self, reply: Reply, *, arrival: bool = True) -> None:
        """Plan *reply* for its own instant."""
        self.owed[reply.out_id] = reply

        def give(outbox: Outbox) -> None:
            if arrival:
                outbox.arrived(reply.owed_at)
            outbox.owe(reply)

        self.inputs.append((reply.owed_at, give))

    def go(self) -> Run:
        """Run until nothing is left to do."""
        inputs = sorted(self.inputs, key=lambda each: each[0])
        now, place = START, 0
        while True:
            while place < len(inputs) and inputs[place][0] <= now:
                inputs[place][1](self.outbox)
                place += 1
            self.missed += self.outbox.expired(now)
            chosen = self.outbox.choose(now)
            if isinstance(chosen, LineOut):
                self._write(chosen, now)
                continue
            times = [inputs[place][0]] if place < len(inputs) else []
            if chosen is not None:
                assert chosen > now, "asked to look again at once, for ever"
                times.append(chosen)
            if not times:
                return self
            now = min(times)

    def _write(self, line: LineOut, now: datetime) -> None:
        self.outbox.sending(line, now)
        self.outbox.settled(line, SendOutcome(result=SendResult.SENT, at=now))
        self.lines.append((now, line))
        if line.part == line.parts:
            for out in line.covers:
                assert out not in self.said_at, "a reply was said twice"
                self.said_at[out] = now

    def lateness(self, kind: ReplyKind) -> list[float]:
        """Seconds from owed to said, for every reply of *kind* that was said."""
        return [
            (said - self.owed[out].owed_at).total_seconds()
            for out, said in self.said_at.items()
            if self.owed[out].kind is kind
        ]


def flood(
    run: Run, *, within: float, per_second: float, seconds: float, seed: int
) -> None:
    """300 enters in one second, then steady arrivals."""
    random = Random(seed)
    times = [random.random() for _ in range(300)]
    steady = 1.0
    while steady < seconds:
        times.append(steady)
        steady += random.expovariate(per_second) if per_second else seconds
    for n, moment in enumerate(sorted(times)):
        run.owe(welcome(n, moment, within))


def questions(run: Run, seconds: float, seed: int, *, jitter: float) -> None:
    """20 answerable questions a minute."""
    random = Random(seed)
    for n in range(int(seconds / 3)):
        moment = max(0.0, n * 3 + 1.5 + random.uniform(-jitter, jitter))
        run.owe(answer(10_000 + n, moment, random.choice(ANSWERS)))


def check_lines(run: Run, limits: SendLimits) -> None:
    """What holds for every run: the budget, the length, no repetition."""
    times = [moment for moment, _ in run.lines]
    for first, then in zip(times, times[limits.lines :], strict=False):
        assert then - first >= limits.per
    for n, (moment, line) in enumerate(run.lines):
        assert len(line.text) <= limits.line_length
        for earlier, other in run.lines[:n]:
            if moment - earlier < timedelta(seconds=30) and "@" not in line.text:
                assert other.text != line.text
    welcomed = sum(line.named + line.counted for _, line in run.lines)
    said = run.lateness(ReplyKind.GREETING)
    assert welcomed == len(said)


@pytest.mark.parametrize("per_second", [0, 0.1, 0.5, 2, 10, 40])
@pytest.mark.parametrize("asking", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_a_flood_misses_nobody_within_eight_seconds(
    per_second: float, asking: bool, seed: int
) -> None:
    """One line per 3 s and 8 s: nobody is missed or late, and no answer waits over 10 s."""
    run = Run(Outbox(ONE_PER_3S, GreetingStyle()))
    flood(run, within=8, per_second=per_second, seconds=180, seed=seed)
    if asking:
        questions(run, 180, seed, jitter=1.5)
    run.go()
    assert not run.missed
    assert max(run.lateness(ReplyKind.GREETING)) <= 8
    assert max(run.lateness(ReplyKind.ANSWER), default=0) <= 10
    check_lines(run, ONE_PER_3S)


@pytest.mark.parametrize("asking", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_five_seconds_miss_some_but_are_never_late(asking: bool, seed: int) -> None:
    """Within 5 s what can't be said in time is counted as missed, never said late."""
    run = Run(Outbox(ONE_PER_3S, GreetingStyle()))
    flood(run, within=5, per_second=5, seconds=120, seed=seed)
    if asking:
        questions(run, 120, seed, jitter=1.5)
    run.go()
    late = run.lateness(ReplyKind.GREETING)
    assert max(late) <= 5
    owed = sum(each.kind is ReplyKind.GREETING for each in run.owed.values())
    assert len(late) + len(run.missed) == owed
    check_lines(run, ONE_PER_3S)


@pytest.mark.parametrize("seed", range(6))
def test_questions_at_random_instants_are_answered_within_ten_seconds(
    seed: int,
) -> None:
    """12 questions a minute in bunches as they come, over arrivals all the time."""
    run = Run(Outbox(ONE_PER_3S, GreetingStyle()))
    random = Random(seed)
    flood(run, within=8, per_second=3, seconds=180, seed=seed)
    for n in range(36):
        moment = random.uniform(0, 180)
        run.owe(answer(10_000 + n, moment, random.choice(ANSWERS)))
    run.go()
    assert not run.missed
    assert max(run.lateness(ReplyKind.ANSWER)) <= 10
    check_lines(run, ONE_PER_3S)


_KINDS = st.sampled_from(list(ReplyKind))
_TEXTS = st.one_of(
    st.sampled_from(ANSWERS),
    st.text(min_size=1, max_size=90),
    st.sampled_from(["哈" * 100, "👨‍👩‍👧" * 30, "一。" * 40]),
)
_VIEWERS = st.builds(
    lambda n, name, masked: Viewer(key=ViewerKey(f"k{n}"), name=name, masked=masked),
    st.integers(0, 5),
    st.one_of(st.sampled_from(NAMES), st.text(max_size=30)),
    st.booleans(),
)


@st.composite
def replies(draw: st.DrawFn) -> list[Reply]:
    """Replies of every kind, at instants of half a minute."""
    owed = []
    for n in range(draw(st.integers(1, 25))):
        kind = draw(_KINDS)
        moment = at(draw(st.floats(0, 30)))
        text = "" if kind is ReplyKind.GREETING else draw(_TEXTS)
        owed.append(
            Reply(
                out_id=OutId(f"{kind}:{n}"),
                kind=kind,
                trigger=EventId(f"e{n}"),
                owed_at=moment,
                expires_at=moment + timedelta(seconds=draw(st.integers(1, 300))),
                text=text,
                viewer=draw(_VIEWERS),
                addressed=kind is not ReplyKind.GREETING and draw(st.booleans()),
                visibility=draw(st.sampled_from([PUBLIC, PUBLIC, Visibility.PRIVATE])),
                merge_key=draw(st.sampled_from([None, text])),
                greets=draw(st.booleans()),
            )
        )
    return owed


@settings(max_examples=200, deadline=None)
@given(
    owed=replies(),
    lines=st.integers(1, 4),
    per=st.floats(0.5, 5),
    length=st.integers(3, 60),
)
def test_the_rules_hold_for_any_replies(
    owed: list[Reply], lines: int, per: float, length: int
) -> None:
    """Budget, length, no repetition, each reply said once or expired, whatever is owed."""
    limits = SendLimits(lines=lines, per=timedelta(seconds=per), line_length=length)
    run = Run(Outbox(limits, GreetingStyle()))
    for reply in owed:
        run.owe(reply)
    run.go()
    times = [moment for moment, _ in run.lines]
    for first, then in zip(times, times[lines:], strict=False):
        assert then - first >= limits.per
    assert all(len(line.text) <= length for _, line in run.lines)
    spoken: dict[str, datetime] = {}
    for moment, line in run.lines:
        if "@" not in line.text and line.visibility is PUBLIC and line.parts == 1:
            said = spoken.get(line.text)
            assert said is None or moment - said >= timedelta(seconds=30)
            spoken[line.text] = moment
    gone = {reply.out_id for reply in run.missed}
    assert gone.isdisjoint(run.said_at)
    assert gone | set(run.said_at) == set(run.owed)
    for out, said in run.said_at.items():
        reply = run.owed[out]
        assert reply.kind is not ReplyKind.GREETING or said < reply.expires_at
