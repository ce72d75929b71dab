"""The shipped pack is in order: one meaning a word, one intent a phrasing, safe opposites."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import as_file, files
from itertools import permutations, product

import pytest
import yaml

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.pack import ANY, Intent, IntentKind, forms
from streambot.domain.faq.vetoes import Contradictions

#: Single characters that mean one thing wherever a viewer writes them.
_SINGLE = set("券劵咋咸啥嗨女屏狗猫甜男痒皱谁贵蹲辣痘谢")


@pytest.fixture(scope="module")
def groups() -> list[tuple[str, ...]]:
    """Every group of synonyms as it stands in the files, its name first."""
    found = []
    with as_file(files("streambot.authoring") / "packs") as folder:
        for path in sorted(folder.glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            read = yaml.load(text, yaml.BaseLoader)  # noqa: S506
            found += [(key, *more) for key, more in read.get("synonyms", {}).items()]
    return found


def test_it_is_as_large_as_promised() -> None:
    """Enough of everything that most shops' questions are among it."""
    pack = shipped_pack()
    kinds = Counter(intent.kind for intent in pack.intents)
    assert len(pack.concepts) >= 300 and len(pack.exclusive) >= 100
    assert kinds[IntentKind.SHOP] >= 300 and kinds[IntentKind.CHAT] >= 35
    assert len(pack.foreign) >= 250 and len(pack.slang) >= 80
    assert len(pack.shop_words) >= 350


def test_a_word_means_one_thing(groups: list[tuple[str, ...]]) -> None:
    """No word stands in two groups or twice in one, however it is typed."""
    seen = Counter(normalise(word) for group in groups for word in group)
    assert [word for word, count in seen.items() if count > 1 or not word] == []


def test_single_characters_are_chosen(groups: list[tuple[str, ...]]) -> None:
    """A character alone is in many words: only those we thought about may stand there.

    Words that say a character twice become one: 宝宝 would be found in 支付宝.
    """
    plain = {normalise(word) for group in groups for word in group}
    assert {word for word in plain if len(word) == 1} - _SINGLE == set()


def test_words_of_shops_are_words() -> None:
    """A character alone is in any talk; goods are named elsewhere, so that others' stay others'."""
    pack = shipped_pack()
    assert {word for word in pack.shop_words if len(word) < 2} == set()
    assert pack.shop_words & pack.foreign == set()


def test_a_phrasing_asks_one_thing() -> None:
    """No phrasing belongs to two intents, nor twice to one, however it is typed."""
    seen = Counter(
        normalise(text)
        for intent in shipped_pack().intents
        for text in intent.phrasings
    )
    assert [text for text, count in seen.items() if count > 1 or not text] == []


def _is_told_well(intent: Intent) -> bool:
    texts = intent.phrasings
    return bool(
        re.fullmatch("[a-z0-9_]+", intent.id)
        and intent.title
        and 3 <= len(texts) <= 8
        and all(2 <= len(normalise(text)) <= 45 for text in texts)
        and not set("，。？！?!|{}") & set("".join(texts))
    )


def test_intents_are_told_well() -> None:
    """Each has a plain id, a title and three to eight short phrasings without signs."""
    intents = shipped_pack().intents
    assert [intent.id for intent in intents if not _is_told_well(intent)] == []


def test_slang_stands_for_plain_words() -> None:
    """Each word is told once and is no character alone; replacing once is enough."""
    slang = shipped_pack().slang
    words = Counter(map(normalise, slang))
    assert [word for word, count in words.items() if count > 1 or len(word) < 2] == []
    assert [word for word, plain in slang.items() if plain in slang] == []


def test_each_side_of_a_set_is_its_own() -> None:
    """A form stands once in a set, and no set stands twice."""
    sets = shipped_pack().exclusive
    for words in sets:
        sides = [normalise(form) for word in words for form in forms(word)]
        assert len(words) > 1 and len(sides) == len(set(sides)) and all(sides), words
    assert len(sets) == len(set(sets))


def test_a_set_rules_out_what_it_names() -> None:
    """Any form of one side contradicts any form of another, though one may hold the other."""
    for words in shipped_pack().exclusive:
        judge = Contradictions([words])
        sides = [word for word in words if not word.startswith(ANY)]
        for one, other in permutations(sides, 2):
            for form, against in product(forms(one), forms(other)):
                signs = judge.signs(normalise(form)), judge.signs(normalise(against))
                assert judge.between(*signs) is not None, (form, against)


def test_what_means_any_of_a_set_rules_out_none_of_it() -> None:
    """节假日 is asked about by who asks 中秋能用吗."""
    wide = [words for words in shipped_pack().exclusive if any(map(_means_any, words))]
    assert wide
    for words in wide:
        judge = Contradictions([words])
        for word, other in product(filter(_means_any, words), words):
            for form, against in product(forms(word), forms(other)):
                signs = judge.signs(normalise(form)), judge.signs(normalise(against))
                assert judge.between(*signs) is None, (form, against)


def _means_any(word: str) -> bool:
    return word.startswith(ANY)


def test_intents_survive_the_opposites() -> None:
    """No phrasing contradicts itself, and each has company in its intent that it agrees with."""
    judge = Contradictions(shipped_pack().exclusive)
    alone = []
    for intent in shipped_pack().intents:
        signs = [judge.signs(normalise(text)) for text in intent.phrasings]
        for text, mine in zip(intent.phrasings, signs, strict=True):
            others = [each for each in signs if each is not mine]
            if all(judge.between(mine, each) == "exclusive" for each in others):
                alone.append(text)
    assert alone == []
