"""Pieces: the whole JSON objects of a body that comes bit by bit, bounded, pure.

A stream is one JSON array that is never finished while it lasts: ``[{...}``, ``,{...}`` and so on.
Lines of objects, or one object alone, are taken apart just as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: No response is longer.
PIECE_BYTES = 4 * 1024 * 1024
_MARKS = re.compile(rb'[{}"\\]')
_BETWEEN = frozenset(b"[], \t\r\n")
_OPEN, _CLOSE, _QUOTE, _ESCAPE = b'{}"\\'


class Pieces:
    """Of one body, in order; ``odd`` names what stands between or was too long."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self._size = 0
        self._depth = 0
        self._quoted = False
        self._escaped = False  # the next byte means itself
        self._strays = False

    def feed(self, data: bytes) -> Iterator[bytes | str]:
        """The objects that *data* completes, and the names of oddities, as they come."""
        if not data:
            return
        begin = 0  # of what isn't kept yet
        plain = 1 if self._escaped else 0
        self._escaped = False
        for mark in _MARKS.finditer(data):
            at = mark.start()
            if at < plain:
                continue
            byte = data[at]
            if self._depth == 0:
                if self._stray(data[begin:at]) or byte != _OPEN:
                    if not self._strays:
                        yield "no_object"
                    self._strays = byte != _OPEN
                begin = at if byte == _OPEN else at + 1
                self._depth = 1 if byte == _OPEN else 0
            elif byte == _ESCAPE:
                plain = at + 2 if self._quoted else plain
                self._escaped = self._quoted and plain > len(data)
            elif byte == _QUOTE:
                self._quoted = not self._quoted
            elif not self._quoted:
                self._depth += 1 if byte == _OPEN else -1
                if self._depth == 0:
                    self._keep(data[begin : at + 1])
                    begin = at + 1
                    self._strays = False
                    yield self._whole()
        rest = data[begin:]
        if self._depth:
            self._keep(rest)
        elif self._stray(rest) and not self._strays:
            self._strays = True
            yield "no_object"

    @staticmethod
    def _stray(between: bytes) -> bool:
        return not _BETWEEN.issuperset(between)

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        if self._size <= PIECE_BYTES:
            self._kept += data

    def _whole(self) -> bytes | str:
        piece = bytes(self._kept) if self._size <= PIECE_BYTES else "frame_too_long"
        self._kept.clear()
        self._size = 0
        return piece
