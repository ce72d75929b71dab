"""SettingsTree: config.yaml with flags and environment laid over it, read and cross-checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from streambot.authoring.bilibili_settings import check_bilibili, wants_socket
from streambot.authoring.bridge_settings import UNOFFICIAL
from streambot.authoring.decode import Source, read_source
from streambot.authoring.douyin_checks import check_douyin, check_shared
from streambot.authoring.douyin_settings import CONNECTOR as DOUYIN
from streambot.authoring.guard_file import read_guard
from streambot.authoring.layers import find, from_environment, over, put
from streambot.authoring.problem import Place
from streambot.authoring.reader import Reader
from streambot.authoring.settings import ROOM, SETTINGS, every_key
from streambot.authoring.syntax import read_tree
from streambot.authoring.this_machine import stays_here
from streambot.authoring.tree import Listing, Scalar, Table, Value
from streambot.authoring.wording import sayable_texts
from streambot.authoring.youtube_settings import CONNECTOR as YOUTUBE
from streambot.authoring.youtube_settings import check_youtube
from streambot.domain.guard import Guard

#: Every key of config.yaml, for slips on lines that do not parse.
KNOWN = frozenset(path.rpartition(".")[2] for path, _ in every_key())


@dataclass(slots=True, kw_only=True)
class SettingsTree:
    """The settings as plain values, keyed as in config.yaml; problems are the reader's."""

    reader: Reader
    settings: dict[str, Any]
    nodes: dict[int, Table]  # a room's graph by the position of its values

    def place(self, values: Mapping[str, Any], *path: str) -> Value:
        """What stands under *path* in the room of *values*, or the room itself."""
        node = self.nodes[values["_number"]]
        return find(node, *path) or node

    def no_token(self, values: Mapping[str, Any], name: str, zh: str, en: str) -> None:
        """Report that a room's token is nowhere."""
        place = self.place(values, name).place
        key = f"rooms[{values['_number']}].{name}"
        self.reader.report("E210", place, key, zh, en)


def read_settings(
    path: Path | None, *, environ: Mapping[str, str], overrides: Mapping[str, str]
) -> SettingsTree:
    """Everything that was set, over the defaults."""
    reader = Reader(source=Source.from_text("config.yaml", ""))
    if path is not None:
        reader.source, reader.problems = read_source(path)
    root, found = read_tree(reader.source, KNOWN)
    reader.problems += found
    if not isinstance(root, Table):
        root = _as_table(root, reader)
    _overlay(root, environ, overrides, reader)
    return _read(root, reader)


def _as_table(root: Value | None, reader: Reader) -> Table:
    if root is not None and not (isinstance(root, Scalar) and root.is_null):
        reader.fail(
            root,
            "",
            "配置文件应由“键: 值”组成（冒号是英文的，后面有一个空格）。",
            'The file must be made of "key: value" lines.',
        )
    return Table(place=Place(file=reader.source.file, line=1, column=1))


def _overlay(
    root: Table,
    environ: Mapping[str, str],
    overrides: Mapping[str, str],
    reader: Reader,
) -> None:
    tokens = _token_variables(root)
    plain = {name: text for name, text in environ.items() if name not in tokens}
    given = from_environment(plain, SETTINGS)
    given += [
        (tuple(name.split(".")), text, f"--{name}") for name, text in overrides.items()
    ]
    for path, text, origin in given:
        if path[0] == "rooms" and not _has_room(root, path):
            reader.report(
                "E203",
                Place(file=origin),
                ".".join(path),
                "config.yaml 里没有这个直播间。",
                "config.yaml has no such room.",
            )
            continue
        put(root, path, text, origin)


def _has_room(root: Table, path: tuple[str, ...]) -> bool:
    rooms = find(root, "rooms")
    names = [
        name.text.lower().replace("-", "_")
        for item in (rooms.items if isinstance(rooms, Listing) else [])
        if isinstance(name := find(item, "name"), Scalar)
    ]
    enough = 3  # rooms, the name, a key
    return len(path) >= enough and path[1].lower().replace("-", "_") in names


