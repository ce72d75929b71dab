"""--fix: what can be mended without guessing is, and nothing a merchant wrote is ever lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from streambot.authoring.decode import read_source
from streambot.authoring.faq_file import read_faq_file
from streambot.authoring.fix import fix_file
from tests.authoring.slips import SLIPS

_LINE = st.sampled_from(["id", "questions", "answer", "keywords", "priority"])
_SLIP = st.sampled_from(["colon", "tight", "tab", "space", "bracket", "none"])
_VALUES = {
    "id": "e{n}",
    "questions": "[几号发货{n}, 多久发{n}]",
    "answer": "现货{n}天内发出",
    "keywords": "[发货{n}]",
    "priority": "{n}",
}


def _line(key: str, slip: str, n: int) -> str:
    """A key of entry *n*, written with *slip*."""
    value = _VALUES[key].format(n=n)
    if slip == "bracket":
        value = value.translate(str.maketrans("[],", "［］，"))
    colon = {"colon": "：", "tight": ":"}.get(slip, ": ")
    lead = {"tab": "\t", "space": "　　"}.get(slip, "    ")
    return f"{lead}{key}{colon}{value}"


def _book(entries: list[dict[str, str]], end: str) -> str:
    rows = ["version: 1", "faqs:"]
    for n, slips in enumerate(entries):
        keys = [_line(key, slips.get(key, "none"), n) for key in _VALUES]
        first = slips.get("id", "none")
        colon = {"colon": "：", "tight": ":"}.get(first, ": ")
        rows += [f"  - id{colon}e{n}", *keys[1:]]
    return end.join([*rows, ""])


def _entries(path: Path) -> list[object]:
    return [draft.entry for draft in read_faq_file(read_source(path)[0]).drafts]


@given(
    st.lists(st.dictionaries(_LINE, _SLIP), min_size=1, max_size=4),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
)
def test_a_mended_book_is_the_book_that_was_meant(
    entries: list[dict[str, str]], end: str, encoding: str
) -> None:
    """Tabs, full-width signs and old encodings gone, the entries are those without slips."""
    with tempfile.TemporaryDirectory() as folder:
        path, meant = Path(folder) / "faq.yaml", Path(folder) / "meant.yaml"
        before = _book(entries, end).encode(encoding)
        path.write_bytes(before)
        meant.write_text(
            _book([{} for _ in entries], end), encoding="utf-8", newline=""
        )
        mended = fix_file(path)
        file = read_faq_file(read_source(path)[0])
        assert [each.render() for each in file.problems] == []
        assert _entries(path) == _entries(meant)
        data = path.read_bytes()
        assert data.count(b"\r\n") == before.count(b"\r\n")
        assert fix_file(path).backup is None
        assert path.read_bytes() == data
        if mended.backup is not None:
            assert mended.backup.read_bytes() == before


@given(st.binary(max_size=300))
def test_bad_input_loses_nothing(data: bytes) -> None:
    """Any bytes: either the file is as it was, or its backup is, and there are no more errors."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "faq.yaml"
        path.write_bytes(data)
        mended = fix_file(path)
        kept = path if mended.backup is None else mended.backup
        assert kept.read_bytes() == data


def test_only_what_is_certain_is_mended(tmp_path: Path) -> None:
    """A misspelt key, a wrong number or a doubled id is for the merchant to decide."""
    path = tmp_path / "faq.yaml"
    for slip in SLIPS:
        path.write_text(slip.text, encoding="utf-8")
        if slip.code != "E113" and (
            slip.code.startswith(("E2", "E3", "E11")) or slip.code in {"E104", "W301"}
        ):
            assert fix_file(path).backup is None, slip.code


def test_an_older_backup_is_kept(tmp_path: Path) -> None:
    """Mending twice on different days leaves both originals; a link stays a link."""
    book, link = tmp_path / "book.yaml", tmp_path / "faq.yaml"
    link.symlink_to(book)
    for answer in ("一天", "两天"):
        book.write_text(
            f"faqs:\n  - 问法: [在吗]\n    回答：{answer}\n", encoding="utf-8"
        )
        assert fix_file(link).backup is not None
    assert link.is_symlink()
    assert "一天" in (tmp_path / "book.yaml.bak").read_text(encoding="utf-8")
    assert "两天" in (tmp_path / "book.yaml.bak1").read_text(encoding="utf-8")
    assert "回答: 两天" in book.read_text(encoding="utf-8")
