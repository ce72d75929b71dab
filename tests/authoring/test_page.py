"""docs/faq-yaml.md: the page merchants read knows every key and every message, and its examples hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from streambot.authoring import faq_spec, pack_spec, product_file
from tests.authoring.test_problems import read, written

_TABLES = (
    *(faq_spec.FILE, faq_spec.ENTRY, faq_spec.VALID, faq_spec.TESTS, faq_spec.MOODS),
    pack_spec.INTENT,
    *(product_file.PRODUCTS, product_file.PRODUCT, product_file.ROW),
)


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    """The page's text."""
    return (root / "docs" / "faq-yaml.md").read_text(encoding="utf-8")


def test_every_key_is_on_the_page(page: str) -> None:
    """Each key of books and products, under each of its names, stands there as code."""
    names = [
        name
        for table in _TABLES
        for item in table
        for name in (item.name, *item.also)
        if not re.search(rf"`[^`]*(?<!\w){name}(?!\w)[^`]*`", page)
    ]
    assert names == []


def test_every_message_is_on_the_page(page: str, root: Path) -> None:
    """Each code that the checker can give is explained."""
    folders = ("authoring", "adapters/orders", "cli")
    sources = [
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted((root / "streambot" / folder).glob("*.py"))
    ]
    codes = {code for text in sources for code in re.findall(r'"([EWI]\d{3})"', text)}
    assert len(codes) > 30
    replies = (root / "docs" / "replies-yaml.md").read_text(encoding="utf-8")
    assert sorted(code for code in codes if code not in page + replies) == []


def test_the_page_s_examples_are_good(page: str, tmp_path: Path) -> None:
    """What a merchant copies from the page has no error."""
    examples = [
        text
        for text in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
        if text[0] != "#"
    ]
    products = next(text for text in examples if text.startswith("店铺"))
    books = [text for text in examples if not text.startswith("店铺")]
    assert len(books) == 4
    file = written(tmp_path, products, "products.yaml")
    for text in books:
        reading = read(written(tmp_path, text), file)
        assert [each.render() for each in reading.problems if each.is_error] == []
        assert reading.usable == text.count("回答:")
