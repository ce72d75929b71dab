"""What advertising may not claim is held in all its wordings; facts in the same words pass."""

from __future__ import annotations

import pytest

from streambot.authoring.guard_file import shipped_guard, shipped_rules
from streambot.domain.guard import PASSED, Guard, Held

GUARD = shipped_guard()
#: A shop without food, creams or drugs.
HOUSEHOLD = Guard.of(
    shipped_rules().selling({"home", "clothing", "digital", "jewellery"})
)


def rule_of(line: str) -> str | None:
    """The rule that holds *line* in public; None: it goes out."""
    verdict = GUARD.judge(line, public=True)
    return verdict.rule if isinstance(verdict, Held) else None


@pytest.mark.parametrize(
    "line",
    [
        *("今晚是全网最低价", "我们家全国最便宜", "本场全平台最优惠", "今天历史最低价"),
        *("店里全网底价", "近30天全网最实惠", "这是业界第一的工艺", "全国销冠就是它"),
        *("谁说不是呢，全网最低", "今天最低的价格"),
    ],
)
def test_today_excuses_no_claim_about_everybody_else(line: str) -> None:
    """A price may be the shop's lowest today, never the country's."""
    assert rule_of(line) == "absolute_term"


@pytest.mark.parametrize(
    "line",
    [
        *("今天是本店最低价", "今晚最便宜", "这场是最优惠的", "我们家最畅销是黑色"),
        *("不敢说是全网最便宜", "我们不是全网最低价哦", "不能说全国第一"),
        *("两款里最便宜的是2号", "这几款里面最百搭的是黑色", "最舒服的穿法是配短袜"),
        *(
            "您问的是哪款最保暖吗",
            "店里最透气的是6号",
            "最舒服的水温是38度",
            "全年最低温零下2度",
        ),
        *("最受欢迎的颜色是米白", "最便宜的一款是3号链接", "最强档风大一点"),
    ],
)
def test_own_prices_comparisons_and_denials_pass(line: str) -> None:
    """What the guide of 2023 leaves free: own goods among each other, hints for use."""
    assert GUARD.judge(line, public=True) == PASSED


@pytest.mark.parametrize(
    "line",
    [
        *("去油能力最强的", "这款口感最棒", "性价比最好的电饭煲", "最透气的一双鞋"),
        *(
            "最新鲜的草莓",
            "穿着最舒服",
            "最耐穿的袜子",
            "最热销的爆款",
            "是您最靠谱的选择",
            "大家最出色的装备",
            "最靠谱的商家",
        ),
        *("最轻最薄的充电宝", "最保暖没有之一", "最营养的鸡蛋", "国宴指定用酒"),
        *("zui低价给您", "蕞便宜就这儿", "今天醉低价", "销量第①", "第1品牌哦"),
    ],
)
def test_most_of_any_good_quality_is_held(line: str) -> None:
    """最 before what praises goods or their price, also where a look-alike stands for it."""
    assert rule_of(line) == "absolute_term"


@pytest.mark.parametrize(
    "line",
    [
        *("最大码是4XL", "最薄那件是夏款", "最快今天发出", "最长1.2米", "最近缺货"),
        *("您最喜欢哪个颜色", "最新款在5号", "最高可以调到60度", "最重要的是先量脚长"),
        *(
            "最好用温水泡开",
            "最好看下尺码表再拍",
            "最好穿大一码",
            "最火的时候别开盖",
            "吸力最强档有点响",
            "效果最好先试一下",
        ),
        *("从上往下第1颗扣子", "销量第12的那款", "第1件原价", "全网第1批到货"),
        *(
            "这是唯一一双了",
            "唯一有货的是白色",
            "首选快递是中通",
            "极品飞车游戏盘",
            "家人们你们最棒",
            "送给最厉害的妈妈",
        ),
        *("永久自行车26寸", "账号永久注销了", "首选这两个字是印花"),
    ],
)
def test_most_of_a_fact_passes(line: str) -> None:
    """Sizes, times, hints, names and what is left on the shelf claim nothing."""
    assert GUARD.judge(line, public=True) == PASSED


def test_goods_on_their_way_are_no_superstition() -> None:
    """转运 of a parcel is a journey, of a bracelet a promise of luck."""
    for line in ("包裹正在转运", "快递到转运中心了", "货已转运到杭州"):
        assert GUARD.judge(line, public=True) == PASSED, line
    for line in ("这件手链能转运", "戴在手上转运"):
        assert GUARD.judge(line, public=True) != PASSED, line


