"""One choice at a time: who goes first, in what words, and what a room's word changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from streambot.domain.faq.entry import Visibility
from streambot.domain.greeting import GreetingStyle
from streambot.domain.lines import cut, graphemes, split
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
from streambot.domain.room import SendLimits, Sink
from streambot.domain.viewer import Viewer, ViewerKey

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
LIMITS = SendLimits(lines=1, per=timedelta(seconds=3), line_length=40)


def at(seconds: float) -> datetime:
    """An instant of the test."""
    return START + timedelta(seconds=seconds)


def owed(
    kind: ReplyKind,
    text: str = "",
    *,
    name: str = "小明",
    when: float = 0,
    life: float = 30,
    merge: bool = False,
) -> Reply:
    """A reply to *name*, owed at *when*."""
    return Reply(
        out_id=OutId(f"{kind}:{name}:{when}"),
        kind=kind,
        trigger=EventId(f"e:{name}:{when}"),
        owed_at=at(when),
        expires_at=at(when + life),
        text=text,
        viewer=Viewer(key=ViewerKey(f"key of {name}"), name=name),
        addressed=kind is not ReplyKind.GREETING,
        merge_key=text if merge else None,
    )


def greeting(name: str, when: float = 0, within: float = 8) -> Reply:
    """A welcome due to *name*."""
    return owed(ReplyKind.GREETING, name=name, when=when, life=within)


def write(
    outbox: Outbox, seconds: float, result: SendResult = SendResult.SENT
) -> LineOut:
    """Take the line due at *seconds* all the way."""
    line = outbox.choose(at(seconds))
    assert isinstance(line, LineOut), line
    outbox.sending(line, at(seconds))
    outbox.settled(line, SendOutcome(result=result, at=at(seconds)))
    return line


def test_urgent_lines_go_first() -> None:
    """Agent, order and holding in order of arrival, answer, timer."""
    outbox = Outbox(LIMITS)
    for kind in (
        ReplyKind.TIMER,
        ReplyKind.ANSWER,
        ReplyKind.HOLDING,
        ReplyKind.ORDER,
        ReplyKind.AGENT,
    ):
        outbox.owe(owed(kind, f"{kind} says"))
    said = [write(outbox, 3.0 * n).kind for n in range(5)]
    assert said == ["agent", "holding", "order", "answer", "timer"]
    assert outbox.choose(at(20)) is None


def test_nothing_goes_before_the_window_has_passed() -> None:
    """Between two lines the outbox says when to ask again."""
    outbox = Outbox(LIMITS)
    outbox.owe(owed(ReplyKind.ANSWER, "有的"))
    outbox.owe(owed(ReplyKind.ANSWER, "没有", name="小红"))
    write(outbox, 0)
    assert outbox.choose(at(1)) == at(3)
    assert write(outbox, 3).text == "@小红 没有"


def test_a_line_counts_from_when_the_room_took_it() -> None:
    """A slow link doesn't let two lines arrive closer together than the room allows."""
    outbox = Outbox(LIMITS)
    for name in ("小明", "小红"):
        outbox.owe(owed(ReplyKind.ANSWER, "有的", name=name))
    line = outbox.choose(at(0))
    assert isinstance(line, LineOut)
    outbox.sending(line, at(0))
    outbox.settled(line, SendOutcome(result=SendResult.SENT, at=at(1.5)))
    assert outbox.choose(at(2)) == at(4.5)


def test_identical_answers_share_a_line_and_address_everybody() -> None:
    """Askers of the same are named in one line as far as it goes, the rest in the next."""
    outbox = Outbox(LIMITS)
    names = [f"观众{letter}号" for letter in "甲乙丙丁戊己庚"]
    for name in names:
        outbox.owe(owed(ReplyKind.ANSWER, "运费险已送哦", name=name, merge=True))
    first, second = write(outbox, 0), write(outbox, 3)
    assert (
        first.text == "@观众甲号 @观众乙号 @观众丙号 @观众丁号 @观众戊号 运费险已送哦"
    )
    assert second.text == "@观众己号 @观众庚号 运费险已送哦"
    assert len(first.covers) + len(second.covers) == len(names)


