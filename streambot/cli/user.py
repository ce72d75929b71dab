"""``streambot user``: accounts of the people who use the console, also while the bot runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from streambot.domain.password import why_weak
from streambot.domain.role import LOGINS, Role
from streambot.errors import UsageError

if TYPE_CHECKING:
    from streambot.application.account_orders import AccountReply

_config = click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help="用谁的数据文件夹，默认当前目录的 config.yaml · "
    "whose data folder; config.yaml here by default",
)
_password = click.option(
    "--password-file",
    required=True,
    type=click.File("r", encoding="utf-8"),
    help="第一行是密码的文件，- 是从键盘或管道读 · "
    "a file whose first line is the password, or - for standard input",
)
_role_names = click.Choice([role.value for role in LOGINS])
_anyway = click.option(
    "--anyway",
    is_flag=True,
    help="是最后一个管理员或主管也照做 · also where it is the last admin or supervisor",
)


@click.group()
def user() -> None:
    """工作台账号 · console accounts, also while the bot runs."""


def _give(config: Path | None, **order: Any) -> AccountReply:
    from streambot.application.account_orders import AccountOrder
    from streambot.cli.control import give
    from streambot.config import load_config

    path = config or (Path("config.yaml") if Path("config.yaml").exists() else None)
    settings = load_config(path, environ=os.environ, with_secrets=False)
    return give(settings.data_dir, AccountOrder(**order))


def _hash(file: TextIO, name: str) -> str:
    from argon2 import PasswordHasher

    password = file.readline().rstrip("\r\n")
    weak = why_weak(password, name)
    if weak is not None:
        raise UsageError(f"{weak.zh} {weak.en}")
    return PasswordHasher().hash(password)


@user.command()
@click.argument("name")
@click.option(
    "--role",
    type=_role_names,
    required=True,
    help="角色：agent 客服、supervisor 主管、inspector 质检、merchant 商家、operator 运维、"
    "admin 管理员 · what they may do",
)
@_password
@_config
def add(name: str, role: str, password_file: TextIO, config: Path | None) -> None:
    """添加账号 · add an account."""
    hashed = _hash(password_file, name)
    _give(config, do="add", name=name, role=Role(role), password_hash=hashed)
    click.echo(f"已添加 {name}（{role}） · added")


@user.command()
@click.argument("name")
@_password
@_config
def passwd(name: str, password_file: TextIO, config: Path | None) -> None:
    """更换密码，此前的登录全部失效 · change a password; the account's sessions end."""
    hashed = _hash(password_file, name)
    _give(config, do="passwd", name=name, password_hash=hashed)
    click.echo(f"已更换 {name} 的密码 · password changed")


@user.command()
@click.argument("name")
@click.argument("role", type=_role_names)
@_anyway
@_config
def role(name: str, role: str, anyway: bool, config: Path | None) -> None:
    """更改角色，此前的登录全部失效 · give another role; the account's sessions end."""
    _give(config, do="role", name=name, role=Role(role), anyway=anyway)
    click.echo(f"{name} 现在是 {role} · role changed")


@user.command()
@click.argument("name")
@_anyway
@_config
def disable(name: str, anyway: bool, config: Path | None) -> None:
    """停用账号，正登录着的立即退出 · switch an account off; whoever is logged in is out at once."""
    _give(config, do="disable", name=name, anyway=anyway)
    click.echo(f"已停用 {name} · disabled")


@user.command()
@click.argument("name")
@_config
def enable(name: str, config: Path | None) -> None:
    """重新启用账号 · switch an account on again."""
    _give(config, do="enable", name=name)
    click.echo(f"已启用 {name} · enabled")


@user.command(name="list")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="每个账号一行 JSON · a line of JSON for each",
)
@_config
def list_(as_json: bool, config: Path | None) -> None:
    """列出所有账号 · show every account."""
    import msgspec

    for each in _give(config, do="list").accounts:
        if as_json:
            sys.stdout.write(msgspec.json.encode(each).decode() + "\n")
            continue
        state = "停用 disabled" if each.disabled else "启用 on"
        seen = f"{each.last_login:%Y-%m-%d %H:%M}Z" if each.last_login else "-"
        sys.stdout.write(f"{each.name}\t{each.role.value}\t{state}\t{seen}\n")
