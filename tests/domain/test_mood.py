"""Anger, complaint and risk are seen, with evidence; harmless words that look alike are not."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from streambot.domain.faq.normalise import folded
from streambot.domain.mood import (
    ANGRY_AT,
    Mood,
    MoodLevel,
    MoodReader,
    handoff_reason,
    reader,
)
from tests.domain.mood_words import WORDS

READER = MoodReader()
#: Turns of phrase that weigh for or against anger, and words of games that mean nothing.
TURNS = (
    *(
        "你们",
        "怎么",
        "还没",
        "一直",
        "太",
        "慢",
        "差",
        "等了三天了",
        "不给处理",
        "必须",
        "客服",
        "到底",
    ),
    *(
        "如果",
        "谢谢",
        "龙",
        "哈哈",
        "好看",
        "主播",
        "！",
        "？",
        "结果",
        "我都",
        "真的",
        "死了",
        "什么",
    ),
)


def is_angry(line: str) -> bool:
    """Whether *line* calls for a person."""
    return READER.read(line).mood is Mood.ANGRY


@pytest.mark.parametrize(
    ("line", "level", "reason"),
    [
        ("再不处理我打12315", "P0", "legal"),
        ("我要去消协告你们", "P0", "legal"),
        ("已经报警了，等着收律师函", "P0", "legal"),
        ("等着吧，明天就曝光你们", "P0", "legal"),
        ("零食里有虫", "P0", "safety_word"),
        ("抹完脸都烂脸了", "P0", "safety_word"),
        ("孩子吃完拉肚子了", "P0", "safety_word"),
        ("插上就漏电", "P0", "safety_word"),
        ("就是个骗子店", "P1", "angry"),
        ("卖的全是假货", "P1", "angry"),
        ("黑心商家", "P1", "angry"),
        ("nmsl", "P1", "angry"),
        ("马上给我退钱", "P2", "complaint"),
        ("把钱还我", "P2", "complaint"),
        ("到底发不发货", "P2", "complaint"),
        ("都半个月了还没发货", "P2", "complaint"),
        ("问了五遍都没人理", "P2", "complaint"),
        ("凭什么让我出运费", "P2", "complaint"),
        ("穿一次就开线了，质量太差", "P2", "complaint"),
        ("客服态度恶劣，再也不买了", "P2", "complaint"),
    ],
)
def test_each_level_has_its_reason(line: str, level: str, reason: str) -> None:
    """Law and safety, abuse and fraud, demand and delay: what the desk ranks by."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == (Mood.ANGRY, level)
    assert handoff_reason(reading) == reason


def test_the_highest_level_wins() -> None:
    """A line that demands, insults and threatens is a threat."""
    assert READER.read("骗子，赶紧退钱，不然打12315").level is MoodLevel.P0


