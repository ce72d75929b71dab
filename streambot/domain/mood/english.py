"""English: the same rules in the other tongue, as people type it (im, yall, wheres).

The lines come without apostrophes: a sign inside a word is taken for a disguise (sc@m is scm).
"""

from __future__ import annotations

from streambot.domain.mood.english_words import (
    CHEERS,
    IS,
    MUCH,
    SERVICE,
    SHOP,
    YOU,
    whole_words,
)

LAW = whole_words(
    rf"su(?:e|ing) (?:you|u|yall|ur|this {SHOP}|the {SHOP})",
    r"small claims",
    r"(?:my|our|a) (?:lawyer|attorney) (?:will|is|about|on|and|has|to)",
    r"(?:call|calling|get|getting|hear from|contact|contacting) (?:my|our|a) (?:lawyer|attorney)",
    r"better business bureau",
    r"(?:the|to|with) bbb",
    r"legal action",
    r"(?:call|calling|called) the (?:police|cops)",
    r"consumer protection",
)

SAFETY = whole_words(
    r"caught fire",
    r"(?:got|gave .{1,12}) a rash",
    r"food poisoning",
    r"allergic reaction",
    r"made (?:me|us|my .{1,8}) sick",
    r"burn(?:ed|t) my",
)

FRAUD = whole_words(
    r"s ?c ?[a4]? ?m(?:m?[e3]r|ming|m[e3]d)?[sz]?",
    r"fr[a4]?ud[sz]?",
    r"l[i1]?ars?",
    r"cheat(?:ers?|ed|ing)?(?! (?:lol|haha|code|day|meal|sheet))",
    r"rip(?:ped)?[ -]?off",
    r"th[i1]?[e3](?:f|v[e3]s)",
    r"con artists?",
    r"(?:fake|counterfeit) (?:product|goods|item|brand|shit|one|review|shop|store)s?",
    r"(?:this|it|they|these|those|everything|all)(?: is| are| was| were|s|re) (?:so |all |obviously |"
    r"clearly |totally )?"
    r"(?:fake(?! (?:tan|lash|nail|fur|leather|plant|flower|hair|pearl))|an? (?:fake|knock ?off|"
    r"counterfeit)|counterfeit)",
    r"false advertising",
    r"(?:took|stole|stealing|robbed) (?:my|our|peoples?) money",
    r"(?:take|taking|steal) peoples? money",
)

ABUSE = whole_words(
    rf"fuck\w*{CHEERS}",
    r"bull ?sh[i1!]?t",
    r"(?:is|such|total|complete|absolute|pure) bs",
    r"asshole",
    r"stfu",
    r"wtf is(?: this)?",
    r"(?:sh[1!*]t|shit(?:ty)?|sht) (?:quality|service|shop|store|product|seller|company)",
    r"f[*@#]?ck (?:this|you|the)",
    r"clowns",
    r"idiots",
    r"morons",
    r"go to hell",
    rf"(?:{YOU}|(?:this|your) (?:{SHOP}|service|quality)) (?:all |really |fucking )?sucks?(?! (?:at|"
    r"on|it|in|up))",
    r"full of (?:shit|crap)",
    r"piece of shit",
    r"screw you",
    rf"{SERVICE}{IS} {MUCH}(?:idiots?|morons?|crooks?|disgusting)",
)

DEMAND = whole_words(
    r"(?:give|send|refund)(?: me)?(?: back)? my (?:money|refund)",
    r"(?:want|demand) (?:a (?:full )?refund|my (?:money|refund))",
    r"my (?:money|refund) (?:back )?(?:right )?now",
    r"money back now",
    r"(?<!you )(?<!they )refund me(?! if| when)",
    r"i will (?:report|sue)",
    r"fix this(?: right)? now",
    r"stop (?:lying|ignoring|deleting|scamming|blocking|skipping)(?!.{0,8}(?:lol|haha))",
    r"answer (?:me ?[!?]|my question(?! (?:please|pls|plz)))",
    r"(?<!you )do your jobs?",
)

DELAY = whole_words(
    r"days (?:and(?! (?:it|they) (?:came|arrived))|already)",
    r"weeks? (?:and(?!.*worth| (?:it|they) (?:came|arrived))|already)",
)

DEFECT = whole_words(
    r"(?<!not )(?<!nothing )broken",
    r"damaged",
    r"defective",
    r"fell apart",
    r"stopped working",
    r"wrong (?:item|size|color|order)",
    r"missing (?:item|part)s?",
    r"does(?:n'?t| not) work",
)

MILD = whole_words(
    r"slow(?! (?:down|motion))",
    r"disappointed",
    r"disappointing",
    r"not happy",
    r"unhappy",
    r"annoying",
    r"annoyed",
    r"not satisfied",
    r"poor quality",
)
