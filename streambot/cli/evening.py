"""``streambot summary``: what a room's broadcast came to, also beside a running bot."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from streambot.cli.books import open_config, room_of
from streambot.cli.config_here import config_option
from streambot.errors import UsageError


@click.command()
@config_option
@click.option("--room", help="直播间，默认第一个 · the room, the first by default")
@click.option(
    "--number",
    type=click.IntRange(min=1),
    help="哪一场，默认最近一场 · which broadcast, the newest by default",
)
def summary(config: Path | None, room: str | None, number: int | None) -> None:
    """一场直播的小结 · what a broadcast came to: welcomed, answered, handed off, left open."""
    from streambot.adapters.store.peek import broadcast_summary
    from streambot.cli.summary import show_summary

    settings = open_config(config)
    name = room_of(settings, room).name
    now = datetime.now(UTC)
    found = broadcast_summary(settings.data_dir, name, number, now)
    if found is None:
        raise UsageError(
            f"直播间“{name}”还没有这一场的记录 · room {name} has no such broadcast"
        )
    of = found.broadcast
    until = "直播中 running" if of.ended_at is None else _local(of.ended_at)
    lasted = str(of.lasted(now)).split(".", 1)[0]
    click.echo(
        f"{name} #{of.number}：{_local(of.began_at)} – {until}（{lasted}）\n"
        f"剩下工单 tickets left: {of.tickets_left} · 断档 gaps: {found.gaps}"
    )
    show_summary(found.summary, "本场小结 · broadcast")


def _local(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
