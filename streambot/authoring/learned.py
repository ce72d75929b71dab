"""Learned: which file an entry came from, and writing one more phrasing into it."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from streambot.authoring.book import faq_files
from streambot.authoring.decode import Source, decode
from streambot.authoring.faq_file import read_faq_file
from streambot.authoring.fix import write_whole
from streambot.authoring.splice import CannotSplice, with_phrasing
from streambot.domain.faq.entry import FaqId

BACKUP = ".learned.bak"
_MARKS = {
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The file an entry stands in, as it was read; ``digest`` tells whether it changed since."""

    path: Path
    source: Source
    data: bytes
    line: int

    @property
    def digest(self) -> str:
        """A short name of exactly these bytes."""
        return hashlib.sha256(self.data).hexdigest()[:16]


def home_of(paths: Sequence[Path], products: Path | None, entry: FaqId) -> Home | None:
    """Where *entry* stands among the books of *paths*: its first place, as the bot reads them.

    Raises:
        OSError: a file can't be read.
    """
    for path in faq_files(paths, products):
        data = path.read_bytes()
        source, _ = decode(data, path.as_posix())
        for draft in read_faq_file(source).drafts:
            if draft.entry.id == entry:
                return Home(path=path, source=source, data=data, line=draft.place.line)
    return None


def spliced(home: Home, entry: FaqId, text: str) -> bytes:
    """The file's bytes with *text* among the entry's questions, encoded as found.

    Raises:
        CannotSplice: the file can't be changed without touching something else.
    """
    if _encoded(home.source) != home.data:
        raise CannotSplice(
            "没有改：文件的编码不能原样写回；请先运行 streambot faq check --fix。",
            "Not changed: the file's encoding can't be written back as it was: "
            "run streambot faq check --fix first.",
        )
    return _encoded(with_phrasing(home.source, entry, text))


def write_phrasing(home: Home, entry: FaqId, text: str) -> Path:
    """Write *text* into the file of *home*; the path of the backup, the file as it was.

    Raises:
        CannotSplice: the file changed since it was read, or can't be changed cleanly.
        OSError: it can't be written.
    """
    fresh = spliced(home, entry, text)
    target = home.path.resolve()  # a link stays one
    backup = target.with_name(target.name + BACKUP)
    write_whole(backup, home.data)
    if target.read_bytes() != home.data:
        raise CannotSplice(
            "没有改：文件刚被别人改过；请重新看一遍再加。",
            "Not changed: the file changed meanwhile. Look again, then add.",
        )
    write_whole(target, fresh)
    return backup


def _encoded(source: Source) -> bytes:
    encoding = "utf-8" if source.encoding == "utf-8-sig" else source.encoding
    return _MARKS.get(source.encoding, b"") + source.text.encode(encoding)
