"""What a bot can't start without, beside good settings: a room, and the secrets it points to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from streambot.authoring.host_settings import HOST
from streambot.authoring.problem import Place, Problem
from streambot.authoring.secret_keys import (
    SecretKey,
    find_secret,
    secrets_of,
    where_is,
)

if TYPE_CHECKING:
    from streambot.authoring.settings_tree import SettingsTree

#: A token of a board or a hook that people give themselves is no word to be guessed.
SHORTEST_HOST_TOKEN = 20


def check_secrets(tree: SettingsTree, environ: Mapping[str, str]) -> None:
    """Report every secret that a room points to and that is nowhere."""
    for values in tree.settings["rooms"]:
        for key in secrets_of(values["connector"]):
            _check_secret(key, values, tree, environ)
        for field in HOST:
            _check_host_token(field.name, values, tree, environ)


def no_room(file: str) -> Problem:
    """The problem of a *file* of settings without a room: a bot would have nothing to do."""
    return Problem(
        place=Place(file=file),
        code="E204",
        zh="没有直播间：请在 rooms 下面写一个。",
        en="There is no room: add one below rooms.",
        key="rooms",
        corrected="rooms:\n  - name: my-shop\n    url: ws://127.0.0.1:8765/",
    )


def _check_secret(
    key: SecretKey,
    values: Mapping[str, Any],
    tree: SettingsTree,
    environ: Mapping[str, str],
) -> None:
    place, room = where_is(values, key.name), values["name"]
    if place is None or find_secret(values, key.name, environ):
        return
    if isinstance(place, str):
        tree.no_token(
            values,
            f"{key.name}_env",
            f"直播间“{room}”的{key.zh}没有设置：请先设置环境变量 {place}。",
            f'Room "{room}" has no {key.en}: set the environment variable {place}.',
        )
        return
    tree.no_token(
        values,
        f"{key.name}_file",
        f"直播间“{room}”的{key.zh}文件 {place} 读不到或是空的。",
        f'The {key.en} file {place} of room "{room}" is missing or empty.',
    )


def _check_host_token(
    name: str, values: Mapping[str, Any], tree: SettingsTree, environ: Mapping[str, str]
) -> None:
    """What opens a room's board or hook must be there and hard to guess."""
    variable = values[name]
    if (
        variable is None
        or len(environ.get(variable, "").strip()) >= SHORTEST_HOST_TOKEN
    ):
        return
    tree.no_token(
        values,
        name,
        f"环境变量 {variable} 里要有至少 {SHORTEST_HOST_TOKEN} 个字符的随机口令。",
        f"{variable} must hold a random token of {SHORTEST_HOST_TOKEN} characters or more.",
    )
