"""Splicing one more phrasing into a FAQ file, with every other character of it left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from streambot.authoring.as_typed import as_typed
from streambot.authoring.decode import Source
from streambot.authoring.faq_file import FaqFile, read_faq_file
from streambot.authoring.faq_spec import ENTRY, LIST_KEYS, TEXT_KEYS
from streambot.authoring.reader import by_name
from streambot.authoring.tree import Listing, Scalar, SyntaxSlip, Table, Value, compose
from streambot.domain.faq.entry import FaqId
from streambot.errors import StreambotError

_ENDS = re.compile(r"(\r\n|\r|\n)")
_NAMES = {word: item.name for word, item in by_name(ENTRY).items()}
#: Texts that mean themselves anywhere in YAML without quotes.
_PLAIN = re.compile(r"[^\W\d_][\w？！，。、]*")
_DASH = re.compile(r"\s*-\s+")


class CannotSplice(StreambotError):
    """The file stays as it is; ``zh`` and ``en`` say why and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(f"{zh} {en}")


def with_phrasing(source: Source, entry: FaqId, text: str) -> Source:
    """*source* with *text* as the last of the entry's questions.

    The result is read again: but for that phrasing it says what it said before.

    Raises:
        CannotSplice: that can't be had by adding to the file.
    """
    if source.cleaned:
        raise _cannot("文件里有看不见的控制字符", "the file holds control characters")
    before = read_faq_file(source)
    typed, _ = as_typed(source, TEXT_KEYS)
    spliced = _spliced(source, typed, _entry(typed, entry), text)
    if not _says_the_same(before, read_faq_file(spliced), entry, text):
        raise _cannot("这样改会动到别的内容", "the change would touch something else")
    return spliced


def _cannot(zh: str, en: str) -> CannotSplice:
    return CannotSplice(
        f"没有改：{zh}；请在编辑器里手工加，或先运行 streambot faq check --fix。",
        f"Not changed: {en}. Add it in an editor, or run streambot faq check --fix first.",
    )


def _entry(source: Source, entry: FaqId) -> Table:
    """The node of *entry*."""
    try:
        root, _ = compose(source)
    except SyntaxSlip:
        raise _cannot("文件里有语法错误", "the file has a mistake in it") from None
    for value in _entries(root):
        if isinstance(value, Table) and _id_of(value) == entry:
            return value
    raise _cannot(f"文件里没有“{entry}”", f'the file has no entry "{entry}"')


def _entries(root: Value | None) -> Iterator[Value]:
    if isinstance(root, Listing):
        yield from root.items
    for key, value in root.pairs if isinstance(root, Table) else ():
        if key.text.strip() in LIST_KEYS and isinstance(value, Listing):
            yield from value.items


def _id_of(entry: Table) -> str | None:
    named = _value(entry, "id")
    if isinstance(named, Scalar) and not named.is_null:
        return named.text.strip()
    asked = _value(entry, "questions")
    first = asked.items[0] if isinstance(asked, Listing) and asked.items else asked
    if first is None:
        first = _value(entry, "intent")
    return first.text.strip()[:64] if isinstance(first, Scalar) else None


def _value(entry: Table, name: str) -> Value | None:
    return next(
        (value for key, value in entry.pairs if _NAMES.get(key.text.strip()) == name),
        None,
    )


