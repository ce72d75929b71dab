"""The picture of a ticket's life in docs/desk.md, drawn from the table so that it can't lie."""

from __future__ import annotations

from streambot.domain.ticket_rules import FINAL, LIFECYCLE


def life_cycle_picture() -> str:
    """The life-cycle as a Mermaid state diagram; events that keep the state are loops."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for (before, event), after in LIFECYCLE.items():
        ends = ("[*]" if before is None else before.value, after.value)
        arrows.setdefault(ends, []).append(event.value)
    lines = [
        f"    {before} --> {after}: {', '.join(events)}"
        for (before, after), events in arrows.items()
    ]
    lines += [f"    {state.value} --> [*]" for state in sorted(FINAL)]
    return "\n".join(("stateDiagram-v2", *lines))
