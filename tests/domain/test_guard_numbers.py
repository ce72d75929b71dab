"""Numbers of people are held however they are called; those of goods, prices and sizes pass."""

from __future__ import annotations

import pytest

from streambot.authoring.guard_file import shipped_guard
from streambot.domain.guard import PASSED, Held

GUARD = shipped_guard()


def rule_of(line: str, *, public: bool = True) -> str | None:
    """The rule that holds *line*; None: it goes out."""
    verdict = GUARD.judge(line, public=public)
    return verdict.rule if isinstance(verdict, Held) else None


@pytest.mark.parametrize(
    "line",
    [
        *(
            "分别是199、1399、1599",
            "柜子1600*2000*450",
            "床垫180*1200*2000",
            "159,1299,1699",
        ),
        *("条码6901234567892", "条形码是6934567890123", "生产许可证号SC10633010600123"),
        *("备案编号粤G妆网备字2023123456", "国食健字G20230123456", "货号2024061812345"),
    ],
)
def test_numbers_of_goods_prices_and_sizes_pass(line: str) -> None:
    """They are printed on the goods, or listed and multiplied."""
    assert GUARD.judge(line, public=True) == PASSED


@pytest.mark.parametrize(
    "line",
    [
        *(
            "138*1234*5677",
            "139、4321、8763",
            "手机13 8 1234 5678",
            "手机号是13 912345678",
        ),
        *(
            "电话138、8000、1599",
            "联系1390/1234/567",
            "1、3、8、0、0、1、3、8、0、0、0",
        ),
        *("型号13812345678", "条码旁边的电话13812345678"),
    ],
)
def test_a_telephone_is_one_with_any_signs_between(line: str) -> None:
    """Where it is called one, or can be neither prices nor sizes."""
    assert rule_of(line) == "phone"
    assert rule_of(line, public=False) is None


@pytest.mark.parametrize(
    "line",
    [
        *(
            "440305198812240023",
            "我的身份证是110101199003071234",
            "证件号110101199003071234",
        ),
        *("320102 19751103 1103", "32010219751103110３"),
    ],
)
def test_an_identity_number_is_held_in_private_too(line: str) -> None:
    """With its check digit, or called one, or written in its three parts."""
    assert rule_of(line, public=False) == "identity_number"


@pytest.mark.parametrize(
    "line",
    [
        *("订单号是202406181234567890", "单号110101199003071234", "110101199013321233"),
        *("运单440305188812240023",),
    ],
)
def test_an_order_number_of_eighteen_digits_is_no_identity(line: str) -> None:
    """Without a birthday and a check digit it is an order's: private, but its buyer may have it."""
    assert rule_of(line) == "long_number"
    assert rule_of(line, public=False) is None


@pytest.mark.parametrize(
    "line",
    [
        *("请把身份证号发到公屏", "手机号码打在弹幕里我查", "收货地址写在评论区"),
        *("您的电话留在公屏就行", "公屏上发一下手机号", "评论区留地址"),
    ],
)
def test_nobody_is_asked_for_their_data_in_public(line: str) -> None:
    """In a private line it stays private, and is no matter of this rule."""
    assert rule_of(line) == "asks_data"
    assert rule_of(line, public=False) != "asks_data"


@pytest.mark.parametrize(
    "line",
    [
        *(
            "不要把手机号发在公屏",
            "手机号请不要发在评论区",
            "身份证别发弹幕",
            "请私信客服",
        ),
        *("订单尾号发公屏", "门店地址发在公屏了", "收货地址请在订单里改，不要发在公屏"),
        *(
            "尺码打在公屏上",
            "公屏发不了手机号的",
            "请勿在公屏留地址",
            "地址发公屏不安全",
        ),
    ],
)
def test_asking_for_what_is_nobodys_secret_passes(line: str) -> None:
    """And so does asking people to keep it to themselves."""
    assert GUARD.judge(line, public=True) == PASSED


def test_a_model_with_letters_around_its_number_is_no_telephone() -> None:
    """Named as a model it passes; else it is a long number, as it would be in a disguise."""
    for line in ("型号是T15912345678C", "款号AB17712345678", "货号Z13512340000Y有货"):
        assert GUARD.judge(line, public=True) == PASSED, line
    assert rule_of("找a15912345678b") == "long_number"
    assert rule_of("型号15912345678") == "phone"
