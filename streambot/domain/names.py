"""Names as viewers chose them, made safe to be said in public, since all room text is hostile."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import regex
from msgspec import structs

from streambot.domain.guard import Guard, Held
from streambot.domain.guard_rules import Finds
from streambot.domain.guard_view import plain
from streambot.domain.lines import cut, graphemes
from streambot.domain.personal_data import found, may_hold
from streambot.domain.reply import Reply
from streambot.domain.viewer import Viewer, is_masked

#: Graphemes of a name that are said.
NAME_LENGTH = 12
#: Code points of a name that are said: joined emoji take up to eleven each.
NAME_CODE_POINTS = 24

_LINK = regex.compile(
    r"https?:|www[.。]|[a-z0-9-]+[.。](?:com|cn|net|org|top|xyz|vip|cc|me|io|shop|club|live|tv)"
    r"(?![a-z])",
    regex.IGNORECASE,
)
_CONTACT = regex.compile(
    r"(?<!\d)1[3-9]\d{9}(?!\d)|微信|薇信|威信|徽信|微❤|v信|weixin|wechat|加[vV微薇威]"
    r"|(?<![a-z])(?:vx|wx|qq)(?![a-z])|[扣抠]扣|企鹅号|电报|飞机群|telegram|whatsapp"
    r"|[\w.+-]+@[\w-]+\.\w+",
    regex.IGNORECASE,
)
#: A name of so many digits reads like a phone, order or identity number.
_NUMBER = regex.compile(r"\d{10}")
#: Insults, crime, and names that pass for the shop or the platform.
_BAD = (
    *("傻逼", "傻b", "煞笔", "沙比", "操你", "草你", "日你", "妈的", "尼玛", "死全家"),
    *("贱人", "婊", "鸡巴", "滚蛋", "去死", "fuck", "shit", "nmsl", "cnm"),
    *("骗子", "诈骗", "假货", "黑店", "垃圾店", "退钱", "维权", "上当"),
    *(
        "约炮",
        "裸聊",
        "色情",
        "成人视频",
        "赌博",
        "博彩",
        "彩票",
        "毒品",
        "枪支",
        "代开发票",
    ),
    *("客服", "官方", "系统通知", "系统消息", "平台通知", "主播本人", "管理员"),
)
_EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3")
#: Joiners and selectors that hold an emoji together.
_GLUE = frozenset("\u200d\ufe0f\u20e3")
_NOT_SAID = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
#: Marks that would address somebody, open a tag or look like ours.
_MARKS = frozenset("@＠#＃{}<>[]【】|\\/`\"'")
_WORD = regex.compile(r"[^\p{L}\p{N}]+")


def clean_name(name: str) -> str | None:
    """*name* as it may be said, or None: then its viewer is only counted.

    Control and direction characters go, emoji stay, 12 graphemes are kept. A name that is a
    link, a way to contact somebody, an insult, a false authority or somebody's data is not said
    at all. What a room's own guard would hold is left out where its lines are worded.
    """
    shown = "".join(_kept(cluster) for cluster in graphemes(name[:200]))
    shown = " ".join(shown.split())
    if not _WORD.sub("", shown) and not _EMOJI.search(shown):
        return None
    if _is_bad(name[:200]) or _is_bad(shown):
        return None
    short = "".join(graphemes(shown)[:NAME_LENGTH])
    said = cut(short, NAME_CODE_POINTS).strip()
    return None if _is_data(said) else said or None


def spoken_name(viewer: Viewer) -> str | None:
    """What this viewer may be called in public; never a name the platform masked."""
    if viewer.masked or is_masked(viewer.name):
        return None
    return clean_name(viewer.name)


def with_sayable_name(reply: Reply, guard: Guard) -> Reply:
    """*reply* to somebody who is only counted where *guard* would hold their name.

    A line with such a name would be held, and with it everybody else's welcome in that line.
    """
    viewer = reply.viewer
    if viewer is None or viewer.masked:
        return reply
    # As they are said: a name may be harmless alone and a mail address behind "@".
    held = (
        isinstance(guard.judge(f"欢迎@{name}", public=True), Held)
        for name in _as_said(viewer.name[:200])
    )
    return (
        structs.replace(reply, viewer=replace(viewer, masked=True))
        if any(held)
        else reply
    )


def _as_said(name: str) -> Iterator[str]:
    """*name* as it may be said: what isn't said of it parts no word."""
    whole = name
    if not _MARKS.isdisjoint(name):
        whole = "".join(char for char in name if char not in _MARKS)
    yield whole
    if name.isalnum() and len(name) <= NAME_LENGTH:
        return  # nothing is left out of it, as of most
    clean = clean_name(name)
    if clean is not None and clean != whole:
        yield clean


def _kept(cluster: str) -> str:
    """What may be said of one grapheme: an emoji whole, else its letter and two marks."""
    if _EMOJI.search(cluster):
        return "".join(
            mark
            for mark in cluster
            if mark in _GLUE or unicodedata.category(mark) not in _NOT_SAID
        )
    kept = [
        " " if mark.isspace() else mark
        for mark in cluster
        if mark.isspace()
        or (
            unicodedata.category(mark) not in _NOT_SAID
            and mark not in _MARKS
            and mark not in _GLUE
        )
    ]
    return "".join(kept[:3])


def _is_data(name: str) -> bool:
    text = plain(name).text
    return may_hold(text) and any(any(found(kind, text)) for kind in Finds)


def _is_bad(name: str) -> bool:
    plain = unicodedata.normalize("NFKC", name).casefold()
    if _LINK.search(plain) or _CONTACT.search(plain) or _NUMBER.search(plain):
        return True
    joined = _WORD.sub("", plain)
    return bool(_CONTACT.search(joined)) or any(word in joined for word in _BAD)
