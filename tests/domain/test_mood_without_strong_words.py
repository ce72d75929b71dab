"""Anger that no strong word tells: mockery, ultimatums, shaming, disguises, and English."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader
from streambot.domain.mood.reading import MoodLevel

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    [
        "当我们消费者是傻子吗",
        "你们客服都眼瞎吗",
        "花钱买气受",
        "谁买谁倒霉",
        "迟早要倒闭",
        "这店怎么还没倒闭",
        "不想干就关门",
        "还有脸笑，脸皮真厚",
        "道歉有什么用",
        "等了这么些天，等到过年吗，耍猴呢",
        "人呢？人呢？",
        "付款前是上帝，付款后是孙子，吃相太难看，说谎",
        "这是人穿的吗，还不如抹布",
        "太棒了，又是已读不回",
        "厉害了，发个空包裹",
        "呵呵，好一个七天无理由",
        "一星都嫌多",
        "删我的评论是吧",
        "让管事的出来",
        "说了多少遍还是这样",
        "😡😡😡货呢",
        "这事没完",
    ],
)
def test_mockery_and_ultimatums_are_anger(line: str) -> None:
    """Nobody says this who is content, whatever else the line holds."""
    assert READER.read(line).mood == "angry"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("主播睁着眼睛说瞎话", "P1"),
        ("满嘴跑火车，没一句实话", "P1"),
        ("别骗了，全是托，演给谁看", "P1"),
        ("镯子送检是玻璃", "P1"),
        ("骗🐶", "P1"),
        ("片子直播间别信", "P1"),
        ("尼玛，这是人穿的吗", "P1"),
        ("司马客服", "P1"),
        ("滚出直播间", "P1"),
        ("拉鸡东西", "P2"),
        ("垃土及", "P2"),
        ("充电宝鼓包了", "P0"),
        ("the charger caught fire", "P0"),
        ("my kid got a rash", "P0"),
        ("shame on you", "P2"),
        ("the box was empty", "P2"),
        ("I'm reporting this shop", "P2"),
        ("it peeled in a week, you call this leather", "P2"),
        ("are you kidding me", "P2"),
        ("sh1t quality", "P1"),
    ],
)
def test_its_level_is_that_of_its_words(line: str, level: str) -> None:
    """Danger before fraud and abuse, these before the rest; disguised or not."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == ("angry", MoodLevel(level))
    for evidence in reading.evidence:
        assert line[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize(
    "line",
    [
        "脸皮薄不敢问",
        "演得真好",
        "睁眼瞎",
        "这个动物园还没倒闭吗",
        "假货怎么分辨呀主播教一下",
        "入坑三年了一直在",
        "马上就到",
        "用了半个月了还是很好用",
        "人呢",
        "第二天就到了厉害了",
        "太棒了又抢到了",
        "装得下吗",
        "退款要等几天啊",
        "快递费谁承担",
        "他妈妈也在看",
        "亮瞎了我的眼",
        "还有脸霜吗",
        "我脸皮厚",
        "你给你老婆买了吗",
        "等到过年再穿",
        "早晚凉凉的",
        "厉害了，坚持了一个月",
        "太棒了，才发现这家店",
        "全是托尼老师剪的",
        "经鉴定为假哭",
        "third time buying, love it",
        "the fire sale is over",
        "is anyone here from Shanghai",
        "can I get a star sticker",
    ],
)
def test_their_neighbours_are_calm(line: str) -> None:
    """The same words, said of something else or in joy."""
    assert READER.read(line).mood == "calm"


def test_a_question_mark_excuses_no_insult() -> None:
    """Who asks about a risk is calm; who insults while asking isn't."""
    assert READER.read("会不会掉色啊？").mood == "calm"
    assert READER.read("尼玛能退吗？").mood == "angry"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("食物中毒了", "P0"),
        ("手机爆炸了", "P0"),
        ("割破手了", "P0"),
        ("宝宝受伤了", "P0"),
        ("要告你", "P0"),
        ("去工商局", "P0"),
        ("高仿", "P1"),
        ("上当了", "P1"),
        ("老板跑路了", "P1"),
        ("他妈的", "P1"),
        ("主播死全家", "P1"),
        ("狗东西", "P1"),
        ("甩锅", "P3"),
        ("真行啊，货呢，已读不回", "P2"),
        ("吃相难看", "P2"),
        ("劝大家别买了", "P2"),
        ("客服冷淡，爱答不理", "P2"),
        ("每次都说马上处理，马上是多久", "P2"),
        ("跟直播里看到的根本不是一个东西", "P2"),
        ("昨天刚买今天就便宜了五十，太坑", "P1"),
        ("服务太不到位了", "P2"),
        ("food poisoning", "P0"),
        ("骗子，什么店", "P1"),
        ("食物中毒，什么商家", "P0"),
        ("虚假发货", "P1"),
        ("商家无赖", "P1"),
        ("投诉！", "P2"),
        ("垃圾 垃圾", "P2"),
        ("退、钱", "P2"),
        ("骗。子", "P1"),
    ],
)
def test_a_serious_word_is_heard_however_calm_the_line_sounds(
    line: str, level: str
) -> None:
    """A line of nothing but the word has no tone that could tell of it."""
    assert READER.read(line).level == MoodLevel(level)


@pytest.mark.parametrize(
    "line",
    [
        "我妈的生日",
        "假发掉了",
        "过敏用什么好",
        "穿老妈的外套",
        "卑鄙的外乡人",
        "别放屁股下面",
        "游戏里又死了",
        "断尾跑路一气呵成",
        "建议大家不要买大一码，正常码就行",
        "还没发货吧",
        "下单好久了没想到这么好用，很喜欢",
        "今天买明天就到了",
    ],
)
def test_words_that_only_hold_one_are_calm(line: str) -> None:
    """What is somebody's mother's, a quotation, a game, or advice on sizes."""
    assert READER.read(line).mood != "angry"
