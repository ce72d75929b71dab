"""Whatever bytes a file holds, the reader says what it found; good YAML never gets a syntax code."""

from __future__ import annotations

import unicodedata

import yaml
from hypothesis import given
from hypothesis import strategies as st

from streambot.authoring.decode import decode
from streambot.authoring.draft import draft_entry
from streambot.authoring.faq_file import read_faq_file
from streambot.authoring.fix import mend
from streambot.authoring.problem import Problem
from streambot.authoring.product_file import read_product_file

#: What broken files are made of.
_PIECES = st.sampled_from(
    [
        *(
            "faqs:",
            "faqs：",
            "  - id: a",
            "    questions: ",
            "    answer: ",
            "- ",
            "\t",
        ),
        *("\n", "\r\n", "　", " ", ": ", ":", "：", "[", "]", "［", "］", "{", "}"),
        *('"', "'", "|", ">", "#", "&a", "*a", "!x", "@", "`", "---", "，", ",", "?"),
        *("问法", "回答", "2026-11-11", "\x00", "\u2028", "\ud7ff", "👍🏽", "null"),
        *(
            "\\",
            "\\n",
            "\\0",
            "\\x07",
            "\\ud83d",
            "\\ude0a",
            "\\UFFFFFFFF",
            'answer: "\\',
        ),
        *("synonyms:", "exclusive:", "products:", "  - name: x", "    sizes: y"),
    ]
)
_BROKEN = st.one_of(
    st.binary(max_size=200),
    st.lists(_PIECES, max_size=40).map("".join).map(str.encode),
    st.lists(_PIECES, max_size=40).map("".join).map(lambda t: t.encode("gb18030")),
    st.text(max_size=100).map(lambda text: text.encode("utf-16")),
)
_TEXTS = (
    st.text(
        st.characters(
            exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufeff"
        ),
        min_size=1,
        max_size=40,
    )
    .map(lambda text: " ".join(unicodedata.normalize("NFC", text).split()))
    .filter(bool)
)


def _read(data: bytes) -> list[Problem]:
    source, problems = decode(data, "f.yaml")
    file, (catalogue, unsold) = read_faq_file(source), read_product_file(source)
    said = [text for draft in file.drafts for text in draft.entry.answers]
    said += [product.name for product in catalogue.products]
    assert all(text.encode("utf-8") for text in said)
    problems = [*problems, *file.problems, *unsold]
    for problem in problems:
        assert 0 <= problem.line <= max(1, len(source.lines))
        assert problem.zh and problem.en and problem.render() and problem.as_json()
    return problems


@given(_BROKEN)
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    """Any bytes give entries and problems, each with a place in the file, never an exception."""
    _read(data)


@given(_BROKEN)
def test_mending_comes_to_an_end(data: bytes) -> None:
    """What was mended once has nothing left to mend."""
    source, _ = decode(data, "f.yaml")
    mended, _ = mend(source)
    again, fixed = mend(mended)
    assert not fixed
    assert again.lines == mended.lines


@given(
    st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=4),
    st.sampled_from([None, '"', "'", "|", ">"]),
    st.booleans(),
)
def test_good_yaml_gets_no_syntax_code(
    entries: list[tuple[str, str]], style: str | None, flow: bool
) -> None:
    """However a YAML library writes texts, they come back as they were, without a false alarm."""
    book = {
        "faqs": [
            {"id": str(n), "questions": [q], "answer": a}
            for n, (q, a) in enumerate(entries)
        ]
    }
    text = yaml.safe_dump(
        book,
        allow_unicode=True,
        default_style=style,
        default_flow_style=flow,
        width=10**6,
    )
    source, problems = decode(text.encode(), "f.yaml")
    file = read_faq_file(source)
    codes = {problem.code[:2] for problem in (*problems, *file.problems)}
    assert "E1" not in codes
    read = [(draft.entry.questions[0], draft.entry.answers[0]) for draft in file.drafts]
    assert read == [(q.strip(), a.strip()) for q, a in entries]


@given(st.lists(_TEXTS, min_size=1, max_size=5))
def test_blocks_may_hold_anything(lines: list[str]) -> None:
    """Inside a | block tabs, colons, brackets and quotes are text and raise no alarm."""
    block = "\n".join(f"      {line}" for line in lines)
    text = f"faqs:\n  - questions: [x]\n    answer: |\n{block}\n    priority: 1\n"
    file = read_faq_file(decode(text.encode(), "f.yaml")[0])
    assert file.problems == []
    assert file.drafts[0].entry.answers == ("\n".join(lines).strip(),)


@given(st.lists(st.text(max_size=50), min_size=1, max_size=12), st.text(max_size=50))
def test_a_draft_is_a_good_entry(asked: list[str], remark: str) -> None:
    """Whatever viewers typed, a draft of it reads back once the answer is written."""
    draft = draft_entry(["在吗", *asked], remark).replace("answer:", "answer: 在", 1)
    file = read_faq_file(decode(f"faqs:\n{draft}".encode(), "f.yaml")[0])
    assert [each.code for each in file.problems if each.is_error] == []
    assert file.drafts[0].entry.questions[0] == "在吗"
