"""The words: each in both languages, with the same blanks, and none missing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from streambot.authoring.guard_file import shipped_guard
from streambot.domain.answering import SIZE_TABLE
from streambot.domain.decision import DecisionKind, IgnoreReason
from streambot.domain.events import Link
from streambot.domain.left_to_people import GIVEN_UP
from streambot.domain.praise import PRAISE
from streambot.domain.rating_talk import RATING
from streambot.domain.reply import ReplyKind, ReplyState
from streambot.domain.role import LOGINS
from streambot.domain.room import RoomMode
from streambot.domain.talk import BOUGHT
from streambot.domain.ticket import Outcome, Reason, TicketState
from streambot.ports.accounts import Ending
from streambot.web.texts import STATIC, load_texts

WORDS = load_texts().words
PAGES = [
    *(STATIC / "js").glob("*.js"),
    *(STATIC.parent / "templates").glob("*.html"),
]


def test_both_sides() -> None:
    """Chinese has English beside it without Chinese in it, and both take the same values."""
    for key, (zh, en) in WORDS.items():
        assert zh.strip() and en.strip(), key
        assert key == "language.other" or not re.search(r"[一-鿿]", en), key
        assert set(re.findall(r"\{\w+\}", zh)) == set(re.findall(r"\{\w+\}", en)), key


def test_every_key_a_page_names_has_words() -> None:
    """No page shows a bare key."""
    named = {
        key
        for page in PAGES
        for key in re.findall(r"""\bt\(\s*["']([\w.:]+)["']""", page.read_text("utf-8"))
    }
    assert len(named) > 50
    assert named - WORDS.keys() == set()


def test_every_code_has_words() -> None:
    """Whatever the desk and the rooms may say has words."""
    shown = {
        TicketState.QUEUED,
        TicketState.ACTIVE,
        TicketState.WAITING_VIEWER,
        TicketState.RESOLVED,
    }
    codes: dict[str, Iterable[str]] = {
        "reason": set(Reason),
        "outcome": set(Outcome),
        "reply": set(ReplyState),
        "kind": set(ReplyKind),
        "mode": set(RoomMode),
        "role": set(LOGINS),
        "home": set(LOGINS) | {"link_up", "link_down"},
        "login": {f"ended_{each}" for each in Ending if each is not Ending.LOGGED_OUT},
        "link": set(Link),
        "decision": set(DecisionKind),
        "ignored": set(IgnoreReason),
        "state": shown,
        "guard": {each.id for each in shipped_guard().rules.rules} | {"too_long"},
        "said": {SIZE_TABLE, PRAISE, BOUGHT, RATING, GIVEN_UP},
    }
    missing = {
        f"{group}.{code}" for group, of in codes.items() for code in of
    } - WORDS.keys()
    assert missing == set()
