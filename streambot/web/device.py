"""Device: the few words by which a person knows one of their logins, Chrome · Windows."""

from __future__ import annotations

import re

#: A browser's own sign, the narrower first: most also say that they are Chrome and Safari.
_BROWSERS = (
    ("MicroMessenger/", "微信 WeChat"),
    ("DingTalk/", "钉钉 DingTalk"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("QQBrowser/", "QQ浏览器 QQ"),
    ("SamsungBrowser/", "Samsung"),
    ("HuaweiBrowser/", "Huawei"),
    ("MiuiBrowser/", "Xiaomi"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("OpenHarmony", "HarmonyOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
#: A program that is no browser opens with its name.
_PROGRAM = re.compile(r"(?!Mozilla\b)[A-Za-z][\w.-]{0,30}(?=/|$)")


def device_words(user_agent: str) -> str:
    """Browser and system of a ``User-Agent``, or the program's name; empty where it tells neither."""
    told = [
        next((words for sign, words in signs if sign in user_agent), "")
        for signs in (_BROWSERS, _SYSTEMS)
    ]
    program = _PROGRAM.match(user_agent)
    if not told[0] and program is not None:
        told[0] = program[0]
    return " · ".join(filter(None, told))
