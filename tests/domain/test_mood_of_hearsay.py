"""Strong words that blame nobody here: of others, of offices, quoted, in jest, cured, or waited out."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader
from streambot.domain.mood.reading import Mood

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    [
        # people in one's life
        "楼下邻居装修吵死了，真无语，受够了",
        "公司食堂的菜吃坏肚子了",
        "昨晚吃火锅吃坏肚子了",
        "幼儿园好多孩子食物中毒",
        "前妻是个骗子，算了不说了",
        "健身房跑路了，不退钱",
        "室友天天半夜唱歌，我要投诉",
        "被网络诈骗过一次，现在只信主播推荐",
        "the other shop cheated me, you are great",
        "another seller ripped me off last time",
        "got cheated by some other store last year",
        # said by others
        "弹幕有人喊假货，我买的都是正品",
        "谁说骗子的，我收到挺好的",
        "前面说假货的别造谣",
        "楼上说不退款的，你去问客服呀",
        "台词“你这个骗子”太经典了",
        "i was afraid it would be a scam but it came and i love it",
        "they said its a fraud but mine came fast",
        # in jest
        "这么漂亮我要举报了",
        "美成这样我报警了",
        "再不返场我就去消协投诉你",
        "我余额说它要报警了",
        # there before, and cured
        "这药膏治好了我的过敏烂脸",
        "之前烂脸，后来用了这个好了",
        "从前涂什么都过敏，用了这款没事",
        "别家用了过敏，就你家没问题",
    ],
)
def test_what_others_did_or_said_calls_nobody(line: str) -> None:
    """Nobody of the shop is blamed by it."""
    assert READER.read(line).mood is not Mood.ANGRY


@pytest.mark.parametrize(
    "line",
    [
        "给房东寄的快递坏了，你们不赔",
        "邻居收到的也是假货",
        "充电宝在学校自燃了",
        "叫你们领导出来",
        "健身房买的这个跑步机漏电",
        "火锅底料吃完上吐下泻",
        "烧烤炉一点火就冒烟自燃",
        "高铁模型充电起火了",
        "邻居用了也说是骗人的",
        "物业都说你家快递天天丢件，太坑了",
        "unlike other shops you scam people",
        "楼上说假货的没错，我也被骗了",
        "弹幕有人说你们是骗子，我买的也是假的",
        "谁说正品的，明明是假货",
        "有人刷骗子你们怎么解释",
        "你们说“假一赔十”结果就是假货",
        "i thought it was a scam and it is",
        "i thought it was legit but its a scam",
        "太便宜了果然是假货，我要举报",
        "再不发货我就举报",
        "再不出来解决我就报警",
        "东西这么好看质量这么差，我要去12315",
        "用你家的烂脸，后来换了别的才好",
        "医院治好了你家面膜害的烂脸",
    ],
)
def test_the_same_beside_this_shop_is_anger(line: str) -> None:
    """It was bought here, others agree, or the threat has a reason."""
    assert READER.read(line).mood is Mood.ANGRY


@pytest.mark.parametrize(
    "line",
    [
        "我妹在市场监管局上班，她也爱看",
        "法院对面那家奶茶店",
        "我家黑猫喜欢",
        "我喝牛奶就拉肚子",
        "没有一次让我失望",
        "蛋坏了三个，客服给补发了，很满意",
        "等了四十分钟，终于讲到这款",
        "等了两小时就等这双鞋",
        "骗我熬夜看直播",
        "谁来管管这个主播太可爱",
        "烦死了又心动",
        "空气炸锅多大",
        "保修过期了吗",
        "worst lag ever lol",
        "waited 2 weeks and they arrived, so soft",
    ],
)
def test_offices_traits_and_waits_that_ended_are_calm(line: str) -> None:
    """A word that sounds of a complaint is none yet."""
    assert READER.read(line).mood is not Mood.ANGRY


@pytest.mark.parametrize(
    "line",
    [
        "我在市监局上班，你们等着",
        "上黑猫了啊",
        "我用你家面膜就烂脸",
        "等了两个月终于到了，还是坏的",
        "给我补发了一个更烂的",
        "骗我花钱买一堆垃圾",
        "谁来管管这家黑店",
        "烦死了又不发货",
        "空气炸锅炸了，吓死人",
        "so over this store",
        "worst shop ever",
        "i waited 3 weeks and it came broken",
    ],
)
def test_the_same_words_of_a_grievance_are_anger(line: str) -> None:
    """Who threatens with an office, or waited for what is broken."""
    assert READER.read(line).mood is Mood.ANGRY
