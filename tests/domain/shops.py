"""Two shops' books, clothes and food, that the trap tests ask; and the small talk of a claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import FaqMatch, MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.pack import Pack
from streambot.domain.product import Catalogue, Product, ProductId, SizeRow

SHOP: dict[str, tuple[str, ...]] = {
    "price": ("多少钱", "这个怎么卖", "什么价格"),
    "order_how": ("怎么下单", "怎么拍", "在哪里买"),
    "order_fail": ("怎么下不了单", "为什么拍不了", "付款一直失败怎么办"),
    "ship_when": ("什么时候发货", "多久发货", "今天拍几号发"),
    "ship_from": ("从哪里发货", "发货地是哪里", "你们仓库在哪"),
    "arrive_when": ("几天能到", "多久能收到", "大概什么时候送到"),
    "courier": ("发什么快递", "用哪家快递", "默认哪个快递公司"),
    "postage": ("包邮吗", "运费多少钱", "运费谁出"),
    "insurance": ("有运费险吗", "送不送运费险", "买了带运费险吗"),
    "return_how": ("怎么退货", "不喜欢可以退吗", "退货流程是什么"),
    "exchange_how": ("怎么换货", "可以换一件吗", "换货流程是什么"),
    "refund_when": ("退款多久到账", "退的钱几天到", "什么时候退款"),
    "restock": ("什么时候补货", "还会补货吗", "卖完了还上吗"),
    "coupon_get": ("怎么领优惠券", "优惠券在哪领", "有优惠券吗"),
    "coupon_fail": ("优惠券用不了怎么办", "券为什么领不了", "领了券怎么没减"),
    "full_100": ("满100减多少", "满100减10怎么用", "满100能减几块"),
    "full_200": ("满200减多少", "满200减30怎么用", "满200能减几块"),
    "deposit": ("定金多少", "定金怎么付", "定金能退吗"),
    "balance": ("尾款多少", "什么时候付尾款", "尾款怎么付"),
    "member_open": ("怎么开通会员", "会员怎么开", "在哪里开会员"),
    "member_close": ("怎么取消会员", "会员怎么关闭", "怎么注销会员"),
    "bind": ("怎么绑定手机号", "手机号在哪绑定", "绑定手机有什么用"),
    "unbind": ("怎么解绑手机号", "手机号在哪解绑", "解除绑定手机怎么弄"),
    "live_morning": ("早上几点开播", "上午播不播", "早场几点开始"),
    "live_evening": ("晚上几点开播", "晚上播到几点", "晚场几点开始"),
    "to_school": ("能寄到学校吗", "可以送到学校吗", "大学里能收吗"),
    "abroad": ("能发国外吗", "可以寄到国外吗", "香港能寄吗"),
    "authentic": ("是正品吗", "是真的还是仿的", "怎么证明是正品"),
    "warranty": ("保修几年", "坏了能免费修吗", "全国联保吗"),
}
CLOTHES: dict[str, tuple[str, ...]] = {
    "size_which": ("我穿什么码", "怎么选尺码", "拍多大的"),
    "size_true": ("是正码吗", "码数标准吗", "尺码准不准"),
    "tall_160": ("160cm穿什么码", "身高160选什么码", "一米六穿多大"),
    "heavy_160": ("160斤穿什么码", "体重160选什么码", "160斤能穿吗"),
    "for_men": ("有男款吗", "男款有什么颜色", "男生穿的有吗"),
    "for_women": ("有女款吗", "女款有什么颜色", "女生穿的有吗"),
    "link_3_color": ("3号链接有什么颜色", "3号有几个颜色", "3号有黑色吗"),
    "pilling": ("会起球吗", "起不起球", "容易起毛吗"),
    "fading": ("会掉色吗", "掉不掉颜色", "洗了褪色吗"),
    "wash": ("怎么洗", "可以机洗吗", "能用洗衣机洗吗"),
}
FOOD: dict[str, tuple[str, ...]] = {
    "shelf_life": ("保质期多久", "保质期几个月", "能放多长时间"),
    "made_date": ("生产日期是什么时候", "哪天生产的", "日期新鲜吗"),
    "spicy": ("辣不辣", "有不辣的吗", "小孩吃会不会太辣"),
    "flavours": ("有什么口味", "几种口味", "哪个口味好吃"),
    "apple_price": ("苹果多少钱一斤", "苹果怎么卖", "苹果什么价"),
    "weight": ("一份有多重", "一箱几斤", "净重多少"),
}
BOTH = SHOP | CLOTHES | FOOD

_SIZES = (
    SizeRow(size="M", height_cm=(155, 165), weight_jin=(90, 115)),
    SizeRow(size="L", height_cm=(160, 172), weight_jin=(110, 135)),
)
_GOODS = (
    Product(
        id=ProductId("sweater"),
        name="羊毛针织衫",
        link=1,
        aliases=("毛衣",),
        sizes=_SIZES,
    ),
    Product(
        id=ProductId("jeans"),
        name="直筒牛仔裤",
        link=3,
        aliases=("裤子",),
        sizes=_SIZES,
    ),
    Product(id=ProductId("apple"), name="红富士苹果", link=5, aliases=("苹果",)),
    Product(id=ProductId("jerky"), name="手撕猪肉脯", link=6, aliases=("肉脯",)),
)


def shop_entries(names: Iterable[str] = BOTH) -> tuple[FaqEntry, ...]:
    """The entries of these names."""
    return tuple(
        FaqEntry(id=FaqId(name), questions=BOTH[name], answers=("答",))
        for name in names
    )


@cache
def shop_matcher(*without: str) -> BookMatcher:
    """The matcher of both shops, at the shipped settings, lacking the entries *without*."""
    kept = [name for name in BOTH if name not in without]
    book = FaqBook(
        entries=shop_entries(kept),
        catalogue=Catalogue(products=_GOODS),
        pack=_pack(),
    )
    return BookMatcher(book, MatchSettings())


def asked(line: str, *without: str) -> FaqMatch:
    """What the shops' book says to *line*."""
    return shop_matcher(*without).match(line)