@pytest.mark.parametrize(
    "line", ["物流有点慢", "有点失望", "菜不太新鲜", "有点敷衍吧", "slow delivery"]
)
def test_polite_dissatisfaction_is_uneasy_and_calls_nobody(line: str) -> None:
    """P3 stays below the threshold."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == (Mood.UNEASY, "P3")
    assert 0 < reading.score < ANGRY_AT


@pytest.mark.parametrize(
    "line",
    [
        *(
            "草莓好吃",
            "操作简单吗",
            "狗粮多少钱",
            "垃圾袋多少钱",
            "变态辣的有吗",
            "牛逼",
        ),
        *(
            "滚筒洗衣机几公斤",
            "日用的多长",
            "有干货吗",
            "韭菜盒子怎么卖",
            "工商银行能付吗",
        ),
        *("退烧贴有吗", "打假的来了", "律师函警告哈哈", "骗你是小狗", "客服态度好"),
        *(
            "奶妈的技能好强",
            "丑橘甜不甜",
            "黑心棉是什么",
            "破洞牛仔裤有货吗",
            "暑假放假发货吗",
        ),
    ],
)
def test_innocent_words_are_masked(line: str) -> None:
    """A word that only holds an angry one is no anger."""
    assert READER.read(line).mood is Mood.CALM


@pytest.mark.parametrize(
    "line",
    [
        *(
            "气死我了太好看了",
            "tmd真香",
            "杀疯了",
            "我哭死",
            "绝了绝了",
            "笑死我了",
            "馋死我了",
        ),
        "烦死了怎么这么好吃",
    ],
)
def test_delight_cancels_mild_words(line: str) -> None:
    """Praise turns an exclamation into delight."""
    assert READER.read(line).mood is Mood.CALM


@pytest.mark.parametrize(
    "line", ["退钱！喜欢个屁", "骗子，黑心商家，还绝绝子呢", "是好看，但必须给我退钱"]
)
def test_delight_cancels_no_demand_and_no_two_insults(line: str) -> None:
    """Money back is money back, however nice the goods."""
    assert is_angry(line)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "是不是假货",
            "会不会过敏",
            "怎么退款",
            "有差评吗",
            "投诉电话多少",
            "会漏电吗",
            "怎么退钱啊",
        ),
        "敏感肌用了会过敏吗",
    ],
)
def test_a_question_about_a_risk_is_a_question(line: str) -> None:
    """Asking whether it happens accuses nobody."""
    assert not is_angry(line)


@pytest.mark.parametrize(
    "line",
    [
        *("今天发不发", "明天发不发货", "退不退运费", "给不给退", "开不开发票"),
        *("发货了给我发个消息", "看看我的问题", "回复一下我的问题"),
    ],
)
def test_whether_or_not_and_small_requests_are_calm(line: str) -> None:
    """The 不 of 发不发 refuses nothing, and 给我 asks for more than it demands."""
    assert not is_angry(line)


@pytest.mark.parametrize(
    "line",
    ["到底发不发货", "究竟退不退", "就是不给退", "不发货还不退钱", "怪我的问题？"],
)
def test_whether_or_not_that_presses_is_a_reproach(line: str) -> None:
    """到底 makes one of it, and a 不 that stands alone refuses."""
    assert is_angry(line)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "你们是骗子吗",
            "你们是不是骗子",
            "凭什么不给退款",
            "到底是不是假货",
            "还不退钱吗",
        ),
        *("这不是骗人吗", "不给退是什么意思"),
    ],
)
def test_a_question_to_the_shops_face_is_an_accusation(line: str) -> None:
    """你们, 凭什么, 到底, 还不, 不给 make a reproach of a question."""
    assert is_angry(line)


@pytest.mark.parametrize(
    "line",
    [
        "隔壁才是骗子",
        "别家太坑了",
        "之前在别的店被骗过",
        "隔壁主播好凶",
        "我不是骂人",
        "没骗我",
    ],
)
def test_other_shops_and_denials_are_not_us(line: str) -> None:
    """Not this shop, or not so."""
    assert READER.read(line).mood is Mood.CALM


def test_a_line_about_others_that_turns_to_us_is_meant() -> None:
    """Whoever names this shop too means it."""
    assert is_angry("隔壁都发货了，你们这群骗子还不发")


@pytest.mark.parametrize("line", ["什么意思", "还钱吗", "怒", "麻烦", "麻烦你了"])
def test_words_that_alone_mean_nothing(line: str) -> None:
    """FAQ, games and politeness use them."""
    assert not is_angry(line)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "騙子！退錢！",
            "ｓｃａｍ",
            "骗*子",
            "骗\u200b子",
            "骗😀子",
            "骗 子",
            "傻.逼",
            "黑·心·商·家",
        ),
        *(
            "煞笔",
            "沙比",
            "傻b",
            "s b",
            "sb",
            "tmd",
            "cnm",
            "rnm",
            "马扁子",
            "p子",
            "退米",
            "退q",
        ),
        *(
            "土立土及产品",
            "辣鸡客服",
            "煎商",
            "你🐴",
            "🖕",
            "亻尔女马的",
            "What a SCAM",
        ),
    ],
)
def test_what_is_written_to_slip_through_is_seen(line: str) -> None:
    """Homophones, split characters, initials, emoji and separators."""
    assert is_angry(line)


@pytest.mark.parametrize(
    "line", ["啥比这个好", "usb接口", "scampi怎么卖", "2b铅笔", "你好🐴年大吉"]
)
def test_lookalikes_of_disguises_are_not_taken_for_them(line: str) -> None:
    """Initials stand alone; homophones need their word."""
    assert not is_angry(line)


@pytest.mark.parametrize(
    "line",
    ["真行啊你们", "你们可真行，钱到手就不发货", "呵呵，这就是你们的服务", "服了你们"],
)
def test_sarcasm_at_the_shop_is_anger(line: str) -> None:
    """With 你们 or a delay beside it."""
    assert is_angry(line)


@pytest.mark.parametrize(
    "line",
    [
        *("你们家东西真不错", "你们好厉害", "你们家真良心", "商家真良心", "相信你们"),
        *("你们店叫啥", "你们卖什么的", "你们是什么店", "搜什么能找到你们"),
        *("你们一天卖多少单", "我妈也买你们家的"),
        *("主播骗我钱包", "太坑钱包了"),
    ],
)
def test_you_is_no_reproach_by_itself(line: str) -> None:
    """Praise and plain questions are said to the shop as well, and purses are joked about."""
    assert READER.read(line).mood is Mood.CALM


@pytest.mark.parametrize(
    "line",
    [
        *("你们会不会再返场", "你们怎么都这么好看", "你们家客服真有耐心"),
        *("你们都发什么快递", "你们店还招人不"),
    ],
)
def test_who_asks_for_more_calls_nobody(line: str) -> None:
    """A turn of phrase of anger in it, and no anger: 会不会再 is no 不会再."""
    assert not is_angry(line)
    assert READER.read("不会再买了").evidence[0].rule == "mood:contempt"


@pytest.mark.parametrize(
    "line",
    [
        "你们真不靠谱",
        "你们到底是什么店",
        "你们搞什么",
        "你们家东西不行",
        "你们怎么不做人",
    ],
)
def test_blame_in_the_words_of_praise_or_of_a_question_is_anger(line: str) -> None:
    """The counterpart: a 不 before the praise, 到底 before the question."""
    assert is_angry(line)


@pytest.mark.parametrize("line", ["呵呵", "厉害了", "佩服佩服", "可以啊主播"])
def test_sarcasm_at_nobody_is_ignored(line: str) -> None:
    """Without an address it may as well be meant."""
    assert not is_angry(line)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "give me my money back",
            "worst service ever",
            "still waiting for my order!!",
        ),
        *("you are scammers", "this is unacceptable", "never buy from this shop again"),
    ],
)
def test_english_is_understood(line: str) -> None:
    """The same rules in English."""
    assert is_angry(line)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "？？？？",
            "！！！！",
            "？",
            "哈哈哈",
            "666",
            "",
            "  ",
            "老板你们有实体店吗",
            "什么时候发货",
        ),
        *("可以退货吗", "我要退货", "好的谢谢", "how much is it", "没抢到气死了哈哈"),
    ],
)
def test_marks_questions_and_chatter_are_calm(line: str) -> None:
    """Bare marks say nothing by themselves."""
    assert not is_angry(line)


@pytest.mark.parametrize(
    "line",
    [
        "这boss太恶心了哈哈",
        "垃圾队友",
        "骗子，说好的通关呢哈哈",
        "去死吧臭龙",
        "又死了离谱",
    ],
)
def test_angry_words_in_play_call_nobody(line: str) -> None:
    """Games and jokes are full of them."""
    assert not is_angry(line)


def test_anger_without_any_angry_word_is_told_by_its_tone() -> None:
    """The learned part and the cues see it, and show what they go by."""
    reading = READER.read("等了好多天，客服就会复制粘贴，我的事你们到底管不管")
    assert reading.mood is Mood.ANGRY
    assert reading.evidence


def test_merchants_add_words_and_take_some_away() -> None:
    """In any script; words of theirs are never patterns, and win over ours."""
    own = MoodReader(
        angry_words=("黑店主播", "(.*", "坑爹鬼", "绝了", ""),
        benign_words=("垃圾食品", "骗子酒馆"),
    )
    for line in ("黑店主播", "坑爹鬼", "(.*", "太垃圾客服", "绝了哈哈"):
        assert own.read(line).mood is Mood.ANGRY, line
    for line in ("垃圾食品", "骗子酒馆好玩", "騙子酒館"):
        assert own.read(line).mood is Mood.CALM, line
    assert MoodReader(angry_words=("黑惡店",)).read("黑恶店").mood is Mood.ANGRY


@example("你们İİｓcam")  # two letters become three in lower case
@given(st.lists(st.sampled_from(WORDS), max_size=8).map("".join) | st.text(max_size=40))
def test_a_reading_is_consistent_and_can_be_shown(line: str) -> None:
    """Angry exactly from the threshold on, never without evidence, evidence as typed."""
    reading = READER.read(line)
    assert 0 <= reading.score <= 1
    assert (reading.mood is Mood.ANGRY) == (reading.score >= ANGRY_AT)
    assert (reading.mood is Mood.ANGRY) == (reading.level in ("P0", "P1", "P2"))
    assert (reading.mood is Mood.UNEASY) == (reading.level == "P3")
    assert (reading.mood is Mood.CALM) == (reading.evidence == ())
    for seen in reading.evidence:
        assert line[seen.start : seen.end] == seen.text != ""


@given(st.lists(st.sampled_from(WORDS), max_size=8).map("".join) | st.text(max_size=40))
def test_width_and_script_change_nothing(line: str) -> None:
    """Traditional and wide forms read as what they stand for."""
    one, other = READER.read(line), READER.read(folded(line))
    assert (one.mood, one.level, one.score) == (other.mood, other.level, other.score)


@given(st.lists(st.sampled_from(TURNS), min_size=1, max_size=7).map("".join))
def test_what_is_left_out_as_hopeless_changes_no_reading(text: str) -> None:
    """A line that its turns of phrase can't make uneasy is not looked at further."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_UNEASY_LOGIT", -math.inf)
        thorough = MoodReader().read(text)
    assert MoodReader().read(text) == thorough
