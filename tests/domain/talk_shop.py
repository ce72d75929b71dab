"""A small shop with products, in whose room the session's talk is tested."""

from __future__ import annotations

from functools import cache

from streambot.domain.events import ProductShown
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import MatchSettings
from streambot.domain.product import Catalogue, Product, ProductId, SizeRow
from streambot.domain.understanding import Understanding
from tests.domain.chat_room import Chat, after

TOPS = (
    SizeRow(size="M", height_cm=(150, 165), weight_jin=(90, 115)),
    SizeRow(size="L", height_cm=(155, 175), weight_jin=(116, 140)),
)
PRODUCTS = (
    Product(
        id=ProductId("tee"),
        name="云感T恤",
        link=1,
        aliases=("T恤", "短袖"),
        price="69元",
        stock="现货",
        sizes=TOPS,
    ),
    Product(
        id=ProductId("coat"),
        name="羊毛大衣",
        link=2,
        aliases=("大衣",),
        price="399元",
        stock="仅剩3件",
        sizes=(SizeRow(size="均", height_cm=(150, 175), weight_jin=(90, 150)),),
    ),
    Product(
        id=ProductId("bag"), name="帆布包", link=3, aliases=("包包",), price="39元"
    ),
    Product(id=ProductId("hat"), name="渔夫帽", link=12, aliases=("帽子",)),
)


def entry(name: str, *questions: str, answer: str, **more: object) -> FaqEntry:
    """An entry with one answer."""
    return FaqEntry(id=FaqId(name), questions=questions, answers=(answer,), **more)  # type: ignore[arg-type]


ENTRIES = (
    entry(
        "price",
        "多少钱",
        "什么价格",
        "多少米",
        answer="{product.name}{product.price}",
        follow_up={"有券吗": "有优惠券吗"},
    ),
    entry("stock", "有货吗", "还有货吗", answer="{product.name}{product.stock}"),
    entry("stock-xl", "XL有货吗", answer="XL下周到货"),
    entry("stock-m", "M码有货吗", answer="M码有货"),
    entry("link", "几号链接", "在几号链接", answer="{product.link}号链接"),
    entry("ship", "什么时候发货", "多久发货", "什么时候发", answer="48小时内发出"),
    entry("fee", "包邮吗", "运费多少", answer="全场包邮"),
    entry("back", "能退吗", "可以退货吗", "怎么退", answer="七天内可退"),
    entry("coupon", "有优惠券吗", answer="首页领5元券"),
    entry("buy", "怎么下单", "怎么拍", "怎么买", answer="点小黄车拍下"),
    entry("wool", "大衣起球吗", answer="大衣不起球", products=("coat",)),
    entry("white", "白色会透吗", answer="白色微透"),
    entry("black", "黑色会透吗", answer="黑色不透"),
    entry("size-how", "怎么选码", "穿什么码", answer="报一下身高体重"),
    entry("price-en", "how much is it", answer="{product.price} each", language="en"),
)


@cache
def shop() -> Understanding:
    """The shop's book; built once."""
    return book(*ENTRIES)


def book(*entries: FaqEntry) -> Understanding:
    """A book of *entries* about the shop's products."""
    whole = FaqBook(entries=entries, catalogue=Catalogue(products=PRODUCTS))
    return Understanding.of(whole, MatchSettings())


def talk(shown: str | None = None, understanding: Understanding | None = None) -> Chat:
    """A room of the shop with *shown* on screen."""
    chat = Chat(book=understanding or shop())
    show(chat, shown)
    return chat


def show(chat: Chat, product: str | None, at: float = 0) -> None:
    """Put a product on screen."""
    which = None if product is None else ProductId(product)
    chat.tell(ProductShown(at=after(at), product=which))