def test_an_answer_carries_the_waiting_welcomes() -> None:
    """Welcomes ride along as a prefix and count as what they were."""
    outbox = Outbox(LIMITS, GreetingStyle(names=False))
    for n in range(12):
        outbox.owe(greeting(f"新人{n}"))
    outbox.owe(owed(ReplyKind.ANSWER, "48小时内发出"))
    line = write(outbox, 0)
    assert line.text == "欢迎新来的12位～@小明 48小时内发出"
    assert (line.named, line.counted, len(line.covers)) == (0, 12, 13)


def test_an_answer_that_may_not_carry_welcomes_goes_alone() -> None:
    """An entry with `greeting: no` is said without anybody's welcome before it."""
    box = Outbox(LIMITS)
    box.owe(greeting("小红"))
    box.owe(
        structs.replace(owed(ReplyKind.ANSWER, "对花生过敏请勿食用"), carries=False)
    )
    line = box.choose(at(0))
    assert isinstance(line, LineOut)
    assert line.text == "@小明 对花生过敏请勿食用"


def test_a_newcomer_who_asks_is_welcomed_in_the_answer() -> None:
    """Asking while one's own welcome waits gives one line with both."""
    outbox = Outbox(LIMITS)
    outbox.arrived(at(0))
    outbox.arrived(at(0.5))
    outbox.owe(greeting("小明"))
    outbox.owe(owed(ReplyKind.ANSWER, "48小时内发出"))
    line = write(outbox, 0.5)
    assert line.text == "@小明 您好，48小时内发出"
    assert line.named == 1


def test_an_answer_that_greets_says_so_where_it_fits() -> None:
    """A first line that is a question is answered with a hello, unless there is no room."""
    outbox = Outbox(LIMITS)
    outbox.owe(structs.replace(owed(ReplyKind.ANSWER, "有的"), greets=True))
    outbox.owe(
        structs.replace(owed(ReplyKind.ANSWER, "字" * 36, name="小红"), greets=True)
    )
    assert write(outbox, 0).text == "@小明 您好，有的"
    full = write(outbox, 3)
    assert (full.text, full.named) == ("@小红 " + "字" * 36, 1)


def test_an_answer_and_a_welcome_that_do_not_fit_alternate() -> None:
    """Answers that fill their lines and welcomes that must go take turns."""
    outbox = Outbox(LIMITS)
    for n in range(4):
        outbox.owe(owed(ReplyKind.ANSWER, f"{n}" + "字" * 35, name="啊"))
        outbox.owe(greeting(f"早{n}", 0, 5))
    kinds = []
    for n in range(6):
        outbox.owe(greeting(f"晚{n}", 3 * n, 5))
        outbox.owe(owed(ReplyKind.ANSWER, f"{n}" + "字" * 35, name="哦", when=n))
        kinds.append(write(outbox, 3.0 * n).kind)
    assert kinds == ["answer", "greeting"] * 3


def test_in_a_quiet_room_a_welcome_leaves_at_once() -> None:
    """Nobody else for 2 s: no gathering."""
    outbox = Outbox(LIMITS)
    outbox.arrived(at(-10))
    outbox.arrived(at(0))
    outbox.owe(greeting("小明"))
    assert write(outbox, 0).text.startswith("@小明 ")


def test_in_a_busy_room_welcomes_gather_until_the_last_slot() -> None:
    """Deadline less 1 s, or as soon as the room falls quiet."""
    outbox = Outbox(LIMITS)
    outbox.arrived(at(0))
    outbox.arrived(at(0.1))
    outbox.owe(greeting("小明", 0))
    outbox.owe(greeting("小红", 0.1))
    assert outbox.choose(at(0.1)) == at(2)
    for tenth in range(2, 70):
        outbox.arrived(at(tenth / 10))
    assert outbox.choose(at(6.9)) == at(7)
    line = write(outbox, 7)
    assert line.text.startswith("@小明 @小红 ")
    assert line.named == 2


