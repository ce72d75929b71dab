"""Canon: the one form in which lines and phrasings are compared."""

from __future__ import annotations

import re
from functools import lru_cache

from streambot.domain.faq.cues import asks_with_not
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.pack import Pack

#: Texts whose canonical form is remembered.
_REMEMBERED = 512
#: 能不能发, 好不好用, 是不是正品 ask what 能发吗, 好用吗, 是正品吗 ask.
_OR_NOT = re.compile(r"([一-龥])不\1")
#: What much of the country says for 怎么: 咋选, 咋个选; not 咋舌, 咋呼.
_HOW = re.compile("咋个?(?![舌呼])")
#: 有证没, 开光了没: as 吗 at the end. 还没, 又没 and their like tell that it isn't.
_ASKED_WITH_YET = re.compile("(?:有[^没不]{1,8}|[了过])没$")
#: 运费险有没有, 男款还有吗: what is asked for stands first, and 有运费险吗 asks the same. Not whom one
#: asks, nor when: 现在有吗.
_THERE_IS = re.compile(
    "(?!(?:主播|老板|客服|现在|今[天晚]|明[天早晚]|后天|晚上|早上|中午|下午|这会|[等待]会|刚才|之前|以后))"
    "([^，,。有没不是还都也]{2,8})(还?)[都也]?有(?:没有?|吗|么|不)"
)
#: Polite words around a question that say nothing about what is asked; never the whole of a line.
_POLITE = re.compile(
    "^(?:(?:主播|老板|客服|小二|掌柜|亲爱的|亲)?(?:你好|您好|哈喽|hello|hi|在吗|在么|在不在|请问一下|请问下|请问|"
    "问一下|问下|麻烦问一下|麻烦问下|想问一下|想问下|我想问一下|我想问下|我想问|咨询一下|咨询下|"
    "想咨询一下|我想咨询一下|打扰一下|打扰了)(?:啊|呀|哈)?)+"
    "|(?:谢谢?(?:啦|了)?|麻烦了|感谢)$"
)
#: What a polite word before a question, or behind one, begins and ends with.
_POLITE_FIRST, _POLITE_LAST = (
    frozenset("主老客小掌亲你您哈h在请问麻想我咨打"),
    frozenset("谢啦了"),
)


class Canon:
    """Brings a text into canonical form: normalised, slang said plainly, politeness off.

    Remembers the latest: a line is asked for by each step that looks at it.
    """

    def __init__(self, pack: Pack) -> None:
        slang = {
            normalise(word): normalise(plain) for word, plain in pack.slang.items()
        }
        slang.pop("", None)
        self._slang = slang
        longest_first = sorted(slang, key=lambda word: (-len(word), word))
        firsts = "".join(sorted({re.escape(word[0]) for word in longest_first}))
        words = "|".join(map(bordered, longest_first))
        self._pattern = re.compile(f"(?=[{firsts}])(?:{words})" if words else "(?!)")
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._canonical)

    def __call__(self, text: str) -> str:
        """The canonical form of *text*; an empty one where nothing is left."""
        return self._remembered(text)

    def _canonical(self, text: str) -> str:
        plain = normalise(text)
        if not plain:
            return plain
        if self._pattern.search(plain) is not None:
            plain = self._pattern.sub(lambda found: self._slang[found[0]], plain)
        if "咋" in plain:
            plain = _HOW.sub("怎么", plain)
        if plain.endswith("没") and _ASKED_WITH_YET.search(plain) is not None:
            plain = f"{plain[:-1]}吗"
        there_is = _THERE_IS.fullmatch(plain) if "有" in plain[-3:] else None
        if there_is is not None:
            plain = f"{there_is[2]}有{there_is[1]}吗"
        if "不" in plain:
            plain = _OR_NOT.sub(r"\1", plain)
            plain = _whether(plain)
        if plain[0] in _POLITE_FIRST or plain[-1] in _POLITE_LAST:
            plain = _POLITE.sub("", plain) or plain
        return plain


def _whether(plain: str) -> str:
    """*plain* with 吗 for a last 不 that asks (有加长的不)."""
    last = plain.rfind("不")
    return f"{plain[:last]}吗" if asks_with_not(plain) else plain


def bordered(word: str) -> str:
    """A pattern of *word*: a Latin one stands alone; Chinese needs no borders."""
    escaped = re.escape(word)
    return rf"(?<![a-z0-9]){escaped}(?![a-z0-9])" if word.isascii() else escaped
