"""The second look as commands have it; with a file of vectors, so that tuning needn't wait for them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from streambot.application.patient_look import PatientLook
from streambot.bootstrap.encoders import Encoders
from streambot.cli.second_look import CommandLook
from streambot.ports.encoder import Encoder

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT, text TEXT, vector BLOB, PRIMARY KEY (model, text)
) WITHOUT ROWID
"""
_PATIENCE = 60.0


def second_look(wanted: bool, vectors: Path | None) -> CommandLook:
    """The second look, on or off; *vectors* keeps what was encoded from run to run."""
    choice = "on" if wanted else "off"
    return CommandLook(choice) if vectors is None else KeptLook(choice, vectors)


class KeptLook(CommandLook):
    """A second look that encodes nothing twice."""

    def __init__(self, wanted: str, vectors: Path) -> None:
        super().__init__(wanted)
        self._vectors = vectors

    def _opened(self) -> PatientLook | None:
        if self._look is None:
            encoder = Encoders().load("auto")
            self._look = PatientLook(KeptEncoder(encoder, self._vectors))
        return self._look


class KeptEncoder:
    """An encoder with its vectors in a file, which several processes may use."""

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self._kept = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        self._kept.execute("PRAGMA journal_mode=WAL")
        self._kept.execute("PRAGMA synchronous=OFF")
        self._kept.execute(_SCHEMA)

    def encode(self, texts: Sequence[str]) -> Any:
        """One vector a text, from the file where it is there."""
        import numpy

        found = {text: self._known(text) for text in texts}
        missing = [text for text, raw in found.items() if raw is None]
        if missing:
            for text, vector in zip(
                missing, self._encoder.encode(missing), strict=True
            ):
                found[text] = vector.astype("<f4").tobytes()
                self._kept.execute(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                    (self.name, text, found[text]),
                )
        return numpy.stack([numpy.frombuffer(found[text], "<f4") for text in texts])

    def _known(self, text: str) -> bytes | None:
        row = self._kept.execute(
            "SELECT vector FROM vectors WHERE model = ? AND text = ?", (self.name, text)
        ).fetchone()
        return None if row is None else row[0]
