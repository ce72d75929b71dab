"""Secrets that settings only point to: which ones a room needs, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple


class SecretKey(NamedTuple):
    """A secret: its settings are ``<name>_env`` and ``<name>_file``."""

    name: str
    zh: str
    en: str


_TOKEN = SecretKey("token", "口令", "token")
_SECRETS: Final = MappingProxyType(
    {
        "bilibili_open": (
            SecretKey("access_key_id", " access_key_id ", "access_key_id"),
            SecretKey("access_key_secret", " access_key_secret ", "access_key_secret"),
            SecretKey("token", "主播身份码", "identity code of the host"),
        ),
        "douyin_open": (
            SecretKey("token", " AppSecret ", "AppSecret"),
            SecretKey("push_secret", "推送签名密钥", "secret that signs pushes"),
        ),
        "youtube": (
            SecretKey(
                "google_client_secret", "OAuth 客户端密钥", "OAuth client secret"
            ),
            SecretKey("token", " refresh token ", "refresh token"),
        ),
    }
)


def secrets_of(connector: str) -> tuple[SecretKey, ...]:
    """What a room of *connector* may point to."""
    return _SECRETS.get(connector, (_TOKEN,))


def where_is(values: Mapping[str, Any], name: str) -> str | Path | None:
    """The file or else the variable that holds a secret; None: neither is set."""
    place: str | Path | None = values[f"{name}_file"] or values[f"{name}_env"]
    return place


def find_secret(
    values: Mapping[str, Any], name: str, environ: Mapping[str, str]
) -> str:
    """What a secret's file or variable holds; empty where that is nothing."""
    match where_is(values, name):
        case Path() as file:
            try:
                return file.read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                return ""
        case str() as variable:
            return environ.get(variable, "").strip()
        case _:
            return ""
