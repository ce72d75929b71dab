"""Anger and what only looks like it, as rooms of shops put it: lines that strangers wrote."""

from __future__ import annotations

import pytest

from streambot.domain.mood.reader import MoodReader
from streambot.domain.mood.reading import Mood

_READER = MoodReader()

_ANGRY = [
    "我昨天399买的 今天你挂329 我是韭菜呗",
    "新号减二十 我这老客一分不减 可着熟人宰是吧",
    "冷链个屁 箱子摸着都是热的",
    "戴三天就掉色 还925 925个锤子",
    "把我评论删了几个意思 心虚啊",
    "买之前一口一个宝宝 买完查无此人呗",
    "哟 又在喊假一赔三啦 我那个假的你啥时候赔",
    "银子越戴越红 拿去金店一测是铜 工商那边表我填好了 你们慢慢播",
    "退个款是打算退到明年吗",
    "已提交举报 请你们配合平台调查",
    "问退款的都被禁言了 好厉害的店哦",
    "怎么一提退款就开始装死",
    "顺丰呢?说好的顺丰呢?给我发个平邮",
    "嘴上一套发货一套 呵呵",
    "38的比我37的还小一圈 管这叫标准码??",
    "骗老年人的钱 晚上睡得着觉?",
    "2 hours in that queue to get booted at payment, absolute shambles",
    "heavyweight my arse, i can see my tee through it",
    "do u think we're thick?? prices went up a tenner the night before",
    "two LEFT shoes. does anyone over there have eyes",
    "his trainers never turned up. hope the sale was worth it",
    "dont get the diffuser guys, it leaked all over my table",
    "they told me it was MY fault",
    # an innocent word elsewhere takes nothing away
    "用完你家的霜脸都脱皮了",
    "这手机真垃圾",
]
_CALM = [
    "气死我了 付款转圈圈的工夫就卖光了",
    "气死我了又没抢到 手慢无",
    "下班地铁上看的 这破信号真垃圾 卡成ppt",
    "买到假的怎么赔",
    "配合我们做个市场调查",
    "家里四个锅了 再买我爸要把我下锅炸了",
    "哎哟烫到手了吧 小心点嘛",
    "馋得想骂人 钱包不允许啊",
    "券昨天过期了 还能补给我不",
    "我妈以为是骗子给拒收了 哭笑不得 能再发一次吗",
    "我旧镯子周一寄过去换款的 你们签收了没",
    "扣头松了你们管多长时间",
    "我退回去的那台你们验完了没",
    "脚面厚得跟馒头似的 啥鞋都勒 你这个塞得进去不",
    "我耳朵娇气 戴杂牌的就又红又痒 你家耳钉那根针是啥做的",
    "预售发货要到明年吗",
    "that boss fight was absolute shambles",
    "you saved my ass there",
    "i never turned up to that party",
]


@pytest.mark.parametrize("line", _ANGRY)
def test_what_is_said_in_anger_calls_a_person(line: str) -> None:
    """Mocked, milked, put off, shut out: few of them swear."""
    reading = _READER.read(line)
    assert reading.mood is Mood.ANGRY
    for evidence in reading.evidence:
        assert line[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize("line", _CALM)
def test_what_only_looks_like_it_calls_nobody(line: str) -> None:
    """Who came too late, a bad signal, jokes, and plain questions behind a story."""
    assert _READER.read(line).mood is not Mood.ANGRY
