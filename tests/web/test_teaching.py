"""Teaching over HTTP: a line's why, what a phrasing would change, who may write it, and the file after."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from streambot.bootstrap.encoders import Encoders
from streambot.domain.faq.measure_names import ENCODED, MEASURES
from streambot.testing import FakeEncoder
from tests.web.simple_rooms import ROOM
from tests.web.site import BOOK, Person, Site, open_site

_ROOM = f"/api/rooms/{ROOM}"


async def _ask(person: Person, path: str, body: object = None) -> tuple[int, Any]:
    """Status and JSON of a request of the room."""
    asked = (
        person.get(_ROOM + path) if body is None else person.post(_ROOM + path, body)
    )
    async with asked as answer:
        return answer.status, await answer.json()


async def _text(site: Site) -> str:
    return await asyncio.to_thread(site.book.read_text, encoding="utf-8")


async def test_why_tells_reason_score_and_runners_up(site: Site) -> None:
    """A journaled line is judged by the book in force, with candidates and what spoke for them."""
    event = await site.say("小鹿", "这个几号发货呀")
    agent = await site.log_in("小王")
    status, told = await _ask(agent, f"/why?event={event}")
    assert status == 200
    assert (told["text"], told["outcome"], told["entry"]) == (
        "这个几号发货呀",
        "answer",
        "ship",
    )
    assert told["decided"] is None
    first = told["candidates"][0]
    assert (first["entry"], first["phrasing"]) == ("ship", "几号发货")
    assert first["why"].keys() == set(MEASURES)
    assert 0 < len(first["grounds"]) <= 5
    assert {each["name"] for each in first["grounds"]} <= {*MEASURES, "led"}
    assert (told["looked_again"], told["intent"]) == (False, None)
    assert 0 <= told["shop"] <= 1
    assert "k-小鹿" not in str(told)


async def test_a_common_question_without_an_answer_is_named(tmp_path: Path) -> None:
    """The intent that was asked for is told with its title."""
    async with open_site(tmp_path / "data") as site:
        boss = await site.log_in("李姐")
        told = (await _ask(boss, "/try", {"text": "可以开发票吗"}))[1]
    assert (told["outcome"], told["reason"]) == ("handoff", "known_question")
    assert told["intent"]["id"] == "invoice"
    assert told["intent"]["title"]


async def test_the_rooms_second_look_is_asked(tmp_path: Path) -> None:
    """A line the first look is unsure of is compared by meaning, as in the room; an encoder that
    doesn't answer in time, or fails, costs only that."""
    encoder = FakeEncoder(("啥时候给寄出来", "什么时候发货"))
    asked = {"text": "啥时候给寄出来"}
    async with open_site(tmp_path / "data", encoder=encoder) as site:
        boss = await site.log_in("李姐")
        told = (await _ask(boss, "/try", asked))[1]
        assert told["looked_again"]
        assert set(ENCODED) < told["candidates"][0]["why"].keys()
        encoder.broken = True
        broken = (await _ask(boss, "/try", {"text": "啥时候给寄出去"}))[1]
        encoder.broken = False
        encoder.goes_on.clear()
        late = (await _ask(boss, "/try", {"text": "啥时候给寄过来"}))[1]
        encoder.goes_on.set()
    assert not broken["looked_again"]
    assert not late["looked_again"]
    assert late["candidates"][0]["entry"] == "ship"


async def test_anger_is_told_as_the_rooms_encoder_hears_it(tmp_path: Path) -> None:
    """Without one the line is merely uneasy by its words."""
    moods = list[str]()
    for encoder in (None, await asyncio.to_thread(Encoders().load, "use")):
        async with open_site(tmp_path / str(len(moods)), encoder=encoder) as site:
            boss = await site.log_in("李姐")
            told = (await _ask(boss, "/try", {"text": "退个货这么费劲"}))[1]
            moods.append(told["mood"])
    assert moods == ["uneasy", "angry"]


async def test_a_shown_line_is_explained_before_it_is_journaled(site: Site) -> None:
    """What stands on the page can be asked about; what nobody knows is not found."""
    line = site.viewer_line("小鹿", "包邮吗")
    agent = await site.log_in("小王")
    assert (await _ask(agent, f"/why?event={line.id}"))[1]["entry"] == "fee"
    assert (await _ask(agent, "/why?event=other"))[0] == 404


async def test_entries_are_found_by_what_they_ask_and_say(site: Site) -> None:
    """The likeliest entry comes first; words of an answer find it too; none lists all."""
    agent = await site.log_in("小王")
    found = (await _ask(agent, "/entries?words=发货"))[1]["entries"]
    assert found[0]["id"] == "ship"
    assert [
        each["id"] for each in (await _ask(agent, "/entries?words=七天"))[1]["entries"]
    ] == ["return"]
    assert len((await _ask(agent, "/entries?words="))[1]["entries"]) == 3


