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
    "known_question": "是常见问题，但店里没写答案 · a common question the book has no answer for",
    "shop_matter": "肯定是店里的事，但没有答案 · surely the shop's matter, and nothing answers it",
    "about_the_show": "问的是主播或直播间，不是买东西 · about the host or the show",
    "other_shop": "说的是别家的店 · about another shop",
    "other_goods": "问的是店里不卖的东西 · about goods the shop doesn't sell",
    "bought": "说的是已经拍了 · tells of a purchase, asks nothing",
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
    "form": "一个问为什么、一个问怎么做 why against how",
    "language": "说的是另一种语言 in another language",
}
FEATURES = {
    "shared": "共同的内容 in common",
    "phrasing_covered": "覆盖问法 of the phrasing",
    "line_covered": "覆盖这句 of the line",
    "entry_covered": "整条覆盖这句 of the line by the entry",
    "spelling": "字面 letters",
    "line_misses": "这句多出的词 what only the line says",
    "phrasing_misses": "问法多出的词 what only the phrasing says",
    "length": "长短之差 difference in length",
    "concepts": "同义概念 concepts of the line",
    "concepts_shared": "共同的概念 concepts in common",
    "concepts_missed": "没问到的概念 concepts only in the line",
    "concepts_unasked": "多出的概念 concepts only in the phrasing",
    "identical": "一字不差 word for word",
    "gist": "大意 gist",
    "gist_lead": "大意领先 lead of the gist",
    "latin_gist": "英文大意 gist in Latin letters",
    "latin_gist_lead": "英文大意领先 lead of that gist",
    "cosine": "语义 meaning",
    "cosine_above": "语义高出平均 meaning above the mean",
    "cosine_lead": "语义领先 lead of the meaning",
    "cosine_entry": "整条语义 meaning of the entry",
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
