"""Hearsay in English: of others, quoted and defended against, asked of a risk, or said in jest."""

from __future__ import annotations

import re
from collections.abc import Collection

#: Others did it, by the words right before.
_BY_OTHERS = re.compile(
    r"(?<![a-z])(?:an)?other (?:shop|seller|store|site|place|brand|live|compan(?:y|ie))s?(?: (?!you|u |ur|"
    r"yall|this|but|and)[a-z]+){0,2} $|"
    r"(?<![a-z])(?:the|my) (?:last|old|previous|other) [a-z]+(?: [a-z]+)?(?: i (?:had|got|bought|used|tried|"
    r"ordered))?(?: was)? from (?!(?:you|u|yall|ur|your|here|this|the|"
    r"my)(?![a-z]))[a-z]+(?: (?!you)[a-z]+)? $",
    re.IGNORECASE,
)
#: Behind it, where they did it.
_AT_OTHERS = re.compile(
    r"^ (?:\w+ ){0,2}(?:on|at|by|from) (?:(?:an |some )?other (?:shop|seller|store|site|place|brand)|"
    r"(?:vinted|"
    r"ebay|depop|temu|shein|amazon|gumtree|facebook|marketplace|tinder|hinge|wish)(?![a-z]))",
    re.IGNORECASE,
)
_ONLY_SEEMED = re.compile(
    r"(?<![a-z])(?:thought|heard|says?|said|afraid|worried|scared|assumed|figured)(?:(?: [a-z]+){0,3} (?:was|"
    r"were|is|its|be|would be|are)(?: an?)?)? $",
    re.IGNORECASE,
)
_TURNED_OUT_WELL = re.compile(
    r"(?<![a-z])(?:but|turns? out|glad)(?!.*(?:not|isnt|never))(?=.*(?:legit|real|genuine|great|came|"
    r"arrived|love|good|amazing))|(?<![a-z])(?:and|then|but)(?: then| now)? (?:she|he|they|i|we)(?:ve|"
    r" still| "
    r"just| then| both)? (?:bought|ordered|got|loves?) (?!(?:scammed|robbed|ripped|nothing|blocked|an empty|"
    r"a fake))",
    re.IGNORECASE,
)
#: Who is told not to mind those that say so.
_WAVED_OFF = re.compile(
    r"(?<!dont )(?<!stop )(?<!you )(?<![a-z])(?:ignore|(?:dont|do not) (?:listen to|believe|mind|trust)|"
    r"block|ban|kick|mute) "
    r"(?:(?!host|owner|seller)[a-z]+ ){1,4}(?:says?|saying|claim(?:s|ing)?|shouting|spamming|screaming|"
    r"calling|typing)"
    r"(?: [a-z]+){0,3} $",
    re.IGNORECASE,
)
#: What somebody else said of the shop, and how it is taken.
_SAID_OF_YOU = re.compile(
    r"(?<![a-z])(?:he|she|someone|somebody|people|they|trolls?|haters?|that (?:guy|lady|girl|man|troll)) "
    r"(?:just )?(?:said|says?|called|calls|calling|saying|typed)(?: [a-z]+){0,4} $",
    re.IGNORECASE,
)
_TAKEN_LIGHTLY = re.compile(
    r"(?<![a-z])(?:who (?:invited|let) |ignore (?:him|her|them)|what a troll|(?:ban|kick|block|"
    r"mute) (?:him|her|"
    r"them)|so not true|thats not true|(?:how )?rude|but mine|mine (?:came|is|was) (?:fine|great|perfect|"
    r"lovely))",
    re.IGNORECASE,
)
#: What a review told, asked after.
_READ_OF = re.compile(
    r"(?<![a-z])(?:saw|seen|read|heard|noticed|(?:some|the|a|other) (?:reviews?|comments?|people|"
    r"videos?))(?![a-z]).{0,40}?"
    r"(?<![a-z])(?:say(?:s|ing)?|said|that|about|mention(?:s|ed|ing)?|of)(?![a-z])",
    re.IGNORECASE,
)
_IS_IT_SO = re.compile(
    r"(?<![a-z])(?:is|was|has|have|did) (?:that|it|this|they|you)(?: (?:been|get|got|all|now|"
    r"still))* (?:fixed|true|"
    r"sorted|better|changed?|improved?|real|fix it|resolved)[^a-z]*$|any truth|is it true",
    re.IGNORECASE,
)
#: People in one's life, at the beginning of a line or a part of it, and what makes it the shop's.
_OTHERS = re.compile(
    r"(?<![a-z])(?:my|the|our|her|his) (?:ex|exes|ex (?:husband|wife|boyfriend|girlfriend)|boss|landlord|"
    r"landlady|"
    r"neighbou?rs?|teacher|colleagues?|coworkers?|flatmates?|roommates?|manager at work|ref|referee|umpire|"
    r"council|government|train|bus|flight|airline|airport|dentist|gym|school|uber|taxi)(?![a-z])|"
    r"(?<![a-z])(?:politicians?|the tories|ryanair|easyjet|british airways|estate agents?|uber drivers?|"
    r"the election|"
    r"prime minister|president)(?![a-z])|"
    r"(?<![a-z])(?:royal mail|fedex|ups|evri|hermes) lost my (?!order|parcel|package|candle|stuff|item|"
    r"delivery)|"
    r"(?<![a-z])my (?:dog|cat|puppy|kitten|toddler|bro|brother|sister|kid|son|"
    r"daughter)(?: [a-z]+){1,6} (?:the |a )?"
    r"(?:little|cheeky|tiny|absolute) (?=thief|liar|cheat|fraud|con)",
    re.IGNORECASE,
)
_DONE_HERE = re.compile(
    r"(?<![a-z])(?:you|u|ur|your|yours|youre|yall|yous|shop|store|seller|host|order(?:ed|s)?|parcels?|"
    r"packages?|delivery|"
    r"bought|items?|candles?|this (?:live|brand|place|company)|review|product|chargeback|dispute)(?![a-z])",
    re.IGNORECASE,
)
_NOT_OF_OTHERS = frozenset({"violence", "safety", "own", "law"})
#: What no complaint is about: prices, charm, and one's purse.
_JEST = re.compile(
    r"(?<![a-z])(?:mak(?:e|es|ing) (?:me|us) (?:so |go |all |this )?(?:broke|poor|skint|bankrupt|fat|hungry|"
    r"spend|buy|want|need|"
    r"addicted|obsessed|laugh|jealous|cry laughing)|(?:these|those|your|ur|this|the|that) (?:prices?|deals?|"
    r"discounts?|"
    r"bargains?|smile|voice|cuteness|colou?rs?|smells?|scents?)(?: [a-z]+)?(?: is| are|s|re)? (?:so |too |"
    r"just |actually )*"
    r"(?:criminal|illegal|a crime|a steal|unreal|robbery|too (?:good|low|cheap|cute))|(?:too|so|"
    r"this) (?:cute|pretty|gorgeous|"
    r"cheap|beautiful|handsome|adorable|funny)|my (?:poor )?(?:wallet|purse|bank balance|overdraft) (?:is|"
    r"cant|will|wants|"
    r"hates|said|says)|stealing my heart)(?![a-z])|"
    r"(?<![a-z])my (?:bank|wallet|purse|overdraft|husband|hubby|wife) (?:is |are |will |wants to |"
    r"s )?(?:going to |gonna |be )*"
    r"(?:report(?:ing)?|su(?:e|ing)|call(?:ing)? the police)",
    re.IGNORECASE,
)
_COMPLAINT = re.compile(
    r"(?<![a-z])(?:refund\w*|scam\w*|fak(?:e|es)|broken|damaged|never|still|arriv\w+|refus\w+|charged|"
    r"parcels?|"
    r"packages?|delivery|st[eo]le(?:n)?|sick|rash|burn\w*|wrong|trading standards|court|claims|lawyer|twice|"
    r"reply|"
    r"ignor\w+|block\w*|liars?|lied)(?![a-z])",
    re.IGNORECASE,
)
_THREATS = frozenset({"law", "demand", "outrage"})
#: A risk asked after, not what came to oneself.
_ASKS = re.compile(
    r"^(?:hi |hey |hello |hun |babe )?(?:is|are|can|could|will|would|does|do|did|has|have|had|what if|"
    r"what happens|if|might)"
    r"(?! (?:you|u|anyone|anybody|someone|no ?(?:body|one)) (?:know|see|realise|realize|even|think|want|care|"
    r"explain))(?![a-z])",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"(?<![a-z])(?:my|me|our|mine|us|why|because|normal|supposed|explain)(?![a-z])",
    re.IGNORECASE,
)
_HELPS = re.compile(
    r"(?<![a-z])(?:helps?|good|safe|suitable|works?|ok(?:ay)?)(?: (?:for|on|with|if|when|"
    r"against))+(?: [a-z]+){0,3} $",
    re.IGNORECASE,
)

