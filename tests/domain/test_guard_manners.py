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