@pytest.mark.parametrize(
    "line",
    [
        *("护腰能治疗腰肌劳损", "手链戴久了消炎", "这枕头根治颈椎病", "滤芯的水防癌"),
        *("足浴桶治老寒腿", "床垫改善失眠", "台灯预防近视", "暖宫腰带缓解痛经"),
        *("吃了就能治胃病", "预防流感", "改善便秘", "专治牙龈出血", "消除结节"),
        *("比吃药管用", "可以替代降糖药", "以后不用吃安眠药", "喝了血糖就下来了"),
        *("吃了结节会缩小", "没有治不好的鼻炎", "白头发变黑了", "it cures eczema"),
    ],
)
def test_no_goods_but_medicine_treat_an_illness(line: str) -> None:
    """Whatever the shop sells: a verb of healing with an illness, and what stands for a drug."""
    for guard in (GUARD, HOUSEHOLD):
        held = guard.judge(line, public=True)
        assert isinstance(held, Held) and held.rule == "cure_claim"


@pytest.mark.parametrize(
    "line",
    [
        *("治愈系的插画", "很治愈的颜色", "政治课本", "治安好的小区", "整治乱收费"),
        *("预防掉色先泡盐水", "改善手感", "缓解压力", "消除静电", "减轻重量", "调理台"),
        *(
            "不能治疗颈椎病",
            "这个没法治鼻炎",
            "也不能代替药物",
            "不敢说能预防感冒",
            "它治疗不了湿疹",
        ),
        *("消炎药请问医生", "降温了多穿点预防感冒", "过敏体质请先试用", "测血压的"),
        *("内增高三厘米", "增高鞋垫", "挂烫机熨烫去皱", "除螨仪300瓦", "抗菌菜板"),
        *("消毒柜能杀菌", "杀菌功能在第二档", "退烧贴是降温的", "鞋跟防脱落", "排毒口"),
        *("李先生发货了", "学生发产品图", "花生发的顺丰", "会产生发热", "干燥处方便放"),
        *("脸型偏方的选这副", "鲜活血蛤", "充气泵补气", "数据脱敏软件", "减肥要少吃"),
    ],
)
def test_words_of_healing_in_other_senses_pass(line: str) -> None:
    """In every shop: moods, machines, denials, wishes, and words that only meet by chance."""
    assert GUARD.judge(line, public=True) == PASSED


@pytest.mark.parametrize(
    "line",
    [
        *(
            "减肥的姐妹喝了有效",
            "减肥要喝这个",
            "能生发的洗发水",
            "生姜生发",
            "防脱洗发水",
            "偏方熬的",
        ),
        *("活血化瘀", "处方级配方", "吃了增高", "全身补气", "激活细胞", "淡化妊娠纹"),
    ],
)
def test_claims_of_creams_and_food_are_held_as_before(line: str) -> None:
    """What the exemptions beside them must not free."""
    assert rule_of(line) == "medical_claim"
    assert HOUSEHOLD.judge(line, public=True) == PASSED


def test_a_pharmacy_alone_may_speak_of_illness() -> None:
    """The law leaves out what is sold as a drug or a medical device."""
    pharmacy = Guard.of(shipped_rules().selling({"medical"}))
    assert pharmacy.judge("这个药能治鼻炎", public=True) == PASSED


@pytest.mark.parametrize(
    "line",
    [
        *("后天肯定能到", "今晚一定发", "3天内保证到", "绝对明天送到", "我们保证有效"),
        *("两个月包瘦", "谁喝谁瘦", "谁穿谁美", "保您学会", "不管用就退钱"),
        *("毫无副作用", "没有副作用的", "零副作用", "能穿一辈子", "百分百包退"),
        *("无效双倍退", "一辈子包换", "用坏了送您一个"),
    ],
)
def test_what_nobody_can_be_sure_of_is_asked_about(line: str) -> None:
    """Days of arrival, refunds beyond the law, service for ever."""
    verdict = GUARD.judge(line, public=True)
    assert not isinstance(verdict, Held)
    assert verdict.warnings == ("promise",)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "明天不一定到",
            "不能保证后天一定到",
            "不一定今天发",
            "明天能到的",
            "预计后天送到",
        ),
        *("不敢说没有副作用", "肯定白色更百搭", "背包瘦长款"),
    ],
)
def test_estimates_and_doubts_promise_nothing(line: str) -> None:
    """The same words with a 不 before them, or in other words."""
    verdict = GUARD.judge(line, public=True)
    assert verdict == PASSED


