"""Lines of the desk in a merchant's own words: a text whose blanks we know how to fill."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from streambot.authoring.closest import closest
from streambot.authoring.kinds import Text
from streambot.authoring.reader import Reader
from streambot.authoring.tree import Value
from streambot.domain.desk_words import BLANKS

_BRACES = re.compile(r"\{([^{}\n]*)\}")
_TEXT = Text(most=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line; what stands in braces is one of the blanks."""

    def read(self, value: Value, reader: Reader, key: str) -> str:
        """The line as typed."""
        text = _TEXT.read(value, reader, key)
        for blank in _BRACES.findall(text):
            if blank in BLANKS:
                continue
            likely = closest(blank, BLANKS) or BLANKS[0]
            raise reader.fail(
                value,
                key,
                f"不认识 {{{blank[:20]}}}，这里只能用 {{no}}（编号）和 {{promise}}（承诺的时间）。",
                f"{{{blank[:20]}}} is unknown: a line may hold {{no}}, the number, "
                "and {promise}, the promised time.",
                instead=text.replace(f"{{{blank}}}", f"{{{likely}}}"),
            )
        return text

    def schema(self) -> dict[str, Any]:
        """A string."""
        return _TEXT.schema()
