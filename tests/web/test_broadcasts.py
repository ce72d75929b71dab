"""A room's evening over HTTP: what it came to, who may see which part, the notice and its guard."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from streambot.domain.broadcast import BroadcastMark
from streambot.domain.decision import Decision, DecisionKind
from streambot.domain.reply import LineId, LineOut, OutId, Reply, ReplyKind, ReplyState
from streambot.domain.room import BroadcastId
from streambot.domain.viewer import ViewerKey
from streambot.ports.store import RoomBatch
from tests.web.simple_rooms import ROOM
from tests.web.site import Site


async def begin(site: Site, *, begins: bool = True, by: str = "") -> None:
    """What the engine keeps as a broadcast begins or ends."""
    told = BroadcastMark(
        broadcast=BroadcastId("b"), at=site.clock.now(), begins=begins, by=by
    )
    site.store.append(RoomBatch(room=ROOM, marks=[told]), lambda _: None)
    await site.store.transact(lambda _: None)


async def test_the_summary_says_what_the_evening_came_to(site: Site) -> None:
    """As JSON and as a page, with names for reasons; viewers' words stay words."""
    await begin(site)
    await site.say("阿花", "<b>几号发货</b>")
    await site.hand_off("阿花", "骗子！退钱")
    person = await site.log_in("李姐")
    async with person.get(f"/api/rooms/{ROOM}/summary") as answer:
        found = await answer.json()
    assert (found["lines"], found["tickets_left"], found["ended_at"]) == (1, 1, None)
    await begin(site, begins=False, by="小运")
    async with person.get(f"/api/rooms/{ROOM}/broadcasts") as answer:
        (told,) = (await answer.json())["broadcasts"]
    assert (told["ended_by"], told["began_by"]) == ("小运", "")
    async with person.get(f"/rooms/{ROOM}/summary?number={told['number']}") as answer:
        text = await answer.text()
    assert "本场小结" in text
    assert "<b>几号" not in text
    async with person.get(f"/api/rooms/{ROOM}/summary?number=99") as answer:
        assert answer.status == 404
        assert (await answer.json())["code"] == "no_broadcast"


async def answered(site: Site, entry: str) -> None:
    """A line is answered from *entry*, and the room takes the answer."""
    event, now = await site.say("阿花", "几号发货"), site.clock.now()
    reply = Reply(
        out_id=OutId(f"o-{entry}"),
        kind=ReplyKind.ANSWER,
        trigger=event,
        owed_at=now,
        expires_at=now + timedelta(minutes=1),
        text="48小时内发出",
    )
    made = Decision(
        at=now,
        event_id=event,
        viewer=ViewerKey("k-阿花"),
        kind=DecisionKind.ANSWER,
        entry=entry,
        out_id=reply.out_id,
    )
    line = LineOut(
        line_id=LineId(f"l-{entry}"),
        kind=ReplyKind.ANSWER,
        text=reply.text,
        covers=(reply.out_id,),
        made_at=now,
    )
    batch = RoomBatch(room=ROOM, decisions=[made], replies=[reply])
    site.store.append(batch, lambda _: None)
    assert await site.store.line_sending(line, ROOM)
    await site.store.line_settled(line, ROOM, ReplyState.SENT, now)


async def test_what_was_answered_is_called_by_its_question(site: Site) -> None:
    """Entries by what they are asked, the bot's own answers in words; codes are for the API."""
    await begin(site)
    for entry in ("ship", "size_table", "praise", "gone"):
        await answered(site, entry)
    person = await site.log_in("李姐")
    async with person.get(f"/api/rooms/{ROOM}/summary") as answer:
        found = (await answer.json())["answered"]
    assert found == dict.fromkeys(("gone", "praise", "ship", "size_table"), 1)
    async with person.get(f"/rooms/{ROOM}/summary") as answer:
        text = await answer.text()
    shown = re.findall(r'<th scope="row"[^>]*><bdi>([^<]*)', text)
    # The book no longer has the first: its merchant's name for it is all there is.
    assert shown == ["gone", "谢谢夸奖", "几号发货", "按尺码表推荐尺码"]
    assert 'title="ship"' in text


async def test_an_operator_reads_figures_and_no_words_of_viewers(site: Site) -> None:
    """The list of questions is left out; the figures are the same."""
    await begin(site)
    person = await site.log_in("小运")
    async with person.get(f"/api/rooms/{ROOM}/summary") as answer:
        assert (await answer.json())["unanswered"] == []
    async with person.get(f"/rooms/{ROOM}/summary") as answer:
        assert "没回答的问题" not in await answer.text()


@pytest.mark.parametrize(
    ("text", "status", "pinned"),
    [
        ("今晚八点\n抽奖", 200, "今晚八点 抽奖"),
        ("", 200, ""),
        ("加我微信13800138000", 409, "原来的"),
        ("长" * 201, 409, "原来的"),
    ],
)
async def test_a_notice_is_pinned_as_the_guard_allows(
    site: Site, text: str, status: int, pinned: str
) -> None:
    """What would be held is refused with the words that it is about; the old one stays."""
    site.view.pin("原来的")
    person = await site.log_in("小运")
    async with person.post(f"/api/rooms/{ROOM}/notice", {"text": text}) as answer:
        assert answer.status == status, await answer.text()
    assert site.view.notice == pinned


async def test_begin_and_end_by_hand_are_shown_and_audited(site: Site) -> None:
    """Who said so stands in the audit; the console shows since when."""
    person = await site.log_in("小运")
    for begins in (True, False):
        path = f"/api/rooms/{ROOM}/broadcast"
        async with person.post(path, {"begins": begins}) as answer:
            assert answer.status == 200
        assert (site.view.since is not None) is begins
    boss = await site.log_in("李姐")
    async with boss.get(f"/api/audit?room={ROOM}") as answer:
        acts = [row["action"] for row in (await answer.json())["rows"]]
    assert acts[:2] == ["broadcast_ended", "broadcast_begun"]