def test_late_welcomes_are_missed_not_said() -> None:
    """A deadline that passes while the room is penalised makes the welcome expire."""
    outbox = Outbox(LIMITS)
    outbox.owe(owed(ReplyKind.AGENT, "您好"))
    line = outbox.choose(at(0))
    assert isinstance(line, LineOut)
    outbox.sending(line, at(0))
    refused = SendOutcome(
        result=SendResult.REFUSED, at=at(0), code="rate", retry_after=20
    )
    again = outbox.settled(line, refused)
    assert [reply.kind for reply in again] == ["agent"]
    outbox.owe(greeting("小红", 1))
    assert outbox.choose(at(1)) == at(9)
    assert [reply.kind for reply in outbox.expired(at(9))] == ["greeting"]
    assert outbox.choose(at(9)) == at(20)
    repeated = outbox.choose(at(20))
    assert isinstance(repeated, LineOut)
    assert (repeated.text, repeated.line_id) == (line.text, line.line_id)


def test_penalties_without_a_figure_grow() -> None:
    """Refused twice in a row, the second pause is longer."""
    outbox = Outbox(LIMITS)
    outbox.owe(owed(ReplyKind.AGENT, "您好", life=600))
    line = outbox.choose(at(0))
    assert isinstance(line, LineOut)
    outbox.sending(line, at(0))
    outbox.settled(line, SendOutcome(result=SendResult.REFUSED, at=at(0), code="rate"))
    assert outbox.choose(at(0)) == at(3)
    line = outbox.choose(at(3))
    assert isinstance(line, LineOut)
    outbox.sending(line, at(3))
    outbox.settled(line, SendOutcome(result=SendResult.REFUSED, at=at(3), code="rate"))
    assert outbox.choose(at(3)) == at(9)


def test_a_final_refusal_puts_nothing_back() -> None:
    """A line the room forbids is not said again."""
    outbox = Outbox(LIMITS)
    outbox.owe(owed(ReplyKind.ANSWER, "有的"))
    line = outbox.choose(at(0))
    assert isinstance(line, LineOut)
    outbox.sending(line, at(0))
    outcome = SendOutcome(result=SendResult.REFUSED, at=at(0), code="forbidden")
    assert outbox.settled(line, outcome) == ()
    assert not outbox.queued
    assert outbox.stats.refused == 1


def test_a_long_text_goes_out_in_consecutive_parts() -> None:
    """Every part is addressed and nothing, however urgent, goes between."""
    outbox = Outbox(LIMITS)
    text = "这款是纯棉面料。机洗不变形不起球，夏天穿也不会闷。建议按平时的尺码拍，喜欢宽松拍大一码。"
    outbox.owe(owed(ReplyKind.ANSWER, text))
    lines = [write(outbox, 0)]
    outbox.owe(owed(ReplyKind.AGENT, "我是客服", name="小红"))
    lines += [write(outbox, 3)]
    assert [(line.part, line.parts) for line in lines] == [(1, 2), (2, 2)]
    assert "".join(line.text.removeprefix("@小明 ") for line in lines) == text
    assert lines[0].text == "@小明 这款是纯棉面料。机洗不变形不起球，夏天穿也不会闷。"
    assert lines[0].covers == lines[1].covers
    assert lines[0].line_id != lines[1].line_id
    assert write(outbox, 6).kind is ReplyKind.AGENT


def test_a_part_refused_for_speed_is_repeated_alone() -> None:
    """The parts before it are not said again."""
    outbox = Outbox(LIMITS)
    outbox.owe(owed(ReplyKind.AGENT, "一二三四五六七八九十" * 5))
    write(outbox, 0)
    second = outbox.choose(at(3))
    assert isinstance(second, LineOut)
    outbox.sending(second, at(3))
    refused = SendOutcome(
        result=SendResult.REFUSED, at=at(3), code="rate", retry_after=5
    )
    assert len(outbox.settled(second, refused)) == 1
    assert outbox.choose(at(4)) == at(8)
    assert write(outbox, 8) == second
    assert outbox.choose(at(30)) is None


def test_after_an_uncertain_part_the_rest_stays_unsaid() -> None:
    """Half a text with a hole in it helps nobody."""
    outbox = Outbox(LIMITS)
    outbox.owe(owed(ReplyKind.AGENT, "一二三四五六七八九十" * 5))
    write(outbox, 0, SendResult.UNCERTAIN)
    assert outbox.choose(at(10)) is None