def _token_variables(root: Table) -> set[str]:
    rooms = find(root, "rooms")
    holders: list[Value | None] = [find(root, "defaults")]
    holders += rooms.items if isinstance(rooms, Listing) else []
    names = [item.name for item in ROOM if item.name.endswith("_env")]
    found = (find(holder, name) for holder in holders for name in names)
    return {item.text for item in found if isinstance(item, Scalar)}


def _read(root: Table, reader: Reader) -> SettingsTree:
    """Reads shared keys, then each room over ``defaults:``, each problem once."""
    known = tuple(
        replace(item, kind=_Left()) if item.name == "rooms" else item
        for item in SETTINGS
    )
    settings = reader.table(root, known, "")
    if find(root, "data_dir") is None:
        folder = Path(reader.source.file).parent
        settings["data_dir"] = (folder / settings["data_dir"]).absolute()
    tree = SettingsTree(reader=reader, settings=settings, nodes={})
    rooms = find(root, "rooms")
    settings["rooms"] = _rooms(rooms, find(root, "defaults"), tree)
    _check_store(root, settings, reader)
    _check_names(settings["rooms"], tree)
    for values in settings["rooms"]:
        _check_room(values, tree)
    check_shared(settings["rooms"], tree)
    return tree


class _Left:
    """A kind that leaves its value for later."""

    def read(self, value: Value, reader: Reader, key: str) -> Value:
        """The value as it is."""
        return value

    def schema(self) -> dict[str, Any]:
        """Anything."""
        return {}


def _rooms(
    rooms: Value | None, defaults: Value | None, tree: SettingsTree
) -> list[dict[str, Any]]:
    if rooms is None or (isinstance(rooms, Scalar) and rooms.is_null):
        return []
    if not isinstance(rooms, Listing):
        tree.reader.fail(
            rooms,
            "rooms",
            "rooms 应该是列表，每个直播间以“- name: 名字”开头。",
            'rooms must be a list, each room starting with "- name: ...".',
        )
        return []
    read = []
    for number, item in enumerate(rooms.items):
        if not isinstance(item, Table):
            tree.reader.fail(
                item,
                f"rooms[{number}]",
                "这里应该以“- name: 名字”开头。",
                'A room starts with "- name: ...".',
            )
            continue
        node = over(defaults, item) if isinstance(defaults, Table) else item
        assert isinstance(node, Table)
        tree.nodes[number] = node
        values = _once(tree.reader, node, number)
        read.append({**values, "_number": number})
    return read


def _once(reader: Reader, node: Table, number: int) -> dict[str, Any]:
    """Reads a room; what ``defaults:`` had reported already is not said again."""
    said = {(item.place, item.code) for item in reader.problems}
    before = len(reader.problems)
    values = reader.table(node, ROOM, f"rooms[{number}]")
    fresh = [p for p in reader.problems[before:] if (p.place, p.code) not in said]
    reader.problems[before:] = fresh
    return values


def _check_store(root: Table, settings: dict[str, Any], reader: Reader) -> None:
    store = settings["store"]
    value = find(root, "store")
    if store == "sqlite" or value is None:
        return
    later = store.startswith(("postgresql://", "postgres://"))
    zh = (
        "这个版本还不支持 PostgreSQL，请先用 sqlite。"
        if later
        else "store 目前只能是 sqlite。"
    )
    en = (
        "PostgreSQL is not in this version yet: use sqlite."
        if later
        else "store can only be sqlite for now."
    )
    reader.fail(value, "store", zh, en, instead="sqlite")