def _spliced(source: Source, typed: Source, entry: Table, text: str) -> Source:
    lines, ends = list(source.lines), _ENDS.findall(source.text)
    asked = _value(entry, "questions")
    if asked is None or (isinstance(asked, Scalar) and asked.is_null):
        if _value(entry, "id") is None:
            raise CannotSplice(
                "没有改：这条没有编号，加了问法就会换名字；请先给它写一行“编号: 名字”。",
                "Not changed: the entry has no id, a question would rename it. Give it an id first.",
            )
        number, line = _new_key(entry, lines, text)
        _insert(lines, ends, number, line)
    elif isinstance(asked, Scalar):
        _touch(lines, typed, asked.end[0])
        _into_list(lines, asked, text)
    elif isinstance(asked, Listing) and asked.items:
        last = asked.items[-1]
        if not isinstance(last, Scalar) or last.style in ("|", ">"):
            raise _cannot("问法的写法太特别", "its questions are written unusually")
        _touch(lines, typed, last.end[0])
        if last.in_flow:
            _behind(lines, last, f", {_like(last, text)}")
        else:
            number, line = _new_item(lines, last, text)
            _insert(lines, ends, number, line)
    else:
        raise _cannot("问法不是列表", "its questions are no list")
    joined = "".join(
        line + (ends[number] if number < len(ends) else "")
        for number, line in enumerate(lines)
    )
    return Source.from_text(source.file, joined, source.encoding)


def _touch(lines: Sequence[str], typed: Source, number: int) -> None:
    """Places were found in the text as it is meant; the line must be the same as typed."""
    if lines[number] != typed.lines[number]:
        raise _cannot(
            f"第 {number + 1} 行以特殊符号开头，请先加引号",
            f"line {number + 1} begins with a special sign: quote it first",
        )


def _insert(lines: list[str], ends: list[str], number: int, line: str) -> None:
    """A new line in front of line *number* (from 0), ended as the file's lines are."""
    lines.insert(number, line)
    ends.insert(number - 1, ends[0] if ends else "\n")


def _new_item(lines: Sequence[str], last: Scalar, text: str) -> tuple[int, str]:
    lead = lines[last.place.line - 1][: last.place.column - 1]
    if _DASH.fullmatch(lead) is None:
        raise _cannot("问法的写法太特别", "its questions are written unusually")
    return last.end[0] + 1, lead + _like(last, text)


def _new_key(entry: Table, lines: Sequence[str], text: str) -> tuple[int, str]:
    """A ``questions`` line for an entry that has none, in front of its second key."""
    key = entry.pairs[1][0] if len(entry.pairs) > 1 else None
    lead = "-" if key is None else lines[key.place.line - 1][: key.place.column - 1]
    if key is None or key.in_flow or lead.strip():
        raise _cannot("这条没有“问法”这一行", "the entry has no questions yet")
    name = "questions" if key.text.isascii() else "问法"
    return key.place.line - 1, f"{lead}{name}: [{_quoted(text)}]"


def _into_list(lines: list[str], only: Scalar, text: str) -> None:
    """The one question becomes the first of a list."""
    row, end = only.end
    start = only.place.column - 1
    if row != only.place.line - 1 or only.style in ("|", ">"):
        raise _cannot("问法的写法太特别", "its questions are written unusually")
    kept = lines[row][start:end]
    if only.style is None and _PLAIN.fullmatch(only.text) is None:
        kept = _quoted(only.text)
    both = f"[{kept}, {_like(only, text)}]"
    lines[row] = f"{lines[row][:start]}{both}{lines[row][end:]}"


def _behind(lines: list[str], last: Scalar, more: str) -> None:
    row, end = last.end
    lines[row] = f"{lines[row][:end]}{more}{lines[row][end:]}"


def _like(sibling: Scalar, text: str) -> str:
    """*text* written as its neighbour is, quoted where it must be."""
    if sibling.style == "'":
        return "'" + text.replace("'", "''") + "'"
    if sibling.style is None and _PLAIN.fullmatch(text) is not None:
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _says_the_same(before: FaqFile, after: FaqFile, entry: FaqId, text: str) -> bool:
    wanted = [
        replace(each.entry, questions=(*each.entry.questions, text))
        if each.entry.id == entry
        else each.entry
        for each in before.drafts
    ]
    return (
        wanted == [each.entry for each in after.drafts]
        and before.shared == after.shared
        and _errors(before) == _errors(after)
    )


def _errors(file: FaqFile) -> int:
    return sum(problem.is_error for problem in file.problems)
