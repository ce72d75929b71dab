"""Words of harm, threats and mockery, and the same of others, asked, denied or in jest."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader
from streambot.domain.mood.reading import Mood, MoodLevel

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    [
        "别家都好好的，用你家的烂脸了",
        "你们知不知道这个会烂脸",
        "你们知道会烂脸吗还卖",
        "黑粉说烂脸我不信，结果我也烂脸了",
        "嚼到一颗石子，牙都崩了",
        "吃到铁丝了，差点划破喉咙",
        "喝出一只苍蝇",
        "我爸吃了你家的海鲜吐了一晚上",
        "女儿喝了这个奶，现在还在急诊",
        "那我明天直接上门讨说法",
        "你们地址我已经查到，等着",
        "我同学是电视台的，你们这种店曝光定了",
        "宝宝用了别家的没事，涂你家的就烂脸",
        "我朋友说会烂脸我没信，用完真烂脸了",
        "敏感肌会烂脸你们怎么不说",
        "咬到一块玻璃",
        "孩子喝了你们的奶连着拉了三天",
        "明天我就上门讨说法",
        "我表哥是记者，等着上新闻",
        "你家面霜我用了会烂脸吗？已经肿了",
        "这个奶粉里吃出一根铁丝",
        "你们的东西会烂脸你们不知道吗",
        "别家用了没事，你家的我用了过敏",
    ],
)
def test_harm_and_threats_call_somebody_at_once(line: str) -> None:
    """Who was harmed, or threatens with the law or to come."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == (Mood.ANGRY, MoodLevel.P0)


@pytest.mark.parametrize(
    "line",
    [
        "我妈说你们是骗子，果然是骗子",
        "朋友说是智商税我不信，现在信了",
        "老公说是假货，结果真的是假货",
        "我怀疑你们是骗子",
        "恭喜你们又骗到新人了",
        "你们还是一如既往地坑人",
        "真会骗我钱，下单了两个月没发货",
        "前男友送我的是你们家假货",
        "前面有人说假货，我买的也是假货",
        "我老婆问是不是骗子，我说就是骗子",
        "别人都说你们是骗子，我原来不信",
        "我爸说你们是骗子我还帮你们说话，我错了",
        "人家都说是假货，我买了才知道",
        "我问客服是不是假货，客服不说话",
        "说我买的是假货，我去专柜验的",
        "弹幕都在说假货，客服也不解释",
        "送检了，根本不是正品",
    ],
)
def test_cheating_and_insults_are_told(line: str) -> None:
    """The shop is said to cheat, or is insulted."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == (Mood.ANGRY, MoodLevel.P1)


@pytest.mark.parametrize(
    "line",
    [
        "换个货比登天还难",
        "拖了二十天不发，几个意思",
        "第五次反映同一个问题了",
        "别再敷衍我了，给个准话",
        "后悔死了，怎么没早点看差评",
        "发错货找你们一般都不处理",
        "不给退也不给换，几个意思",
        "找个人工比登天都难",
        "第六次催发货了",
        "第三次给我发错",
        "把老客户当韭菜是吧",
        "你们拿粉丝当提款机",
        "别再拿模板敷衍我了",
    ],
)
def test_anger_without_such_words_is_heard(line: str) -> None:
    """Refusals, mockery and asking again and again."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == (Mood.ANGRY, MoodLevel.P2)


@pytest.mark.parametrize(
    "line",
    [
        "别家的用了过敏，现在只买你家的",
        "以前在别家吃坏肚子，以后就认你家了",
        "干皮用了会过敏吗",
        "宝宝用会起疹子不",
        "孕妇喝了能拉肚子吗",
        "有人说用了烂脸，我越用越嫩",
        "老婆问是不是假货，我说不是",
        "闺蜜说是骗局，我不信，就要买",
        "室友怀疑是山寨的，我用过，是正品",
        "同事说是智商税，可我越用越喜欢",
        "“骗子”那个表情包给我发一个",
        "那个“黑心老板”的段子太好笑",
        "客服不厌其烦地给我讲尺码",
        "衣服便宜得离谱，赶紧囤两件",
        "后悔极了，当初没囤一箱",
        "太会骗我钱了，又下单了",
        "我的余额要投诉你了",
        "花呗喊退钱",
        "抢你家的券比登天还难",
        "这个成语有几个意思",
        "第三次回购了，还是好",
        "第四次来你直播间，终于抢到了",
        "建议改名叫宠粉直播间",
        "快递上门取件要钱吗",
        "师傅上门要另外收费吗",
        "我朋友是记者，她也爱用你家面霜",
        "我姐是律师，让我帮她买两瓶",
        "吃完饭在医院陪床看直播",
        "孩子在医院，我边陪边看你直播",
        "喝出了虫草的味道",
        "这鱼有石头那么大",
        "发错货一般怎么处理呀",
        "碎了你们一般怎么赔",
        "国足踢成这样，退钱",
        "我同事的公司太黑心",
        "玩骗子酒馆的举手",
        "主播别再逗我了笑死",
        "你们地址我查到了，过去自提行吗",
        "一如既往的好",
        "恭喜主播骗到我了，美得犯规",
        "油皮用了会爆痘吗",
        "孕妇用会过敏不",
        "喝多了会拉肚子吗",
        "这个容易过敏吗",
        "妈妈说是假的，我说放心是正品",
        "室友嫌是山寨货，我偏不信，买来真香",
        "妹妹说烂脸，我用了一年没问题",
        "后悔了，上次没多囤",
        "会骗我钱，又下单三件",
        "朋友的公司太黑心了，天天加班",
        "前夫就是个大骗子",
        "你们的口红名字有几个意思",
        "今天送三份，几个意思呀",
        "登天还难的关卡",
        "第三次来买了",
        "第五次问了，链接在几号",
        "我老公是律师，天天被我逼着看直播",
        "我马上上楼拿快递",
        "师傅明天上门装空调",
        "家里有没有人吃出过惊喜",
        "吃出了妈妈的味道",
        "石头纸的本子有吗",
        "用这个会烂脸吗，我是干皮",
        "朋友说假货多，我说你家是真货",
        "别人家用了起疹子，以后只用你家的",
        "怕会过敏，能试用吗",
        "老公说我被骗了，我说没有，哈哈",
        "老板把粉丝当家人",
        "隔壁把顾客当冤大头，还是你家实在",
        "别用机器人刷屏好不好",
        "鉴定了不是正品给退吗",
        "鉴定不是正品可以退吗",
        "孩子把机器人当朋友",
        "他把我当小孩",
    ],
)
def test_others_questions_quotes_and_jests_call_nobody(line: str) -> None:
    """The same words where nobody of the shop is blamed."""
    assert READER.read(line).mood is not Mood.ANGRY
