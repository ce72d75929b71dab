"""Sincerity: whether an angry word is meant, and meant for this shop."""

from __future__ import annotations

import re

import msgspec

from streambot.domain.mood import benign, hearsay, hearsay_in_english, risk_questions
from streambot.domain.mood.off_topic import (
    concerns_others,
    no_shop_matter,
    said_of_all,
)


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A rule's pattern found in a line without its disguise."""

    rule: str
    start: int
    end: int


def _anyof(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)


_DELIGHT = _anyof(benign.DELIGHT)
_ADDRESSED = _anyof(benign.ADDRESSED)
_ELSEWHERE = _anyof(benign.ELSEWHERE)
#: Who goes elsewhere from now on was let down here.
_LEAVES = re.compile(
    "(?:以后|下次|还不如|不如|只能|宁愿|打算)我?(?:就|都|还是|只)?(?:去|买|到|换|选|在)(?:别家|别人家|别的店)"
)
#: Who was let down elsewhere and comes here blames nobody here: 别家等了一个月，来你家买.
_COMES_HERE = re.compile(
    "(?:来|到|换|转|还是|试试|看看)你(?:们的|们?家)|早(?:点|些)?(?:认识|遇[到见]|来)你们|"
    "你们?家[^,，。！!]{0,8}[吗吧嘛呢?？]+$|"
    "(?:现在|以后|如今|从此)?(?:就|只|才)(?:敢|肯|想|认|爱|信|来|会)?[用买吃喝穿涂抹擦认信来选囤]你们?家|"
    "还是你们?家?的?(?:快|好(?!意思)|靠谱|良心|稳|香|实在|放心)|"
    "你们?家(?:就|都|却)?(?:秒回|秒发|好多|好太多|包赔|靠谱|良心|从来不|不会|没有?过|从没|没事|＿＿)"
)
_SOLVED = re.compile(benign.SOLVED)
_PATIENT = re.compile(benign.PATIENT)
_UNHURRIED = re.compile(benign.UNHURRIED)
_UNSOLVED = re.compile(benign.UNSOLVED)
_FEARED = re.compile(benign.FEARED)
_RELIEVED = re.compile(benign.RELIEVED)
_HEARSAY = re.compile(benign.HEARSAY)
#: A question about one's own goods at the end of a line.
_ASKS_AT_LAST = re.compile(
    r"(?:正品|真的|真货|保真|会|能|是|不|没有?|有)[^，。！!]{0,6}[吗吧么嘛呢?？]+$|"
    r"(?:会不会|是不是|有没有|能不能)[^，。！!]{0,6}$"
)
#: What can be put right; a danger or an insult can't.
_MENDABLE = frozenset({"delay", "refusal", "defect", "contempt", "mild"})
#: 骗子，什么店 asks nothing, nor does the 么 of 这么, 要么 and 特么, or 怎么样 behind what was done.
_ASKING = re.compile(
    rf"{_anyof(benign.ASKING).pattern}|(?<![可恐])怕(?!了)|(?<![什这那要特怎])么|这么(?:便宜|低|划算|好|多人)|没[这那]么|"
    r"怎么(?!样)|(?<!了)(?<!了[，, ])怎么样|可以(?!的[啊呀]?[，,。 ])|"
    r"什么(?!都|店|玩意|东西|破|鬼|垃圾|态度|人|商家|平台|服务|质量|公司|直播)|"
    r"(?:厉害|久了?.{1,4}|会.{1,4})不$|找谁(?!说理|要钱)|([一-龥])不(?![退管发赔给理回])\1"
)
#: A mark alone asks about a risk (掉色？); behind a grievance it asks nothing (耍我玩呢？).
_MARK = re.compile("[?？]")
_PLAY = _anyof(benign.PLAY)
_PRAISE = re.compile(benign.PRAISE)
#: Denials that stand right before a word (没骗我, 不是假货), but not 这不是骗人吗.
_DENIED = re.compile(
    r"(?<!这)(?<!是)(?<!难道)(?<!可)(?<!还)(?<!你们)(?:不是|没有|没|并非|不会|不想|不用|别|不要|绝不|"
    r"从不|未|无|零)(?:是|被|有|再)?$"
)
#: Who says so has had it: 别再踢皮球了.
_NO_MORE = re.compile("(?:别|不要)(?:再|老|总)$")
_OF_ENGLISH = frozenset({"fraud", "mild", "defect"})
_ACCUSES = re.compile(r"^.{0,4}(?:吗|嘛|么|是什么|是啥|[?？])")
_DENIABLE = frozenset(
    {"law", "violence", "safety", "fraud", "abuse", "refusal", "contempt", "mild"}
)
#: No question about a risk holds one of these: 尼玛，这是人穿的吗.
_NEVER_ASKED = frozenset({"abuse", "outrage", "violence"})
#: What was suffered, by rules of which a mark alone makes a question otherwise (要等半个月？).
_SUFFERED = re.compile("了|没人|还要|自己|呢[?？]")
_SUFFERABLE = frozenset({"delay", "refusal"})
#: Praise beside one of these is mockery: 太棒了，又是已读不回.
_NEVER_JOY = frozenset({"demand", "outrage"})
_DENIED_IN_ENGLISH = re.compile(
    r"(?<![a-z])(?:not|isnt|arent|wasnt|aint|never|no)(?: been)?(?: an?| any)? $",
    re.IGNORECASE,
)
#: What only goods can be or do.
_OF_GOODS = frozenset({"safety", "defect"})
_FALSE_GOODS = re.compile("假货|翻新|水货|高仿|仿[品货]|掺|货不对")
_CALLED = re.compile("^(?:主播|老板娘?|客服|亲)[，, ]*")
#: Faults are asked after of the shop as well (你们家穿久了起球不); who was hurt isn't left to that.
_CALLED_OF_FAULTS = re.compile("^(?:请问)?(?:主播|老板娘?|客服|亲|你们?家|你们)[，, ]*")
_STRONG = frozenset({"law", "fraud", "abuse"})
#: What makes a reproach of 发不发.
_PRESSES = re.compile("到底|究竟|倒是")
#: A question no longer than this asks about a risk; a longer one tells a story.
_SHORT_QUESTION = 14


