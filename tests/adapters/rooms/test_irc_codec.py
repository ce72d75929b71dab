"""IRC's codec on what servers really say, and on whatever else may come."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streambot.adapters.rooms.irc import codec
from streambot.adapters.rooms.irc.dialect import DIALECTS, GENERIC, TWITCH, Dialect
from streambot.adapters.rooms.irc.message import (
    Message,
    NotUnderstood,
    lines,
    parse,
    written,
)
from streambot.adapters.rooms.irc.registration import Failure, Registration
from streambot.domain.events import (
    LineWithdrawn,
    Origin,
    PlatformEvent,
    ViewerEntered,
    ViewerLeft,
    ViewerSpoke,
)
from streambot.domain.room import BroadcastId, RoomName, Scene
from streambot.domain.viewer import ANCHOR, MEMBER, MODERATOR, SELF, ViewerKey

PAYLOADS = Path(__file__).parents[2] / "payloads" / "irc"
NOW = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)


def _reading(dialect: Dialect) -> codec.Reading:
    return codec.Reading(
        scene=Scene(
            platform=dialect.platform,
            room=RoomName("demo"),
            broadcast=BroadcastId("today"),
        ),
        channel="#shop",
        nick="shopbot",
        dialect=dialect,
        key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
        fresh="new-",
    )


def _messages(name: str) -> list[Message]:
    text = (PAYLOADS / name).read_text(encoding="utf-8")
    return [parse(line) for line in lines(text)]


def _events(name: str, dialect: Dialect) -> list[PlatformEvent]:
    reading = _reading(dialect)
    return [
        event
        for message in _messages(name)
        for event in reading.events(message, NOW)
        if not reading.is_self(message)
    ]


def _spoken(events: list[PlatformEvent]) -> list[ViewerSpoke]:
    return [event for event in events if isinstance(event, ViewerSpoke)]


def test_inspircd_tells_arrivals_questions_and_leavings() -> None:
    """The question has the server's id; the line to us alone is no line of the room."""
    events = _events("inspircd-3.15.txt", GENERIC)
    kinds = [type(event) for event in events]
    assert kinds == [ViewerEntered, ViewerSpoke, ViewerLeft, ViewerEntered, ViewerLeft]
    (line,) = _spoken(events)
    assert line.text == "什么时候发货呀？😀"
    assert line.id.endswith("~0")
    assert {event.id for event in events if event is not line} == {
        f"new-{n}" for n in range(2, 6)
    }
    assert {event.viewer.key for event in events if hasattr(event, "viewer")} == {
        "irc:xiaoyu"
    }


def test_twitch_lines_carry_who_says_them() -> None:
    """Names, ranks, bits and the line answered come from the tags; the nick is who it is."""
    events = _events("twitch.txt", TWITCH)
    question, reply, cheer, resub = _spoken(events)
    (entered,) = [event for event in events if isinstance(event, ViewerEntered)]
    assert question.viewer.key == entered.viewer.key == "twitch:xiaoyu"
    assert question.viewer.name == "小雨"
    assert question.viewer.roles == {MEMBER}
    assert question.mentions_shop
    assert reply.viewer.is_anchor
    assert reply.reply_to == question.id
    assert reply.text == r"\o/"
    assert cheer.paid and not question.paid
    assert resub.viewer.key == "twitch:ronni"
    assert resub.viewer.roles == {MODERATOR}


def test_twitch_takes_lines_back() -> None:
    """One line by its id, or all that a viewer said lately when they are timed out."""
    events = _events("twitch.txt", TWITCH)
    question, _, cheer, _ = _spoken(events)
    gone = [event.event for event in events if isinstance(event, LineWithdrawn)]
    assert gone == [question.id, cheer.id]


def test_lines_of_a_channel_that_shares_its_chat_are_not_ours() -> None:
    """In a shared chat our own viewers' lines name our room as their source; others are passed over."""
    reading = _reading(TWITCH)
    ours, theirs = (
        parse(f"@id={n};room-id=5;source-room-id={n} :a!a@a PRIVMSG #shop :在吗")
        for n in (5, 6)
    )
    assert len(reading.events(ours, NOW)) == 1
    assert reading.events(theirs, NOW) == []


def test_a_clock_that_is_off_makes_nothing_old() -> None:
    """The quickest message is on time; what comes later than it did is as late as that."""
    reading = _reading(TWITCH)
    first, late = (
        parse(f"@id={n};tmi-sent-ts={ts} :a!a@a PRIVMSG #shop :在吗")
        for n, ts in ((1, 1_795_851_516_000), (2, 1_795_851_517_000))
    )
    (on_time,) = reading.events(first, NOW)
    (delayed,) = reading.events(late, NOW + timedelta(seconds=5))
    assert isinstance(on_time, ViewerSpoke) and isinstance(delayed, ViewerSpoke)
    assert on_time.at == NOW
    assert delayed.received_at - delayed.at == timedelta(seconds=4)


