"""English words that several rules share, and how phrases become whole words."""

from __future__ import annotations

from collections import defaultdict

from streambot.domain.mood.first_letters import WORD_BEGINS, first_letters


def whole_words(*phrases: str) -> tuple[str, ...]:
    """The phrases as whole words, those that begin alike together: inside a word one look tells."""
    alike: dict[frozenset[str], list[str]] = defaultdict(list)
    for phrase in phrases:
        alike[first_letters(phrase)].append(phrase)
    return tuple(
        rf"{WORD_BEGINS}(?:{'|'.join(each)})(?![a-z])" for each in alike.values()
    )


SHOP = r"(?:shop|store|company|place|seller|website|business)"
YOU = r"(?:yall|you|u|they|you guys|you people|you all)"
#: Who serves, of whom one says what they are or do.
SERVICE = (
    rf"(?:{YOU}|(?:this|your|ur) (?:{SHOP}|service|support|host|staff|team)|support|customer service|"
    r"(?:the |your )?(?:hosts?|mods?|seller))"
)
IS = r"(?: is| are| was|re|r|s)"
MUCH = (
    r"(?:so |really |very |just |such |all |a |an |absolutely |absolute |totally |total |completely |"
    r"complete |pure |utter |"
    r"literally |actual |beyond |super |fucking |getting |actually |the )*"
)
THINGS = r"(?:order|package|parcel|stuff|item|delivery|refund|money)s?"
COUNT = (
    r"(?:over |almost |about |like |more than |at least )*"
    r"(?:\d+|an?|one|two|three|four|five|six|ten|several)"
)
BROKEN = r"(?:broken|shattered|smashed|cracked|damaged|crushed|melted|ripped|torn|stained|leaking)"
#: What nobody complains of: it cheers or marvels at a price.
CHEERS = (
    r"(?! (?:yeah|yea|yes|ya|lov(?:e|ing)|cool|amazing|awesome|good|great|gorgeous|cute|beautiful|go+|"
    r"adorable|fire|"
    r"sick|nice|hot|perfect|right|hilarious|funny|lit|incredible|fantastic|obsessed|finally|legend|"
    r"need|pretty|stunning))"
)
CHEAP = (
    r"(?!.{0,20}(?:\$|£|€|cheap|only|deal|cute|good|nice|love|price|pretty|\boff\b))"
)
