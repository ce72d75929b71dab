"""What is heard in the vectors of each encoder that the second look may have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from streambot.application.encoder_heads import Head, anger_head, asked_head
from streambot.application.patient_look import PatientLook
from streambot.bootstrap.encoders import Encoders
from streambot.domain.faq.likeness import ToCompare
from streambot.domain.faq.normalise import normalise
from streambot.testing import FakeEncoder
from tools.train_heads import ENCODERS, angry_or_calm, asked_or_talk

#: Of the same matters in other words than any line that taught it.
_ANGRY = (
    "就这么打发我",
    "跟你们宣传的根本两码事",
    "一个礼拜了 连个影子都没有",
    "谁来给我个说法",
    "刚拆开就散架 你们就卖这个",
    "推来推去 最后谁都不管",
)
_CALM = (
    "不着急 你们先忙",
    "跟宣传图上的颜色挺接近",
    "一个礼拜能到就行",
    "谁来教教我这个怎么打",
    "刚拆开 在晾味道",
    "推图推得好慢 又团灭了",
)

#: What no line that taught it asks, of goods and of games.
_ASKED = (
    "我奶奶八十了咬得动不",
    "楼道窄 这个转得过弯不",
    "头围六十的能戴上么",
    "隔夜了还脆不脆",
    "拿错颜色了咋个换",
    "这灯晚上起夜晃眼睛不",
)
_TALK = (
    "这关的boss几条血啊",
    "主角最后咬没咬那个苹果",
    "你们班主任也收手机么",
    "昨晚那场加时赛谁绝杀的",
    "主播你咋又换房间了",
    "他俩是不是一个配音",
)


@pytest.fixture(scope="module")
def anger() -> Callable[[str, str], float | None]:
    """How angry a line sounds to an encoder by name; each is loaded once."""

    @cache
    def look(name: str) -> PatientLook:
        return PatientLook(Encoders().load(name))

    return lambda name, line: look(name).anger(line)


@pytest.mark.parametrize("name", ENCODERS)
def test_each_encoder_tells_the_angry_from_the_calm(
    anger: Callable[[str, str], float | None], name: str
) -> None:
    """Lines that it wasn't taught, about the same things with the same words."""
    heard = [anger(name, line) for line in (*_ANGRY, *_CALM)]
    assert None not in heard
    levels = [each or 0.0 for each in heard]
    angry, calm = levels[: len(_ANGRY)], levels[len(_ANGRY) :]
    assert sum(angry) / len(angry) > sum(calm) / len(calm) + 1
    assert sum(one > other for one in angry for other in calm) >= 27  # of 36


@pytest.mark.parametrize("name", ENCODERS)
def test_each_encoder_tells_what_a_shop_is_asked_from_talk(name: str) -> None:
    """Also where none of the words is one of trade."""
    look = PatientLook(Encoders().load(name))
    look.learn("book", ToCompare(("什么时候发货",)))
    told = [look.likeness("book", line) for line in (*_ASKED, *_TALK)]
    levels = [each.sounds for each in told if each and each.sounds is not None]
    asked, talk = levels[: len(_ASKED)], levels[len(_ASKED) :]
    assert len(talk) == len(_TALK)
    assert sum(asked) / len(asked) > sum(talk) / len(talk) + 1
    assert sum(one > other for one in asked for other in talk) >= 30  # of 36


def test_the_lines_are_not_among_those_that_taught_it() -> None:
    """So that the tests above tell something."""
    taught = {line for line, _, _ in angry_or_calm()}
    assert not taught & {*_ANGRY, *_CALM}
    taught = {line for line, _, _ in asked_or_talk()}
    assert not taught & {*map(normalise, (*_ASKED, *_TALK))}


@pytest.mark.parametrize("name", ENCODERS)
def test_the_same_words_sound_the_same(
    anger: Callable[[str, str], float | None], name: str
) -> None:
    """However often they are asked of, and however they are typed."""
    first = anger(name, "就这么打发我")
    assert first is not None
    assert anger(name, "就这么打发我！！") == first
    anger(name, "别的")
    assert anger(name, "就这么打发我") == first


def test_an_encoder_that_was_taught_nothing_tells_nothing() -> None:
    """An operator's own model is asked of the book alone."""
    look = PatientLook(FakeEncoder())
    look.learn("book", ToCompare(("什么时候发货",)))
    assert anger_head(look.name) is None
    assert look.anger("就这么打发我") is None
    likeness = look.likeness("book", "什么时候发货", said="就这么打发我")
    assert asked_head(look.name) is None
    assert likeness is not None
    assert likeness.anger is None and likeness.sounds is None


def test_what_was_said_is_told_beside_the_cosines(
    anger: Callable[[str, str], float | None],
) -> None:
    """Also where the line that is compared with the book is another."""
    look = PatientLook(Encoders().load("use"))
    look.learn("book", ToCompare(("什么时候发货",)))
    likeness = look.likeness("book", "几天能寄", said="就这么打发我")
    assert likeness is not None
    assert likeness.anger == anger("use", "就这么打发我")
    assert look.likeness("book", "几天能寄") == replace(likeness, anger=None)


def test_a_head_is_a_sum() -> None:
    """Weights by places, and what is added."""
    import numpy

    from streambot.application.vector_table import packed

    (vector,) = packed(numpy.array([[1.0, 0.5]], dtype=numpy.float32))
    head = Head(numpy.array([2.0, -4.0], dtype=numpy.float32), 0.25)
    assert head.hears(vector) == 0.25
