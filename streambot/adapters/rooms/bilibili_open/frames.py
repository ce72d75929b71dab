"""Frames of Bilibili's sockets: bytes to packets and back, bounded, pure and total.

A frame is one packet or several one behind the other; a compressed packet holds such a frame.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice

#: Length of the packet, of its header, version, operation, sequence; all big-endian.
_HEADER = struct.Struct(">IHHII")
#: What a compressed packet may hold at most, and packets in a frame.
UNPACKED_MOST = 4 * 1024 * 1024
PACKETS_MOST = 20_000


class Op(IntEnum):
    """What a packet is."""

    HEARTBEAT = 2
    HEARTBEAT_REPLY = 3
    MESSAGE = 5
    AUTH = 7
    AUTH_REPLY = 8


class _Version(IntEnum):
    JSON = 0
    NUMBER = 1
    ZLIB = 2
    BROTLI = 3


_PACKED = frozenset({_Version.ZLIB, _Version.BROTLI})


class NotUnderstood(Exception):
    """A frame or a message that makes no sense; ``str()`` is a constant name."""


class BrotliMissing(Exception):
    """What came is compressed in a way that this machine has no library for."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet, unpacked."""

    op: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Odd:
    """What stands where a packet should and is none; ``name`` is constant."""

    name: str


def packed(op: Op, body: bytes = b"") -> bytes:
    """A packet as we write them."""
    size = _HEADER.size + len(body)
    return _HEADER.pack(size, _HEADER.size, _Version.NUMBER, op, 1) + body


def packets(frame: bytes) -> Iterator[Packet | Odd]:
    """Every packet of *frame* in order, those inside compressed ones in their place.

    What makes no sense is named where it stands; reading goes on behind it where it can.

    Raises:
        BrotliMissing: what follows needs the brotli library.
    """
    room = PACKETS_MOST
    for version, packet in _split(frame):
        inner: list[tuple[int, Packet | Odd]] = [(version, packet)]
        if isinstance(packet, Packet) and version in _PACKED:
            try:
                unpack = _inflated if version == _Version.ZLIB else _unbrotlied
                inner = list(islice(_split(unpack(packet.body)), room + 1))
            except NotUnderstood as what:
                yield Odd(str(what))
                continue
        for one in inner:
            room -= 1
            if room < 0:
                yield Odd("too_many_packets")
                return
            yield _plain(*one)


def _plain(version: int, packet: Packet | Odd) -> Packet | Odd:
    if isinstance(packet, Odd) or version in {_Version.JSON, _Version.NUMBER}:
        return packet
    return Odd("packed_twice" if version in _PACKED else "unknown_version")


def _split(frame: bytes) -> Iterator[tuple[int, Packet | Odd]]:
    at = 0
    while at < len(frame):
        if len(frame) - at < _HEADER.size:
            yield _Version.JSON, Odd("cut_header")
            return
        size, header, version, op, _ = _HEADER.unpack_from(frame, at)
        if header < _HEADER.size or size < header:
            yield _Version.JSON, Odd("bad_header")
            return
        if size > len(frame) - at:
            yield _Version.JSON, Odd("cut_packet")
            return
        yield version, Packet(op, frame[at + header : at + size])
        if op == Op.HEARTBEAT_REPLY:
            return  # behind it stands our own heartbeat's body, which no length counts
        at += size


def _inflated(body: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(body, UNPACKED_MOST)
    except zlib.error as error:
        raise NotUnderstood("bad_zlib") from error
    if unpacking.unconsumed_tail:
        raise NotUnderstood("unpacked_too_long")
    if not unpacking.eof:
        raise NotUnderstood("bad_zlib")
    return unpacked


def _unbrotlied(body: bytes) -> bytes:
    try:
        import brotli
    except ImportError as error:
        raise BrotliMissing from error
    unpacking = brotli.Decompressor()
    try:
        unpacked = bytes(unpacking.process(body, output_buffer_limit=UNPACKED_MOST))
    except brotli.error as error:
        raise NotUnderstood("bad_brotli") from error
    except TypeError as error:  # older libraries know no bound
        raise BrotliMissing from error
    if not unpacking.is_finished():
        whole = unpacking.can_accept_more_data()
        raise NotUnderstood("bad_brotli" if whole else "unpacked_too_long")
    return unpacked
