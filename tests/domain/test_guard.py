"""What may not be said is held, whoever wrote it and however it is disguised; ordinary talk passes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from streambot.authoring.guard_file import shipped_guard, shipped_rules
from streambot.domain.guard import PASSED, Guard, Held, Passed, built_in_guard
from streambot.domain.guard_rules import GuardRule, GuardRules, Severity, Where
from tests.domain.guard_lines import HELD, PASSES, SUGGESTED, WARNED

GUARD = shipped_guard()
_HELD = [(line, rule) for rule, lines in HELD.items() for line in lines]
_WARNED = [(line, rule) for rule, lines in WARNED.items() for line in lines]
_PUBLIC_ONLY = ("phone", "long_number", "address")
#: What agents hide words with: nobody sees these.
_UNSEEN = "\u200b\u200d\u2060\ufeff\ufe0f"


@pytest.mark.parametrize(("line", "rule"), _HELD)
def test_what_may_not_be_said_is_held_with_its_words(line: str, rule: str) -> None:
    """The rule, the place and what to do about it, in both languages."""
    held = GUARD.judge(line, public=True)
    assert isinstance(held, Held)
    assert held.rule == rule
    assert line[held.start : held.end] == held.text
    assert held.text in held.hint_zh and held.text in held.hint_en


@pytest.mark.parametrize("line", PASSES)
def test_what_a_shop_says_all_day_passes_without_a_word(line: str) -> None:
    """Sizes, times, counts, prices, names of goods and denials are no offence."""
    assert GUARD.judge(line, public=True) == PASSED


@pytest.mark.parametrize(("line", "rule"), _WARNED)
def test_promises_and_the_like_are_asked_about(line: str, rule: str) -> None:
    """They pass, and whoever says them is to be sure."""
    verdict = GUARD.judge(line, public=True)
    assert isinstance(verdict, Passed)
    assert rule in verdict.warnings


@pytest.mark.parametrize(("line", "rule", "better"), SUGGESTED)
def test_careless_words_have_better_ones_beside_them(
    line: str, rule: str, better: str
) -> None:
    """The whole line as it should be, which has nothing more to better."""
    verdict = GUARD.judge(line, public=True)
    assert isinstance(verdict, Passed)
    remark = next(each for each in verdict.remarks if each.rule == rule)
    assert remark.severity is Severity.SUGGESTION
    assert remark.corrected == better
    left = GUARD.remarks(better, public=True)
    assert rule not in {each.rule for each in left}


def test_in_private_a_buyer_may_get_their_own_numbers() -> None:
    """What is only secret before others passes; the rest never does."""
    for line, rule in _HELD:
        held = isinstance(GUARD.judge(line, public=False), Held)
        assert held is (rule not in _PUBLIC_ONLY), line


def test_too_long_a_line_is_held_where_the_limit_is_kept_here() -> None:
    """With how much is too much."""
    held = GUARD.judge("一二三四五六", public=True, line_length=4)
    assert isinstance(held, Held)
    assert (held.rule, held.text) == ("too_long", "五六")
    assert "2" in held.hint_zh


def test_one_forbidden_text_holds_all() -> None:
    """A number cut in two is found in the whole it was cut from."""
    parts = ("客服电话是1380013", "8000")
    assert GUARD.judge_all(parts, public=True) is PASSED
    whole = GUARD.judge_all((*parts, "".join(parts)), public=True)
    assert isinstance(whole, Held)


def test_without_any_file_nobodys_data_is_said() -> None:
    """The guard of a room without rules still keeps numbers and addresses back."""
    guard = built_in_guard()
    for rule in (*_PUBLIC_ONLY, "identity_number"):
        for line in HELD[rule]:
            assert isinstance(guard.judge(line, public=True), Held), line


def test_every_error_is_named_and_the_worst_comes_first() -> None:
    """One line may break several rules; errors stand before warnings and suggestions."""
    remarks = GUARD.remarks("嗯，假一赔十，全网最低价，加V聊", public=True)
    assert [(each.rule, each.text) for each in remarks] == [
        ("off_platform", "加V"),
        ("absolute_term", "全网最低价"),
        ("promise", "假一赔十"),
        ("filler", "嗯"),
    ]
    assert remarks[1].corrected == "嗯，假一赔十，优惠价，加V聊"


def test_goods_of_other_kinds_free_a_shop_of_their_rules() -> None:
    """A shop for clothes alone may say of a jacket what no cream may claim; nobody said: all hold."""
    clothes = Guard.of(shipped_rules().selling({"clothing"}))
    assert clothes.judge("抗菌面料能减肥", public=True) == PASSED
    for mixed in ({"clothing", "food"}, None):
        guard = Guard.of(shipped_rules().selling(mixed))
        assert isinstance(guard.judge("喝了能减肥", public=True), Held)
    assert isinstance(clothes.judge("全网最低", public=True), Held)


def test_a_rule_names_only_so_many_words_and_misses_none_behind_another() -> None:
    """A hundred excused words hide no offence, and a hundred warnings no error."""
    excused = "最佳食用时间" * 40 + "国家级"
    assert isinstance(GUARD.judge(excused, public=True), Held)
    assert isinstance(GUARD.judge("假一赔" * 60 + "加V", public=True), Held)
    assert len(GUARD.remarks("最佳" * 300, public=True)) < 60


@given(st.text(max_size=80), st.booleans())
@example("ŉ加Ⅴİ", True)
@example("\U000e0001最\u0301佳", True)
@example("1" * 80, True)
def test_any_text_gets_a_verdict_that_can_be_shown(text: str, public: bool) -> None:
    """Spans lie in the text as it would be said, and judging twice says the same."""
    remarks = GUARD.remarks(text, public=public)
    for remark in remarks:
        assert text[remark.start : remark.end] == remark.text != ""
    assert GUARD.remarks(text, public=public) == remarks


@st.composite
def _disguised(draw: st.DrawFn) -> tuple[str, str]:
    """A forbidden line with its rule, and characters that nobody sees strewn in."""
    line, rule = draw(st.sampled_from(_HELD))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(line)))
        line = line[:at] + draw(st.sampled_from(_UNSEEN)) + line[at:]
    return line, rule


@given(_disguised())
def test_what_nobody_sees_hides_nothing(disguised: tuple[str, str]) -> None:
    """Zero-width characters and selectors change no verdict."""
    line, rule = disguised
    held = GUARD.judge(line, public=True)
    assert isinstance(held, Held) and held.rule == rule


_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_TRADITIONAL = str.maketrans(
    "国级业质极顶传创号锁药疗减压过体东转账网销单独绝对无风险",
    "國級業質極頂傳創號鎖藥療減壓過體東轉賬網銷單獨絕對無風險",
)


@pytest.mark.parametrize(("line", "rule"), _HELD)
def test_width_case_and_script_hide_nothing(line: str, rule: str) -> None:
    """Full-width, capital and traditional forms are held by the same rule."""
    for variant in (line.translate(_WIDE), line.upper(), line.translate(_TRADITIONAL)):
        held = GUARD.judge(variant, public=True)
        assert isinstance(held, Held), variant
        assert held.rule == rule, variant


_LINES = [
    *(line for line, _ in _HELD),
    *(line for line, _ in _WARNED),
    *(line for line, _, _ in SUGGESTED),
    *PASSES,
]


@given(st.lists(st.sampled_from(_LINES), min_size=1, max_size=3).map("，".join))
def test_a_corrected_line_contents_its_rule(line: str) -> None:
    """What is proposed is not remarked on again by the rule that proposed it."""
    for remark in GUARD.remarks(line, public=True):
        if remark.corrected is not None:
            assert remark.corrected != line
            left = GUARD.remarks(remark.corrected, public=True)
            assert remark.rule not in {each.rule for each in left}


@given(
    st.lists(st.text("最佳好?*#_ａＢ加v", min_size=2, max_size=6), max_size=4),
    st.sampled_from(Where),
    st.sampled_from(["", "很好", None]),
    st.text("最佳好，嗯加v 。", max_size=30),
)
def test_no_rule_and_no_line_break_the_guard(
    words: list[str], where: Where, instead: str | None, line: str
) -> None:
    """Whatever a shop forbids and says instead, judging ends, and a correction is one."""
    rule = GuardRule(
        id="own",
        zh="不说。",
        en="No.",
        words=tuple(word for word in words if set(word) - set("?*#_ ")),
        where=where,
        replacement=instead,
    )
    guard = Guard.of(GuardRules(rules=(rule,)))
    for remark in guard.remarks(line, public=True):
        assert line[remark.start : remark.end] == remark.text != ""
        if remark.corrected is not None:
            assert guard.remarks(remark.corrected, public=True) == ()
