"""What advertising may not claim is held in all its wordings; facts in the same words pass."""

from __future__ import annotations

import pytest

from streambot.authoring.guard_file import shipped_guard
from streambot.domain.guard import PASSED, Held

GUARD = shipped_guard()


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
        *("最新鲜的草莓", "穿着最舒服", "最耐穿的袜子", "最热销的爆款", "最靠谱的商家"),
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
        *("最好用温水泡开", "最好看下尺码表再拍", "最好穿大一码", "最火的时候别开盖"),
        *("从上往下第1颗扣子", "销量第12的那款", "第1件原价", "全网第1批到货"),
        *("这是唯一一双了", "唯一有货的是白色", "首选快递是中通", "极品飞车游戏盘"),
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
