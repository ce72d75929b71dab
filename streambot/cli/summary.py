"""The summary of a broadcast, live or replayed, as a table for people."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.table import Table
from rich.text import Text

from streambot.domain.summary import Summary


def show_summary(summary: Summary, title: str = "重放结果 · replay") -> None:
    """Print what a broadcast or a replay came to."""
    console = Console()
    table = Table(title=title, show_header=False)
    welcomed = summary.welcomed
    rows = (
        ("弹幕 lines", summary.lines),
        ("到访 arrivals", summary.arrivals),
        ("欢迎：点名 named", welcomed.named),
        ("欢迎：合并 counted", welcomed.counted),
        ("欢迎：漏了 missed", welcomed.missed),
    )
    for label, value in rows:
        table.add_row(label, f"{value:,}")
    table.add_row("欢迎：等了多久 lateness p50", _seconds(welcomed.p50))
    table.add_row("欢迎：等了多久 lateness p99", _seconds(welcomed.p99))
    for kind, count in sorted(summary.kinds.items()):
        table.add_row(f"判定 {kind}", f"{count:,}")
    console.print(table)
    _list(console, "说出的回答，按条目 · answers said, by entry", summary.answered)
    _list(console, "转人工 · handed off by reason", summary.handed_off)
    _list(console, "被拦下 · held by rule", summary.held)
    _list(
        console,
        "最常见的没回答的问题 · commonest unanswered questions",
        Counter(dict(summary.commonest())),
    )


def _seconds(lateness: float | None) -> str:
    return "-" if lateness is None else f"{lateness:.2f} s"


def _list(console: Console, title: str, counts: Counter[str]) -> None:
    if not counts:
        return
    console.print(Text(title, style="italic"), soft_wrap=True)
    table = Table(show_header=False)
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(Text(name), str(count))  # viewers' brackets are no markup
    console.print(table)
