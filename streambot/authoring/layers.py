"""Laying flags, environment and defaults over a node graph, each value keeping its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from streambot.authoring.problem import Place
from streambot.authoring.reader import Spec, by_name
from streambot.authoring.tree import Listing, Scalar, Table, Value

PREFIX = "STREAMBOT_"


def find(value: Value | None, *path: str) -> Value | None:
    """What stands under *path* in nested tables."""
    for name in path:
        if not isinstance(value, Table):
            return None
        value = next((item for key, item in value.pairs if key.text == name), None)
    return value


def over(under: Value, upper: Value) -> Value:
    """*upper* laid over *under*: tables join key by key, anything else replaces."""
    if not (isinstance(under, Table) and isinstance(upper, Table)):
        return upper
    pairs = list(upper.pairs)
    given = {key.text: number for number, (key, _) in enumerate(pairs)}
    for key, value in under.pairs:
        number = given.get(key.text)
        if number is None:
            pairs.append((key, value))
        else:
            own, upper_value = pairs[number]
            pairs[number] = (own, over(value, upper_value))
    return Table(place=upper.place, pairs=pairs)


def put(root: Table, path: Sequence[str], text: str, origin: str) -> None:
    """Set what stands under *path* to *text*, said by *origin* (shown as its place)."""
    place = Place(file=origin)
    table: Table = root
    for name in path[:-1]:
        inner = _room(table, name) or find(table, name)
        if isinstance(inner, Listing):
            inner = Table(place=place, pairs=_named(inner))
        elif not isinstance(inner, Table):
            inner = Table(place=place)
            table.pairs = [pair for pair in table.pairs if pair[0].text != name]
            table.pairs.append((Scalar(text=name, place=place), inner))
        table = inner
    table.pairs = [pair for pair in table.pairs if pair[0].text != path[-1]]
    key = Scalar(text=path[-1], place=place)
    table.pairs.append(
        (key, Scalar(text=text, place=place, style='"' if text else None))
    )


def _named(rooms: Listing) -> list[tuple[Scalar, Value]]:
    """The items of a list by their names, so that a path can go on into one."""
    pairs: list[tuple[Scalar, Value]] = []
    for item in rooms.items:
        name = find(item, "name")
        if isinstance(name, Scalar):
            pairs.append((Scalar(text=name.text, place=name.place), item))
    return pairs


def _room(table: Table, name: str) -> Value | None:
    """The item *name* is said to be, where environment names can't hold every letter."""
    wanted = name.lower().replace("-", "_")
    for key, value in table.pairs:
        if key.text.lower().replace("-", "_") == wanted and isinstance(value, Table):
            return value
    return None


def from_environment(
    environ: Mapping[str, str], spec: Spec
) -> list[tuple[tuple[str, ...], str, str]]:
    """(path, text, origin) of every variable that is a setting, sorted by name.

    ``STREAMBOT_WEB__PORT`` is ``web.port``; a variable with no ``__`` counts only where it is
    the name of a setting, since tokens live in the environment too.
    """
    known = by_name(spec)
    found = []
    for name in sorted(environ):
        path = tuple(name.removeprefix(PREFIX).lower().split("__"))
        if not name.startswith(PREFIX) or not all(path):
            continue
        if path[0] in known or len(path) > 1:
            found.append((path, environ[name], f"环境变量 {name}"))
    return found
