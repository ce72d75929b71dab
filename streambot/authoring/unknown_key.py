"""A key nobody knows: what was probably meant, and the line put right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from streambot.authoring.braces import key_before_colon, with_plain_signs
from streambot.authoring.closest import closest
from streambot.authoring.scan import slips
from streambot.authoring.secret_words import sounds_secret
from streambot.authoring.tree import Scalar

if TYPE_CHECKING:
    from streambot.authoring.reader import Field, Reader

_WIDE = ("\u3000", "\u00a0")
_NEAR = 50  # lines above that show how deep a line was meant to be


def unknown_key(
    word: Scalar, known: Mapping[str, Field], reader: Reader, key: str
) -> str:
    """Report a key nobody knows; the name that was probably meant, or nothing."""
    if word.text.startswith(_WIDE) and _wide_indent(word, known, reader):
        return ""
    within = key_before_colon(word.text, known) if word.in_flow else None
    if within is not None:
        _wide_colon(word, within, known, reader, key)
        return known[within].name
    likely = closest(word.text, known)
    if sounds_secret(word.text) and not _names_a_place(word.text):
        return _secret(word, known, reader, key)
    hint_zh = f"是不是想写“{likely}”？" if likely else _offer(known, word.text)
    hint_en = f'Did you mean "{likely}"?' if likely else ""
    reader.report(
        "E203",
        word.place,
        f"{key}.{word.text}" if key else word.text,
        f"不认识“{word.text[:40]}”。{hint_zh}",
        f'"{word.text[:40]}" is not a known key. {hint_en}'.strip(),
        corrected=reader.with_value(word, likely) if likely else None,
    )
    return known[likely].name if likely else ""


def _wide_colon(
    word: Scalar, name: str, known: Mapping[str, Field], reader: Reader, key: str
) -> None:
    """Report a full-width colon between braces, all of a line at once."""
    line = word.place.line
    if any(each.code == "E102" and each.line == line for each in reader.problems):
        return
    here = word.place.file == reader.source.file
    reader.report(
        "E102",
        word.place,
        f"{key}.{name}" if key else name,
        f"“{name}”后面用了中文冒号，请改成英文冒号加一个空格。",
        f'A full-width colon stands after "{name}": use ":" and a space.',
        corrected=with_plain_signs(reader.source.line(line), known) if here else None,
    )


def _secret(word: Scalar, known: Mapping[str, Field], reader: Reader, key: str) -> str:
    """Report a key that would hold a secret, without its line; the key that says where one is."""
    places = [name for name in known if name.endswith("_env")]
    name = closest(f"{word.text}_env", places) or next(iter(places), "")
    hint_zh = f"请写 {name}: 环境变量名" if name else "请删掉这一行"
    hint_en = f"write {name}: a variable's name" if name else "delete the line"
    proposed = f"{' ' * (word.place.column - 1)}{name}: "
    reader.report(
        "E203",
        word.place,
        f"{key}.{word.text}" if key else word.text,
        f"口令不能写在文件里：{hint_zh}；这里写过的口令请换新的。",
        f"No secret may stand in this file: {hint_en}, and renew what stood here.",
        corrected=proposed + known[name].sample if name else None,
        hidden=True,
    )
    return name


def _wide_indent(word: Scalar, known: Mapping[str, Field], reader: Reader) -> bool:
    """Whether *word* is a key that full-width spaces were meant to put deeper; it is told."""
    line = word.place.line
    near = range(max(1, line - _NEAR), line + 1)
    found = slips(reader.source, near, frozenset(known))
    reader.problems += [each for each in found if each.line == line]
    return any(each.line == line for each in found)


def _offer(known: Mapping[str, Field], word: str) -> str:
    """The keys that may stand here, in the language of *word*."""
    chinese = not word.isascii()
    fields = known.values()
    named = (item.also[0] if item.also and chinese else item.name for item in fields)
    names = list(dict.fromkeys(named))
    return f"可以写：{'、'.join(names[:12])}{'…' if len(names) > 12 else ''}。"


def _names_a_place(word: str) -> bool:
    """Whether a key, misspelt or not, was to say where a secret is."""
    return closest(word.rpartition("_")[2], ("env", "file")) is not None
