"""Whatever arrives twice acts once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.dedup import SeenEvents
from streambot.domain.reply import EventId
from streambot.domain.room import RoomName

ROOM, OTHER = RoomName("a"), RoomName("b")


@given(st.lists(st.integers(0, 30)))
def test_each_id_is_new_exactly_once(ids: list[int]) -> None:
    """Whatever the order and however often an id comes back."""
    seen = SeenEvents()
    news = [n for n in ids if seen.first_time(ROOM, EventId(str(n)))]
    assert news == list(dict.fromkeys(ids))


def test_rooms_have_ids_of_their_own() -> None:
    """The same id in another room is another event."""
    seen = SeenEvents()
    assert seen.first_time(ROOM, EventId("1"))
    assert seen.first_time(OTHER, EventId("1"))


def test_the_oldest_is_forgotten_first() -> None:
    """Memory is bounded over all rooms."""
    seen = SeenEvents(keep=2)
    for number in ("1", "2", "3"):
        seen.first_time(ROOM, EventId(number))
    assert not seen.first_time(ROOM, EventId("3"))
    assert seen.first_time(ROOM, EventId("1"))


def test_a_restored_room_knows_its_journal() -> None:
    """Ids read back newest first are known, and forgotten oldest first."""
    seen = SeenEvents(keep=2)
    seen.restore(ROOM, (EventId("3"), EventId("2"), EventId("1")))
    assert not seen.first_time(ROOM, EventId("3"))
    seen.forget(ROOM)
    assert seen.first_time(ROOM, EventId("3"))