def test_history_in_a_batch_is_history() -> None:
    """What a server plays back is marked, and nothing after the batch is."""
    reading = _reading(GENERIC)
    said = ":a!a@a PRIVMSG #shop :在吗"
    told = [
        event
        for line in (
            "BATCH +x chathistory #shop",
            f"@batch=x;msgid=1 {said}",
            "BATCH -x",
            f"@msgid=2 {said}",
        )
        for event in reading.events(parse(line), NOW)
    ]
    assert [event.origin for event in told] == [Origin.HISTORY, Origin.LIVE]


def test_ranks_come_from_the_list_of_names() -> None:
    """An operator's line is the shop's own people's, an owner's is the host's."""
    reading = _reading(GENERIC)
    reading.events(parse(":s 353 shopbot = #shop :~host @mod plain shopbot"), NOW)
    roles = [
        event.viewer.roles
        for nick in ("host", "mod", "plain", "shopbot")
        for event in reading.events(parse(f":{nick}!u@h PRIVMSG #shop :在吗"), NOW)
        if isinstance(event, ViewerSpoke)
    ]
    assert roles == [{ANCHOR}, {MODERATOR}, set(), {SELF}]


def test_colours_are_no_text_and_programs_talk_is_no_line() -> None:
    """Formatting goes, an action is a line, CTCP is nobody's question."""
    assert codec.plain("\x0304,12红\x0f色\x02有\x02货吗") == "红色有货吗"
    assert codec.plain("\x01ACTION 想买\x01") == "想买"
    assert codec.plain("\x01VERSION\x01") == ""


def test_refusals_are_told_apart() -> None:
    """Twitch's notices and a server's numbers become the codes that pacing knows."""
    rate, muted = [
        outcome
        for message in _messages("twitch.txt")
        if (outcome := codec.refusal(message, TWITCH, NOW))
    ]
    assert (rate.code, rate.retry_after) == ("rate", 30)
    assert (muted.code, muted.retry_after) == ("muted", 30)
    codes = [
        outcome.code
        for message in _messages("inspircd-3.15.txt")
        if (outcome := codec.refusal(message, GENERIC, NOW))
    ]
    assert codes == ["closed", "forbidden"]


def test_no_text_ends_its_line_or_is_a_command() -> None:
    """A new line in a text stays a blank, and Twitch's / and . are written wide."""
    assert written("PRIVMSG", "#a", text="x\r\nQUIT") == "PRIVMSG #a :x QUIT\r\n"
    assert written("JOIN", "#a b\r\nQUIT") == "JOIN #abQUIT\r\n"
    assert codec.say(TWITCH, "#a", " /ban x") == "PRIVMSG #a :／ban x\r\n"
    assert codec.say(GENERIC, "#a", ".5", "l1") == "@label=l1 PRIVMSG #a :.5\r\n"


def test_a_generic_line_fits_into_512_bytes() -> None:
    """The longest line of pictures with the longest source still fits."""
    channel = "#" + "c" * 63
    text = "😀" * GENERIC.limits(channel).line_length
    line = f":{'n' * 30}!{'u' * 10}@{'h' * 64} PRIVMSG {channel} :{text}\r\n"
    assert len(line.encode()) <= 512


def _talk(registration: Registration, *heard: str) -> list[str]:
    said = registration.begin()
    for line in heard:
        said += registration.take(parse(line))
    return [line.rstrip() for line in said]


def _registering(dialect: Dialect, token: str = "") -> Registration:
    return Registration(dialect=dialect, channel="#shop", nick="shopbot", token=token)


def test_registration_follows_inspircd() -> None:
    """Only what is offered is asked for, and we are in when our own JOIN comes."""
    registration = _registering(GENERIC)
    heard = (PAYLOADS / "inspircd-3.15.txt").read_text(encoding="utf-8").splitlines()
    said = _talk(registration, *heard)
    assert said == [
        "CAP LS 302",
        "CAP REQ :message-tags server-time echo-message labeled-response batch",
        "NICK shopbot",
        "USER shopbot 0 * :streambot",
        "CAP END",
        "JOIN #shop",
    ]
    assert registration.joined


