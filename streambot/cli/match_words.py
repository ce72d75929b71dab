"""What matching's codes mean in words, Chinese first; a code without words is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping

from streambot.domain.mood import Mood

OUTCOMES = {
    "answer": "直接回答 answered",
    "clarify": "反问顾客 asked back",
    "handoff": "转人工 handed to a person",
    "ignore": "不理会 ignored",
}
REASONS = {
    "answered": "第一名够像，也领先够多 · the best is sure enough and leads",
    "clear": "第一名够像，也领先够多 · the best is sure enough and leads",
    "margin": "前两名太接近 · the two best are too close",
    "below_answer": "像，但没到直接回答的门槛 · alike, but below answer_at",
    "below_suggest": "都不够像 · nothing is alike enough",
    "vetoed": "最像的都被否决了 · whatever is alike is vetoed",
    "no_candidate": "问答本里没有沾边的 · nothing in the book comes near",
    "shadow": "是常见问题，但店里没写答案 · a common question the book has no answer for",
    "empty": "没有文字，只有标点或表情 · no words in it",
    "asked_human": "顾客要找人工 · the viewer asks for a person",
    "after_sale": "是订单或售后的事 · an order or after-sale matter",
}
VETOES = {
    "numbers": "数字不同 different numbers",
    "exclusive": "意思相反 words that exclude each other",
    "link": "已经说了几号链接 the line names its link",
    "manner": "一个问为什么、一个问怎么做 why against how",
    "expired": "不在有效期 not in force now",
    "must": "缺“必须有”的词 lacks a must word",
    "any": "缺“任一有”的词 lacks every any word",
    "none": "有“不能有”的词 holds a none word",
    "product": "不是这个商品 another product",
    "not_question": "像“不是问”里的话 like a not_question",
    "negation": "一个肯定一个否定 one of them is negated",
    "foreign": "问的是别家的商品 about another shop's goods",
}
FEATURES = {
    "ratio": "字面 letters",
    "exact": "一字不差 word for word",
    "line": "覆盖这句 of the line",
    "phrasing": "覆盖问法 of the phrasing",
    "terms": "共同的词 words in common",
    "ngrams": "共同的字词 n-grams",
    "pinyin": "拼音 pinyin",
    "concepts": "同义概念 concepts",
    "keyword": "关键词 keyword",
    "cosine": "语义 meaning",
    "intent": "常见问题 common question",
    "margin": "领先 lead",
    "length": "长短 length",
}
MOODS = {
    Mood.CALM: "平静 calm",
    Mood.UNEASY: "有点不满 uneasy",
    Mood.ANGRY: "生气，会转人工 angry: a person is asked",
}


def in_words(words: Mapping[str, str], code: str | None) -> str:
    """The words of *code*; nothing for None."""
    return "" if code is None else words.get(code, code)


def features_in_words(features: Mapping[str, float]) -> str:
    """Each feature and how much of it there is, the strongest first."""
    ranked = sorted(features.items(), key=lambda item: (-item[1], item[0]))
    return "\n".join(
        f"{FEATURES.get(name, name)} {_amount(value)}" for name, value in ranked
    )


def _amount(value: float) -> str:
    """A share of one as a percentage, any other number as it is."""
    return f"{100 * value:.0f}%" if 0 <= value <= 1 else f"{value:.2f}"


def printable(text: str) -> str:
    """*text* without what a terminal would act on."""
    return "".join(char for char in text if char.isprintable())
