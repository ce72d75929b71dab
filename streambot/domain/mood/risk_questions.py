"""Questions about a risk: what goods might do, asked of them before they are bought."""

from __future__ import annotations

import re

from streambot.domain.mood import hearsay_in_english

#: Asked of goods in English right before the word, or as a choice: is this a scam or legit.
_ASKED_IN_ENGLISH = re.compile(
    r"(?<![a-z])(?:is|are|was) (?:this|it|that|these|those)(?: shop| store| site|"
    r" brand)?(?: real or)?(?: an?| all)? ?$",
    re.IGNORECASE,
)
_OR_GENUINE = re.compile(
    r"(?<![a-z])(?:or (?:legit|real|genuine|authentic)|(?:legit|real|genuine|authentic) or)(?![a-z])",
    re.IGNORECASE,
)
#: How one tells it is: 怎么看一块玉是不是假货.
_HOW_TO_TELL = re.compile(
    "(?:怎么|咋|如何)(?:才能)?[^，,。]{0,3}(?:看|辨|分|鉴|判断|知道|挑|认)[^，,。]{0,8}(?:是不是|是否)$"
)
#: The risk of it is asked, in however long a line: 电池会不会起火，飞机能带吗.
_RISK_ASKED = re.compile("会不会|容不容易|怕不怕")
#: Or in fewer words: 敏感肌会烂脸吗, but not 你们知道会烂脸吗.
_MAY_HARM = re.compile(
    "(?<!怎么)(?<!为什么)(?<!居然)(?<!竟然)(?:会|容易|能)(?:不小心|容易|直接|突然)?$"
)
_QUESTION_ENDS = re.compile(
    "(?<![了过])[^，,。!！了]{0,4}(?:吗|么|嘛|不|[?？])[，,。~～?？]*$"
)
_PRESSED_HARM = re.compile("知道|难道|到底|还[卖敢播]|谁负责|我[用涂吃抹穿]了")
#: Harm that is feared hasn't come: 怕娃拉肚子, 新奶粉怎么加; but not 怕是吃坏肚子了.
_FEARED = re.compile("(?:担心|(?<!可)(?<!恐)怕)(?!是)[^，。,. 了]{0,4}$")
#: What only goods can be or do.
_OF_GOODS = frozenset({"safety", "defect"})


def is_asked(text: str, rule: str, start: int, end: int) -> bool:
    """Whether the word of *rule* between is asked after, by who has not bought yet."""
    if rule == "fraud":
        before = text[:start]
        asked = _ASKED_IN_ENGLISH.search(before) or _HOW_TO_TELL.search(before)
        return asked is not None or _OR_GENUINE.search(text) is not None
    if rule == "safety" and hearsay_in_english.risk_is_asked(text, start):
        return True
    if rule not in _OF_GOODS:
        return False
    if _RISK_ASKED.search(text, max(0, start - 4), end) is not None:
        return True
    if _FEARED.search(text[:start]) is not None and not text.startswith("了", end):
        return True
    return (
        _MAY_HARM.search(text[:start]) is not None
        and _QUESTION_ENDS.search(text, end) is not None
        and _PRESSED_HARM.search(text) is None
    )
