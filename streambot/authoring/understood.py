"""Whether a file is of the right kind, its bytes and its text, told by the keys it holds."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from streambot.authoring.dashes import put_right
from streambot.authoring.decode import Source
from streambot.authoring.masks import cut
from streambot.authoring.problem import Place, Problem

#: Of the signs of GB18030 text, at most this share is none of the common ones.
_RARE = 0.1


def not_understood(source: Source, keys: AbstractSet[str]) -> Problem | None:
    """The problem of a file that was decoded into something else than its writer typed.

    *keys*: those a file of its kind may hold. Plain UTF-8 is never in doubt.
    """
    if source.encoding in ("utf-8", "utf-8-sig") and not source.cleaned:
        return None
    known = {cut(line).key for line in source.lines} & keys
    if any(not key.isascii() for key in known if key is not None):
        return None
    if known and not (source.encoding == "gb18030" and _is_like_big5(source.text)):
        return None
    return Problem(
        place=Place(file=source.file, line=1, column=1),
        code="E002",
        zh="文件读不懂：可能是 Big5 之类的编码，也可能不是文本（比如 Word、压缩包）；"
        "请在原来的软件里另存为 UTF-8 的文本。",
        en="This file makes no sense: it may be in another encoding, such as Big5, or no text at all. "
        "Save it as UTF-8 text.",
    )


def no_book(source: Source, keys: AbstractSet[str]) -> Problem | None:
    """The problem of a text that can't be read and in which no line begins with one of *keys*."""
    meant = (put_right(line) or line for line in source.lines)
    if any(cut(line).key in keys for line in meant):
        return None
    return Problem(
        place=Place(file=source.file, line=1, column=1),
        code="E009",
        zh="这不是问答本：一个认得的键（问法、回答等）也没有；请检查是不是选错了文件，"
        "问答照“- 问法: [几号发货]”下面一行“  回答: 48小时内”的样子写。",
        en="This is no FAQ book: no line has a key of one, such as questions or answer. "
        "Is it the right file? docs/faq-yaml.md shows how entries are written.",
    )


def _is_like_big5(text: str) -> bool:
    """Whether *text*, read as GB18030, may be Big5: many of its signs hardly anybody writes."""
    try:
        text.encode("gb18030").decode("big5")
    except UnicodeError:
        return False
    signs = [char for char in text if not char.isascii()]
    return sum(not _is_common(char) for char in signs) > _RARE * len(signs)


def _is_common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
