"""Reactions: viewers who are spoken to say thanks, calm down, or go on being angry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from streambot.simulator import demo_lines as lines
from streambot.simulator.facts import Said
from streambot.simulator.frames import Viewer
from streambot.simulator.script import Cue, Happens

#: Share of the answered who say thanks, and how many of them are remembered.
_THANKFUL = 0.25
_REMEMBERED = 500
#: An angry viewer goes on so often at most; then they wait in silence.
_PATIENCE = 2


@dataclass(slots=True)
class _Person:
    viewer: Viewer
    is_angry: bool = False
    said_again: int = 0
    is_content: bool = False


class Reactions:
    """Follows who asked what, and answers lines of the shop that speak to somebody."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._people: dict[str, _Person] = {}  # by the name they are spoken to with

    def notice(self, cue: Cue) -> None:
        """Remember who speaks."""
        act = cue.act
        if not isinstance(act, Happens) or act.kind != "spoke" or act.viewer is None:
            return
        if cue.tag in ("anchor", "reaction"):
            return
        known = self._people.pop(act.viewer.name, None)
        person = known or _Person(act.viewer)
        if cue.tag == "angry":
            person.is_angry, person.is_content = True, False
        self._people[act.viewer.name] = person
        if len(self._people) > _REMEMBERED:
            del self._people[next(iter(self._people))]

    def hear(self, said: Said) -> Iterator[Cue]:
        """What those say whom a line of the shop is for; times count from now."""
        for person in [each for each in self._people.values() if _is_for(said, each)]:
            text = self._answer(person, said.text)
            if text is None:
                continue
            fields = {"text": text}
            act = Happens(kind="spoke", viewer=person.viewer, fields=fields)
            yield Cue(at=self._random.uniform(2, 6), tag="reaction", act=act)

    def _answer(self, person: _Person, text: str) -> str | None:
        if not person.is_angry:
            is_thankful = not person.is_content and self._random.random() < _THANKFUL
            person.is_content = True
            return self._random.choice(lines.THANKS) if is_thankful else None
        if any(word in text for word in lines.HOLDING):
            if person.said_again >= _PATIENCE:
                return None
            person.said_again += 1
            return lines.STILL_ANGRY[person.said_again % len(lines.STILL_ANGRY)]
        person.is_angry, person.is_content = False, True
        return self._random.choice(lines.CALMED)


def _is_for(said: Said, person: _Person) -> bool:
    viewer = person.viewer
    return viewer.id in said.to or (
        not viewer.masked and f"@{viewer.name}" in said.text
    )