def plays(text: str) -> bool:
    """Whether the line talks of games, shows or jokes, and of no shop."""
    return _PLAY.search(text) is not None and _ADDRESSED.search(text) is None


def praises(text: str) -> bool:
    """Whether the line praises two things or in two ways: it complains of nothing by its tone."""
    return len({seen[0] for seen in _PRAISE.finditer(text)}) > 1


def sincere(text: str, hits: list[Hit]) -> list[Hit] | None:
    """The hits that mean it; None: the line as a whole doesn't."""
    if _happened_elsewhere(text, hits) or _was_solved(text, hits):
        return None
    rules = {hit.rule for hit in hits}
    if concerns_others(text, rules) or hearsay.in_jest(text, rules):
        return None
    if hits and _is_light_in_english(text, rules):
        return None
    if hits and (_was_feared(text, hits) or _was_heard_of(text, hits)):
        return None
    told = [hit for hit in hits if not _is_hearsay(text, hit)]
    if hits and not told:
        return None
    kept = [
        hit
        for hit in told
        if not _is_denied(text, hit)
        and not _asks_whether(text, hit)
        and not risk_questions.is_asked(text, hit.rule, hit.start, hit.end)
    ]
    kept = _each_once(kept)
    if kept and _is_off_topic(text, kept):
        return None
    if _DELIGHT.search(text):
        strong = sum(hit.rule in _STRONG for hit in kept)
        meant = [hit for hit in kept if hit.rule in _NEVER_JOY]
        return kept if strong > 1 else meant or None
    if (
        len(kept) == 1
        and kept[0].rule not in _NEVER_ASKED
        and len(text) <= _SHORT_QUESTION
        and _asks(text, kept[0])
        and not _blames_somebody(text, kept[0])
    ):
        hit = kept[0]
        inside = text[hit.start : hit.end]
        if _ASKING.search(inside) is None and _MARK.search(inside) is None:
            return None
    return kept


def _each_once(hits: list[Hit]) -> list[Hit]:
    """The hits without mild words inside louder ones: 太恶心了 is contempt, and no more than that."""
    loud = {
        at for hit in hits if hit.rule != "mild" for at in range(hit.start, hit.end)
    }
    return [
        hit
        for hit in hits
        if hit.rule != "mild" or loud.isdisjoint(range(hit.start, hit.end))
    ]


def _happened_elsewhere(text: str, hits: list[Hit]) -> bool:
    """Whether the line tells of another shop, which the viewer leaves for this one, or of a story."""
    if _ELSEWHERE.search(_LEAVES.sub("", text)) is None:
        return False
    if _ADDRESSED.search(text) is None:
        return True
    comes = _COMES_HERE.search(text)
    return comes is not None and all(hit.end <= comes.start() for hit in hits)


