"""AsyncApiDocument: one of docs/asyncapi, checked for itself and against frames that were really sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

Frame = Mapping[str, Any]
_FOLDER = Path(__file__).parents[1] / "docs/asyncapi"
_STRUCTURE = Path(__file__).with_name("asyncapi_structure.json")


class AsyncApiDocument:
    """A document and its schemas, stricter here than outside: an unnamed field is an error.

    Args:
        file: its name in docs/asyncapi.
        name_of: the message that a frame claims to be.
    """

    def __init__(self, file: str, name_of: Callable[[Frame], str]) -> None:
        text = (_FOLDER / file).read_text(encoding="utf-8")
        self.document: dict[str, Any] = yaml.safe_load(text)
        self._name_of = name_of
        self._validator = cache(self._made_validator)

    @property
    def messages(self) -> dict[str, Any]:
        """Every message by its name."""
        messages: dict[str, Any] = self.document["components"]["messages"]
        return messages

    @property
    def schemas(self) -> dict[str, Any]:
        """Every shared schema by its name."""
        schemas: dict[str, Any] = self.document["components"]["schemas"]
        return schemas

    def going(self, action: str) -> set[str]:
        """The messages that the document's own side sends ("send") or receives ("receive")."""
        names = set()
        for operation in self.document["operations"].values():
            replies = operation.get("reply", {}).get("messages", [])
            mine, theirs = operation["messages"], replies
            if operation["action"] != action:
                mine, theirs = theirs, mine
            names |= {each["$ref"].rsplit("/", 1)[1] for each in mine}
        return names

    def check_structure(self) -> None:
        """AsyncAPI 3.0's structure, valid schemas, no dangling reference, no message unused."""
        structure = json.loads(_STRUCTURE.read_text(encoding="utf-8"))
        Draft202012Validator(structure).validate(self.document)
        named = set(_references(self.document))
        for reference in named:
            assert self._target(reference), reference
        (channel,) = self.document["channels"].values()
        assert self.messages.keys() == channel["messages"].keys()
        assert self.messages.keys() == self.going("send") | self.going("receive")
        unused = {f"#/components/schemas/{name}" for name in self.schemas} - named
        assert unused == set()

    def check(self, frame: Frame) -> str:
        """The message that *frame* is; fails when it isn't as documented."""
        name = self._name_of(frame)
        assert name in self.messages, f"{name} is not documented: {frame}"
        errors = [error.message for error in self._validator(name).iter_errors(frame)]
        assert not errors, f"{frame}: {errors}"
        return name

    def check_all(self, frames: Iterable[Frame]) -> set[str]:
        """The messages that *frames* are; fails when one isn't as documented."""
        return {self.check(frame) for frame in frames}

    def _target(self, reference: str) -> Any:
        node: Any = self.document
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]
        return node

    def _made_validator(self, message: str) -> Draft202012Validator:
        return Draft202012Validator(self._strict(self.messages[message]["payload"]))

    def _strict(self, schema: dict[str, Any], *, whole: bool = True) -> dict[str, Any]:
        """*schema* without references, closed at every depth; a part of an allOf isn't whole."""
        if "$ref" in schema:
            return self._strict(self._target(schema["$ref"]), whole=whole)
        strict = dict(schema)
        for key, value in schema.items():
            match key:
                case "properties":
                    strict[key] = {
                        name: self._strict(each) for name, each in value.items()
                    }
                case "items":
                    strict[key] = self._strict(value)
                case "oneOf":
                    strict[key] = [self._strict(each) for each in value]
                case "allOf":
                    strict[key] = [self._strict(each, whole=False) for each in value]
                case _:
                    pass
        if whole and ("properties" in schema or "allOf" in schema):
            strict["unevaluatedProperties"] = False
        return strict


@cache
def room_protocol() -> AsyncApiDocument:
    """docs/asyncapi/room-v1.yaml."""
    return AsyncApiDocument(
        "room-v1.yaml",
        lambda frame: str(frame["kind"] if frame["type"] == "event" else frame["type"]),
    )


def _references(node: object) -> Iterator[str]:
    match node:
        case {"$ref": str(target)}:
            yield target
        case dict():
            for each in node.values():
                yield from _references(each)
        case list():
            for each in node:
                yield from _references(each)
