"""What each encoder that the second look may have is turned by tells a shop's matters apart."""

from __future__ import annotations

import numpy
import pytest

from streambot.application.encoder_maps import question_map
from streambot.application.patient_look import PatientLook
from streambot.bootstrap.encoders import Encoders
from streambot.domain.faq.normalise import normalise
from streambot.ports.encoder import Encoder
from streambot.testing import FakeEncoder
from tools.shops import read_shops
from tools.train_heads import ENCODERS
from tools.train_maps import texts_of

#: A line, what an entry asks that answers it, and what another entry of that shop asks.
_APART = (
    ("冬天滑雪戴着会起雾不", "镜片防雾吗", "镜片怎么换"),
    ("板刃钝了你们给修不", "可以帮忙磨刃吗", "板子多长合适"),
    ("我一米六 拿多长的板", "板子多长合适", "板底要打蜡吗"),
    ("胶条老化了在哪买", "有没有配件卖", "多久换一次"),
    ("吹着吹着跳闸咋整", "功率多大会跳闸吗", "能调几档风"),
    ("半夜开着吵不吵娃", "噪音大吗", "费不费电"),
    ("一晚上得几度电", "费不费电", "噪音大吗"),
    ("寄到拉萨加不加钱", "偏远地区运费怎么算", "用什么快递"),
    ("how thick is the pad", "What is the thickness?", "What colour does it come in?"),
    ("will it hold a 90kg guy", "What is the weight limit?", "How heavy is it?"),
    ("can i chuck it in the dishwasher", "How do I clean it?", "Is it oven safe?"),
    ("mine came with a screw missing", "Parts are missing", "How do I assemble it?"),
)


@pytest.fixture(scope="module", params=ENCODERS)
def encoder(request: pytest.FixtureRequest) -> Encoder:
    """Each, loaded once."""
    return Encoders().load(str(request.param))


def test_what_asks_the_same_is_nearer_than_what_another_entry_asks(
    encoder: Encoder,
) -> None:
    """More often than not by far, in lines it wasn't taught."""
    look = PatientLook(encoder)
    right = 0
    for line, same, other in _APART:
        look.learn(line, [normalise(same), normalise(other)])
        likeness = look.likeness(line, line)
        assert likeness is not None
        cosines = likeness.cosines
        right += cosines[normalise(same)] > cosines[normalise(other)]
    assert right >= len(_APART) - 2


def test_the_lines_are_not_among_those_that_taught_it() -> None:
    """So that the test above tells something."""
    taught = set(texts_of(read_shops()))
    assert not taught & {normalise(line) for line, _, _ in _APART}


def test_a_turned_vector_has_length_one_and_equals_itself(encoder: Encoder) -> None:
    """A text is as like itself as before, and what is unlike lies where weights expect it."""
    turn = question_map(encoder.name)
    assert turn is not None
    turned = turn.turned(encoder.encode([text for three in _APART for text in three]))
    assert numpy.allclose(numpy.linalg.norm(turned, axis=1), 1, atol=1e-4)
    assert turned.dtype == numpy.float32
    cosines = turned @ turned.T
    assert 0.5 < cosines.min() < cosines.mean() < 0.9


def test_rows_are_turned_alike_alone_or_together(encoder: Encoder) -> None:
    """A line's cosines don't depend on how many phrases were put at once."""
    turn = question_map(encoder.name)
    assert turn is not None
    vectors = encoder.encode(["什么时候发货", "怎么退货", "how much is it"])
    together = turn.turned(vectors)
    for row in range(len(vectors)):
        alone = turn.turned(vectors[row : row + 1])
        assert numpy.allclose(alone[0], together[row], atol=1e-6)


def test_an_encoder_that_nobody_taught_stays_as_it_is() -> None:
    """An operator's own model is compared by its own cosines."""
    look = PatientLook(FakeEncoder())
    assert question_map(look.name) is None
    look.learn("book", ["什么时候发货"])
    likeness = look.likeness("book", "什么时候发货")
    assert likeness is not None
    assert likeness.cosines["什么时候发货"] == pytest.approx(1, abs=1e-3)
