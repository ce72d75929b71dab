"""Cast: the viewers of a demo run, made up as they are needed, buyers under their real ids."""

from __future__ import annotations

from collections import deque
from itertools import count
from random import Random

from streambot.simulator import demo_lines as lines
from streambot.simulator.frames import Viewer

_PRESENT_KEPT = 200
#: Shares of newcomers whose name the platform hides, and whose name is a nuisance.
_MASKED, _ODD = 0.06, 0.03

ANCHOR = Viewer(id="v-anchor", name="主播小满", roles=("anchor",))


class Cast:
    """Newcomers have ids that end in *run*, so that each run greets new people."""

    def __init__(self, random: Random, run: str) -> None:
        self._random = random
        self._run = run
        self._ids = count(1)
        self._present: deque[Viewer] = deque(maxlen=_PRESENT_KEPT)
        self.buyers = {
            buyer.id: Viewer(id=buyer.id, name=buyer.name, roles=("buyer",))
            for buyer in (*lines.BUYERS, lines.ANGRY_BUYER)
        }

    def newcomer(self, *, plain: bool = False) -> Viewer:
        """Somebody new; *plain*: with a name that can be read out."""
        number = next(self._ids)
        name, masked = (self._name(), False) if plain else self._any_name()
        roles = ("member",) if self._random.random() < 0.05 else ()
        viewer = Viewer(
            id=f"v{number}-{self._run}", name=name, roles=roles, masked=masked
        )
        self._present.append(viewer)
        return viewer

    def somebody(self) -> Viewer:
        """Somebody who is here, or somebody new."""
        if self._present and self._random.random() < 0.6:
            return self._random.choice(self._present)
        return self.newcomer()

    def _any_name(self) -> tuple[str, bool]:
        chance = self._random.random()
        if chance < _MASKED:
            return f"{self._name()[0]}***", True
        if chance < _MASKED + _ODD:
            return self._random.choice(lines.ODD_NAMES), False
        if chance < 0.2:
            return f"用户{self._random.randint(10**6, 10**7 - 1)}", False
        return self._name(), False

    def _name(self) -> str:
        start = self._random.choice(lines.NAME_STARTS)
        end = self._random.choice(lines.NAME_ENDS)
        number = self._random.choice(("", "", "", str(self._random.randint(2, 99))))
        return f"{start}{end}{number}"
