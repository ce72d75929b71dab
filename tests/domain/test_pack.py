"""A pack extended by a shop's: nothing is lost, and the shop is right about its own words."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from streambot.domain.faq.pack import Intent, IntentId, IntentKind, Pack, forms
from streambot.domain.faq.vetoes import Contradictions

_WORD = st.sampled_from("甲乙丙丁戊己庚")


@st.composite
def _packs(draw: st.DrawFn) -> Pack:
    """A pack as it is read from files: a word in one concept, the name among its words."""
    concepts = draw(st.dictionaries(_WORD, st.lists(_WORD, max_size=3), max_size=3))
    pack = Pack()
    for name, words in concepts.items():
        pack = pack.extended(Pack(concepts={name: (name, *words)}))
    return pack


@given(_packs(), st.dictionaries(_WORD, st.lists(_WORD, max_size=3), max_size=3))
def test_a_word_always_means_one_thing(pack: Pack, more: dict[str, list[str]]) -> None:
    """However a book extends it, no word means two, none is lost, and the book's join up."""
    own = {name: (name, *words) for name, words in more.items()}
    extended = pack.extended(Pack(concepts=own)).concepts
    words = [word for group in extended.values() for word in group]
    before = {
        word for group in (*pack.concepts.values(), *own.values()) for word in group
    }
    assert len(words) == len(set(words)) and set(words) == before
    last = own[list(own)[-1]] if own else ()
    assert not last or any(set(last) <= set(group) for group in extended.values())


@given(_packs())
def test_extending_by_nothing_changes_nothing(pack: Pack) -> None:
    """An empty pack adds nothing; nor is anything lost of one in whose names nobody meddled."""
    assert pack.extended(Pack()) == pack
    assume(all(name in words for name, words in pack.concepts.items()))
    assert Pack().extended(pack) == pack


def test_an_intent_met_again_gains_phrasings() -> None:
    """Its title stays where none is given, its kind is the one given last."""
    known = Intent(id=IntentId("a"), title="甲", phrasings=("一", "二"))
    again = Intent(id=IntentId("a"), phrasings=("二", "三"), kind=IntentKind.CHAT)
    (met,) = Pack(intents=(known,)).extended(Pack(intents=(again,))).intents
    assert (met.title, met.phrasings) == ("甲", ("一", "二", "三"))
    assert met.kind is IntentKind.CHAT


def test_forms_of_one_side_agree() -> None:
    """What stands behind a slash is the same side: it contradicts the other side only."""
    assert forms("冷泡/冷萃") == ("冷泡", "冷萃")
    judge = Contradictions([frozenset({"冷泡/冷萃", "热泡"})])
    cold, brew, hot = map(judge.signs, ("能冷泡吗", "能冷萃吗", "能热泡吗"))
    assert judge.between(cold, brew) is None
    assert judge.between(brew, hot) == "exclusive"
    assert judge.between(hot, cold) == "exclusive"
