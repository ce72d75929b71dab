"""ReplyDraft: a canned reply that could be read, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from streambot.authoring.decode import Source
from streambot.authoring.problem import Place, Problem
from streambot.domain.canned import CannedReply


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyDraft:
    """A reply with the places of its texts."""

    reply: CannedReply
    place: Place
    source: Source
    places: Mapping[str, Place]

    def at(self, text: str) -> Place:
        """Where *text* stands, or the reply."""
        return self.places.get(text, self.place)

    def problem(
        self, place: Place, code: str, zh: str, en: str, corrected: str | None = None
    ) -> Problem:
        """A problem of this reply."""
        return Problem(
            place=place,
            code=code,
            zh=zh,
            en=en,
            key=self.reply.id,
            found=self.source.line(place.line),
            corrected=corrected,
        )
