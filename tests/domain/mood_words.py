"""Words that lines of moods are drawn from: loud, mild, calm, and disguised."""

from __future__ import annotations

WORDS = (
    *(
        "骗子",
        "退钱",
        "有虫",
        "12315",
        "太慢",
        "scam",
        "草莓",
        "你们",
        "？",
        "吗",
        "哈哈",
    ),
    *(
        "隔壁",
        "喜欢",
        "騙",
        "子",
        "ｓcam",
        "\u200b",
        "İ",
        "还没发货",
        "等了三天",
        "质量太差",
        "🐴",
    ),
)
