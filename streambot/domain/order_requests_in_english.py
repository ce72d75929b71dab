"""Order requests in English: the same two kinds, as people type them (wheres, havent, pls)."""

from __future__ import annotations

import re

_OF_MINE = r"(?:orders?|packages?|parcels?|stuff|delivery|items?)"
_SENT = r"(?:orders?|packages?|parcels?)"
_LOST = r"(?:one|size|colou?r|item|order|product)"

#: What became of one's own order.
ASKS = re.compile(
    rf"\bwhere(?:'?s)?\s+(?:(?:is|are|tf|the\s+\w+|on\s+earth)\s+)*my\s+(?:\w+\s+)?{_OF_MINE}\b|"
    rf"\b(?:track|check(?:\s+on)?|find|look\s+up)\s+(?:my|an?|the)\s+{_SENT}\b|"
    rf"\b(?:has|have|is|did|when\s+will|when\s+does)\s+(?:you\s+ship(?:ped)?\s+)?my\s+{_OF_MINE}\b|"
    rf"\bmy\s+{_SENT}\b[^.?!]{{0,24}}\b(?:arriv\w*|ship\w*|status|late|come|here)\b|"
    r"\border\s+(?:#?\s?\d+\s+)?status\b|\btracking\s+(?:number|status)\b|"
    rf"\b(?:any|an|no)\s+(?:news|updates?)\s+(?:on|about)\s+(?:my\s+)?(?:{_OF_MINE}|refund|return)\b|"
    r"\b(?:haven'?t|have\s+not|didn'?t|never)\s+(?:yet\s+)?(?:received?|got(?:ten)?|get)\s+"
    rf"my\s+{_OF_MINE}\b|"
    r"\b(?:never|no|haven'?t|didn'?t)\b[^.?!,]{0,16}\bconfirmation\s+(?:e-?mail|text|number)\b|"
    r"\bin\s+transit\W{0,2}\s+(?:since|for)\b|\bcheck\s+on\s+[a-z]{1,4}\d{4,}\b|"
    r"\bdid\s+mine\s+(?:go\s+through|ship)\b|"
    r"\bordered\b[^.?!]{0,24}\b(?:ago|yesterday|last\s+\w+|on\s+\w+day)\b[^.?!]{0,16}"
    r"\b(?:nothing|still|has\s+it|hasn'?t|no\s+(?:e-?mail|tracking|news))\b",
    re.IGNORECASE,
)

#: What is wanted done, by the group that finds it: a change, after-sale, or a slip that calls for one.
WANTS = re.compile(
    r"(?P<change>\b(?:cancel|change|edit|modify|swap|(?<!any )(?<!an )(?<!no )update)\b[^.?!]{0,16}"
    r"\b(?:my|the|this)\b[^.?!]{0,16}\b(?:orders?|address|size|colou?r|phone)\b|"
    r"\b(?:can|could|please|pls|plz)\s+(?:you\s+|u\s+)?(?:please\s+|pls\s+)?cancel\s+"
    r"(?:it|mine|one|that|them|the\s+(?:other|second|first|last))\b|"
    r"\bwrong\s+(?:address|size|colou?r|name)\s+on\s+my\s+order\b)|"
    r"(?P<after>\bi(?:'d|\s+would)?\s*(?:want|like|need|wanna|demand)\b[^.?!]{0,16}"
    r"\b(?:refund|return|exchange|replacement)\b|"
    r"\brefund\s+(?:me|my)\b|\breturn\s+my\b|\bgive\s+me\s+(?:a|my)\s+(?:refund|money)\b|"
    r"\b(?:got|received|sent|shipped)\s+(?:me\s+)?the\s+wrong\s+"
    r"(?!idea|number|time|day|guy|girl|impression|person|end|answer|room|stream|link|vibe)[a-z]+\b|"
    r"\bmissing\s+(?:from|in)\s+my\s+(?:box|order|package|parcel|bag)\b)|"
    r"(?P<slip>\b(?:hit|clicked|pressed|tapped)\s+(?:buy|order|pay|checkout)\s+twice\b|"
    r"\b(?:hit|clicked|pressed|tapped)\s+(?:buy|order|pay|checkout)\b[^.?!]{0,12}"
    r"\bby\s+(?:mistake|accident)\b|"
    r"\b(?:paid|charged(?:\s+me)?)\s+twice\b|"
    r"\b(?:ordered|bought|checked\s+out)\b[^.?!]{0,16}\b(?:by\s+(?:mistake|accident)|"
    rf"the\s+wrong\s+(?:address|{_LOST}))\b)",
    re.IGNORECASE,
)

#: Who asks for a shop's rules wants nothing done.
RULES = re.compile(
    r"\bhow\b|\b(?:can|could|may|should)\s+i\b|\bpolicy\b|\bif\b|\bdo\s+you\b|\bwhat\b|\bis\s+it\b",
    re.IGNORECASE,
)
