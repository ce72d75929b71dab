"""Canned replies: filling their blanks, and where each fits."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from streambot.domain.canned import (
    BLANKS,
    CannedReply,
    Situation,
    canonical,
    fill_in,
    left_blank,
)
from streambot.domain.spelling import initials, spelled_out

NAMES = [name for one, others in BLANKS.items() for name in (one, *others)]
PARTS = st.one_of(
    st.sampled_from([f"{{{name}}}" for name in [*NAMES, "shop.city"]]),
    st.text(alphabet="好 {}.a_()%$发", max_size=6),
)
VALUES = st.dictionaries(
    st.sampled_from([*BLANKS, "shop.city"]), st.one_of(st.none(), st.text(max_size=12))
)


@settings(max_examples=60, deadline=None)
@given(parts=st.lists(PARTS, max_size=6), values=VALUES)
def test_every_blank_is_filled_or_told(
    parts: list[str], values: dict[str, str | None]
) -> None:
    """What is left blank is exactly what is told; values bring no blank of their own."""
    text = "".join(parts)
    filled = fill_in(text, values)
    assert set(filled.missing) == set(left_blank(filled.text))
    for blank in left_blank(text):
        given_value = values.get(canonical(blank)) or ""
        empty = not given_value.replace("{", "").replace("}", "").split()
        assert (blank in filled.missing) == empty


def test_values_are_never_read_as_blanks_or_attributes() -> None:
    """A viewer called ``{price}`` stays a name; dotted names reach nothing."""
    said = fill_in("{name}，{price.__class__}", {"name": "{price}", "price": "9"})
    assert said.text == "price，{price.__class__}"
    assert said.missing == ()


def test_scope_narrows_and_no_scope_fits_everywhere() -> None:
    """Each scope by itself keeps a reply from where it doesn't belong."""
    here = Situation(
        room="a", role="agent", products=frozenset({"t1"}), reason="angry", group="x"
    )
    words = {"id": "1", "title": "t", "texts": ("好",)}
    assert CannedReply(**words).fits(here)  # type: ignore[arg-type]
    for scope, inside, outside in (
        ("rooms", "a", "b"),
        ("roles", "agent", "supervisor"),
        ("products", "t1", "t2"),
        ("reasons", "angry", "legal"),
        ("groups", "x", "legal"),
    ):
        for value, fits in ((inside, True), (outside, False)):
            reply = CannedReply(**words, **{scope: (value,)})  # type: ignore[arg-type]
            assert reply.fits(here) is fits, (scope, value)


def test_spelling_knows_initials_and_other_readings() -> None:
    """发货 begins f and h; 重 in 重新 may be read both ways; Latin words stay."""
    assert initials("发货 XL") == "fhxl"
    assert spelled_out("重新发货XL") == ("zhong/chong", "xin", "fa", "huo", "xl")