async def test_a_supervisor_sees_the_effect_and_adds(site: Site) -> None:
    """The preview counts the room's lines that would be answered; adding keeps comments and the
    book in force answers the line."""
    for viewer in ("小鹿", "momo"):
        await site.say(viewer, "啥时候给装车")
    boss = await site.log_in("李姐")
    asked = {"text": "@主播 啥时候给装车", "entry": "ship"}
    status, seen = await _ask(boss, "/phrasings/preview", asked)
    assert status == 200
    assert seen["text"] == "啥时候给装车"
    assert seen["may_edit"]
    assert seen["problem"] is None
    assert seen["answered"]["lines"] == [
        {"text": "啥时候给装车", "times": 2, "before": None, "after": "ship"}
    ]
    assert (seen["file"], seen["line"]) == ("book.yaml", 3)
    assert await _text(site) == BOOK
    body = {**asked, "seen": seen["seen"]}
    status, done = await _ask(boss, "/phrasings", body)
    assert (status, done["state"], done["by"]) == (200, "added", "李姐")
    added = BOOK.replace("多久能发]", "多久能发, 啥时候给装车]")
    assert await _text(site) == added
    backup = site.book.with_name("book.yaml.learned.bak")
    assert await asyncio.to_thread(backup.read_text, encoding="utf-8") == BOOK
    understanding = await site.reload()
    assert understanding.matcher.match("啥时候给装车").entry == "ship"
    assert (await _ask(boss, "/phrasings"))[1]["waiting"] == []


async def test_an_agents_line_waits_for_a_supervisor(site: Site) -> None:
    """An agent's click leaves the file alone, once however often; a supervisor accepts it."""
    agent, boss = await site.log_in("小王"), await site.log_in("李姐")
    asked = {"text": "运费是多少呀", "entry": "fee"}
    seen = (await _ask(agent, "/phrasings/preview", asked))[1]
    assert not seen["may_edit"]
    for _ in range(2):
        done = (await _ask(agent, "/phrasings", {**asked, "seen": seen["seen"]}))[1]
        assert done["state"] == "waiting"
    assert await _text(site) == BOOK
    assert site.view.counters["suggestions"] == 1
    (waiting,) = (await _ask(boss, "/phrasings"))[1]["waiting"]
    assert (waiting["text"], waiting["by"]) == ("运费是多少呀", "小王")
    path = f"/phrasings/{waiting['id']}"
    assert (await _ask(boss, path, {"accept": True}))[0] == 409
    accepted = await _ask(boss, path, {"accept": True, "seen": seen["seen"]})
    assert (accepted[0], accepted[1]["state"]) == (200, "added")
    assert "      - 要不要运费\n      - 运费是多少呀\n" in await _text(site)
    assert site.view.counters["suggestions"] == 0
    kept = await site.store.suggestions.get(waiting["id"])
    assert kept is not None
    assert (kept.by, kept.settled_by, kept.state) == ("小王", "李姐", "added")
    assert (await _ask(boss, path, {"accept": False}))[0] == 409


async def test_a_declined_suggestion_leaves_the_book(site: Site) -> None:
    """What a supervisor declines is gone from the list and was never written."""
    agent, boss = await site.log_in("小王"), await site.log_in("李姐")
    asked = {"text": "退不退", "entry": "return"}
    seen = (await _ask(agent, "/phrasings/preview", asked))[1]["seen"]
    await _ask(agent, "/phrasings", {**asked, "seen": seen})
    (waiting,) = (await _ask(boss, "/phrasings"))[1]["waiting"]
    done = (await _ask(boss, f"/phrasings/{waiting['id']}", {"accept": False}))[1]
    assert done["state"] == "declined"
    assert (await _ask(boss, "/phrasings"))[1]["waiting"] == []
    assert await _text(site) == BOOK


@pytest.mark.parametrize(
    ("text", "entry", "code"),
    [
        ("包邮吗", "ship", "collides"),
        ("几号发货", "ship", "known"),
        ("打我电话13800000001", "ship", "personal"),
        ("订单尾号4821几号发", "ship", "personal"),
        ("！！！", "ship", "empty"),
        ("几号发", "nowhere", "no_entry"),
    ],
)
async def test_what_does_not_fit_is_refused_with_the_reason(
    site: Site, text: str, entry: str, code: str
) -> None:
    """Another entry's phrasing, a known one, personal data, nothing to read: one sentence each."""
    boss = await site.log_in("李姐")
    status, told = await _ask(
        boss, "/phrasings/preview", {"text": text, "entry": entry}
    )
    assert (status, told["code"]) == (409, code)
    assert told["zh"]
    seen = {"text": text, "entry": entry, "seen": "x"}
    assert (await _ask(boss, "/phrasings", seen))[1]["code"] == code
    assert await _text(site) == BOOK


async def test_a_file_that_changed_meanwhile_is_left(site: Site) -> None:
    """A merchant's edit between looking and adding wins: look again."""
    boss = await site.log_in("李姐")
    asked = {"text": "啥时候给寄出来", "entry": "ship"}
    seen = (await _ask(boss, "/phrasings/preview", asked))[1]["seen"]
    edited = BOOK.replace("48小时内发出", "24小时内发出")
    await asyncio.to_thread(site.book.write_text, edited, encoding="utf-8")
    status, told = await _ask(boss, "/phrasings", {**asked, "seen": seen})
    assert (status, told["code"]) == (409, "changed")
    assert await _text(site) == edited
    assert (await _ask(boss, "/phrasings"))[1]["waiting"] == []
