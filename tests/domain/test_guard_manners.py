"""Contacts and rude words are held; warnings to buyers and innocent neighbours of the words pass."""

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
        *("请不要在公屏留手机号", "别随便扫码", "我们不支持支付宝转账", "请勿私下交易"),
        *("客服不会让您加微信", "从来不要求您微信转账", "有人让您扫码付款请举报"),
        *("让您加QQ的都是骗子", "加微信的一律是骗局", "给您的手机号发了验证码"),
        *("手表的微信聊天功能", "扫码连接耳机", "手机扫码下载App", "支持扫码支付"),
    ],
)
def test_a_warning_to_buyers_passes(line: str) -> None:
    """The shop may say what nobody should do, and what a code on the box is for."""
    assert GUARD.judge(line, public=True) == PASSED


@pytest.mark.parametrize(
    "line",
    [
        *("别犹豫加微信领券", "不要错过加微信", "别等了扫码领红包", "不用想加V就行"),
        *("不要走，微信转账更便宜", "不会的加微信教您", "不要加微信，加QQ12345678"),
        *("扫码付给我", "微信聊一下", "留手机号给我"),
    ],
)
def test_a_no_about_something_else_excuses_no_contact(line: str) -> None:
    """别 and 不要 count where they stand right before the word."""
    assert rule_of(line) == "off_platform"


@pytest.mark.parametrize(
    "line",
    [
        *(
            "卫星号发您",
            "主页留了联系方式",
            "加一下小助理领券",
            "不要在平台下单，我给您链接",
        ),
        *("咱们不走平台", "绕过平台更划算", "站外买便宜", "加V领福利", "家V详聊"),
        *("家我微信", "添加微信有礼"),
    ],
)
def test_ways_around_the_platform_are_held(line: str) -> None:
    """Whatever the account is called, and where it is said to stand."""
    assert rule_of(line) == "off_platform"


@pytest.mark.parametrize("line", ["京东搜同名店", "去拼多多我们店看", "闲鱼更便宜"])
def test_other_platforms_are_asked_about(line: str) -> None:
    """With and without a verb of going."""
    verdict = GUARD.judge(line, public=True)
    assert not isinstance(verdict, Held)
    assert verdict.warnings == ("other_platform",)


@pytest.mark.parametrize(
    "line",
    [
        *("我家V领毛衣有货", "大家V脸圆脸都能戴", "咱家QQ糖在2号", "加V领的和圆领的"),
        *("添加微生物菌的酸奶", "VX系列显示器", "气象卫星号码查不到", "请不要绕过平台"),
        *("我们没在淘宝开店", "之前在京东买的也能修", "京东快递发货"),
    ],
)
def test_letters_that_only_meet_are_no_contact(line: str) -> None:
    """Collars, sweets, model names, and what is done elsewhere by others."""
    assert GUARD.judge(line, public=True) == PASSED


@pytest.mark.parametrize(
    "line",
    [
        *("您妈妈的尺码", "宝妈的口碑好", "给妈的生日礼物"),
        *(
            "节日你可以选礼盒",
            "周日你拍周一发",
            "不管您什么体型",
            "尽管你挑",
            "主管你好",
        ),
        *(
            "这是模特么",
            "水滚开后放面",
            "汤快滚的时候加盐",
            "去死角质温和",
            "不买别的也行",
        ),
        *(
            "不买别家买我家",
            "加入混蛋白的面糊",
            "体操你家孩子学过吗",
            "甘草你放两片",
            "生日你！快乐",
        ),
        *("尺码表不会看吗，我教您", "问别人去过没有", "嗯哼小熊的卫衣", "额定电压220"),
    ],
)
def test_rude_words_across_two_words_are_none(line: str) -> None:
    """What ends one word and begins the next insults nobody, and is no filler."""
    assert rule_of(line) is None
    assert "filler" not in {each.rule for each in GUARD.remarks(line, public=True)}


@pytest.mark.parametrize(
    "line",
    [
        *(
            "妈的",
            "真妈的烦",
            "日你大爷",
            "草你！",
            "管你什么体型",
            "谁管你",
            "特么的",
            "给我滚开",
        ),
        *("从我面前滚开", "你快滚", "去死吧", "不买别问", "混蛋玩意", "操你"),
        *("你是不是蠢", "您是不是有病", "没钱就不要看", "穷别买", "自己不会看吗"),
        *("找别人去吧", "长脑子干什么的", "说了几百遍了", "讲过多少遍"),
    ],
)
def test_rudeness_to_a_buyer_is_held(line: str) -> None:
    """Curses as such, and scorn for who asks, has no money or can't read."""
    assert rule_of(line) == "rude"


@pytest.mark.parametrize(
    "line",
    [
        *("今晚进裙抢", "裙主发红包", "叩叩群见", "加❤信拿货", "找我💚信", "tg找我"),
        *("用飞书聊", "扫主页的码", "头像上有二维码", "群号在我主页", "加！微！信"),
        *("站内不聊，w w w点shop点net", "发到hello艾特126点com", "进 mall 点 cn 下单"),
    ],
)
def test_contacts_in_disguise_are_held(line: str) -> None:
    """Homophones, hearts, words for signs, signs between, and pictures that hold the code."""
    assert rule_of(line) in ("off_platform", "link")


@pytest.mark.parametrize(
    "line",
    [
        *(
            "新进裙子三个色",
            "裙号怎么选看表",
            "这家店❤信誉好",
            "飞书会议音箱",
            "换头像贴纸",
        ),
        *(
            "微信扫码付款就行",
            "支付宝扫一扫付也可以",
            "收银台扫码付钱",
            "点我头像看主页",
        ),
        *("8点cn版开售", "周日9点com口的线上架", "型号是VX", "加薇诺娜同款的面膜袋"),
    ],
)
def test_paying_and_neighbours_of_the_disguises_pass(line: str) -> None:
    """Skirts, trust, clock times, names, and how the platform itself is paid."""
    assert GUARD.judge(line, public=True) == PASSED


@pytest.mark.parametrize(
    "line", ["去狗东搜同款", "桃宝同名", "上 tian mao 看", "走咸鱼下单", "上pdd拍"]
)
def test_other_platforms_in_disguise_are_asked_about(line: str) -> None:
    """Their nicknames and their pinyin."""
    verdict = GUARD.judge(line, public=True)
    assert not isinstance(verdict, Held)
    assert verdict.warnings == ("other_platform",)


@pytest.mark.parametrize("line", ["来条咸鱼蒸肉", "买给狗东西咬不坏", "pin dou图纸"])
def test_fish_and_dogs_are_no_platform(line: str) -> None:
    """Nicknames count with a verb of going or searching."""
    assert GUARD.judge(line, public=True) == PASSED
