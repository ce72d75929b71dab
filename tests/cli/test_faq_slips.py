"""``faq check``: slips of merchants that good YAML hides, each told with the line put right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

_OTHER = "  - {编号: ok, 问法: [几号发货, 多久能发, 啥时候寄], 回答: 48小时内发}\n"


def checked(run: Run, here: Path, text: str, *more: str) -> dict[str, Any]:
    """What ``faq check --json`` tells of a book of *text*."""
    (here / "faq.yaml").write_text(text, encoding="utf-8")
    result: dict[str, Any] = json.loads(
        run("faq", "check", "faq.yaml", "--json", *more).stdout
    )
    return result


def told(run: Run, here: Path, text: str) -> list[tuple[str, int, str | None]]:
    """Code, line and corrected line of each problem, advice on the book left out."""
    found = checked(run, here, text)["problems"]
    return [
        (each["code"], each["line"], each["corrected"])
        for each in found
        if each["code"] != "I333"
    ]


@pytest.mark.parametrize(
    ("answer", "fixed"),
    [
        ("价格{product.price", "价格{product.price}"),
        ("价格｛product.price｝", "价格{product.price}"),
        ("价格{product.price｝，{商品.库存", "价格{product.price}，{product.stock}"),
        ("价格product.price}", "价格{product.price}"),
    ],
)
def test_no_brace_is_read_out(run: Run, here: Path, answer: str, fixed: str) -> None:
    """A brace that is full-width or never closed costs its entry, and only that one."""
    line = f"    回答: {answer}"
    text = f"问答:\n{_OTHER}  - 编号: price\n    问法: [多少钱]\n{line}\n"
    assert ("E206", 5, f"    回答: {fixed}") in told(run, here, text)
    tried = run("faq", "try", "多少钱", "--faq", "faq.yaml", "--second-look", "off")
    assert answer not in tried.stdout
    assert checked(run, here, text)["usable"] == 1


def test_a_smile_is_no_value(run: Run, here: Path) -> None:
    """A lone closing brace behind no name is a sign like any other."""
    text = '问答:\n  - {编号: a, 问法: [在吗], 回答: "在的:}"}\n'
    assert told(run, here, text) == []


_GOODS = """\
商品:
  - {编号: wok, 链接号: 1, 名称: 铁锅, 别名: [炒锅]}
  - {编号: knife, 链接号: 2, 名称: 菜刀}
"""


@pytest.mark.parametrize(
    ("written", "code", "fixed", "named"),
    [
        ("炒锅", "W311", "wok", "wok（铁锅，1 号链接）"),
        ("wokk", "W311", "wok", "wok（铁锅，1 号链接）"),
        ("锅子", "W311", None, "knife（菜刀，2 号链接）"),
        ("3", "W311", None, "wok（铁锅，1 号链接）"),
        ("2", None, None, ""),
        ("knife", None, None, ""),
    ],
)
def test_a_product_the_shop_lacks_is_told(
    run: Run, here: Path, written: str, code: str | None, fixed: str | None, named: str
) -> None:
    """With products.yaml beside the book a name that is no id or link is told, the near ones shown."""
    (here / "products.yaml").write_text(_GOODS, encoding="utf-8")
    line = "    商品: [{}]"
    text = f"问答:\n  - 编号: a\n    问法: [有券吗]\n    回答: 有\n{line.format(written)}\n"
    found = told(run, here, text)
    corrected = None if fixed is None else line.format(fixed)
    assert found == ([] if code is None else [(code, 5, corrected)])
    assert named in run("faq", "check", "faq.yaml").stdout


def test_without_products_no_product_is_missed(run: Run, here: Path) -> None:
    """Where there is no products file nothing is said of the entry's products."""
    text = "问答:\n  - 编号: a\n    问法: [有券吗]\n    回答: 有\n    商品: [锅子]\n"
    assert told(run, here, text) == []
