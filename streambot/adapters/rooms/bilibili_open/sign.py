"""Signing: the headers by which the open platform knows who asks, pure."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime


def signed_headers(
    body: bytes, *, key_id: str, secret: str, nonce: str, at: datetime
) -> dict[str, str]:
    """Every header of a request whose body is exactly *body*; *nonce* is used once."""
    told = {
        "x-bili-accesskeyid": key_id,
        "x-bili-content-md5": hashlib.md5(body, usedforsecurity=False).hexdigest(),
        "x-bili-signature-method": "HMAC-SHA256",
        "x-bili-signature-nonce": nonce,
        "x-bili-signature-version": "1.0",
        "x-bili-timestamp": str(int(at.timestamp())),
    }
    text = "\n".join(f"{name}:{told[name]}" for name in sorted(told))
    mark = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    return {
        **told,
        "Authorization": mark,
        "Accept": "application/json",
        "Content-Type": "application/json",
    }
