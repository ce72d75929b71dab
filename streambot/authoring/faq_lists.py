"""What the lists of an entry's keys hold, which tells punctuation of a text from that of a list."""

from __future__ import annotations

from streambot.authoring.faq_spec import ENTRY, TESTS
from streambot.authoring.reader import by_name
from streambot.authoring.soft_slips import Held

_HELD = {
    "answer": Held.SAID,
    **dict.fromkeys(("questions", "not_questions"), Held.ASKED),
    **dict.fromkeys(("keywords", "must", "any", "none", "products"), Held.WORDS),
}
#: What the lists of an entry's keys hold, by each name of the key.
HOLDS = {
    name: _HELD[item.name]
    for name, item in by_name(ENTRY).items()
    if item.name in _HELD
} | dict.fromkeys(by_name(TESTS), Held.ASKED)
