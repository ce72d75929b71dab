"""Write streambot/domain/faq/sounds.txt: common characters by syllable, from pypinyin (MIT).

Common are the characters of GB 2312 and those a table of traditional forms leaves simplified;
run it again after raising pypinyin's version: ``python -m tools.sounds``.
"""

from __future__ import annotations

from pathlib import Path

from pypinyin import lazy_pinyin

TARGET = Path("streambot/domain/faq/sounds.txt")
_HEADER = (
    "# 常用字的读音，一行一个音节 · common characters by syllable, a syllable a line\n"
    "# Made by tools/sounds.py from pypinyin, MIT, (c) 2016 mozillazg\n"
)


def _common() -> list[str]:
    """The characters of GB 2312, in order."""
    rows = range(0xB0, 0xF8)
    cells = range(0xA1, 0xFF)
    codes = (bytes((row, cell)) for row in rows for cell in cells)
    return [char for code in codes if (char := code.decode("gb2312", "ignore"))]


def page() -> str:
    """The whole file."""
    sounds: dict[str, list[str]] = {}
    for char in _common():
        syllable = lazy_pinyin(char, v_to_u=False)[0]
        if syllable.isascii() and syllable.isalpha():
            sounds.setdefault(syllable, []).append(char)
    return _HEADER + "".join(
        f"{syllable}\t{''.join(chars)}\n" for syllable, chars in sorted(sounds.items())
    )


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
