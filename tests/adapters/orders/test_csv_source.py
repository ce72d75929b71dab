"""Order files as shops really export them, and what happens to them on disk."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from streambot.adapters.orders.csv_source import CsvOrders
from streambot.domain.order import OrderStatus
from streambot.domain.viewer import ViewerKey

_WAIT = 30
_HEADER = "order_id,status,revision\n"


def _source(path: Path, **columns: str) -> CsvOrders:
    return CsvOrders(
        path,
        columns=columns,
        key_of=lambda platform, raw: ViewerKey(f"#{platform}#{len(raw)}"),
    )


def _write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
async def test_a_shops_export_is_read_as_it_is(tmp_path: Path, encoding: str) -> None:
    """Chinese headers and statuses, in whatever encoding the shop's program writes."""
    path = _write(
        tmp_path / "导出.csv",
        "订单编号,订单状态,买家ID,实付金额,快递公司,快递单号,更新时间\r\n"
        "\t2026112300017,卖家已发货,u1,￥1089.50,圆通速递,'YT60001,2026/1/2 9:30\r\n"
        '="0042",待发货,,,,,\r\n',
        encoding,
    )
    source = _source(path)
    first, second = await source.current()
    assert (first.order_id, first.status) == ("2026112300017", OrderStatus.SHIPPED)
    assert (first.amount_minor, first.tracking_no) == (108950, "YT60001")
    assert first.updated_at == datetime(2026, 1, 2, 1, 30, tzinfo=UTC)
    assert (second.order_id, second.status) == ("0042", OrderStatus.PAID)
    assert source.problems == ()


async def test_the_shipped_demo_orders_have_no_problem(root: Path) -> None:
    """Every row of demo/orders.csv can be used."""
    source = _source(root / "demo" / "orders.csv")
    assert len(await source.current()) == 8
    assert source.problems == ()


async def test_raw_viewer_ids_are_hashed_on_reading(tmp_path: Path) -> None:
    """Only the key is kept, and the order is found by it alone."""
    path = _write(
        tmp_path / "o.csv", "order_id,status,viewer_id,platform\n1001,paid,secret,p\n"
    )
    source = _source(path)
    (order,) = await source.by_viewer(ViewerKey("#p#6"))
    assert "secret" not in repr(order)
    assert order.viewer == "#p#6"


async def test_columns_can_be_named(tmp_path: Path) -> None:
    """The configuration's name of a column goes before the known ones."""
    path = _write(tmp_path / "o.csv", "订单号;我的状态;内部号\nX;paid;1001\n")
    (order,) = await _source(path, order_id="内部号", status="我的状态").current()
    assert order.order_id == "1001"


async def test_bad_rows_are_named_and_good_ones_kept(tmp_path: Path) -> None:
    """Each bad row is named by file and line in both languages, without personal data."""
    path = _write(
        tmp_path / "o.csv",
        "order_id,status,phone,amount,updated_at\n"
        "1001,paid,13800000001,1.00,\n"
        "1002,teleported,13800000002,,\n"
        ",paid,13800000003,,\n"
        '1004,paid,"13800000004",x,\n'
        "2.02611E+11,paid,,,\n"
        "1006,paid,,,yesterday\n"
        "\n"
        "1008,shipped,,,\n",
    )
    source = _source(path)
    assert [order.order_id for order in await source.current()] == ["1001", "1008"]
    assert [str(problem.place) for problem in source.problems] == [
        f"o.csv:{line}:1" for line in (3, 4, 5, 6, 7)
    ]
    assert "teleported" in source.problems[0].zh
    assert "teleported" in source.problems[0].en
    assert not any("138" in problem.render() for problem in source.problems)


@pytest.mark.parametrize(
    ("text", "line"),
    [("number,state\n1,paid\n", 1), ('order_id,status\n1,paid\n2,"paid\n3,paid\n', 4)],
)
async def test_a_file_that_makes_no_sense_is_a_problem(
    tmp_path: Path, text: str, line: int
) -> None:
    """A missing column or an open quote is named; what stands before it is kept."""
    source = _source(_write(tmp_path / "o.csv", text))
    orders = await source.current()
    assert len(orders) == (0 if line == 1 else 1)
    assert [problem.line for problem in source.problems] == [line]


async def test_the_newest_revision_of_a_folder_wins(tmp_path: Path) -> None:
    """Whatever file it stands in; other files of the folder are left alone."""
    _write(tmp_path / "a.csv", _HEADER + "1001,delivered,5\n1002,paid,1\n")
    _write(tmp_path / "b.csv", _HEADER + "1001,shipped,3\n")
    _write(tmp_path / "notes.md", "order_id,status\n9,paid\n")
    source = _source(tmp_path)
    assert {order.order_id: order.status.value for order in await source.current()} == {
        "1001": "delivered",
        "1002": "paid",
    }


async def test_a_file_that_comes_goes_and_is_replaced(tmp_path: Path) -> None:
    """Missing at first, replaced whole, gone: each new state is told, none is forgotten."""
    path = tmp_path / "new" / "o.csv"
    source = _source(path)
    async with asyncio.timeout(_WAIT), aclosing(source.changes()) as changes:
        waiting = asyncio.ensure_future(anext(changes))
        await asyncio.to_thread(path.parent.mkdir)
        await asyncio.to_thread(_write, path, _HEADER + "1001,paid,1\n")
        assert (await waiting).status is OrderStatus.PAID
        fresh = await asyncio.to_thread(
            _write, path.with_suffix(".part"), _HEADER + "1001,shipped,2\n1002,paid,1\n"
        )
        await asyncio.to_thread(fresh.replace, path)
        assert (await anext(changes)).status is OrderStatus.SHIPPED
        assert (await anext(changes)).order_id == "1002"
        await asyncio.to_thread(path.unlink)
        waiting = asyncio.ensure_future(anext(changes))
        while not source.problems:
            await asyncio.wait({waiting}, timeout=0.05)
        assert len(await source.current()) == 2
        assert source.problems[0].code == "W801"
        await asyncio.to_thread(_write, path, _HEADER + "1003,paid,1\n")
        assert (await waiting).order_id == "1003"


async def test_a_half_written_file_takes_nothing_back(tmp_path: Path) -> None:
    """While a file is being written its old rows hold, and a torn row is not believed."""
    path = _write(
        tmp_path / "o.csv", "status,order_id\npaid,100200300\npaid,100200400\n"
    )
    source = _source(path)
    async with asyncio.timeout(_WAIT), aclosing(source.changes()) as changes:
        assert [(await anext(changes)).order_id for _ in range(2)] == [
            "100200300",
            "100200400",
        ]
        waiting = asyncio.ensure_future(anext(changes))
        await asyncio.to_thread(
            _write, path, "status,order_id\nshipped,100200300\npaid,1002"
        )
        assert (await waiting).status is OrderStatus.SHIPPED
        assert [order.order_id for order in await source.by_number("0400")] == [
            "100200400"
        ]
        assert not await source.by_number("1002")
