"""Send addresses and the keys that guard them."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from streambot.adapters.store import open_store
from streambot.adapters.store.installation import KEY_FILE, load_installation
from streambot.domain.room import BroadcastId
from streambot.domain.viewer import ViewerKey
from streambot.errors import StoreBroken
from tests.adapters.store.samples import NOW, content_of

V, W = ViewerKey("v"), ViewerKey("w")
B1, B2 = BroadcastId("b1"), BroadcastId("b2")


async def test_an_address_is_kept_encrypted(tmp_path: Path) -> None:
    """A raw id comes back for its viewer, and never stands on the disk."""
    async with open_store(tmp_path) as store:
        await store.addresses.remember_address(V, B1, "raw-platform-id", NOW)
        assert await store.addresses.address_of(V) == "raw-platform-id"
        assert await store.addresses.address_of(W) is None
    content = await asyncio.to_thread(content_of, tmp_path)
    assert b"raw-platform-id" not in content


async def test_addresses_go_with_their_broadcast(tmp_path: Path) -> None:
    """Only those of the finished broadcast are erased."""
    async with open_store(tmp_path) as store:
        await store.addresses.remember_address(V, B1, "one", NOW)
        await store.addresses.remember_address(W, B2, "two", NOW)
        await store.addresses.forget_addresses(B1)
        assert await store.addresses.address_of(V) is None
        assert await store.addresses.address_of(W) == "two"


async def test_addresses_are_kept_for_seven_days_at_most(tmp_path: Path) -> None:
    """Old ones go whenever a new one comes, or when asked to."""
    async with open_store(tmp_path) as store:
        await store.addresses.remember_address(V, B1, "one", NOW - timedelta(days=8))
        await store.addresses.remember_address(W, B2, "two", NOW)
        assert await store.addresses.address_of(V) is None
        await store.addresses.prune(NOW + timedelta(days=8))
        assert await store.addresses.address_of(W) is None


async def test_another_key_reads_nothing(tmp_path: Path) -> None:
    """Without the key an address is gone, which is not an error."""
    async with open_store(tmp_path) as store:
        await store.addresses.remember_address(V, B1, "one", NOW)
    async with open_store(tmp_path, fernet_key=Fernet.generate_key()) as store:
        assert await store.addresses.address_of(V) is None


def test_the_installation_keeps_its_key(tmp_path: Path) -> None:
    """The key is made once, readable by its owner only, and hidden in ``repr``."""
    made = load_installation(tmp_path)
    assert load_installation(tmp_path) == made
    assert repr(made) == "Installation()"
    if sys.platform != "win32":
        assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_viewer_keys_say_nothing(tmp_path: Path) -> None:
    """A viewer's key is stable here, another elsewhere, and differs by platform."""
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    here = load_installation(tmp_path / "here")
    there = load_installation(tmp_path / "there")
    key = here.viewer_key("p", "12345")
    assert key == here.viewer_key("p", "12345")
    assert "12345" not in key
    others = {
        here.viewer_key("q", "12345"),
        here.viewer_key("p", "12346"),
        there.viewer_key("p", "12345"),
        here.viewer_key("p", "\ud800"),
    }
    assert key not in others
    assert len(others) == 4


def test_a_damaged_key_is_said_plainly(tmp_path: Path) -> None:
    """A key file of the wrong size is never used or replaced."""
    (tmp_path / KEY_FILE).write_bytes(b"short")
    with pytest.raises(StoreBroken, match="restore it from a backup"):
        load_installation(tmp_path)
    assert (tmp_path / KEY_FILE).read_bytes() == b"short"
