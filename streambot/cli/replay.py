"""``streambot replay``: a recorded chat through the same bot, every decision to a file."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from streambot.cli.config_here import config_option, config_or_demo
from streambot.errors import UsageError

_NONE = "none"
_RESOLVE = "resolve-after="


def _agents(_: click.Context, __: click.Parameter, value: str) -> timedelta | None:
    if value == _NONE:
        return None
    if value.startswith(_RESOLVE) and value.removeprefix(_RESOLVE).isdecimal():
        return timedelta(seconds=int(value.removeprefix(_RESOLVE)))
    raise click.BadParameter(
        "none 或 resolve-after=秒数 · none or resolve-after=SECONDS"
    )


def _start(_: click.Context, __: click.Parameter, value: str) -> datetime:
    try:
        start = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter("例如 2026-01-01T12:00:00Z") from error
    return start if start.tzinfo else start.replace(tzinfo=UTC)


def _speed(_: click.Context, __: click.Parameter, value: str) -> float | None:
    if value == "max":
        return None
    try:
        speed = float(value)
    except ValueError as error:
        raise click.BadParameter("一个数字或 max · a number or max") from error
    if speed <= 0:
        raise click.BadParameter("要大于 0 · must be above 0")
    return speed


@click.command()
@click.argument("log", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@config_option
@click.option(
    "--room",
    help="用哪个直播间的设置，默认第一个 · whose settings; the first room's by default",
)
@click.option(
    "--faq",
    "faq",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="换成这些问答文件，可写多次 · other FAQ files than the room's; may be repeated",
)
@click.option(
    "--orders",
    type=click.Path(path_type=Path, exists=True),
    help="换成这个订单表（CSV） · another order file (CSV) than the room's",
)
@click.option(
    "--second-look",
    type=click.Choice(["on", "off"]),
    help="语义复核，默认按配置 · as configured by default",
)
@click.option(
    "--agents",
    default="resolve-after=120",
    show_default=True,
    callback=_agents,
    help="none：没有客服；resolve-after=N：工单 N 秒后处理完 · "
    "none: nobody at the desk; resolve-after=N: tickets are resolved after N seconds",
)
@click.option(
    "--start",
    default="2026-01-01T12:00:00Z",
    show_default=True,
    callback=_start,
    help="记录里 t=0 是什么时刻 · the time at which t is 0 in the log",
)
@click.option(
    "--speed",
    default="max",
    show_default=True,
    callback=_speed,
    help="几倍速，max 是尽快 · times as fast as it was recorded; max: at once",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="把每个判定写进这个文件 · write every decision to this file",
)
def replay(
    log: Path,
    config: Path | None,
    room: str | None,
    faq: tuple[Path, ...],
    orders: Path | None,
    second_look: str | None,
    agents: timedelta | None,
    start: datetime,
    speed: float | None,
    out: Path | None,
) -> None:
    """重放一份弹幕记录，什么都不发 · replay a recorded chat LOG; nothing is ever sent."""
    from streambot.bootstrap import ReplayOrder, run_replay
    from streambot.cli.logs import configure
    from streambot.cli.summary import show_summary

    configure("warning")
    if out is not None and out.resolve() == log.resolve():
        raise UsageError("--out 不能覆盖记录本身 · --out would overwrite the log")
    order = ReplayOrder(
        log=log,
        config=config_or_demo(config),
        room=room,
        faq=faq,
        orders=orders,
        agents_after=agents,
        start=start,
        second_look=None if second_look is None else second_look == "on",
    )
    with ExitStack() as stack:
        advance = stack.enter_context(_progress(log))
        result = asyncio.run(run_replay(order, advance=advance, pace=_pace(speed)))
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        fresh = out.with_name(out.name + ".new")
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{row}\n" for row in result.decisions.rows())
        fresh.replace(out)
    for problem in (*result.hints, *result.problems):
        click.echo(problem, err=True)
    show_summary(result.summary)
    sys.exit(1 if result.problems else 0)


def _pace(speed: float | None) -> Callable[[datetime], Awaitable[None]] | None:
    """Wait so that recorded time passes *speed* times as fast as real time."""
    if speed is None:
        return None
    began = time.monotonic()
    start: datetime | None = None

    async def until(at: datetime) -> None:
        nonlocal start
        start = start or at
        due = began + (at - start).total_seconds() / speed
        await asyncio.sleep(max(0.0, due - time.monotonic()))

    return until


class _progress:  # noqa: N801 - used as a with-statement, like a function
    """A progress bar over the log's bytes on a terminal, nothing elsewhere."""

    def __init__(self, log: Path) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._bar = Progress(
            console=Console(stderr=True), disable=not sys.stderr.isatty()
        )
        self._total = log.stat().st_size

    def __enter__(self) -> Callable[[int], None]:
        self._bar.start()
        task = self._bar.add_task("重放 replay", total=self._total)
        return lambda done: self._bar.update(task, completed=done)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
