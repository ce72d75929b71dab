"""What tests of running rooms share: the book is built before an event loop runs."""

from __future__ import annotations

import pytest

from tests.domain.chat_room import understanding


@pytest.fixture(scope="session", autouse=True)
def book_built() -> None:
    """Building a book reads the script tables, as the bot does in a thread of its own."""
    understanding()