def test_registration_logs_in_with_sasl() -> None:
    """A token goes by SASL where it is offered over two lines of LS, never by PASS as well."""
    registration = _registering(GENERIC, "t0ken")
    said = _talk(
        registration,
        "CAP * LS * :server-time",
        "CAP * LS :sasl=PLAIN,EXTERNAL",
        "CAP * ACK :server-time sasl",
        "AUTHENTICATE +",
        ":s 903 shopbot :ok",
        ":s 433 * shopbot :in use",
        ":s 001 shopbot_ :hi",
        ":shopbot_!u@h JOIN #shop",
    )
    assert said[1:] == [
        "CAP REQ :server-time sasl",
        "NICK shopbot",
        "USER shopbot 0 * :streambot",
        "AUTHENTICATE PLAIN",
        "AUTHENTICATE c2hvcGJvdABzaG9wYm90AHQwa2Vu",
        "CAP END",
        "NICK shopbot_",
        "JOIN #shop",
    ]
    assert registration.joined and registration.nick == "shopbot_"


def test_the_account_stays_ours_whatever_we_are_called() -> None:
    """A ghost of ours has our nick: 433 comes ahead of "+", and the password is still shopbot's."""
    registration = _registering(GENERIC, "t0ken")
    said = _talk(
        registration,
        "CAP * LS :sasl",
        "CAP * ACK :sasl",
        ":s 433 * shopbot :in use",
        "AUTHENTICATE +",
    )
    assert said[-2:] == ["NICK shopbot_", "AUTHENTICATE c2hvcGJvdABzaG9wYm90AHQwa2Vu"]


def test_registration_on_twitch() -> None:
    """The token is said once with oauth: before it, and we are in after Twitch's own lines."""
    registration = _registering(TWITCH, "abc")
    heard = (PAYLOADS / "twitch.txt").read_text(encoding="utf-8").splitlines()
    assert _talk(registration, *heard[:5]) == [
        "CAP REQ :twitch.tv/tags twitch.tv/commands twitch.tv/membership",
        "PASS :oauth:abc",
        "NICK shopbot",
        "JOIN #shop",
    ]
    assert registration.joined


@pytest.mark.parametrize(
    ("dialect", "heard", "failure"),
    [
        (
            TWITCH,
            ":tmi NOTICE * :Login authentication failed",
            Failure.BAD_TOKEN,
        ),
        (GENERIC, ":s 904 shopbot :SASL failed", Failure.BAD_TOKEN),
        (GENERIC, ":s 464 shopbot :Password incorrect", Failure.BAD_TOKEN),
        (GENERIC, ":s 473 shopbot #shop :Invite only", Failure.NO_SUCH_ROOM),
        (
            TWITCH,
            "@msg-id=msg_channel_suspended :tmi NOTICE #shop :gone",
            Failure.NO_SUCH_ROOM,
        ),
        (TWITCH, "@msg-id=msg_banned :tmi NOTICE #shop :banned", Failure.BANNED),
    ],
)
def test_registration_says_why_we_do_not_get_in(
    dialect: Dialect, heard: str, failure: Failure
) -> None:
    """Each way of being turned away has a name."""
    registration = _registering(dialect, "t0ken")
    _talk(registration, heard)
    assert registration.failure is failure
    assert "t0ken" not in repr(registration)


_WORDS = st.sampled_from(
    [
        *("PRIVMSG", "JOIN", "PART", "KICK", "QUIT", "CLEARMSG", "CLEARCHAT", "REDACT"),
        *("353", "BATCH", "NOTICE", "CAP", "001", "433", "USERNOTICE", "AUTHENTICATE"),
        *("+", "LS", "ACK", "#shop", ":x", ":a!b@c", ":shopbot", "@id=1", "@time=x"),
        *("@tmi-sent-ts=9e9", "@tmi-sent-ts=99999999999999999999", "@batch=x"),
        *("@time=0001-01-01", "@badges=,/"),
    ]
)
_HOSTILE = st.lists(_WORDS | st.text(max_size=8), max_size=8).map(" ".join)


@settings(max_examples=150)
@given(
    frames=st.lists(_HOSTILE | st.binary(max_size=60), max_size=6),
    dialect=st.sampled_from(sorted(DIALECTS)),
)
def test_nothing_a_peer_sends_breaks_the_codec(
    frames: list[str | bytes], dialect: str
) -> None:
    """Any bytes are events, nothing, or not understood - while registering and after."""
    reading = _reading(DIALECTS[dialect])
    registration = _registering(DIALECTS[dialect], "t0ken")
    registration.begin()
    for frame in frames:
        for line in lines(frame):
            with suppress(NotUnderstood):
                message = parse(line)
                codec.refusal(message, DIALECTS[dialect], NOW)
                registration.take(message)
                for event in reading.events(message, NOW):
                    assert event.at <= event.received_at == NOW
                    assert 0 < len(event.id) <= 200


def test_what_is_too_long_is_not_understood() -> None:
    """Frames and lines have an end."""
    with pytest.raises(NotUnderstood, match="frame_too_long"):
        lines("x" * 70_000)
    with pytest.raises(NotUnderstood, match="line_too_long"):
        parse("x" * 20_000)
