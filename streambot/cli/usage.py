"""What a wrong command line is told, in both languages: the library tells it in English only."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import IO, Any

import click

#: What parts the two languages in our own commands' words.
_OURS = " · "


class WronglyCalled(click.UsageError):
    """A usage error, told in Chinese first and in the library's own English behind it."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(error.format_message(), error.ctx)
        self._zh = _in_chinese(error)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print how the command is called, what is wrong, and where its help is."""
        lines = [] if self.ctx is None else [self.ctx.get_usage(), ""]
        lines += [f"错误：{self._zh}", f"Error: {self.message}"]
        if self.ctx is not None:
            asked = f"{self.ctx.command_path} --help"
            lines.append(f"用法 · how to call it: {asked}")
        click.echo("\n".join(lines), file=file, err=file is None)


def in_both(error: click.UsageError) -> click.UsageError:
    """*error* as it is told; what is itself a help page stays as it is."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error
    return WronglyCalled(error)


def _in_chinese(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            like = error.possibilities or ()
            return f"没有 {error.option_name} 这个选项。{_meant(like)}"
        case click.exceptions.NoSuchCommand():
            like = get_close_matches(error.command_name, _commands(error.ctx))
            return f"没有 {error.command_name} 这个命令。{_meant(like)}"
        case click.MissingParameter():
            return f"缺少 {_named(error)}，请补上。"
        case click.BadParameter():
            return f"{_named(error)} 的值不对。{_wanted(error)}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 用法不对：要么缺了值，要么多给了值。"
        case _:
            return "命令或参数写得不对：可能多写了参数，或漏写了子命令。"


def _commands(context: click.Context | None) -> list[str]:
    """What may be called there; groups import a command only when it is asked for."""
    group = None if context is None else context.command
    if context is None or not isinstance(group, click.Group):
        return []
    return group.list_commands(context)


def _meant(like: Iterable[str]) -> str:
    names = "、".join(like)
    return f"是不是想写 {names}？" if names else ""


def _named(error: click.BadParameter) -> str:
    """What the parameter is called on the command line."""
    hint = error.param_hint
    if hint is None and error.param is not None:
        hint = error.param.get_error_hint(error.ctx)
    named = [hint] if isinstance(hint, str) else list(hint or ["参数"])
    return " / ".join(each.strip("'") for each in named)


def _wanted(error: click.BadParameter) -> str:
    """What may stand there: our own commands say it themselves, else its type tells."""
    if _OURS in error.message:
        return f"{error.message.partition(_OURS)[0].strip()}。"
    match None if error.param is None else error.param.type:
        case click.Choice(choices=choices):
            return f"只能是：{'、'.join(map(str, choices))}。"
        case click.Path():
            return "请检查路径写得对不对、文件在不在。"
        case click.IntRange() | click.FloatRange() as numbers:
            return f"要填一个数字，{_span(numbers)}。"
        case click.types.IntParamType() | click.types.FloatParamType():
            return "要填一个数字。"
        case _:
            return ""


def _span(numbers: click.IntRange | click.FloatRange) -> str:
    """A range as people write it; none of ours is without a least."""
    if numbers.max is None:
        return f"不小于 {numbers.min}"
    return f"{numbers.min} 到 {numbers.max}"
