"""Ratings in words: which score of 1 to 5 an asked viewer's line gives, in every form people write."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: The best score; 1 is the worst.
BEST = 5
#: Scores after which a supervisor looks at the matter.
LOW = 2

#: What may stand around a score without saying more than the score.
_BEFORE = (
    r"(?:(?:那|我|就|必须|这次|本次|服务|客服|态度|打分|评分|"
    r"评价|评|打|给|回复|个|你们?|您|的|是|算|吧|亲)+)?"
)
_AFTER = r"(?:(?:吧|啦|了|哦|呀|啊|哈|呢|的|谢谢|感谢|多谢|辛苦了?|好评|客服|服务|你们?|您|棒|赞)*)"
_DIGITS = {
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "5": 5,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
}
#: "5", "5分", "五星", "五颗星", "5/5"; never "5件", "1号", "1米6", "扣1", "5.5".
_NUMBER = r"(?P<n>[1-5一二两三四五])\s*(?:分|颗?星|/5|\*)?(?:好评)?(?!\d)"
#: A unit must stand there when more words follow: "1，还没收到货" could be a choice.
_WITH_UNIT = rf"{_BEFORE}(?P<n>[1-5一二两三四五])\s*(?:分|颗?星)(?:好评)?{_AFTER}"
_WHOLE = re.compile(rf"{_BEFORE}{_NUMBER}{_AFTER}")
_LEADING = re.compile(rf"(?P<head>{_WITH_UNIT})[\s,，。.;；!！、~～]+(?P<rest>.{{2,}})")

#: Words that are a score by themselves; the longer one wins where both fit.
_WORDS: tuple[tuple[int, str], ...] = (
    (5, r"满分|10分|十分|100分|一百分|(?:非常|很|特别|超级?|十分|太|挺|相当)满意|满意|"
        r"(?:五星)?好评|(?:很|非常|特别|超级?)好|完美|优秀|5星好评|great|excellent|perfect|good"),
    (3, r"一般般?|还行|还可以|凑合|中评|马马虎虎|普通|just ?so ?so|so ?so|ok"),
    (2, r"不(?:太|怎么|是很|够)满意|不太好|不怎么样|较差"),
    (1, r"(?:非常|很|特别|极其|十分|太|超级?)?不满意|(?:很|非常|太|特别|超级?)差劲?|差评|差劲?|"
        r"垃圾|零分|0分|负分|(?:非常|很)?失望|糟糕|terrible|bad|worst"),
)  # fmt: skip
_SAID = tuple(
    (score, re.compile(rf"{_BEFORE}(?:{words}){_AFTER}", re.IGNORECASE))
    for score, words in _WORDS
)
_SAID_FIRST = tuple(
    (
        score,
        re.compile(
            rf"{_BEFORE}(?:{words}){_AFTER}[\s,，。.;；!！、~～]+(?P<rest>.{{2,}})",
            re.IGNORECASE,
        ),
    )
    for score, words in _WORDS
)
_STARS = re.compile(r"(?:[⭐🌟★✨☆]\s*){1,5}")
_UP = re.compile(r"(?:[👍💯❤😍🥰👏]\s*)+")
_DOWN = re.compile(r"(?:[👎😡🤬💩]\s*)+")
#: Marks that change nothing: variation selectors, skin tones, joiners.
_MARKS = re.compile("[\ufe0e\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff]")
_EDGES = " \t,，。.;；!！、~～:：()（）[]【】\"'“”"
#: Longer lines tell a story: what they say goes to a person, not into a figure.
_LONGEST = 80
_ASKS = re.compile(r"[?？]|多少|怎么|什么|吗$|呢$|哪")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A score and what the line says besides, if anything."""

    score: int
    rest: str = ""

    @property
    def is_low(self) -> bool:
        """Whether a supervisor must look at it."""
        return self.score <= LOW


def rating_in(text: str) -> Rated | None:
    """The score that *text*, written by somebody who was asked for one, gives.

    A digit counts only where it is all there is or has its 分 or 星: "1号链接", "扣1", "1米6" and
    "5件" are what a live room is full of, and none of them is an opinion.
    """
    if len(text) > _LONGEST:
        return None
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", text)).strip(_EDGES)
    return _whole(plain) or _with_more(plain)


def _whole(plain: str) -> Rated | None:
    """A line that is a score and nothing else."""
    if (number := _WHOLE.fullmatch(plain)) is not None:
        return Rated(score=_DIGITS[number["n"]])
    for score, said in _SAID:
        if said.fullmatch(plain) is not None:
            return Rated(score=score)
    if _STARS.fullmatch(plain) is not None:
        return Rated(score=len("".join(plain.split())))
    if _UP.fullmatch(plain) is not None:
        return Rated(score=BEST)
    return Rated(score=1) if _DOWN.fullmatch(plain) is not None else None


def _with_more(plain: str) -> Rated | None:
    """A line that begins with a score and goes on: "2分，还没收到货"."""
    if (number := _LEADING.fullmatch(plain)) is not None:
        return Rated(score=_DIGITS[number["n"]], rest=number["rest"])
    for score, said in _SAID_FIRST:
        found = said.fullmatch(plain)
        if found is not None and not (score > LOW and _ASKS.search(found["rest"])):
            return Rated(score=score, rest=found["rest"])
    return None
