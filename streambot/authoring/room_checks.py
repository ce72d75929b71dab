"""What a room's settings must be beside each other; each key by itself is ``settings``' matter."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from streambot.authoring.connectors import CONNECTORS, is_named
from streambot.authoring.guard_file import read_guard
from streambot.authoring.secret_words import carries_secret
from streambot.authoring.settings_talk import sayable_timers
from streambot.authoring.tree import Scalar
from streambot.authoring.wording import sayable_texts
from streambot.domain.guard import Guard

if TYPE_CHECKING:
    from streambot.authoring.reader import Reader
    from streambot.authoring.settings_tree import SettingsTree


def check_room(values: dict[str, Any], tree: SettingsTree) -> None:
    """Report what a room's keys contradict, and leave out words that would be held."""
    reader, key = tree.reader, f"rooms[{values['_number']}]"
    _check_addresses(values, tree, key)
    connector = values["connector"]
    if is_named(tree.nodes[values["_number"]], connector):
        CONNECTORS[connector].check(values, tree, key)
    if values["token_env"] and values["token_file"]:
        reader.fail(
            tree.place(values, "token_file"),
            f"{key}.token_file",
            "token_env 和 token_file 只能写一个。",
            "Give token_env or token_file, not both.",
        )
    _check_room_words(values, tree, key)
    _check_pace(values, tree, key)
    _check_scores(values, tree, key)


def _check_addresses(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    """An address is logged and shown, so no secret may travel in it."""
    for name in ("url", "api"):
        if carries_secret(values[name]):
            tree.reader.report(
                "E205",
                tree.place(values, name).place,
                f"{key}.{name}",
                "地址里不能带账号、密码或口令，它会出现在日志和页面里：请去掉，口令写进 token_env 指的"
                "环境变量；这里写过的请换新的。",
                "An address is logged and shown, so no name, password or token may stand in it: "
                "take it out, put the token into the variable of token_env, renew what stood here.",
                hidden=True,
            )
            values[name] = ""


def _check_room_words(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    """A welcome or timer that would be held is left out, so that the others are said."""
    greeting, timers = values["greeting"], values["timers"]
    if not greeting["texts"] and not timers:
        return
    guard = Guard.of(read_guard(values["guard"]).rules)
    value = tree.place(values, "greeting", "texts")
    if greeting["texts"]:
        kept = sayable_texts(value, guard, tree.reader, f"{key}.greeting.texts")
        values["greeting"] = {**greeting, "texts": kept}
    if timers:
        value = tree.place(values, "timers")
        values["timers"] = sayable_timers(
            timers, value, guard, tree.reader, f"{key}.timers"
        )


def _check_scores(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    matching = values["matching"]
    if matching["suggest_at"] > matching["answer_at"]:
        tree.reader.fail(
            tree.place(values, "matching", "suggest_at"),
            f"{key}.matching.suggest_at",
            f"suggest_at 不能大于 answer_at（{matching['answer_at']:g}）。",
            f"suggest_at can't be above answer_at ({matching['answer_at']:g}).",
            instead=f"{matching['answer_at'] / 2:g}",
        )


def _check_pace(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    """A welcome needs a free slot before its deadline, and room beside the answers."""
    if not values["greeting"]["enabled"]:
        return
    within: timedelta = values["greeting"]["within_seconds"]
    per: timedelta = values["sending"]["per_seconds"]
    value = tree.place(values, "greeting", "within_seconds")
    if not isinstance(value, Scalar):
        value = tree.place(values, "sending", "per_seconds")
    inside, each = within.total_seconds(), per.total_seconds()
    where = f"{key}.greeting.within_seconds"
    if within < per:
        tree.reader.report(
            "E211",
            value.place,
            where,
            f"{inside:g} 秒内要欢迎，可每 {each:g} 秒才能发一次，做不到；请改成至少 {2 * each + 1:g}。",
            f"Welcomes within {inside:g} s can't be kept when a line may leave every {each:g} s: "
            f"make it at least {2 * each + 1:g}.",
            corrected=_with_pace(tree.reader, values, tree, 2 * each + 1),
        )
    elif within < 2 * per + timedelta(seconds=1):
        tree.reader.report(
            "W211",
            value.place,
            where,
            f"欢迎时限 {inside:g} 秒偏紧（每 {each:g} 秒发一次），"
            f"忙时回答和欢迎会互相挤；建议至少 {2 * each + 1:g}。",
            f"{inside:g} s for welcomes is tight with a line every {each:g} s, "
            f"answers and welcomes will compete: better {2 * each + 1:g}.",
            corrected=_with_pace(tree.reader, values, tree, 2 * each + 1),
        )


def _with_pace(
    reader: Reader, values: dict[str, Any], tree: SettingsTree, seconds: float
) -> str | None:
    value = tree.place(values, "greeting", "within_seconds")
    if isinstance(value, Scalar):
        return reader.with_value(value, f"{seconds:g}")
    return None
