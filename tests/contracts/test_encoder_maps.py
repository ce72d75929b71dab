"""What each encoder that the second look may have is turned by tells a shop's matters apart."""

from __future__ import annotations

from itertools import product

import numpy
import pytest

from streambot.application.encoder_maps import question_map
from streambot.application.patient_look import PatientLook
from streambot.bootstrap.encoders import Encoders
from streambot.domain.faq.likeness import ToCompare
from streambot.domain.faq.normalise import normalise
from streambot.ports.encoder import Encoder
from streambot.testing import FakeEncoder
from tools.shop_vectors import texts_of
from tools.shops import read_shops
from tools.train_heads import ENCODERS

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
        look.learn(line, ToCompare((normalise(same), normalise(other))))
        likeness = look.likeness(line, line)
        assert likeness is not None
        cosines = likeness.cosines
        right += cosines[normalise(same)] > cosines[normalise(other)]
    assert right >= len(_APART) - 2


#: What an entry asks and answers, and lines that only the answer speaks of.
_SHOP = (
    (
        ("这笔用什么墨水", "墨水怎么换", "墨囊通用吗"),
        "用欧标短墨囊，也能吸瓶装墨水，别灌炭素墨，会堵",
        ("灌碳素的行不", "瓶子里的墨能直接抽上来不"),
    ),
    (
        ("笔尖有几种", "笔尖选哪个", "笔尖粗细怎么选"),
        "EF写小字和账本，F日常，M练字签名",
        ("抄账本密密麻麻的买哪款", "签大名好看点的"),
    ),
    (
        ("掉地上摔坏了怎么办", "笔坏了能修吗", "保修多久"),
        "人为摔弯了收成本价换，寄回来三天修好，一年内自然坏了免费",
        ("自己磕弯的要掏多少", "送回去修多长时间能拿到"),
    ),
    (
        ("有礼盒吗", "送人有包装吗", "能当礼物吗"),
        "木盒带手提袋，能刻十个字，刻字晚一天发",
        ("给老师写句话上去行吗", "要提着走有袋子没"),
    ),
    (
        ("什么时候发货", "今天能发吗", "多久能到"),
        "下午四点前拍当天顺丰，江浙沪次日到",
        ("苏州后天用来得及不", "傍晚才付钱是明天走吗"),
    ),
)


def test_what_only_an_answer_speaks_of_is_nearer_where_answers_count(
    encoder: Encoder,
) -> None:
    """The same questions with answers that tell nothing find fewer entries."""
    told, silent = PatientLook(encoder), PatientLook(encoder)
    entries = [(tuple(map(normalise, asked)), said) for asked, said, _ in _SHOP]
    phrases = tuple(each for asked, _ in entries for each in asked)
    answers = {each: (normalise(said),) for asked, said in entries for each in asked}
    told.learn("book", ToCompare(phrases, answers))
    silent.learn("book", ToCompare(phrases))
    leads: dict[str, list[float]] = {"told": [], "silent": []}
    for (asked, _), (*_, lines) in zip(entries, _SHOP, strict=True):
        for line, (name, look) in product(lines, (("told", told), ("silent", silent))):
            likeness = look.likeness("book", line, asked=phrases)
            assert likeness is not None
            cosines = likeness.cosines
            others = max(cosines[each] for each in phrases if each not in asked)
            leads[name].append(max(cosines[each] for each in asked) - others)
    assert sum(leads["told"]) > sum(leads["silent"])
    assert sum(lead > 0 for lead in leads["told"]) >= 6


def test_an_answer_that_says_nothing_changes_nothing(encoder: Encoder) -> None:
    """可以的亲亲, whatever was asked."""
    look = PatientLook(encoder)
    phrases = tuple(map(normalise, ("什么时候发货", "几天能发出", "今天拍明天发吗")))
    look.learn("none", ToCompare(phrases))
    before = look.likeness("none", "拍了多久寄出呀")
    for said in ("可以的亲亲", "详情请咨询客服", "点下方小黄车就能看到哦"):
        look.learn(said, ToCompare(phrases, dict.fromkeys(phrases, (said,))))
        assert look.likeness(said, "拍了多久寄出呀") == before


def test_the_lines_are_not_among_those_that_taught_it() -> None:
    """So that the test above tells something."""
    taught = set(texts_of(read_shops()))
    assert not taught & {normalise(line) for line, _, _ in _APART}
    assert not taught & {normalise(line) for *_, lines in _SHOP for line in lines}


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
    look.learn("book", ToCompare(("什么时候发货",)))
    likeness = look.likeness("book", "什么时候发货")
    assert likeness is not None
    assert likeness.cosines["什么时候发货"] == pytest.approx(1, abs=1e-3)
