"""Accounts: what a bot's own store says of a broadcast, read after it, to compare with the room's."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

#: States of a line that viewers saw, or may have seen.
_SEEN = frozenset({"sent", "uncertain"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A row of the journal; instants in seconds since 1970."""

    event_id: str
    kind: str
    viewer: str  # as the room names them
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A line and when the first of what it settles was owed."""

    kind: str
    state: str
    text: str
    covers: tuple[str, ...]
    is_last_part: bool  # of a long text
    owed_at: float
    settled_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """A reply whose life ended before it could be said."""

    kind: str
    owed_at: float
    ended_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """All of it; replies by their state, those of each kind apart."""

    heard: tuple[Heard, ...]
    decided: Counter[str]  # by event
    greeted: Counter[str]  # by viewer
    lines: tuple[Said, ...]
    replies: Counter[tuple[str, str]]  # by kind and state
    expired: tuple[Expired, ...]
    gap_times: tuple[float, ...]

    @property
    def gaps(self) -> int:
        """How many there were."""
        return len(self.gap_times)

    def of_kind(self, kind: str) -> dict[str, Heard]:
        """What of a kind was heard, by viewer, the first of each."""
        found: dict[str, Heard] = {}
        for each in self.heard:
            if each.kind == kind:
                found.setdefault(each.viewer, each)
        return found

    def sent(self, kind: str) -> list[Said]:
        """The lines of a kind that the room has."""
        return [
            line for line in self.lines if line.kind == kind and line.state == "sent"
        ]

    def check_nothing_twice(self) -> None:
        """No event kept or decided twice, no viewer greeted twice, no reply in two lines."""
        kept = Counter(each.event_id for each in self.heard)
        assert max(kept.values()) == 1, "an event journaled twice"
        assert max(self.decided.values(), default=1) == 1, "a line decided twice"
        assert max(self.greeted.values(), default=1) == 1, "a viewer greeted twice"
        covered = Counter(
            out
            for line in self.lines
            if line.state in _SEEN and line.is_last_part
            for out in line.covers
        )
        assert max(covered.values(), default=1) == 1, "a reply said twice"


def read(database: Path) -> Accounts:
    """The accounts of the only room of a store."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as store:
        rows = store.execute
        owed = dict(rows("select out_id, owed_at from replies"))
        return Accounts(
            heard=tuple(
                Heard(
                    event_id=event_id,
                    kind=kind,
                    viewer=json.loads(data).get("viewer", {}).get("name", ""),
                    at=at / 1e6,
                )
                for event_id, kind, at, data in rows(
                    "select event_id, kind, received_at, data from journal"
                )
            ),
            decided=Counter(
                row[0]
                for row in rows("select event_id from decisions where kind != 'greet'")
            ),
            greeted=Counter(
                row[0]
                for row in rows("select viewer from decisions where kind = 'greet'")
            ),
            lines=tuple(
                _said(state, settled_at, json.loads(data), owed)
                for state, settled_at, data in rows(
                    "select state, settled_at, data from lines order by made_at"
                )
            ),
            replies=Counter(
                (out_id.partition(":")[0], state)
                for out_id, state in rows("select out_id, state from replies")
            ),
            expired=tuple(
                Expired(
                    kind=out_id.partition(":")[0],
                    owed_at=owed_at / 1e6,
                    ended_at=datetime.fromisoformat(
                        json.loads(data)["expires_at"]
                    ).timestamp(),
                )
                for out_id, owed_at, data in rows(
                    "select out_id, owed_at, data from replies where state = 'expired'"
                )
            ),
            gap_times=tuple(row[0] / 1e6 for row in rows("select at from gaps")),
        )


def _said(
    state: str, settled_at: int | None, line: dict[str, object], owed: dict[str, int]
) -> Said:
    covers = line["covers"]
    assert isinstance(covers, list)
    since = min((owed[out] for out in covers if out in owed), default=0)
    return Said(
        kind=str(line["kind"]),
        state=state,
        text=str(line["text"]),
        covers=tuple(covers),
        is_last_part=line["part"] == line["parts"],
        owed_at=since / 1e6,
        settled_at=(settled_at or 0) / 1e6,
    )