def _was_feared(text: str, hits: list[Hit]) -> bool:
    """Whether all that is told was feared only, and came better."""
    first = min(hits, key=lambda hit: hit.start)
    last = max(hits, key=lambda hit: hit.end)
    feared = _FEARED.search(text, max(0, first.start - 16), first.start)
    return feared is not None and _RELIEVED.search(text[last.end :]) is not None


def _was_heard_of(text: str, hits: list[Hit]) -> bool:
    """Whether goods are asked after of which others were told ill: it happened to nobody here."""
    if not all(hit.rule in _OF_GOODS or hit.rule == "fraud" for hit in hits):
        return False
    heard = _HEARSAY.search(text)
    if heard is None or _ASKS_AT_LAST.search(text, heard.end()) is None:
        return False
    # 听说你们是骗子 is said to their faces
    first = min(hit.start for hit in hits)
    return _ADDRESSED.search(text, heard.end(), first) is None


def _is_off_topic(text: str, hits: list[Hit]) -> bool:
    """Whether strong words are all said of a story, a game or the weather."""
    words_of_all = all(said_of_all(hit.rule, text[hit.start : hit.end]) for hit in hits)
    return words_of_all and no_shop_matter(text)


def _was_solved(text: str, hits: list[Hit]) -> bool:
    """Whether the line tells of trouble that was put right, as praise often does.

    What is told behind is new trouble: 二话不说给我换了个更烂的. A wait is all that patience takes back.
    """
    rules = {hit.rule for hit in hits}
    if not rules <= _MENDABLE:
        return False
    waited = rules == {"delay"}  # what patience takes back
    if waited and _UNHURRIED.search(text) is not None:
        return True
    if _UNSOLVED.search(text) is not None:
        return False
    if waited and _PATIENT.search(text) is not None:
        return True
    solved = _SOLVED.search(text)
    return solved is not None and not any(_is_worse(hit, solved) for hit in hits)


def _is_worse(hit: Hit, solved: re.Match[str]) -> bool:
    """Whether *hit* is told of behind what solved something, and no wait that had been."""
    return hit.start >= solved.end() and hit.rule != "delay"


def _asks(text: str, hit: Hit) -> bool:
    """Whether a short line that holds *hit* asks, by its words or by no more than its mark."""
    if _ASKING.search(text) is not None:
        return True
    if hit.rule in _SUFFERABLE and _SUFFERED.search(text) is not None:
        return False
    return _MARK.search(text) is not None


def _blames_somebody(text: str, hit: Hit) -> bool:
    """Whether a short question about *hit* is put as an accusation.

    Who calls the host before asking whether goods leak or are fake accuses nobody; 主播是骗子吗 does.
    """
    of_goods = hit.rule in _OF_GOODS or _FALSE_GOODS.search(text[hit.start : hit.end])
    called = _CALLED_OF_FAULTS if hit.rule == "defect" else _CALLED
    asked = called.sub("", text) if of_goods else text
    return _ADDRESSED.search(asked) is not None


def _is_light_in_english(text: str, rules: set[str]) -> bool:
    """Whether an English line is of others, or in jest."""
    others = hearsay_in_english.concerns_others(text, rules)
    return others or hearsay_in_english.in_jest(text, rules)


def _is_denied(text: str, hit: Hit) -> bool:
    if hit.rule in _OF_ENGLISH and _DENIED_IN_ENGLISH.search(text[: hit.start]):
        return True
    if hit.rule == "refusal" and _NO_MORE.search(text[: hit.start]) is not None:
        return False
    if hit.rule not in _DENIABLE or _DENIED.search(text[: hit.start]) is None:
        return False
    return _ACCUSES.search(text[hit.end :]) is None


def _is_hearsay(text: str, hit: Hit) -> bool:
    """Whether others said or did it, or the goods cured it."""
    where = text, hit.start, hit.end
    if hit.rule == "safety" and hearsay.was_cured(*where):
        return True
    return hit.rule not in _NEVER_ASKED and (
        hearsay.said_by_others(*where) or hearsay_in_english.done_elsewhere(*where)
    )


def _asks_whether(text: str, hit: Hit) -> bool:
    """Whether the 不 of a refusal is that of 发不发, 退不退: asked without pressing."""
    at = hit.start
    if hit.rule != "refusal" or not 0 < at < len(text) - 1 or text[at] != "不":
        return False
    return text[at - 1] == text[at + 1] and _PRESSES.search(text) is None
