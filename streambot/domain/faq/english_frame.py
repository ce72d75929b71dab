"""English words that frame a question and name nothing: whoever says no others asks about no goods.

Chinese lines need no such list: their pairs of characters hardly say 什么 and 可以 alone. In English
"can you do a backflip" shares "can you" and "do" with every question of a shop.
"""

from __future__ import annotations

from collections.abc import Iterable

from streambot.domain.faq.index import PhraseIndex
from streambot.domain.faq.terms import plain_terms

_WORDS = """
    a about actually after again all already also always am an and another any anybody anyone anything
    are around as at back be because been before being both bro bruh but by can come comes coming could did
    do does doing done dont down each either else even ever every everybody everyone everything few for
    from fr get gets getting girl girls give go goes going gonna good got gotta great guy guys had has
    have having he hello her here hey hi him his how i if im in is isnt it its ive just keep kinda know
    l let lets like literally ll lmao lmfao lol look looking looks lot lots love m made make makes making
    man many maybe me mean might mine more most much my need never new next no nope nor not nothing now
    of off ok okay omg on one only or other our out over people please pls plz put re really right s
    said same saw say says see seen she should so some somebody someone something sorry still such sure
    t take takes taking tell than thank thanks that thats the their them then there these they thing
    things think this those though till to today tomorrow tonight too took u up ur us use used using ve
    very w wait wanna want wants was way we well went were what whats when where which while who whos
    whose why will with without wont would y yall yeah yes yet yo you your yours
"""
#: What is a shop's matter in any shop, whether or not its book has a word of it.
_TRADE = """
    account address affiliate apple available balance bank batch battery brand broken bundle bundles
    buy buyer buyers cancel card cart cash cashback certificate charge charger charges cheap cheaper
    cm code codes collab color colors colour colours cost costs cotton courier credit damaged deal
    deals debit declined deposit dispatch dm duty email expensive expire expires expiry fabric
    faulty fee fees fit fits free freebie gift gifts guarantee handling inch inches ingredients
    insurance item items kg lb lbs leather legit limit link links machine mah mail manual material
    medium missing model oz package packaging parcel pay percent pickup piece pieces plug points pre
    price prices product products quality quantity receipt release retail return returns reward
    rewards sale sales sample samples scam sell seller sells set sets shop size sizes small sold
    stock store subscription support tax track tracking ups voltage waist wallet warehouse wash wear
    weigh weighs weight width wrap zip
"""
#: Of these nobody asks a host who sells nothing: such a question is a person's in any shop.
_SURELY = """
    afterpay authentic cashapp checkout coupon coupons customer customs deliver delivered delivery
    discount discounts exchange fedex genuine giftcard invoice klarna loyalty payment payments paypal
    preorder promo purchase refund refunded refunds resell restock restocked restocking ship
    shipped shipping ships sizing usps venmo warranty wholesale wrapped wrapping xl xs xxl xxxl
"""
#: "How much" asks the price; these ask of anything.
_PHRASES = tuple(
    f"{first} {second}"
    for first, seconds in (
        ("how", "long many often far to"),
        ("how do", "i"),
        ("how can", "i"),
        ("what", "time"),
        ("which", "one"),
        ("where", "do"),
        ("where can", "i"),
        ("when", "do will"),
        ("can", "i you we"),
        ("could", "i you"),
        ("do", "you i"),
        ("is", "it there this that"),
        ("are", "you there these"),
        ("does", "it this"),
        ("will", "it"),
        ("i", "want need"),
    )
    for second in seconds.split()
)

_SURELY_TRADED = plain_terms(" ".join(_SURELY.split()))
_TRADED = plain_terms(" ".join(_TRADE.split())) | _SURELY_TRADED


def frame_of(index: PhraseIndex) -> frozenset[str]:
    """The terms of *index* that only frame: words, and the concepts that such words stand for."""
    words = _WORDS.split()
    tags = (index.tagger.tags(text) for text in (*words, *_PHRASES))
    concepts = {f"#{concept}" for found in tags for concept in found}
    return plain_terms(" ".join(words)) | concepts


def names_something(
    content: Iterable[tuple[float, str]], frame: frozenset[str], index: PhraseIndex
) -> bool:
    """Whether a Latin line's *content* holds a word of trade, or one that the book has too."""
    return any(
        term in _TRADED or (term not in frame and index.knows(term))
        for _, term in content
    )


def is_of_trade(plain: str) -> bool:
    """Whether a Latin line holds a word that only buyers and sellers use."""
    return plain.isascii() and not _SURELY_TRADED.isdisjoint(plain_terms(plain))
