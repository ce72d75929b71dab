"""The installation's own secret: made once, and everything keyed by it is derived from it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from streambot.domain.viewer import ViewerKey
from streambot.errors import StoreBroken

KEY_FILE = "installation.key"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Keys that never leave this machine; hidden in ``repr``."""

    viewer_secret: bytes = field(repr=False)  # for viewer keys, 32 bytes
    fernet_key: bytes = field(repr=False)  # for send addresses, as Fernet takes it

    def viewer_key(self, platform: str, raw_id: str) -> ViewerKey:
        """The key that stands for a platform's viewer id everywhere in streambot."""
        text = f"{platform}\0{raw_id}".encode("utf-8", "surrogatepass")
        digest = hmac.new(self.viewer_secret, text, hashlib.sha256).digest()
        return ViewerKey(base64.urlsafe_b64encode(digest[:18]).decode("ascii"))


def load_installation(data_dir: Path) -> Installation:
    """The keys of *data_dir*, made at the first call (file mode 0600).

    Raises:
        StoreBroken: the key file is not one that streambot made.
    """
    path = data_dir / KEY_FILE
    try:
        secret = path.read_bytes()
    except FileNotFoundError:
        secret = _make(path)
    if len(secret) != _KEY_BYTES:
        raise StoreBroken(
            f"密钥文件 {path} 已损坏：请从备份恢复它。 "
            f"The key file {path} is damaged: restore it from a backup."
        )
    return Installation(
        viewer_secret=_derive(secret, b"streambot viewer key"),
        fernet_key=base64.urlsafe_b64encode(_derive(secret, b"streambot addresses")),
    )


def _make(path: Path) -> bytes:
    secret = secrets.token_bytes(_KEY_BYTES)
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)  # never half a key, whenever the power goes
    return secret


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)
