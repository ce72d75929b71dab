"""Tokens: what lets us in, and the file they are kept in, since Twitch changes them every few hours.

The file has lines ``access_token=…``, ``refresh_token=…`` and, for a confidential app,
``client_secret=…``; or an access token alone, which then can't be renewed.
"""

from __future__ import annotations

import asyncio
import os
import stat
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import structlog

_log = structlog.get_logger()

_PREFIX = "oauth:"
#: What a file of tokens may hold.
_FILE_MOST = 16 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What lets us in; ``refresh`` empty: it can't be renewed."""

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)

    @classmethod
    def read(cls, text: str) -> Tokens:
        """Tokens as people write them down."""
        lines = [line.partition("=") for line in text.splitlines() if line.strip()]
        named = {name.strip().lower(): value.strip() for name, _, value in lines}
        if "access_token" not in named and "refresh_token" not in named:
            return cls(access=text.strip().removeprefix(_PREFIX))
        return cls(
            access=named.get("access_token", "").removeprefix(_PREFIX),
            refresh=named.get("refresh_token", ""),
            secret=named.get("client_secret", ""),
        )

    def written(self) -> str:
        """The same as a file."""
        lines = [f"access_token={self.access}", f"refresh_token={self.refresh}"]
        if self.secret:
            lines.append(f"client_secret={self.secret}")
        return "\n".join(lines) + "\n"

    def renewed(self, access: str, refresh: str) -> Tokens:
        """With a new access token; a public app's refresh token works once only."""
        return replace(self, access=access, refresh=refresh or self.refresh)


class TokenPlace(Protocol):
    """Where a room's tokens are; ``turn`` is for whoever renews them: a refresh token works once."""

    turn: asyncio.Lock

    def load(self) -> Tokens:
        """The newest tokens known."""
        ...

    def keep(self, tokens: Tokens) -> bool:
        """Keep renewed tokens; whether they are kept beyond this process."""
        ...


class TokenGiven:
    """A token from the environment: nothing can be written back there."""

    def __init__(self, text: str) -> None:
        self._tokens = Tokens.read(text)
        self.turn = asyncio.Lock()

    def load(self) -> Tokens:
        """What was given, or made of it."""
        return self._tokens

    def keep(self, tokens: Tokens) -> bool:
        """Until the end of this process."""
        self._tokens = tokens
        return False


class TokenFile:
    """Tokens in a file that only its owner reads, always whole, whenever the power goes.

    Several rooms may share a file: each reads it anew before it renews anything.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = ""
        self._unkept: Tokens | None = None  # newer than the file, which took none
        self.turn = asyncio.Lock()

    def load(self) -> Tokens:
        """What the file holds; what it didn't take, as long as nobody changed it."""
        text = self._text()
        if self._unkept is not None and text == self._read:
            return self._unkept
        self._read, self._unkept = text, None
        return Tokens.read(text)

    def keep(self, tokens: Tokens) -> bool:
        """Write *tokens* in the old ones' place; where that fails, remember them and say so."""
        try:
            self._write(tokens.written())
        except OSError as error:
            self._unkept = tokens
            _log.error("token_not_kept", file=self._path.name, error=error.strerror)
            return False
        self._read, self._unkept = self._text(), None
        return True

    def _text(self) -> str:
        try:
            with self._path.open(encoding="utf-8") as file:
                return file.read(_FILE_MOST)
        except (OSError, UnicodeDecodeError):
            return ""

    def _write(self, text: str) -> None:
        target = self._path.resolve()  # a link stays a link
        fresh = target.with_name(f".{target.name}.{os.getpid()}")
        mode = stat.S_IRUSR | stat.S_IWUSR
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(target)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise


class TokenFiles:
    """One place for each file, so that rooms which share it renew its tokens in turn."""

    def __init__(self) -> None:
        self._places: dict[Path, TokenFile] = {}

    def at(self, path: Path) -> TokenFile:
        """The place that *path* is."""
        return self._places.setdefault(path, TokenFile(path))
