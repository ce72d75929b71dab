"""What a program sent and nobody can read is told in words, with the place."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import pytest

from streambot.web.misread import understood
from streambot.web.problems import Refused


class _Sent(msgspec.Struct, tag_field="type", tag="a", forbid_unknown_fields=True):
    x: Annotated[str, msgspec.Meta(min_length=1, max_length=3)]
    n: Annotated[int, msgspec.Meta(ge=1, le=5)] = 1
    k: Literal["p", "q"] = "p"
    p: Annotated[str, msgspec.Meta(pattern="^a$")] = "a"
    many: list[int] = []


_decoder = msgspec.json.Decoder(_Sent)


@pytest.mark.parametrize(
    ("raw", "zh", "en"),
    [
        (b"{", "不是完整的 JSON", "it is not whole JSON"),
        (b"\xff", "不是完整的 JSON", "it is not whole JSON"),
        (b'{"x":"' + b"\xff" + b'"}', "不是完整的 JSON", "it is not whole JSON"),
        (b"[]", "要 object，收到 array", "object is expected, array came"),
        (b'{"type":"a"}', "缺少 x", "x is missing"),
        (b'{"type":"c"}', "type 不能是 'c'", "type: 'c' can't stand there"),
        (
            b'{"type":"a","x":5}',
            "x 要 str，收到 int",
            "x: str is expected, int came",
        ),
        (b'{"type":"a","x":""}', "x 长度要 >= 1", "x: its length is to be >= 1"),
        (b'{"type":"a","x":"abcd"}', "x 长度要 <= 3", "x: its length is to be <= 3"),
        (b'{"type":"a","x":"a","n":9}', "n 要 <= 5", "n: it is to be <= 5"),
        (
            b'{"type":"a","x":"a","k":"z"}',
            "k 不能是 'z'",
            "k: 'z' can't stand there",
        ),
        (b'{"type":"a","x":"a","u":1}', "不认识 u", "u is no key of it"),
        (
            b'{"type":"a","x":"a","many":[1,"z"]}',
            "many[1] 要 int，收到 str",
            "many[1]: int is expected, str came",
        ),
        (b'{"type":"a","x":"a","p":"z"}', "p 内容不合要求", "p: it doesn't fit"),
    ],
)
def test_each_slip_has_its_words(raw: bytes, zh: str, en: str) -> None:
    """Chinese beside English, the key named as it was written."""
    with pytest.raises(Refused) as refused:
        understood(_decoder.decode, raw)
    problem = refused.value.problem
    assert problem.zh == f"请求内容的格式不对：{zh}。"
    assert problem.en == f"The body is not what this address takes: {en}."


def test_little_is_said_back() -> None:
    """A refusal is short, however long the nonsense."""
    raw = b'{"type":"' + b"z" * 100_000 + b'"}'
    with pytest.raises(Refused) as refused:
        understood(_decoder.decode, raw)
    assert len(str(refused.value)) < 400
