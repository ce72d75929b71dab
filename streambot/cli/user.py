"""``streambot user``: accounts of the people who use the console."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from streambot.errors import UsageError

if TYPE_CHECKING:
    from streambot.adapters.store.accounts import Accounts

#: Shorter passwords are refused.
_SHORTEST = 8

_config = click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help="which data directory (config.yaml here by default)",
)
_password = click.option(
    "--password-file",
    required=True,
    type=click.File("r", encoding="utf-8"),
    help="a file whose first line is the password, or - for standard input",
)


@click.group()
def user() -> None:
    """客服账号 · console accounts (the bot must not be running)."""


def _with_accounts(
    config: Path | None, work: Callable[[Accounts], Awaitable[bool]]
) -> bool:
    from streambot.adapters.store import open_store
    from streambot.config import load_config

    path = config or (Path("config.yaml") if Path("config.yaml").exists() else None)
    settings = load_config(path, environ=os.environ, with_secrets=False)

    async def run() -> bool:
        async with open_store(settings.data_dir) as store:
            return await work(store.accounts)

    return asyncio.run(run())


def _hash(file: TextIO) -> str:
    from argon2 import PasswordHasher

    password = file.readline().rstrip("\r\n")
    if len(password) < _SHORTEST:
        raise UsageError(
            f"密码至少 {_SHORTEST} 个字符 · a password has at least {_SHORTEST} characters"
        )
    return PasswordHasher().hash(password)


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(["agent", "supervisor"]), required=True)
@_password
@_config
def add(name: str, role: str, password_file: TextIO, config: Path | None) -> None:
    """Add an account."""
    from streambot.domain.agent import AgentName, Role

    if not name.strip() or len(name) > 40:
        raise UsageError("账号名为 1 到 40 个字符 · a name has 1 to 40 characters")
    hashed = _hash(password_file)
    added = _with_accounts(
        config,
        lambda accounts: accounts.add(
            AgentName(name), Role(role), hashed, datetime.now(UTC)
        ),
    )
    if not added:
        raise UsageError(f"账号 {name} 已存在 · there is an account {name} already")
    click.echo(f"已添加 {name}（{role}） · added")


@user.command()
@click.argument("name")
@_password
@_config
def passwd(name: str, password_file: TextIO, config: Path | None) -> None:
    """Change a password; the account's sessions end."""
    from streambot.domain.agent import AgentName

    hashed = _hash(password_file)
    _must_exist(
        name,
        _with_accounts(
            config, lambda accounts: accounts.set_password(AgentName(name), hashed)
        ),
    )
    click.echo(f"已更换 {name} 的密码 · password changed")


@user.command()
@click.argument("name")
@_config
def disable(name: str, config: Path | None) -> None:
    """Switch an account off; its sessions end."""
    from streambot.domain.agent import AgentName

    _must_exist(
        name,
        _with_accounts(config, lambda accounts: accounts.disable(AgentName(name))),
    )
    click.echo(f"已停用 {name} · disabled")


@user.command(name="list")
@_config
def list_(config: Path | None) -> None:
    """Show every account."""

    async def show(accounts: Accounts) -> bool:
        for account in await accounts.list():
            state = "停用 disabled" if account.disabled else ""
            sys.stdout.write(f"{account.name}\t{account.role.value}\t{state}\n")
        return True

    _with_accounts(config, show)


def _must_exist(name: str, found: bool) -> None:
    if not found:
        raise UsageError(f"没有账号 {name} · there is no account {name}")
