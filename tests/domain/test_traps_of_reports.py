"""Traps of reports: how something went, said in the words of an entry that is asked whether it will."""

from __future__ import annotations

import pytest

from streambot.domain.faq.match import FaqMatch, Outcome
from streambot.domain.faq.reports import reports
from streambot.domain.faq.statements import merely_tells
from tests.domain.shops import asked_of

_ASKED = {
    "fading": ("毛毯掉色吗", "毛毯洗了会不会褪色", "毯子掉不掉色"),
    "pilling": ("毛毯起球吗", "毛毯会起毛球吗", "毯子起不起球"),
    "fabric": ("毛毯是纯羊毛的吗", "毛毯什么料子", "毯子是什么材质"),
    "boil": ("粽子煮多久", "粽子怎么煮", "粽子要煮几分钟"),
    "soft": ("年糕糯不糯", "年糕软不软", "年糕口感糯吗"),
    "late": ("昨天买的还没发货", "什么时候发货", "几天能发"),
}


def _asked(line: str) -> FaqMatch:
    return asked_of(_ASKED, line)


@pytest.mark.parametrize(
    "line",
    [
        "上回买的毛毯起球了",
        "毛毯洗了两回没掉色",
        "毛毯掉色有点严重",
        "毛毯一定要选纯羊毛的",
        "粽子煮40分钟正好",
        "年糕是真的糯",
        "上次买的年糕好糯",
        "毛毯晒一天就没味了",
        "毛毯被狗咬烂了",
        "毛毯比我还掉毛",
        "昨天抢的毛毯给我发了",
        "有点起球啊",
    ],
)
def test_a_report_is_not_answered(line: str) -> None:
    """Whoever's blanket did pill isn't told that it doesn't."""
    assert _asked(line).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("有点掉色", Outcome.HANDOFF),
        ("上回买的毛毯起球了", Outcome.HANDOFF),
        ("前天收的毛毯掉色了", Outcome.HANDOFF),
        ("毛毯洗了两回没掉色", Outcome.CLARIFY),
    ],
)
def test_whose_goods_are_faulty_is_heard_by_people(line: str, outcome: Outcome) -> None:
    """Whose are not is asked back, as the line may still be a question."""
    match = _asked(line)
    assert (match.outcome, match.reason) == (outcome, "reported")


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("毛毯起球不", "pilling"),
        ("毛毯洗了掉色吗", "fading"),
        ("毯子是真的羊毛吗", "fabric"),
        ("粽子一般煮多久", "boil"),
        ("昨天买的还没发货呢", "late"),  # the merchant wrote it so
    ],
)
def test_who_asks_is_answered(line: str, entry: str) -> None:
    """Also where a question or an entry is worded like a report."""
    assert _asked(line).entry == entry


@pytest.mark.parametrize(
    "line", ["上个月买的年糕都是新鲜的", "粽子煮40分钟正好", "年糕好吃哭了"]
)
def test_what_went_well_is_nobodys_matter(line: str) -> None:
    """It merely tells: nobody is asked back for it."""
    assert merely_tells(line)


@pytest.mark.parametrize(
    "line", ["上回买的毛毯起球了", "毛毯变形得厉害", "跟图片不一样啊"]
)
def test_a_fault_may_be_somebodys_matter(line: str) -> None:
    """It is reported, and not merely told."""
    assert reports(line) and not merely_tells(line)


@pytest.mark.parametrize(
    "line",
    [
        "昨天买的帮我改地址",
        "上次买的今天降价了",
        "起球了怎么办",
        "跟图片不一样怎么办",
        "和图片有什么不一样",
        "掉色了能退吗",
        "一定要帮我备注",
        "都发不了货",
        "用两天就坏了",
        "账号被盗了",
        "我被拉黑了",
        "都卖完了",
    ],
)
def test_who_wants_something_reports_nothing(line: str) -> None:
    """However much of a story comes with it."""
    assert not reports(line)
