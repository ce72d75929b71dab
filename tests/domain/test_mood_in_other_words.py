"""Anger in words that stand beside the known ones: tests, leavers, machines, promised days."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader
from streambot.domain.mood.reading import Mood

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    [
        "拿去鉴定了，没通过",
        "送检结果不合格",
        "质检报告出来说不达标",
        "羊毛含量才百分之三",
        "防伪码查不到",
        "一烧就有股塑料味",
        "老板骂我乡巴佬",
        "客服私聊骂人",
        "主播叫我滚出去",
        "客服回我“爱要不要”",
        "你们客服说买不起就别看",
        "要脸吗你们",
        "能不能要点脸",
    ],
)
def test_tests_that_failed_and_insults_to_customers_are_serious(line: str) -> None:
    """Fakes told by a laboratory, and who serves insulting who buys: fraud and abuse."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == (Mood.ANGRY, "P1")


@pytest.mark.parametrize(
    "line",
    [
        "这种次品还有脸拿出来播",
        "当我们是提款机吗",
        "逗我玩呢",
        "垃圾中的极品",
        "你跟我说这是全新?",
        "路人粉转黑了",
        "果断取关",
        "脱粉了，寒心",
        "我的心被你们伤透了",
        "转人工转人工",
        "转了人工又是机器人",
        "客服全是自动回复，没用",
        "除了抱歉你们会点别的吗",
        "稍等稍等，稍等到下辈子?",
        "20号到了又改30号",
        "发货日期一推再推",
        "又推到下个月了",
    ],
)
def test_leaving_machines_and_moved_days_are_anger(line: str) -> None:
    """And what is put otherwise than in the best known words."""
    assert READER.read(line).mood is Mood.ANGRY


@pytest.mark.parametrize(
    "line",
    [
        "total waste of my money",
        "that is simply not acceptable",
        "still fuming about my parcel",
        "makes me so angry",
        "we hate this store",
        "0 stars",
        "they keep making excuses",
        "you sent me garbage",
        "filing a complaint today",
        "opening a dispute with paypal",
        "let me talk to your supervisor",
        "reporting this page",
    ],
)
def test_english_beside_the_known_words_is_anger(line: str) -> None:
    """The same grievance with one word more or another."""
    assert READER.read(line).mood is Mood.ANGRY


@pytest.mark.parametrize(
    "line",
    [
        "玩我呢是什么梗",
        "陪我玩呢",
        "要点脸部精华",
        "要点脸颊红",
        "路转粉",
        "手滑取关了，刚关注回来",
        "你是真人还是机器人",
        "还是机器人扫地方便",
        "转人工怎么转",
        "除了亲子装还有别的吗",
        "3号改5号可以吗",
        "生日在10号，过了怎么领",
        "客服说爱心款有货",
        "主播叫我起床",
        "鉴定通过了，是真的",
        "棉含量百分之五十",
        "糖含量零",
        "防伪码在哪查",
        "5 stars",
        "i hate mondays",
        "it makes me so happy",
        "you sent me so many stickers, thanks",
        "how do i file a claim for warranty",
    ],
)
def test_their_plain_neighbours_are_calm(line: str) -> None:
    """Goods, ways to do things, and a test that was passed."""
    assert READER.read(line).mood is not Mood.ANGRY


@pytest.mark.parametrize(
    "line",
    [
        "这八十块就当捐了",
        "买了三年，这回真让我寒心",
        "第一次在这里买东西，也是最后一次",
        "穿两次就开胶，你们自己看着办",
        "新来的先去翻翻追评再下单",
        "周五前没退到账，我把视频挂出去",
        "老顾客就是用来宰的",
        "吃你家牛肉就拉肚子",
        "半年了还好意思说",
        "电话不接 死绝了是吧",
        "你们强行给我确认收货",
        "再买你家一片叶子我是狗",
        "踢我出群 截图我都存了",
        "nobody even picks up the phone, been on hold for 2 hours",
        "2-5 days you said, its been 5 weeks",
        "died after one night, piece of junk",
        "so you take my money in 2 seconds but cant answer me",
    ],
)
def test_who_is_done_with_a_shop_is_angry(line: str) -> None:
    """Money given up, a customer who goes, and what will be shown to everybody."""
    assert READER.read(line).mood is Mood.ANGRY