def asked_of(questions: Mapping[str, tuple[str, ...]], line: str) -> FaqMatch:
    """What a book of these *questions* by entry, with the shipped pack, says to *line*."""
    return _matcher_of(tuple(questions.items())).match(line)


@cache
def _matcher_of(questions: tuple[tuple[str, tuple[str, ...]], ...]) -> BookMatcher:
    entries = tuple(
        FaqEntry(id=FaqId(name), questions=asked, answers=("答",))
        for name, asked in questions
    )
    book = FaqBook(entries=entries, pack=shipped_pack())
    return BookMatcher(book, MatchSettings())


def told(match: FaqMatch) -> str:
    """A match in a few words, for the message of a failed claim."""
    named = ", ".join(
        f"{each.entry} {each.score:.2f}{f' ({each.veto})' if each.veto else ''}"
        for each in match.candidates[:3]
    )
    return f"{match.outcome} {match.entry or ''} [{match.reason}] of {named or 'none'}"


def assert_ranked_first(line: str, entry: str, *without: str) -> None:
    """The line is answered by *entry*, or asked back with it first: nothing else is said."""
    match = asked(line, *without)
    first = match.candidates[0].entry if match.candidates else None
    assert (match.outcome in _SAYS_OR_ASKS, first) == (True, entry), told(match)


def assert_answered(line: str, entry: str, *without: str) -> None:
    """The line is answered by *entry*."""
    match = asked(line, *without)
    assert (match.outcome, match.entry) == (Outcome.ANSWER, entry), told(match)


def assert_unanswered(line: str, *without: str) -> None:
    """The line is not answered."""
    match = asked(line, *without)
    assert match.outcome is not Outcome.ANSWER, told(match)


def assert_ignored(line: str, *without: str) -> None:
    """The line is nobody's: not answered, not asked about, no matter for a person."""
    match = asked(line, *without)
    assert match.outcome is Outcome.IGNORE, told(match)


_SAYS_OR_ASKS = (Outcome.ANSWER, Outcome.CLARIFY)
_PACK = "streambot.authoring.pack"


@cache
def _pack() -> Pack:
    """The pack that is shipped: a shop has it without asking."""
    if find_spec(_PACK) is None:
        return Pack()
    pack: Pack = import_module(_PACK).shipped_pack()
    return pack
