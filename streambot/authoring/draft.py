"""Drafts: FAQ entries ready to be pasted into a book, with the answer left to the merchant."""

from __future__ import annotations

from collections.abc import Iterable

from streambot.authoring.decode import Source

_MOST_QUESTIONS = 8
_LONGEST = 200


def draft_entry(questions: Iterable[str], remark: str) -> str:
    """An entry with *questions* and an empty answer, which the checker asks for until it is there.

    *remark* becomes a comment; texts may hold anything, they end up in quotes.
    """
    asked = list(dict.fromkeys(filter(None, map(_flat, questions))))[:_MOST_QUESTIONS]
    rows = [f"  # {_flat(remark)}", "  - questions:"]
    rows += [f"      - {_in_quotes(text)}" for text in asked]
    rows.append("    answer:  # 在这里写回答 · write the answer here")
    return "\n".join(rows) + "\n"


def _flat(text: str) -> str:
    """*text* on one line, without what can't stand in a file."""
    clean = Source.from_text("", text.encode("utf-8", "replace").decode()).plain
    return " ".join(clean.split())[:_LONGEST].strip()


def _in_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
