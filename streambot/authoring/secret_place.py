"""Variable: the name of an environment variable with a secret; a secret in its place isn't repeated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from streambot.authoring.kinds import Text
from streambot.authoring.reader import Field, Reader, Unreadable
from streambot.authoring.tree import Value

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")
#: So long, with two digits and without a "_", it is a code that was pasted, no name.
_PASTED: Final = re.compile(r"(?=(?:\D*\d){2})[A-Za-z0-9]{12,}")
_TEXT: Final = Text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable's name; ``sample`` is such a name."""

    sample: str

    def read(self, value: Value, reader: Reader, key: str) -> str:
        """The name; what can't be one is taken for the secret itself."""
        text = _TEXT.read(value, reader, key)
        if _NAME.fullmatch(text) and not _PASTED.fullmatch(text):
            return text
        reader.report(
            "E205",
            value.place,
            key,
            f"这里写环境变量的名字（如 {self.sample}），口令本身用 export {self.sample}=… 设置；"
            "这里写过的口令请换新的。",
            f"The name of an environment variable stands here, such as {self.sample}, and the "
            "secret in the variable: renew one that stood here.",
            corrected=reader.with_value(value, self.sample),
            hidden=True,
        )
        raise Unreadable

    def schema(self) -> dict[str, Any]:
        """A name."""
        return {"type": "string", "pattern": f"^{_NAME.pattern}$"}


def variable(
    name: str, sample: str, zh: str, en: str, *, default: str | None = None
) -> Field:
    """The field of a variable's name."""
    kind = Variable(sample=sample)
    return Field(name=name, kind=kind, zh=zh, en=en, default=default, sample=sample)
