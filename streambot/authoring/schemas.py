"""The JSON Schemas of the files people write."""

from __future__ import annotations

from typing import Any

from streambot.authoring.faq_spec import ENTRY, FILE
from streambot.authoring.guard_spec import RULES
from streambot.authoring.product_file import PRODUCTS
from streambot.authoring.replies_spec import REPLIES, REPLY
from streambot.authoring.schema import DIALECT, of_spec
from streambot.authoring.settings import SETTINGS


def faq_schema() -> dict[str, Any]:
    """Of a FAQ file; a bare list of entries is one too."""
    bare = {"type": "array", "items": of_spec(ENTRY)}
    return {
        "$schema": DIALECT,
        "title": "streambot 问答",
        "anyOf": [of_spec(FILE), bare],
    }


def products_schema() -> dict[str, Any]:
    """Of products.yaml."""
    return {"$schema": DIALECT, "title": "streambot 商品", **of_spec(PRODUCTS)}


def guard_schema() -> dict[str, Any]:
    """Of a file of wording rules."""
    return {"$schema": DIALECT, "title": "streambot 用语规则", **of_spec(RULES)}


def replies_schema() -> dict[str, Any]:
    """Of a file of canned replies; a bare list of them is one too."""
    bare = {"type": "array", "items": of_spec(REPLY)}
    return {
        "$schema": DIALECT,
        "title": "streambot 快捷回复",
        "anyOf": [of_spec(REPLIES), bare],
    }


def config_schema() -> dict[str, Any]:
    """Of config.yaml."""
    return {"$schema": DIALECT, "title": "streambot 配置", **of_spec(SETTINGS)}
