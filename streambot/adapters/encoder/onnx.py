"""A sentence encoder the operator brings: a folder with ``model.onnx`` and ``tokenizer.json``.

The layout is sentence-transformers' own, which most published encoders have. Beside the two
files it may hold ``config_sentence_transformers.json`` (the prefix under ``prompts.query``) and
``1_Pooling/config.json`` (the mean over the pieces, or the first one).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from streambot.errors import EncoderFailed, EncoderMissing

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from streambot.ports.encoder import Vectors

_LONGEST = 400
_PIECES = 128
_PLACES = ("model.onnx", "onnx/model.onnx")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Manner:
    """How a model is asked and how its answer is read."""

    prefix: str
    first_piece: bool  # else the mean over all pieces


class OnnxEncoder:
    """The encoder over a loaded model; made by ``open_onnx``."""

    def __init__(
        self,
        session: InferenceSession,
        tokenizer: Tokenizer,
        manner: _Manner,
        name: str,
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._manner = manner
        self._name = name
        self._inputs = {each.name for each in session.get_inputs()}

    @property
    def name(self) -> str:
        """The model file's digest and the manner it is asked in."""
        return self._name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text.

        Raises:
            EncoderFailed: the model and its tokenizer don't fit each other.
        """
        import numpy

        try:
            rows = [self._row(text) for text in texts]
        except Exception as error:  # onnxruntime's own tree has no public root
            raise EncoderFailed(
                f"ONNX 模型算不了（{_first_line(error)}）：模型和 tokenizer.json 要配套。 "
                f"The ONNX model failed ({_first_line(error)}): "
                "model and tokenizer.json must belong together."
            ) from error
        return numpy.asarray(rows, dtype=numpy.float32).reshape(len(rows), -1)

    def _row(self, text: str) -> Any:
        """One text alone: padding would change the last bits."""
        import numpy

        pieces = self._tokenizer.encode(self._manner.prefix + text[:_LONGEST])
        ids = numpy.asarray([pieces.ids[:_PIECES] or [0]], dtype=numpy.int64)
        known = {
            "input_ids": ids,
            "attention_mask": numpy.ones_like(ids),
            "token_type_ids": numpy.zeros_like(ids),
        }
        fed = {name: known[name] for name in self._inputs}
        out = numpy.asarray(self._session.run(None, fed)[0], dtype=numpy.float32)[0]
        if out.ndim == 2:
            out = out[0] if self._manner.first_piece else out.mean(axis=0)
        return out / max(float(numpy.linalg.norm(out)), 1e-12)


def open_onnx(path: Path) -> OnnxEncoder:
    """Load the model at *path*, a folder or the model file itself.

    Raises:
        EncoderMissing: the packages that run it aren't installed, or a file isn't there.
        EncoderFailed: a file is there and can't be used.
    """
    model = _model_file(path)
    folder = model.parent if (model.parent / "tokenizer.json").is_file() else path
    words = folder / "tokenizer.json"
    if not words.is_file():
        raise EncoderMissing(
            f"{folder} 里没有 tokenizer.json：把它和模型放在一起。 "
            f"There is no tokenizer.json in {folder}: put it beside the model."
        )
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise EncoderMissing(
            "没有安装运行 ONNX 模型的包：pip install 'streambot[second-look-onnx]'。 "
            "What runs an ONNX model is not installed: "
            "pip install 'streambot[second-look-onnx]'."
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        manner = _manner(folder)
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_file(str(words))
        tokenizer.no_padding()
        with model.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    except Exception as error:  # both packages raise what they like
        raise EncoderFailed(
            f"打不开 ONNX 模型 {model}（{_first_line(error)}）。 "
            f"The ONNX model {model} can't be loaded ({_first_line(error)})."
        ) from error
    pooling = "first" if manner.first_piece else "mean"
    return OnnxEncoder(
        session, tokenizer, manner, f"onnx-{digest}/{pooling}/{manner.prefix.strip()}"
    )


def _model_file(path: Path) -> Path:
    if path.is_file():
        return path
    for place in _PLACES:
        if (path / place).is_file():
            return path / place
    found = sorted(path.glob("*.onnx")) if path.is_dir() else []
    if len(found) == 1:
        return found[0]
    raise EncoderMissing(
        f"{path} 里没有 model.onnx：matching.encoder 要指向模型文件或它的文件夹。 "
        f"There is no model.onnx in {path}: "
        "matching.encoder names the model file or its folder."
    )


def _manner(folder: Path) -> _Manner:
    asked = _json(folder / "config_sentence_transformers.json")
    pooling = _json(folder / "1_Pooling" / "config.json")
    prompts = asked.get("prompts")
    prefix = prompts.get("query", "") if isinstance(prompts, dict) else ""
    return _Manner(
        prefix=prefix if isinstance(prefix, str) else "",
        first_piece=pooling.get("pooling_mode_cls_token") is True,
    )


def _json(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
