"""JSON Schema out of the same field tables the checker reads by, for completion in editors."""

from __future__ import annotations

from typing import Any

from streambot.authoring.reader import Spec

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def of_spec(spec: Spec) -> dict[str, Any]:
    """The schema of a mapping with *spec*'s keys, Chinese titles, every name of each key."""
    properties: dict[str, Any] = {}
    for item in spec:
        title = item.also[0] if item.also else item.name
        allowed = item.kind.schema()
        if item.default is None and not item.required:
            allowed = {"anyOf": [allowed, {"type": "null"}]}
        entry = {
            **allowed,
            "title": title,
            "description": f"{item.zh}。{item.en}.",
        }
        for name in (item.name, *item.also):
            properties[name] = entry
    schema: dict[str, Any] = {
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": False,
    }
    names = {item.name: (item.name, *item.also) for item in spec}
    required = [
        {
            "anyOf": [
                {"required": [name]}
                for name in (*names[item.name], *names.get(item.unless, ()))
            ]
        }
        for item in spec
        if item.required
    ]
    return schema | {"allOf": required} if required else schema