def test_withdrawn_replies_are_not_said() -> None:
    """Only what was still queued is given back; a text half said ends there."""
    outbox = Outbox(LIMITS)
    long = owed(ReplyKind.ANSWER, "一二三四五六七八九十" * 5)
    other = owed(ReplyKind.ANSWER, "有的", name="小红")
    outbox.owe(long)
    outbox.owe(other)
    write(outbox, 0)
    assert outbox.withdraw([long.out_id, other.out_id]) == (other.out_id,)
    assert outbox.choose(at(10)) is None


def test_an_owed_reply_is_queued_once() -> None:
    """A known ``out_id`` changes nothing, not even after it was said."""
    outbox = Outbox(LIMITS)
    reply = owed(ReplyKind.ANSWER, "有的")
    outbox.owe(reply)
    outbox.owe(reply)
    write(outbox, 0)
    outbox.owe(reply)
    assert outbox.choose(at(10)) is None


def test_private_words_go_alone_to_their_viewer() -> None:
    """Nothing public is added to them, and no mention."""
    outbox = Outbox(LIMITS)
    outbox.owe(greeting("小红"))
    secret = owed(ReplyKind.ORDER, "单号****1234")
    outbox.owe(structs.replace(secret, visibility=Visibility.PRIVATE))
    line = write(outbox, 0)
    assert line.text == "单号****1234"
    assert line.to == (secret.viewer,)
    assert line.visibility is Visibility.PRIVATE


def test_what_only_the_prompter_shows_needs_no_slot() -> None:
    """People at the console see it at once, whole, and the room's budget is untouched."""
    outbox = Outbox(LIMITS)
    outbox.owe(owed(ReplyKind.ANSWER, "有的"))
    write(outbox, 0)
    shown = structs.replace(
        owed(ReplyKind.ANSWER, "很长" * 30, name="小红"),
        visibility=Visibility.PROMPTER,
    )
    outbox.owe(shown)
    line = write(outbox, 0.1)
    assert line.visibility is Visibility.PROMPTER
    assert line.text == "@小红 " + "很长" * 30
    outbox.owe(owed(ReplyKind.ANSWER, "没有", name="小刚"))
    assert outbox.choose(at(1)) == at(3)


def test_a_room_that_cannot_be_written_to_is_served_by_the_prompter() -> None:
    """Every public line becomes one for a person to say."""
    outbox = Outbox(LIMITS, sinks=[Sink.PROMPTER])
    outbox.owe(owed(ReplyKind.ANSWER, "有的"))
    assert write(outbox, 0).visibility is Visibility.PROMPTER


def test_the_stricter_limits_hold() -> None:
    """Neither the settings nor the platform can loosen the other."""
    outbox = Outbox(LIMITS)
    outbox.limit(SendLimits(lines=10, per=timedelta(seconds=1), line_length=20))
    assert outbox.limits == replace(LIMITS, line_length=20)
    outbox.limit(SendLimits(lines=1, per=timedelta(seconds=9), line_length=100))
    assert outbox.limits.per == timedelta(seconds=9)


def test_unaddressed_lines_do_not_repeat_within_thirty_seconds() -> None:
    """A scheduled line waits; an answer to somebody without a name is varied."""
    outbox = Outbox(LIMITS)
    for when in (0, 1):
        outbox.owe(
            structs.replace(
                owed(ReplyKind.TIMER, "点点关注", when=when, life=90), addressed=False
            )
        )
    write(outbox, 0)
    assert outbox.choose(at(3)) == at(30)
    for n in range(2):
        masked = owed(ReplyKind.ANSWER, "有的", name=f"小**{n}", when=3)
        outbox.owe(masked)
    assert write(outbox, 3).text == "有的"
    assert write(outbox, 6).text == "亲，有的"
    assert write(outbox, 30).text == "点点关注"


