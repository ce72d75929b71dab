"""A sentence encoder of a few kilobytes: characters, a table of vectors, nothing learnt."""

from __future__ import annotations

from pathlib import Path

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split

_WIDTH = 16
_KNOWN = "什么时候发货能便宜点吗多少斤穿query: XLab"


def write_tiny_encoder(folder: Path, *, seed: int = 0) -> None:
    """Write ``model.onnx`` and ``tokenizer.json`` into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    words = {"[UNK]": 0} | {
        char: number for number, char in enumerate(sorted(set(_KNOWN)), 1)
    }
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split(Regex("."), behavior="isolated")
    tokenizer.save(str(folder / "tokenizer.json"))
    table = numpy.random.default_rng(seed).normal(size=(len(words), _WIDTH))
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])],
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, [None, None])],
        [
            helper.make_tensor_value_info(
                "last_hidden_state", TensorProto.FLOAT, [None, None, _WIDTH]
            )
        ],
        [numpy_helper.from_array(table.astype(numpy.float32), "table")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.save(model, str(folder / "model.onnx"))
