"""The form of a question: why, how, rhetorical, and lines that only report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.faq.canonical import Canon
from streambot.domain.faq.cues import is_question
from streambot.domain.faq.pack import Pack
from streambot.domain.faq.question_form import (
    asks_whether_done,
    asks_why,
    contradicts_form,
    reports_purchase,
    tells_of_trouble,
    without_report,
    without_rhetoric,
)


@pytest.mark.parametrize(
    "line",
    [
        "为什么换不了",
        "怎么换不了货",
        "怎么不能下单",
        "咋还没发货",
        "怎么付不了款",
        "下不了单",
        "券领不了",
        "申请怎么还不通过",
        "why can't I pay",
    ],
)
def test_what_goes_wrong_asks_why(line: str) -> None:
    """A failure and its reason; none of these asks how it is done."""
    assert asks_why(line)


@given(st.sampled_from("厚薄扎硬咸退发送穿给"), st.sampled_from("不没"))
def test_whether_or_not_is_a_question(word: str, no: str) -> None:
    """厚不厚, 发没发; a word and a 不 alone are none."""
    assert is_question(f"{word}{no}{word}")
    assert is_question(f"这个{word}{no}{word}呀")
    assert not is_question(f"{word}{no}")
    assert not is_question(f"{no}{word}")


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("显白不", True),
        ("裤子有加长版不？", True),
        ("明儿还播不呀", True),
        ("灯泡是40w的不", True),
        ("提手能拧下来不", True),
        ("支持usb不 老车", True),
        ("掉漆严重不 我怕刮", True),
        ("帽檐拆得下伐", True),
        ("先去第三层讨伐", False),
        ("打死我也不", False),
        ("这局我偏不", False),
        ("厚不", False),
    ],
)
def test_a_last_no_asks_where_nobody_refuses(line: str, asks: bool) -> None:
    """As 吗 does, in half of the country."""
    assert is_question(line) is asks


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("开胶了没", True),
        ("这批熨过没？", True),
        ("我问了没人理", False),
        ("还没", False),
        ("馅里放糖了没有", True),
        ("锅带盖没 我要炖汤", True),
        ("含蔗糖没得", True),
        ("都没有", False),
        ("我带的也没有", False),
        ("一个都没送", False),
    ],
)
def test_a_last_yet_asks(line: str, asks: bool) -> None:
    """Whether it is so by now."""
    assert is_question(line) is asks


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("六楼没电梯 大的师傅给扛上来不", True),
        ("冲凉的时候要拿下来不", True),
        ("这把又赢不来不", False),
        ("一次充满跑得到60不", True),
        ("夏天寄过来有冰袋垫着没🧊", True),
        ("吃饭了没😋😋", True),
        ("还没🙃", False),
        ("北海的还是舟山的哦", True),
        ("脚长24.5 买38还是39", True),
        ("110斤M还是L", True),
        ("平时穿38 这个38还是39码呀", True),
        ("gg还是ez", False),
        ("是送到楼下还是得自己去拉", True),
        ("是他还是得上", False),
        ("外面那层蜡是干嘛用的", True),
        ("干嘛呢你们", False),
        ("每次煎鱼都烂成渣 求教", True),
        ("说好瘦十斤呢😂", False),
    ],
)
def test_half_a_sentence_may_ask(line: str, asks: bool) -> None:
    """With what it is asked by at its end, and a picture behind it."""
    assert is_question(line) is asks


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("结实不结实", True),
        ("被子多重", True),
        ("多长多宽", True),
        ("水有多深", True),
        ("是插电的还是充电的", True),
        ("发的是顺丰还是中通", True),
        ("不充了不充了", False),
        ("多重曝光", False),
        ("还是算了", False),
        ("是你的还是会回来", False),
        ("开水冲的还是冷泡的", True),
        ("要放冰箱还是常温", True),
        ("羊绒的好还是羊毛的好", True),
        ("灰的耐脏还是米色耐脏", True),
        ("好吃还是要吃", False),
        ("用惯了还是这家好", False),
        ("想来想去要买还是算了", False),
        ("主要的还是便宜", False),
        ("谁懂这种快乐", False),
        ("几天能到", True),
        ("还剩几件", True),
        ("前几天拍的今天到了", False),
        ("追了好几集", False),
        ("几乎天天来", False),
        ("whats it made of", True),
        ("is the lid included", True),
        ("r these handmade", True),
        ("this is the best", False),
        ("toronto here, am i gonna pay duties", True),
        ("new here! any discount for us", True),
        ("canada or nah", True),
        ("gg, we are the best", False),
    ],
)
def test_how_much_and_which_of_two_are_asked(line: str, asks: bool) -> None:
    """Without a question mark or 吗; what only sounds like it states."""
    assert is_question(line) is asks


@pytest.mark.parametrize(
    "line",
    ["怎么换", "怎么下单", "怎么样才能退", "能不能退", "怎么洗不会缩水", "how to pay"],
)
def test_how_is_not_why(line: str) -> None:
    """A way is asked for, or whether."""
    assert not asks_why(line)


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("有加大的不", "有加大的吗"),
        ("显白不", "显白吗"),
        ("我偏不", "我偏不"),
        ("厚不厚", "厚"),
    ],
)
def test_a_last_no_is_compared_as_ma(line: str, plain: str) -> None:
    """So that both forms of one question are equally near to a phrasing."""
    assert Canon(Pack())(line) == Canon(Pack())(plain)


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("有加大的没", "有加大的吗"),
        ("消过毒没", "消过毒没"),  # what ends in 没 and asks of nothing done stays
        ("熨过没", "熨过吗"),
        ("到站了没", "到站了吗"),
        ("真的没", "真的没"),
        ("尺码咋挑", "尺码怎么挑"),
        ("咋个退", "怎么退"),
        ("咋舌", "咋舌"),
        ("礼盒有没有", "有礼盒吗"),
        ("加长款有吗", "有加长款吗"),
        ("加长款还有吗", "还有加长款吗"),
        ("质保卡也有吗", "有质保卡吗"),
        ("今晚还有吗", "今晚还有吗"),  # when, not what
        ("现在有吗", "现在有吗"),
        ("主播有吗", "主播有吗"),
        ("这样是真的有吗", "这样是真的有吗"),
    ],
)
def test_dialect_is_compared_as_common_speech(line: str, plain: str) -> None:
    """A last 没 asks as 吗 does, 咋 is 怎么, and a 有没有 behind what it asks for stands before it."""
    assert Canon(Pack())(line) == plain


def test_why_and_how_contradict_each_other() -> None:
    """A why-question is met by a phrasing that asks why, too, and by no other."""
    assert contradicts_form("怎么领不了券", "怎么领券")
    assert contradicts_form("怎么领券", "为什么领不了券")
    assert not contradicts_form("怎么领不了券", "为什么领不了券")


@pytest.mark.parametrize(
    ("line", "done"),
    [
        ("地址改好了吗", True),
        ("退货申请通过了没有", True),
        ("改成功没", True),
        ("换货处理好了没", True),
        ("可以退了吗", False),  # whether it is allowed
        ("包退换没", False),
        ("换季上新了没有", False),
        ("怎么改地址", False),
    ],
)
def test_whether_something_is_done_is_asked(line: str, done: bool) -> None:
    """Who asks that is told nothing by how it is done."""
    assert asks_whether_done(line) is done
    assert contradicts_form(line, "怎么改地址") is done


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("不能换吗", "能换吗"),
        ("难道不可以换吗？", "可以换吗？"),
        ("不送运费险吗", "送运费险吗"),
        ("没有赠品吗", "有赠品吗"),
        ("能不能换吗", "能不能换吗"),
        ("可不可以换吗", "可不可以换吗"),
        ("怎么不能换吗", "怎么不能换吗"),
        ("不能换", "不能换"),
        ("是不是正品吗", "是不是正品吗"),
    ],
)
def test_a_negation_that_asks_the_same_goes(line: str, plain: str) -> None:
    """Only in a question, and never where it is half of 能不能 or says what fails."""
    assert without_rhetoric(line) == plain


@pytest.mark.parametrize(
    "line",
    ["已拍", "拍了", "已拍！", "已付款", "我已下单", "拍了两单", "刚拍了3号", "付好了"],
)
def test_buyers_who_say_so_report(line: str) -> None:
    """Such a line asks nothing."""
    assert reports_purchase(line)


@pytest.mark.parametrize(
    "line",
    ["怎么拍", "拍了吗", "没拍", "拍了怎么付款", "要拍几号", "买不了", "拍照好看"],
)
def test_questions_about_buying_do_not_report(line: str) -> None:
    """Neither does a line that goes on."""
    assert not reports_purchase(line)


def test_a_report_before_a_question_is_left_out() -> None:
    """What is asked stays."""
    assert without_report("已拍，多久发货") == "多久发货"
    assert without_report("拍了怎么付款") == "怎么付款"
    assert without_report("拍照好看吗") == "拍照好看吗"


@given(st.text(alphabet="不没有能吗怎么拍了已退为什么，？ab", max_size=20))
def test_any_line_is_read_and_only_shortened(text: str) -> None:
    """Hostile or not."""
    once = without_rhetoric(text)
    assert len(once) <= len(text)
    assert len(without_report(text)) <= len(text)


@pytest.mark.parametrize(
    ("line", "stuck"),
    [
        ("下单失败", True),
        ("券领不了", True),
        ("为什么还没发货", True),
        ("为什么退款要这么久", True),
        ("红包没领到", True),
        ("退款还没到账", True),
        ("没人领到过", False),
        ("为什么这么好看", False),
        ("怎么退", False),
        ("打不过他", False),
        ("券领了 结账那儿是灰的", True),
        ("防伪码扫出来是空白页", True),
        ("灰色好看", False),
        ("码数不存在偏小", False),
        ("LIVE15 keeps saying invalid", True),
        ("my gift card code wont load at checkout", True),
        ("the link doesn't work", True),
        ("this code is not for me", False),
        ("can't wait for the drop", False),
    ],
)
def test_what_a_buyer_cannot_do_is_trouble(line: str, stuck: bool) -> None:
    """Buying, paying, sending and returning; the rest of the world is chatter."""
    assert tells_of_trouble(line) is stuck
