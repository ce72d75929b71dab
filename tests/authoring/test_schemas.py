"""The JSON Schemas for editors: as committed, and of one mind with the checker."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from streambot.authoring.faq_spec import FILE
from streambot.authoring.guard_spec import RULES
from streambot.authoring.pack_spec import PACK
from streambot.authoring.product_file import PRODUCTS
from streambot.authoring.reader import Spec
from streambot.authoring.replies_spec import REPLIES
from streambot.authoring.schemas import config_schema, faq_schema, products_schema
from streambot.authoring.settings import SETTINGS
from tools.schema_files import FOLDER, schema_files


@pytest.mark.parametrize("name", sorted(schema_files()))
def test_the_committed_schema_is_up_to_date(name: str) -> None:
    """docs/schemas holds what the tables of keys make; run `make docs` after a change."""
    committed = (FOLDER / name).read_text(encoding="utf-8")
    assert committed == schema_files()[name], "run `make docs`"


def test_shipped_files_fit_their_schemas(root: Path) -> None:
    """Editors underline nothing in the books, products and configuration that we ship."""
    books = sorted((root / "faq").glob("*.yaml"))
    for schema, paths in (
        (faq_schema(), books),
        (products_schema(), [root / "demo" / "products.yaml"]),
        (config_schema(), [root / "config.yaml"]),
    ):
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(_lenient(schema))
        for path in paths:
            value = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
            errors = [error.message for error in validator.iter_errors(value)]
            assert errors == [], path
    assert books


@pytest.mark.parametrize("spec", [SETTINGS, FILE, PACK, PRODUCTS, REPLIES, RULES])
def test_no_key_stands_twice(spec: Spec) -> None:
    """A table of keys, and every table below it, names each key once."""
    names = [name for item in spec for name in (item.name, *item.also)]
    assert sorted(names) == sorted(set(names))
    for item in spec:
        test_no_key_stands_twice(getattr(item.kind, "spec", ()))


def _lenient(schema: Any) -> Any:
    """*schema* for values that are all texts, as our checker reads them."""
    match schema:
        case {"type": "number" | "integer" | "boolean"}:
            return {"type": "string"}
        case {"type": list(types), **rest} if "string" in types or "null" in types:
            return {**_each(rest), "type": [*types, "string"]}
        case dict():
            return _each(schema)
        case list():
            return [_lenient(item) for item in schema]
    return schema


def _each(schema: dict[Any, Any]) -> dict[Any, Any]:
    return {key: _lenient(value) for key, value in schema.items()}


def test_schemas_know_what_the_checker_refuses() -> None:
    """A misspelt key and a missing answer are underlined; Chinese keys and 是 are not."""
    check = Draft202012Validator(faq_schema())
    good = {"问答": [{"问法": ["在吗"], "回答": "在", "可带欢迎": "是"}]}
    assert check.is_valid(good)
    assert not check.is_valid({"faqs": [{"questions": ["在吗"], "anwser": "在"}]})
    assert not check.is_valid({"faqs": [{"questions": ["在吗"]}]})
