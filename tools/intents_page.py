"""Writes docs/intents.md from the shipped pack, so that merchants see what they can bind."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.pack import Intent, IntentKind

PAGE = Path(__file__).resolve().parent.parent / "docs" / "intents.md"
_SHOWN = 3

_HEAD = """\
# 自带的常见问题 · Common questions that come along

<!-- Made by tools/intents_page.py from streambot/authoring/packs; a test compares them. -->

问答里写 `意图: 编号`，就自带这些问法；怎么写、怎么加自己的，见 [faq-yaml.md](faq-yaml.md)。每个只列三种问法。
An entry with `intent: id` has these phrasings for free; [faq-yaml.md](faq-yaml.md) tells how, and how to add
your own. Three phrasings of each are shown.
"""


def page() -> str:
    """The page's text: customers' questions in both languages, then chat."""
    intents = shipped_pack().intents
    shop = [each for each in intents if each.kind is IntentKind.SHOP]
    parts = [
        _HEAD,
        *_table("顾客问的", (each for each in shop if not _is_english(each))),
        *_table("In English", filter(_is_english, shop)),
        *_table(
            "闲聊，没有答案也不转人工 · Chat, nobody's matter",
            (each for each in intents if each.kind is IntentKind.CHAT),
        ),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _is_english(intent: Intent) -> bool:
    return intent.phrasings[0].isascii()


def _table(title: str, intents: Iterable[Intent]) -> list[str]:
    return [
        f"## {title}\n",
        "| id | 标题 · title | 问法 · phrasings |",
        "|---|---|---|",
        *map(_row, intents),
        "",
    ]


def _row(intent: Intent) -> str:
    shown = " / ".join(intent.phrasings[:_SHOWN])
    return f"| `{intent.id}` | {intent.title} | {shown} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
