"""Slips merchants make, each with what the checker must say about it."""

from __future__ import annotations

from dataclasses import dataclass

_HEAD = "faqs:\n  - id: a\n    questions: [什么时候发货]\n"
_ENTRY = f"{_HEAD}    answer: 两天内发\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A file with one slip; ``corrected`` is the line put right, None where nobody can know."""

    code: str
    text: str
    line: int
    column: int
    corrected: str | None = None


def _slip(code: str, text: str, line: int, column: int, fixed: str | None) -> Slip:
    return Slip(code=code, text=text, line=line, column=column, corrected=fixed)


SLIPS = (
    _slip("E101", f"{_HEAD}\tanswer: 好\n", 4, 1, "    answer: 好"),
    _slip("E102", f"{_HEAD}    回答：好\n", 4, 7, "    回答: 好"),
    _slip(
        "E103",
        "faqs:\n  - questions: [在吗, 有人吗\n    answer: 好\n",
        2,
        16,
        "  - questions: [在吗, 有人吗]",
    ),
    _slip(
        "E104",
        f"{_HEAD}    answer: 注意: 先付款: 再发货\n",
        4,
        15,
        '    answer: "注意: 先付款: 再发货"',
    ),
    _slip("E105", f"{_HEAD}　　answer: 好\n", 4, 1, "    answer: 好"),
    _slip("E106", f"{_HEAD}    answer:好\n", 4, 12, "    answer: 好"),
    _slip("E107", f'{_HEAD}    answer: "没关上\n', 4, 13, '    answer: "没关上"'),
    _slip("E108", f"{_HEAD}   answer: 好\n", 4, 4, "    answer: 好"),
    _slip("E109", f"{_ENTRY}    没有冒号\n    handoff: never\n", 5, 5, None),
    _slip("E110", f"{_ENTRY}    keywords: *x\n", 5, 15, None),
    _slip("E111", f"{_ENTRY}    keywords: &x 词\n", 5, 15, None),
    _slip("E112", f"{_ENTRY}    keywords: !x 词\n", 5, 15, None),
    _slip("E114", f"{_ENTRY}---\nfaqs: []\n", 5, 1, None),
    _slip("E005", f"faqs: {'[' * 40}{']' * 40}\n", 1, 36, None),
    _slip("E201", f"{_ENTRY}    answer: 三天\n", 5, 5, "    # answer: 三天"),
    _slip(
        "E202",
        f"{_ENTRY}  - id: a\n    questions: [包邮吗]\n    answer: 包\n",
        5,
        9,
        "  - id: a-2",
    ),
    _slip("E203", f"{_ENTRY}    kewords: [发货]\n", 5, 5, "    keywords: [发货]"),
    _slip("E205", f"{_ENTRY}    priority: 5级\n", 5, 15, "    priority: 5"),
    _slip(
        "E206",
        f'{_HEAD}    answer: "只要{{商品.价格}}"\n',
        4,
        13,
        '    answer: "只要{product.price}"',
    ),
    _slip(
        "E206",
        f"{_HEAD}    answer: 只要{{product.price，包邮\n",
        4,
        15,
        "    answer: 只要{product.price}，包邮",
    ),
    _slip(
        "E206",
        f"{_HEAD}    answer: 只要｛product.price｝，优惠{{商品.优惠｝\n",
        4,
        15,
        "    answer: 只要{product.price}，优惠{product.coupon}",
    ),
    _slip(
        "E206",
        f"{_HEAD}    answer: 只要{{{{product.price}}}}\n",
        4,
        15,
        "    answer: 只要{product.price}",
    ),
    _slip("E206", f"{_HEAD}    answer: ｛大促｝满减\n", 4, 13, None),
    _slip(
        "E207",
        f"{_ENTRY}    valid: {{from: 2026-12-01, until: 2026-11-01}}\n",
        5,
        5,
        None,
    ),
    _slip("E208", f"{_ENTRY}    not_questions: [什么时候发货]\n", 3, 17, None),
    _slip("E209", f"{_ENTRY}    intent: ship_wen\n", 5, 5, "    intent: ship_when"),
    _slip(
        "E301",
        f"{_HEAD}    answer: 我们是全网最低价\n",
        4,
        16,
        "    answer: 我们是优惠价",
    ),
    _slip("W321", f"{_HEAD}    answer: 假一赔十\n", 4, 13, None),
    _slip("W322", f"{_HEAD}    answer: 嗯，两天内\n", 4, 13, "    answer: 两天内"),
    _slip(
        "W301",
        f"{_HEAD}    answer: 拍下 #3号链接\n",
        4,
        13,
        '    answer: "拍下 #3号链接"',
    ),
    _slip(
        "W302",
        "faqs:\n  - questions: [在吗，有人吗]\n    answer: 好\n",
        2,
        17,
        "  - questions: [在吗, 有人吗]",
    ),
    _slip(
        "W303",
        "faqs:\n  - questions: ［在吗，有人吗］\n    answer: 好\n",
        2,
        16,
        "  - questions: [在吗, 有人吗]",
    ),
    _slip(
        "W304",
        f"{_HEAD}    answer: @小二\n",
        4,
        13,
        '    answer: "@小二"',
    ),
    _slip("W306", f"{_ENTRY}    valid: {{until: 2020-01-01}}\n", 2, 5, None),
    _slip(
        "W307",
        f"{_ENTRY}  - id: b\n    questions: [什么时候发货？]\n    answer: 好\n",
        6,
        17,
        None,
    ),
    _slip("W308", f"{_ENTRY}    none: [发货]\n", 3, 17, None),
    _slip("W310", f'{_HEAD}    answer: "{{product.price}}"\n', 4, 13, None),
    _slip(
        "E113",
        "faqs:\n  － id: a\n    questions: [在吗]\n    answer: 好\n",
        2,
        3,
        "  - id: a",
    ),
    _slip(
        "E113",
        "faqs:\n  -id: a\n    questions: [在吗]\n    answer: 好\n",
        2,
        3,
        "  - id: a",
    ),
    _slip("E109", f'{_HEAD}    answer: "明天发\\U0011FFFF"\n', 4, 17, None),
    _slip("E109", f'{_HEAD}    answer: "明天发\\UFFFFFFFF"\n', 4, 17, None),
    _slip("E109", f'{_HEAD}    answer: "明天发\\ud83d"\n', 4, 13, None),
    _slip("W002", f'{_HEAD}    answer: "明天发\\a"\n', 4, 13, None),
)
