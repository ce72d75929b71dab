"""The pack streambot ships, and what a shop's own books add to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from streambot.authoring.decode import read_source
from streambot.authoring.faq_file import FaqFile, read_faq_file
from streambot.domain.faq.pack import Intent, IntentId, IntentKind, Pack
from streambot.errors import BookError


@cache
def shipped_pack() -> Pack:
    """What live shops have in common, read once from the package.

    Raises:
        BookError: a file of the package was changed and has a mistake in it.
    """
    pack = Pack()
    with as_file(files("streambot.authoring") / "packs") as folder:
        for path in sorted(folder.glob("*.yaml")):
            source, problems = read_source(path)
            file = read_faq_file(source)
            found = [*problems, *file.problems]
            if found:
                raise BookError(found[0].render())
            pack = pack.extended(pack_of(file.shared))
    return pack


def extended(pack: Pack, read: Iterable[FaqFile]) -> Pack:
    """*pack* with what stands beside the entries of every file."""
    more = Pack()
    for file in read:
        more = more.extended(pack_of(file.shared))
    return pack.extended(more)


def pack_of(shared: Mapping[str, Any]) -> Pack:
    """The pack that a file's own keys make."""
    return Pack(
        concepts={word: (word, *others) for word, others in shared["synonyms"].items()},
        slang=shared["slang"],
        exclusive=tuple(frozenset(words) for words in shared["exclusive"]),
        intents=tuple(
            Intent(
                id=IntentId(group["id"]),
                title=group["title"] or "",
                kind=IntentKind(group["kind"]),
                phrasings=group["questions"],
            )
            for group in shared["intents"]
            if group["id"] and group["questions"]
        ),
        foreign=frozenset(shared["foreign"]),
        shop_words=frozenset(shared["shop_words"]),
    )
