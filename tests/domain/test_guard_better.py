"""One finding a fault, and a better wording only where it fits and is allowed itself."""

from __future__ import annotations

from itertools import pairwise

import pytest

from streambot.authoring.guard_file import shipped_guard, shipped_rules
from streambot.domain.guard import Guard
from streambot.domain.guard_rules import GuardRule, GuardRules, Severity

GUARD = shipped_guard()


def better(line: str) -> str | None:
    """The line as the first remark about it would have it."""
    return GUARD.remarks(line, public=True)[0].corrected


@pytest.mark.parametrize(
    "line",
    [
        *("全网最好用的壶", "业内第一的品牌", "口碑NO.1", "绝对有效", "微信扫码找我"),
        *("一定不会过敏", "最最划算", "史上最优惠价"),
    ],
)
def test_a_fault_is_found_once(line: str) -> None:
    """Words that overlap are one fault, of the gravest and first of their rules."""
    assert len(GUARD.remarks(line, public=True)) == 1


def test_two_faults_are_two_and_the_grave_hides_no_other_place() -> None:
    """Only what overlaps is one; a warning elsewhere in the line stays."""
    found = GUARD.remarks("最划算，绝对有效，假一赔三，最划算", public=True)
    assert [(each.rule, each.start) for each in found] == [
        *(("absolute_term", 0), ("absolute_term", 4), ("absolute_term", 14)),
        ("promise", 9),
    ]


def test_no_two_findings_share_a_place() -> None:
    """Also where a word is found twice, as it stands and with signs taken out."""
    for line in ("销量NO.1的锅", "最 便 宜 的最 便 宜", "加.微.信加微信"):
        spans = [(each.start, each.end) for each in GUARD.remarks(line, public=True)]
        spans.sort()
        assert all(one[1] <= two[0] for one, two in pairwise(spans))


@pytest.mark.parametrize(
    "line",
    [
        *("万能的一把刀", "国家级匠人", "世界级的水准", "顶尖设计师", "本季最佳穿搭"),
        *(
            "最划算的就是这款",
            "最好看的就这件",
            "最便宜那款",
            "行业第一的口碑",
            "第一品牌",
        ),
        *("极品岩茶", "随便您选哪件", "无所谓尺码", "首选品牌", "说过了"),
    ],
)
def test_what_cannot_be_reworded_by_itself_gets_no_wording(line: str) -> None:
    """Rather none than nonsense, or another claim that needs proof."""
    assert better(line) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("最好用的拖把", "很好用的拖把"),
        ("这件最划算", "这件很划算"),
        ("最佳的搭档", "很好的搭档"),
        ("随便", "都可以"),
        ("随便，哪件都行", "都可以，哪件都行"),
        ("随便选", "都可以选"),
        ("待客首选，好看", "待客很多人选，好看"),
    ],
)
def test_what_fits_is_offered_with_its_signs(line: str, said: str) -> None:
    """The sign after a word is no part of it and stays as it is."""
    assert better(line) == said


def test_a_wording_that_another_rule_holds_is_not_offered() -> None:
    """Else who follows it is held again."""
    own = GuardRule(id="own", zh="。", en=".", replacements=(("清仓", "全网最低价"),))
    guard = Guard.of(GuardRules(rules=(*shipped_rules().rules, own)))
    (remark,) = guard.remarks("今天清仓", public=True)
    assert remark.corrected is None
    assert "全网最低价" not in remark.hint_zh


def test_no_shipped_wording_is_held_or_asked_about() -> None:
    """What is recommended passes, every rule considered."""
    for rule in shipped_rules().rules:
        for said in {better for _, better in rule.replacements} | {rule.replacement}:
            for remark in GUARD.remarks(said or "", public=True):
                assert remark.severity is Severity.SUGGESTION != rule.id, said
