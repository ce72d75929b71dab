"""Terms, tales and teasing: who asks what happens if, tells of others, or jokes is no complainer."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader
from streambot.domain.mood.reading import MoodLevel

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    [
        # terms
        "坏了怎么赔",
        "少了一包找谁",
        "不会缩水吧",
        "电池效率低的你们给换不",
        "机器有毛病寄回去运费你们包不包",
        "用俩月自己黑屏了给修不",
        "快递给摔坏了你们赔不赔",
        "坏了换新要我掏邮费不",
        "漏了一地，要把坏的寄回去吗",
        "检测单咋给你们",
        "单子怎么传给你们啊",
        "第一次网上买戴眼睛里的东西有点慌，你们有没有资质证书啊",
        "无理由退要求啥",
        "不想去了能退钱不",
        "少发一片要怎么联系你们",
        "少发了一盒，找哪个客服处理",
        "万一喝了过敏的话你们这边怎么处理呢",
        "怕娃拉肚子，新奶粉咋个慢慢加进去嘛",
        # what bodies do
        "喝完一直放屁，有适合我的没",
        "有问题马上处理，放心",
        # waiting gladly, and put right
        "还没收到，不急慢慢发",
        "快递停在省城两天，能理解",
        "少装了一个，客服二话不说重寄了",
        "刚发现少装了一个，已经联系客服在补",
        "上次寄错了，已经换好啦",
        # nobody's fault, or one's own
        "这不怪你们，是我填错了",
        "跟客服没关系",
        "我真是个败家娘们",
        "改了七八遍都没烦",
        "站一天都不酸",
        # elsewhere
        "被人骗过，你家是真货吧",
        "某宝那家烂透了，还是你家好",
        "别家坏了都不管，你家秒回",
        "以后只认你家",
        "之前在别家配的坑了我一千多，早认识你们就好了",
        "之前还怕是假货，扫了码是真的，放心了",
        # teasing
        "你们是想让我破产吧",
        "主播太坏了大半夜馋我",
        "坑死我的钱包",
        "又被种草了，钱包骂我呢",
        "我这破记性，又忘了给娃买尿不湿",
        "主播你这嗓子都喊哑了喝口水吧",
        "头一回遇到这么良心的客服",
    ],
)
def test_who_asks_tells_or_jokes_is_calm(line: str) -> None:
    """Nobody is called for a question of terms, a tale of others or a joke."""
    assert READER.read(line).mood != "angry"


@pytest.mark.parametrize(
    "line",
    [
        "坏了你们打算怎么赔",
        "怎么赔我",
        "你就说退不退",
        "你们退不退",
        "你们赔不赔，假一赔十写着玩的",
        "结果就给我寄这种掉页的书，你自己家娃会用吗",
        "买了六罐少发两罐，还让我拿视频证明，我拆快递还要请个摄影师吗",
        "你们打包的人走点心行不",
        "喝了过敏你们怎么处理",
        "我怕了你们了，吃一次拉肚子一次，还敢卖",
        "你一直放屁，谁信",
        "客服一直放屁",
        "太可怕了 漏电",
        "恐怕吃坏肚子的不止我一个，你们自己看看",
        "怕了怕了，喝完拉肚子",
        "别家没这样，早知道你们是骗子就不买了",
        "拿去商场验了是假货",
        "别的平台才卖99，骗子",
        "你们不急我急，还没发货",
        "以后去别家买，垃圾",
        "不如去别家，骗子",
        "到你们家就不给退，别家都给退",
        "跟你们没关系？收到就碎了",
        "还不给退，慢慢等吗",
    ],
)
def test_what_only_looks_like_it_is_still_heard(line: str) -> None:
    """A demand, a farewell and a mocking quotation of the shop's own words."""
    assert READER.read(line).mood == "angry"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("我提刀去你们店里", "P0"),
        ("喝了你们的豆浆半夜送了急诊", "P0"),
        ("狗吃了一直便血", "P0"),
        ("涂了一晚上脱皮", "P0"),
        ("傻13主播", "P1"),
        ("脑子进水的客服", "P1"),
        ("又被你们割了", "P1"),
        ("气抖冷", "P2"),
        ("💩一样的做工", "P2"),
        ("拉基东西", "P2"),
        ("半个月了冇发货", "P2"),
    ],
)
def test_disguise_and_dialect_have_the_level_of_their_words(
    line: str, level: str
) -> None:
    """As the plain word would have."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == ("angry", MoodLevel(level))
