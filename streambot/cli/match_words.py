"""What matching's codes mean in words, Chinese first; a code without words is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from streambot.domain.faq.grounds import Ground
from streambot.domain.mood import Mood

OUTCOMES = {
    "answer": "直接回答 answered",
    "clarify": "反问顾客 asked back",
    "handoff": "转人工 handed to a person",
    "ignore": "不理会 ignored",
}
REASONS = {
    "answered": "第一名够像，也领先够多 · the best is sure enough and leads",
    "margin": "够像，但前两名太接近 · the two best are too close",
    "below_answer": "像，但没到直接回答的门槛 · alike, but not sure enough to answer",
    "below_suggest": "都不够像 · nothing is alike enough",
    "only_tells": "只是说说，没有在问 · it only tells, and asks nothing",
    "reported": "在说用得怎么样，不一定在问 · it reports how things went, which may ask nothing",
    "vetoed": "最像的都被否决了 · whatever is alike is vetoed",
    "no_candidate": "问答本里没有沾边的 · nothing in the book comes near",
    "empty": "没有文字，只有标点或表情 · no words in it",
    "known_question": "是常见问题，但店里没写答案 · a common question without an answer",
    "about_the_show": "聊主播或直播，不是店里的事 · about the host or the show, not the shop",
    "other_shop": "说的是别的店 · about another shop",
    "other_goods": "问的是本店不卖的东西 · about goods the shop doesn't sell",
    "in_answer": "问法里没有，但这条的回答说到了 · its answer speaks of what is asked",
    "wanted": "问店里有没有这样东西 · asks whether the shop has such goods",
    "bought": "说自己买好了，不是在问 · says they bought, and asks nothing",
    "shop_matter": "明显是店里的事，但没有答案 · surely the shop's matter, without an answer",
    "asked_human": "顾客要找人工 · the viewer asks for a person",
    "after_sale": "是订单或售后的事 · an order or after-sale matter",
    "picked": "顾客选了反问里的这条 · the viewer chose it when asked back",
}
SOUNDS = {
    "asked": "像在问店里 · like a question to a shop",
    "either": "说不准 · could be either",
    "talk": "像闲聊 · like talk",
}
BESIDE = {
    "sizes": "尺码表 · the size table",
    "orders": "订单 · orders",
    "bought": "谢谢下单 · thanks for buying",
    "parts": "一句几问 · several questions at once",
}
VETOES = {
    "numbers": "数字、身材或链接号不同 · different numbers",
    "exclusive": "意思相反或互斥 · words that rule each other out",
    "manner": "问原因和问做法不是一回事 · why is not how",
    "expired": "不在有效期 · not in force now",
    "must": "缺“必须有”的词 · lacks a must word",
    "any": "缺“至少有”的词 · lacks every any word",
    "none": "有“不能有”的词 · holds a none word",
    "product": "不是这个商品 · another product",
    "not_question": "像“不是问”里的话 · like a not_question",
    "link": "已经说了几号链接 · the line names its link",
    "form": "问的方式对不上 · asked in another form",
    "language": "不是这种语言 · another language",
    "body": "身高体重已经说了 · height and weight are told already",
    "size": "问的是另一个码 · another size is asked for",
    "price": "问的是价钱，这条没说钱 · asks a price, and it says nothing of money",
    "aspect": "问的这一点，这条没说到 · asks what it says nothing of",
    "quantity": "问的是几件的价，这条没说 · asks the price of several, and it says none",
    "other_goods": "说的是别的东西 · asks of other goods",
}
MEASURES = {
    "shared": "内容重合 · the same content",
    "phrasing_covered": "问法说的这句都有 · of the question is in the line",
    "line_covered": "这句说的问法都有 · of the line is in the question",
    "entry_covered": "这句说的这条都有 · of the line is in the entry",
    "spelling": "字面相像 · alike in letters",
    "line_misses": "这句多说了别的 · the line says more",
    "phrasing_misses": "问法里还有别的 · the question says more",
    "length": "长短不同 · differ in length",
    "concepts": "说的是同样的事 · of what it is about is there",
    "concepts_shared": "共同的概念 · concepts in common",
    "concepts_missed": "这条没提到的事 · about what the entry isn't",
    "concepts_unasked": "这句没问到的事 · about what the line isn't",
    "identical": "一字不差 · word for word",
    "gist": "用字大意相近 · alike in gist",
    "gist_lead": "大意比别条更近 · gist nearer than any other",
    "latin_gist": "英文大意相近 · alike in English gist",
    "latin_gist_lead": "英文大意比别条更近 · English gist nearer than any other",
    "gist_entry": "整条的用字大意 · gist of the whole entry",
    "latin_gist_entry": "整条的英文大意 · English gist of the whole entry",
    "cosine": "语义相近（连同回答） · alike in meaning, the answer included",
    "cosine_above": "语义高出全书平均 · meaning above the book's mean",
    "cosine_lead": "语义比别条更近 · meaning nearer than any other",
    "cosine_entry": "整条的语义 · meaning of the whole entry",
    "led": "关键词、常见问题、短词或它的回答指向这条 · a keyword, a common question or its answer leads here",
}
MOODS = {
    Mood.CALM: "平静 calm",
    Mood.UNEASY: "有点不满 uneasy",
    Mood.ANGRY: "生气，会转人工 angry: a person is asked",
}


def in_words(words: Mapping[str, str], code: str | None) -> str:
    """The words of *code*; nothing for None."""
    return "" if code is None else words.get(code, code)


def reason_in_words(code: str) -> str:
    """Why a match led where it did: a reason, or the veto that left nothing standing."""
    return REASONS.get(code) or VETOES.get(code, code)


def grounds_in_words(found: Sequence[Ground]) -> list[str]:
    """What decided most how sure a candidate is, each in its words."""
    return [_ground(each) for each in found]


def _ground(ground: Ground) -> str:
    zh, _, en = in_words(MEASURES, ground.name).partition(" · ")
    against = "" if ground.helps else "（减分 against）"
    return " ".join(filter(None, (zh, _amount(ground.amount), en))) + against


def _amount(value: float | None) -> str:
    """Most measures are shares of one; whatever is more is a number."""
    if value is None:
        return ""
    return f"{100 * value:.0f}%" if -1 <= value <= 1 else f"{value:.2f}"


def printable(text: str) -> str:
    """*text* without what a terminal would act on."""
    return "".join(char for char in text if char.isprintable())
