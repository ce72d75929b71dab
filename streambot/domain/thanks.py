"""Mere thanks: lines that end a conversation and must not reopen it."""

from __future__ import annotations

import re
import unicodedata

_WORDS = (
    r"谢谢|谢啦|谢了|谢|感谢|多谢|辛苦了|辛苦|麻烦了|好的|好滴|好哒|好嘞|好吧|好呢|好|行|可以|"
    r"收到|知道了|知道|明白了|明白|了解了|了解|懂了|懂|嗯嗯|嗯|噢|哦|没事了|不用了|"
    r"thanks|thankyou|thankyousomuch|thx|ty|3q|okay|okk|ok|got ?it|fine|great"
)
_FILLERS = r"你们|你|您|亲们|亲|啦|了|哈|呀|啊|呢|的|主播|客服|小姐姐|小哥哥|老板|大家|very|much|so"
# Possessive: 哦哦哦哦 could else be read in more ways than can be tried.
_THANKS = re.compile(
    rf"(?:亲|啊|哈|那就|那|就)*+(?:{_WORDS})(?:{_WORDS}|{_FILLERS})*+", re.IGNORECASE
)
_ASKS = re.compile(r"[?？]|\d{5}")
_SIGNS = re.compile(r"[👌👍🙏❤💗💕🌹😊😄🥰🤝]")
#: Laughter and the like, once figures, signs and doubled letters are all there is.
_NOISE = re.compile(r"(?:[哈嘿呵嘻啊哇哦噢嗷草笑]|x?swl|hhh+|lol|[\d\W_])+")
#: Figures that laugh or cheer (2333, 666), however long: no order has such a number.
_LAUGHS = re.compile(r"2?3{2,}|6{2,}|8{2,}|9{2,}")
#: Longer lines say more than thanks.
_LONGEST = 30


def is_mere_thanks(text: str) -> bool:
    """Whether *text* only says thank you or all right ("好的谢谢", "👌", "ok thx"), or laughs."""
    if len(text) > _LONGEST:
        return False
    plain = unicodedata.normalize("NFKC", text)
    noise = _NOISE.fullmatch(plain.casefold()) is not None
    if noise and not _ASKS.search(_LAUGHS.sub("", plain)):
        return True
    signs = bool(_SIGNS.search(plain))
    words = "".join(char for char in plain if char.isalnum())
    return signs if not words else _THANKS.fullmatch(words) is not None
