"""SettingsTree: config.yaml with flags and environment laid over it, read and cross-checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from streambot.authoring.connectors import warn_of_idle_keys
from streambot.authoring.decode import Source, read_source
from streambot.authoring.douyin_checks import check_shared
from streambot.authoring.guard_file import read_guard
from streambot.authoring.layers import find, from_environment, over, put
from streambot.authoring.problem import Place
from streambot.authoring.profile_file import read_profile
from streambot.authoring.reader import Reader
from streambot.authoring.room_checks import check_room
from streambot.authoring.settings import ROOM, SETTINGS, every_key
from streambot.authoring.syntax import read_tree
from streambot.authoring.tree import Listing, Scalar, Table, Value
from streambot.authoring.wording import may_be_said
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

    def lacks(self, values: Mapping[str, Any], name: str) -> bool:
        """Whether nothing stands under *name*; what is there and useless was reported already."""
        return not values[name] and find(self.nodes[values["_number"]], name) is None

    def need(
        self,
        values: Mapping[str, Any],
        name: str,
        sample: str,
        zh: str = "",
        en: str = "",
    ) -> None:
        """Report that a room's connector can't do without *name*; *zh* and *en* say what it is."""
        if not self.lacks(values, name):
            return
        connector, line = values["connector"], f"{name}: {sample}"
        self.reader.report(
            "E204",
            self.place(values, name).place,
            f"rooms[{values['_number']}].{name}",
            f"connector: {connector} 缺少 {name}{zh and f'（{zh}）'}，例如 {line}。",
            f"connector: {connector} needs {name}{en and f', {en}'}, such as {line}.",
            corrected=f"    {line}",
        )

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
    _underlay(root, reader)
    return _read(root, reader)


def _underlay(root: Table, reader: Reader) -> None:
    """Clocks of the platform's profile, where nobody set the desk's own; else it says nothing."""
    named = find(root, "desk", "profile")
    if not isinstance(named, Scalar) or named.is_null:
        return
    quiet = Reader(source=reader.source)  # what is wrong is told as the key is read
    found = read_profile(named, quiet, "desk.profile")
    for clock, seconds in () if found is None else found.clocks:
        if find(root, "desk", clock) is None:
            put(root, ("desk", clock), f"{seconds:g}", f"desk.profile {named.text}")


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
        check_room(values, tree)
    check_shared(settings["rooms"], tree)
    _check_desk_words(root, tree)
    return tree


def _check_desk_words(root: Table, tree: SettingsTree) -> None:
    """A line of the desk that some room's guard would hold is left out: the built-in one stays."""
    rooms = dict.fromkeys(values["guard"] for values in tree.settings["rooms"])
    words = tree.settings["desk"]["words"]
    given = [
        (language, name)
        for language, lines in words.items()
        for name, line in lines.items()
        if line is not None
    ]
    for paths in (rooms or ((),)) if given else ():
        guard = Guard.of(read_guard(paths).rules)
        for language, name in given:
            item = find(root, "desk", "words", language, name)
            key = f"desk.words.{language}.{name}"
            if isinstance(item, Scalar) and not may_be_said(
                item, guard, tree.reader, key
            ):
                words[language] = {**words[language], name: None}


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
        values = {**_once(tree.reader, node, number), "_number": number}
        warn_of_idle_keys(item, values, tree.reader)
        read.append(values)
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
