"""Forms: what a line is made of, read once, whatever it is then compared with."""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from streambot.domain.faq.vetoes import Signs


class Forms(msgspec.Struct, frozen=True):
    """A line in canonical form, and what can be compared of it."""

    plain: str
    terms: frozenset[str]
    signs: Signs
    gist: npt.NDArray[np.float32] | None  # a unit vector; None: nothing is known of it