def _check_names(rooms: list[dict[str, Any]], tree: SettingsTree) -> None:
    first: dict[str, int] = {}
    for values in rooms:
        name = values["name"]
        value = tree.place(values, "name")
        if name is None:
            continue
        if name not in first:
            first[name] = value.place.line
            continue
        tree.reader.report(
            "E202",
            value.place,
            f"rooms[{values['_number']}].name",
            f"直播间“{name}”重名（第 {first[name]} 行和第 {value.place.line} 行），请改一个。",
            f'Room "{name}" stands on line {first[name]} and on line {value.place.line}: rename one.',
            corrected=tree.reader.with_value(value, f"{name}-2"),
        )


def _check_room(values: dict[str, Any], tree: SettingsTree) -> None:
    reader, key = tree.reader, f"rooms[{values['_number']}]"
    if values["connector"] == DOUYIN:
        check_douyin(values, tree, key)
    elif values["connector"] == YOUTUBE:
        check_youtube(values, tree, key)
    elif wants_socket(values):
        _check_url(values, tree, key)
    else:
        check_bilibili(values, tree, key)
    if values["token_env"] and values["token_file"]:
        reader.fail(
            tree.place(values, "token_file"),
            f"{key}.token_file",
            "token_env 和 token_file 只能写一个。",
            "Give token_env or token_file, not both.",
        )
    _check_irc(values, tree, key)
    _check_bridge(values, tree, key)
    _check_greetings(values, tree, key)
    _check_pace(values, tree, key)
    _check_scores(values, tree, key)


def _check_url(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    reader = tree.reader
    url = tree.place(values, "url")
    if not values["url"]:
        reader.report(
            "E204",
            url.place,
            f"{key}.url",
            "缺少 url（直播间的地址），例如 url: ws://127.0.0.1:8720/。",
            "url, the room's address, is missing, such as url: ws://127.0.0.1:8720/.",
            corrected="    url: ws://127.0.0.1:8720/",
        )
    elif not values["url"].startswith(("ws://", "wss://")):
        likely = "ws://" + values["url"].split("//")[-1]
        reader.fail(
            url,
            f"{key}.url",
            "地址要以 ws:// 或 wss:// 开头。",
            "The address must start with ws:// or wss://.",
            instead=likely,
        )


def _check_irc(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    """A channel and a name are needed; they must be words that IRC can carry."""
    if values["connector"] != "irc":
        return
    for name, sample in (("channel", "#shop"), ("nick", "shopbot")):
        value = tree.place(values, name)
        if not values[name]:
            tree.reader.report(
                "E204",
                value.place,
                f"{key}.{name}",
                f"connector: irc 缺少 {name}，例如 {name}: {sample}（# 开头要加引号）。",
                f"connector: irc needs {name}, such as {name}: {sample} (quote what starts with #).",
                corrected=f'    {name}: "{sample}"',
            )
        elif set(values[name]) & set(" ,:!@"):
            tree.reader.fail(
                value,
                f"{key}.{name}",
                f"{name} 里不能有空格、逗号、冒号、! 和 @。",
                f"{name} can't hold blanks, commas, colons, ! or @.",
            )


def _check_bridge(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    """A bridge is read on this machine alone: it tells anybody, and is told by anybody."""
    url = values["url"]
    if values["connector"] not in UNOFFICIAL or not url or stays_here(url):
        return
    port = url.split("//")[-1].split("/")[0].rpartition(":")[2]
    tree.reader.fail(
        tree.place(values, "url"),
        f"{key}.url",
        f"{values['connector']} 只能连本机，url 要写 ws://127.0.0.1:端口。",
        f"{values['connector']} is only read on this machine: ws://127.0.0.1:port.",
        instead=f"ws://127.0.0.1:{port}" if port.isdigit() else None,
    )


def _check_greetings(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    """A welcome that would be held is left out, so that nobody goes without one."""
    greeting = values["greeting"]
    if not greeting["texts"]:
        return
    guard = Guard.of(read_guard(values["guard"]).rules)
    value = tree.place(values, "greeting", "texts")
    kept = sayable_texts(value, guard, tree.reader, f"{key}.greeting.texts")
    values["greeting"] = {**greeting, "texts": kept}


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
