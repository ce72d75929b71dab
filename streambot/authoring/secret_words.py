"""SecretWords: which keys would hold a secret and which addresses carry one, so that neither is shown."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlsplit

_SECRET: Final = re.compile(
    r"token|secret|passw|credential|cookie|api_?key|^(access|auth)?_?key$|^sign|"
    r"口令|密码|令牌|密钥",
    re.IGNORECASE,
)


def sounds_secret(word: str) -> bool:
    """Whether a key of this name would hold a secret."""
    return _SECRET.search(word) is not None


def carries_secret(url: str) -> bool:
    """Whether an address has a name, a password or a token in it, which would be logged with it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return "@" in parts.netloc or any(
        sounds_secret(name) for name, _ in parse_qsl(parts.query)
    )