def test_short_rooms_get_short_welcomes() -> None:
    """In 20 code points a lone newcomer is still welcomed whole."""
    outbox = Outbox(replace(LIMITS, line_length=20))
    outbox.owe(greeting("小明"))
    line = write(outbox, 0)
    assert line.text == "@小明 您好，欢迎光临～"
    outbox.owe(structs.replace(greeting("谁", 10), viewer=None))
    anonymous = write(outbox, 10)
    assert len(anonymous.text) <= 20
    assert anonymous.counted == 1


def test_the_same_replies_give_the_same_lines() -> None:
    """Nothing but the replies and the instants decides the bytes."""

    def run() -> list[LineOut]:
        outbox = Outbox(LIMITS)
        for n in range(30):
            outbox.owe(greeting(f"新人{n}", n % 3))
        for n in range(5):
            outbox.owe(owed(ReplyKind.ANSWER, f"答案{n}", name=f"观众{n}"))
        return [write(outbox, 3.0 * n) for n in range(2)]

    assert run() == run()


def test_a_choice_uses_nothing_up() -> None:
    """Asking twice gives the same line, and the slot is still free."""
    outbox = Outbox(LIMITS)
    outbox.owe(owed(ReplyKind.ANSWER, "有的"))
    assert outbox.choose(at(0)) == outbox.choose(at(0))
    assert len(outbox.queued) == 1


@given(st.text(max_size=200), st.integers(1, 40))
def test_splitting_loses_no_character(text: str, most: int) -> None:
    """The parts of any text, joined, are that text, and none is too long."""
    pieces = split(text, most)
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= most for piece in pieces)


@given(st.lists(st.sampled_from(["字", "👨‍👩‍👧", "é", "🇨🇳", "。", "a"]), max_size=40))
def test_lines_are_cut_between_graphemes(characters: list[str]) -> None:
    """What a reader sees as one character is never torn apart."""
    text = "".join(characters)
    whole = graphemes(text)
    for piece in split(text, 12):
        for grapheme in graphemes(piece):
            assert grapheme in whole
    assert graphemes(cut(text, 9)) == whole[: len(graphemes(cut(text, 9)))]


def test_a_thousand_replies_may_wait() -> None:
    """Every one of a long queue is said in turn."""
    outbox = Outbox(replace(LIMITS, lines=1000))
    for n in range(1000):
        outbox.owe(owed(ReplyKind.ANSWER, f"答案{n}", name=f"观众{n}", life=3600))
    said = {
        out for n in range(1000) if outbox.queued for out in write(outbox, n).covers
    }
    assert len(said) == 1000


def test_words_for_somebody_unnamed_carry_nobodys_name() -> None:
    """An order's status whose buyer can't be named must not look like another viewer's."""
    box = Outbox(LIMITS)
    box.owe(greeting("阿杰"))
    box.owe(owed(ReplyKind.ORDER, "订单****0012派送中", name="加我vx：abc123"))
    line = box.choose(at(0))
    assert isinstance(line, LineOut)
    assert "阿杰" not in line.text
    assert "****0012" in line.text


def test_a_promise_that_a_human_comes_is_its_viewers_welcome() -> None:
    """Whoever is handed off first thing is not welcomed again two seconds later."""
    box = Outbox(LIMITS)
    box.owe(greeting("小明"))
    box.owe(greeting("小红"))
    box.owe(owed(ReplyKind.HOLDING, "请稍等，我这边帮您核实一下"))
    line = box.choose(at(0))
    assert isinstance(line, LineOut)
    assert line.text == "@小明 您好，请稍等，我这边帮您核实一下"
    assert len(line.covers) == 2


def test_a_long_text_is_known_whole_with_its_first_part() -> None:
    """What is judged is more than a part; a text in one line is whole already."""
    box = Outbox(LIMITS)
    box.owe(owed(ReplyKind.ANSWER, "很长的话，" * 20))
    first = box.choose(at(0))
    assert isinstance(first, LineOut)
    assert first.parts > 1
    assert box.whole_texts(first) == ("很长的话，" * 20,)
    short = Outbox(LIMITS)
    short.owe(owed(ReplyKind.ANSWER, "短"))
    line = short.choose(at(0))
    assert isinstance(line, LineOut)
    assert short.whole_texts(line) == ()
