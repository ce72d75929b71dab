"""Signature: how the platform signs a push, so that nobody else can tell us anything; pure."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

#: Header fields that are signed, in the order of their names.
SIGNED = ("x-msg-type", "x-nonce-str", "x-roomid", "x-timestamp")
SIGNATURE = "x-signature"
#: No genuine header field is longer.
_FIELD_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One call of the platform: what was signed, and the signature it came with."""

    kind: str
    nonce: str
    room: str
    timestamp: str  # milliseconds, as written
    signature: str
    body: bytes

    @classmethod
    def of(cls, headers: Mapping[str, str], body: bytes) -> Push | None:
        """The push that *headers* and *body* make; None where a field is missing or too long."""
        fields = [headers.get(name, "") for name in (*SIGNED, SIGNATURE)]
        if not all(0 < len(each) <= _FIELD_MOST for each in fields):
            return None
        kind, nonce, room, timestamp, signature = fields
        return cls(
            kind=kind,
            nonce=nonce,
            room=room,
            timestamp=timestamp,
            signature=signature,
            body=body,
        )

    @property
    def sent_at(self) -> datetime | None:
        """When the platform signed it."""
        try:
            return datetime.fromtimestamp(int(self.timestamp) / 1000, UTC)
        except (ValueError, OverflowError, OSError):
            return None

    def signed_with(self, secret: str) -> str:
        """What its signature must be."""
        fields = (self.kind, self.nonce, self.room, self.timestamp)
        pairs = "&".join(
            f"{name}={value}" for name, value in zip(SIGNED, fields, strict=True)
        )
        whole = _bytes(pairs) + self.body + secret.encode()
        digest = hashlib.md5(whole, usedforsecurity=False).digest()  # theirs to choose
        return b64encode(digest).decode()

    def is_genuine(self, secret: str) -> bool:
        """Whether it was signed with *secret*; takes as long whatever the answer."""
        expected = self.signed_with(secret).encode()
        return hmac.compare_digest(expected, _bytes(self.signature))


def _bytes(text: str) -> bytes:
    """*text* as it came: header fields may hold bytes that are no text."""
    return text.encode(errors="surrogateescape")
