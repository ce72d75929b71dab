"""Writes docs/guard.md from the shipped rules and the table of rule keys, so that none is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from streambot.authoring.guard_file import shipped_rules
from streambot.authoring.guard_spec import CATEGORIES, RULE
from streambot.domain.guard_rules import GuardRule

PAGE = Path(__file__).resolve().parent.parent / "docs" / "guard.md"

_HEAD = """\
# 用语规则 · The guard

<!-- Made by tools/guard_page.py from streambot/authoring/rules and guard_spec.py; a test compares them. -->

发出去的每一句话，助手说的和客服说的，都先过一遍用语规则。规则随程序带着，每条写明依据和日期；它帮人少犯错，
不是法律意见。
Every line out, the assistant's and the agents', passes the guard first. Its rules come with streambot, each
with its source and date. They help people to slip less; they are not legal advice.

| 级别 | 助手的话 | 客服的话 | What it does |
|---|---|---|---|
| `error` 拦下 | 不发，问答本里写明行号和改法 | 不发，说明原因，能改的给出改法 | held |
| `warning` 提醒 | 照发，记日志和 `guard_warnings` | 再按一次 Enter 才发，记入工单 | confirmed first |
| `suggestion` 建议 | 读问答本时列出 | 给出更好的说法，按 Alt+G 换上 | better words are offered |

全角、繁体、零宽字符、花体字、圈字、拆开写（加 微 信、138 0013 8000、一三八……）都照样认得。
Full-width, traditional, zero-width, fancy and spaced-out writing are read as what they stand for.

读问答本时，每条回答连同填入的商品值都按公屏检查；会被拦下的回答先不用，会被拦下的商品值当作没填，
交给人工；会被拦下的欢迎词跳过。
When books are read, answers are judged with the values of products filled in. An answer that would be held
is not used, a product's value that would be held counts as missing, a welcome that would be held is left out.

## 本店自己的规则 · A shop's own rules

在 config.yaml 里写 `guard: [guard.yaml]`（直播间的键，也可以放进 `defaults:`），存盘就生效；
写错了会告诉您哪一行，上一个好的版本继续用。
Name the files under a room's `guard:`, or under `defaults:`. They are reloaded when saved; with a mistake the
last good version stays.

```yaml
version: 1
rules:
  - id: own_words            # 新规则 · a rule of your own
    severity: error
    words: [清仓甩卖, "(跳楼|血亏)价", 亏本*卖]
    unless: [不做清仓甩卖]
    replacements: {清仓甩卖: 换季特惠}
    zh: 本店不说这些话。
    en: Not said in this shop.
    source: 店规
    date: 2026-11-01

  - id: absolute_term        # 和随带的规则同名：词和放行是添加，别的键是替换
    unless: [王牌奶茶]        # same id as a shipped rule: words and contexts are added, other keys replace

  - id: superstition         # 关掉一条随带的规则 · a shipped rule switched off
    severity: off
```

词里可用的记号（没有正则，写错也卡不住）· Signs in words (no regular expressions, so none can hang):

| 记号 | 意思 | Means |
|---|---|---|
| `?` | 任意一个字 | any one character |
| `*` | 同一小句里的 0 到 6 个字 | up to 6 characters of the same clause |
| `~` | 只用在放行里：被拦的词本身，如 不支持~ | in contexts: the word found, whichever it is |
| `#` | 一个数，12、三、3.5 | a number |
| `_` | 标点、空格或结尾 | punctuation, space or the end |
| `(甲\\|乙\\|)` | 几个写法选一个，可以为空 | one of these, or none |

以 `#` `*` `?` 开头的词要加引号。英文词按整词算。
Quote a word that begins with `#`, `*` or `?`. English words match whole words.

"""

_KEYS = """\
## 键 · Keys

| 键 | 中文 | 说明 | Means |
|---|---|---|---|
"""

_RULES = """\

## 随带的规则 · The shipped rules

例词只列几个，全部在 `streambot/authoring/rules/`。 Some examples each; all are in that folder.

| 规则 · Rule | 级别 | 例 · Examples | 说明 | Means | 依据 · Source | 日期 · Date |
|---|---|---|---|---|---|---|
"""

_SHOWN = 4


def _examples(rule: GuardRule) -> str:
    words = (*rule.words, *(word for word, _ in rule.replacements))
    step = max(1, len(words) // _SHOWN)
    shown = [f"`{word}`" for word in words[::step][:_SHOWN]]
    if rule.finds is not None:
        shown.append("按样子找 · by shape")
    if rule.longest is not None:
        shown.append(f"> {rule.longest}")
    if rule.public_only:
        shown.append("只管公屏 · public only")
    if rule.only_for:
        shown.append(", ".join(rule.only_for))
    return " ".join(shown)


def _row(rule: GuardRule) -> str:
    cells = (
        *(f"`{rule.id}`", rule.severity, _examples(rule)),
        *(rule.zh, rule.en, rule.source, rule.date),
    )
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def page() -> str:
    """The whole page."""
    keys = [
        f"| `{item.name}` | {' '.join(f'`{name}`' for name in item.also)} | {item.zh} | {item.en} |"
        for item in (
            replace(each, zh=_cell(each.zh), en=_cell(each.en)) for each in RULE
        )
    ]
    other = CATEGORIES.also or {}
    kinds = "、".join(
        f"`{word}`（{'、'.join(zh for zh in other if other[zh] == word)}）"
        for word in CATEGORIES.words
    )
    lines = [
        _HEAD + _KEYS + "\n".join(keys),
        f"\n类目 · categories: {kinds}",
        _RULES + "\n".join(_row(rule) for rule in shipped_rules().rules),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
