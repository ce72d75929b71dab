"""The desk's benchmark, on a shift too short to say anything about speed."""

from __future__ import annotations

from tests.benchmarks.run import figures

_FIGURES = {
    *("claim_p99_ms", "push_p99_ms", "ready_to_offer_p99_ms"),
    *("races", "double_claims", "lost_frames"),
}


def test_a_short_shift_loses_nothing_and_owns_nothing_twice() -> None:
    """desk.py gives every figure; claims raced over cut links have one winner each."""
    found = figures(
        *("desk.py", "--agents", "5", "--rate", "20", "--seconds", "1"),
        *("--queued", "10", "--races", "60", "--cut-every", "0.2"),
    )
    assert found.keys() >= _FIGURES
    assert found["races"] >= 60
    assert found["forced_reconnects"] > 0
    assert found["double_claims"] == found["lost_frames"] == 0
    assert found["claim_p99_ms"] > 0
    assert found["push_p99_ms"] > 0
    assert found["ready_to_offer_p99_ms"] > 0