@pytest.mark.parametrize(
    "line",
    [
        *("喝了一定会长高", "用完肯定变白", "一周保证变瘦", "保证半个月变瘦", "包您瘦"),
        *("肯定不会过敏", "保你瘦一圈", "没瘦全额退", "保证孩子分数提高"),
        *("稳赚不赔", "跟着做日入百万", "囤着明年升值", "宝妈月入三万"),
    ],
)
def test_an_effect_or_a_gain_is_promised_by_nobody(line: str) -> None:
    """Whatever the order of its words; what is certain of no body is held, not asked about."""
    assert rule_of(line) == "effect_promise"


@pytest.mark.parametrize(
    "line",
    [
        *("肯定显白", "不能保证变白", "谁也不敢保证瘦", "不一定长高", "肯定不会升值的"),
        *("一定要先试用", "秒杀所有链接九点开抢", "穿上肯定显瘦"),
    ],
)
def test_doubts_and_looks_promise_no_effect(line: str) -> None:
    """A dress may make slim to look at, and nobody promises what he doubts."""
    assert rule_of(line) is None


@pytest.mark.parametrize(
    "line",
    [
        *("手艺天下第一", "做工在业内数一数二", "首屈一指的锅", "保温杯界的天花板"),
        *("堪称天花板", "天花板级手感", "没有比咱家更实惠的", "找不到比它更值的"),
        *("音质无可匹敌", "没人能比的工艺", "全宇宙独家", "全国只有我们有", "独此一家"),
        *("top级做工", "T0P1人气", "冠军爆款返场", "口碑领先同行", "人气稳居榜首"),
        *("业内翘楚", "巅峰之作", "宇宙无敌", "皇室御用", "完爆同类", "秒杀一切竞品"),
        *("zui gao的品质", "zuijia选择", "最、划、算", "最？高？级", "首!屈!一!指"),
    ],
)
def test_the_most_in_everyday_guise_is_held(line: str) -> None:
    """Without 最, in Latin letters, and with any sign between its characters."""
    assert rule_of(line) == "absolute_term"


@pytest.mark.parametrize(
    "line",
    [
        *("天花板要打四个孔", "天花板风扇", "数一数二十包对不对", "没有比这更厚的了"),
        *("没有更好的办法了", "没有第二家分店", "冠军奖杯摆件", "王者荣耀抱枕"),
        *(
            "天下第一泉的明信片",
            "唯一码印在内侧",
            "永久花不用换水",
            "没人能及时接待就留言",
        ),
        *(
            "大、小、最、全，四个字",
            "今天最便宜的一双是2号",
            "榜样的力量",
            "至尊宝手办",
        ),
    ],
)
def test_the_same_characters_of_a_thing_pass(line: str) -> None:
    """Ceilings, counts, sizes, names and codes claim nothing."""
    assert GUARD.judge(line, public=True) == PASSED


@pytest.mark.parametrize(
    "line",
    [
        *("能治掉发", "这枕头专治颈椎", "抹三次能好脚气", "痔疮都好了", "血脂就下来了"),
        *(
            "项链能降压",
            "降糖面条上新",
            "天然稳糖茶",
            "糖友敞开吃",
            "安胎鸡汤",
            "备孕助孕",
        ),
        *("改善孩子体质", "喝完抵抗力更好", "娃喝了少生病", "健脑核桃", "吃了能长高"),
        *("控糖燕麦", "刮油神茶", "躺着都能瘦", "逆转衰老"),
    ],
)
def test_effects_on_a_body_are_held_in_everyday_words(line: str) -> None:
    """治, 好, 降 and 抵抗力 where they say what goods do."""
    assert rule_of(line) in ("cure_claim", "medical_claim")


@pytest.mark.parametrize(
    "line",
    [
        *(
            "法治频道同款话筒",
            "感冒好了再喝冰的",
            "祝您咳嗽快好",
            "降压模块5伏",
            "豹纹没了",
        ),
        *("控糖人群请遵医嘱", "糖尿病人别随便吃", "刮油漆用的铲子", "环保胎垫"),
        *("宝宝长高了换大码", "多运动增强体质", "瘦腿裤是版型", "燃脂操视频在平板里"),
        *("出厂前做过高温杀菌", "巴氏杀菌奶", "碗碟杀菌消毒用开水", "杀菌温度85度"),
    ],
)
def test_bodies_and_machines_without_a_claim_pass(line: str) -> None:
    """Wishes, advice, parts of machines, cuts, and how food and dishes are kept clean."""
    assert GUARD.judge(line, public=True) == PASSED