#: What else swells one's eyes, or burns in a game; nothing of the shop is named beside it.
_OWN_CAUSE = re.compile(
    r"(?<![a-z])(?:hay ?fever|pollen|cry(?:ing)?|cried|tears|pregnan\w+|dentist|wisdom|surgery|sunburn\w*|"
    r"no sleep|"
    r"bee|wasp|the sims|minecraft|roblox|gta|the game)(?![a-z])",
    re.IGNORECASE,
)
_OF_THE_SHOP = re.compile(
    r"(?<![a-z])(?:your|ur|you|yours|this)(?![a-z])", re.IGNORECASE
)


def done_elsewhere(text: str, start: int, end: int) -> bool:
    """Whether others did it by the words around it, or it only seemed or was said to be so."""
    before, behind = text[:start], text[end:]
    if _BY_OTHERS.search(before) is not None or _AT_OTHERS.search(behind):
        return True
    if _WAVED_OFF.search(before) is not None:
        return True
    if _SAID_OF_YOU.search(before) is not None and _TAKEN_LIGHTLY.search(behind):
        return True
    seemed = _ONLY_SEEMED.search(before) is not None
    return seemed and _TURNED_OUT_WELL.search(text, end) is not None


def concerns_others(text: str, rules: Collection[str]) -> bool:
    """Whether the line complains of people in one's life, or asks after what a review told."""
    if not _NOT_OF_OTHERS.isdisjoint(rules):
        return False
    if _OTHERS.search(text) is not None and _DONE_HERE.search(text) is None:
        return True
    read = _READ_OF.search(text)
    return read is not None and _IS_IT_SO.search(text, read.end()) is not None


def in_jest(text: str, rules: Collection[str]) -> bool:
    """Whether who threatens means a price or a purse: calling the police, these deals are criminal."""
    if not _THREATS.issuperset(rules):
        return False
    return _JEST.search(text) is not None and _COMPLAINT.search(text) is None


def risk_is_asked(text: str, start: int) -> bool:
    """Whether a harm is asked after which came to nobody, or came of something else."""
    if _HELPS.search(text[:start]) is not None:
        return True
    if _OWN_CAUSE.search(text) is not None and _OF_THE_SHOP.search(text) is None:
        return True
    return _ASKS.search(text) is not None and _HAPPENED.search(text) is None
