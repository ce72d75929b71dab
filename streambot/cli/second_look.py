"""What commands share of the second look: its option, opening it, and asking it of one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from streambot.domain.faq.match import FaqMatch
from streambot.domain.product import ProductId
from streambot.errors import EncoderFailed, EncoderMissing, StoreError

if TYPE_CHECKING:
    from streambot.application.patient_look import PatientLook
    from streambot.domain.faq.likeness import Likeness
    from streambot.domain.faq.matching import Matcher
    from streambot.domain.mood import MoodReader, MoodReading

second_look_option = click.option(
    "--second-look",
    type=click.Choice(["on", "off"]),
    default="on",
    show_default=True,
    help="语义复核 · by meaning, where an encoder is installed",
)


class CommandLook:
    """A second look that is loaded when a line first needs it; "off" never is.

    *data_dir* is that of a bot whose vectors may be used.
    """

    def __init__(
        self,
        wanted: str,
        encoder: str = "auto",
        data_dir: Path | None = None,
    ) -> None:
        self._choice = encoder
        self._data_dir = data_dir
        self._wanted = wanted == "on"
        self._look: PatientLook | None = None

    def match(
        self,
        book: str,
        matcher: Matcher,
        text: str,
        *,
        at: datetime | None = None,
        product: ProductId | None = None,
    ) -> tuple[FaqMatch, Likeness | None]:
        """What a book says to a line, and what the encoder told if it was asked.

        *book* tells books apart: the phrases of each are encoded once.
        """
        match = matcher.match(text, at=at, product=product)
        likeness = self.likeness(book, matcher, text, match)
        if likeness is None:
            return match, None
        return matcher.reconsider(text, likeness, at=at, product=product), likeness

    def likeness(
        self, book: str, matcher: Matcher, text: str, match: FaqMatch
    ) -> Likeness | None:
        """What the encoder tells of *text*; None where it isn't, or can't be, asked."""
        if not self._wanted or not matcher.is_worth_a_look(match):
            return None
        look = self._opened()
        if look is None:
            return None
        if not look.knows(book):
            look.learn(book, matcher.compared, partial(self._kept, look.name))
        return look.likeness(book, text, [each.plain for each in match.candidates])

    def mood(self, reader: MoodReader, text: str, reading: MoodReading) -> MoodReading:
        """The *reading* of *text*, with what the encoder makes of it where it is asked."""
        if not self._wanted or not reader.is_worth_a_look(reading):
            return reading
        look = self._opened()
        anger = None if look is None else look.anger(text)
        return reading if anger is None else reader.reconsider(text, anger)

    def _kept(self, encoder: str, texts: Sequence[str]) -> Mapping[str, bytes]:
        """What a bot that works on the same books has encoded before."""
        from streambot.adapters.store.peek import vectors

        if self._data_dir is None:
            return {}
        try:
            return vectors(self._data_dir, encoder, texts)
        except StoreError:
            return {}

    def _opened(self) -> PatientLook | None:
        """The encoder; where there is none one line says so, once."""
        from streambot.application.patient_look import PatientLook
        from streambot.bootstrap.encoders import Encoders

        if self._look is None:
            try:
                self._look = PatientLook(Encoders().load(self._choice))
            except (EncoderMissing, EncoderFailed) as error:
                self._wanted = False
                click.echo(str(error), err=True)
        return self._look
