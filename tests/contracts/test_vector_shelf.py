"""What every shelf of vectors promises, over the store."""

from __future__ import annotations

import asyncio
from pathlib import Path

from streambot.adapters.store import open_store
from streambot.adapters.store.peek import vectors

MODEL = "model-1"


async def test_what_is_kept_is_there_after_a_restart(tmp_path: Path) -> None:
    """Vectors come back by model and phrase, bytes for bytes; unknown phrases are left out."""
    async with open_store(tmp_path) as store:
        assert await store.vectors.vectors(MODEL, ["发货"]) == {}
        await store.vectors.keep_vectors(MODEL, {"发货": b"\0\x3c", "退货": b"\x3c\0"})
    async with open_store(tmp_path) as store:
        found = await store.vectors.vectors(MODEL, ["退货", "没有", "发货"])
    kept = {"发货": b"\0\x3c", "退货": b"\x3c\0"}
    assert found == kept
    assert await asyncio.to_thread(vectors, tmp_path, MODEL, list(kept)) == kept
    assert await asyncio.to_thread(vectors, tmp_path / "none", MODEL, list(kept)) == {}


async def test_models_do_not_mix_and_the_latest_holds(tmp_path: Path) -> None:
    """Another model's vector is another; keeping a phrase again replaces it."""
    async with open_store(tmp_path) as store:
        await store.vectors.keep_vectors(MODEL, {"发货": b"\0\0"})
        await store.vectors.keep_vectors("other", {"发货": b"\1\1"})
        await store.vectors.keep_vectors(MODEL, {"发货": b"\2\2"})
        assert await store.vectors.vectors(MODEL, ["发货"]) == {"发货": b"\2\2"}
        assert await store.vectors.vectors("other", ["发货"]) == {"发货": b"\1\1"}
