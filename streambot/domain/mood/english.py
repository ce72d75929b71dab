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

#: Goods that something was found in.
_IN_IT = (
    r"in(?:side)? (?:it(?= |[.!]*$)(?! (?:smells|looks))|(?:your|this|the|my|our|her|his) (?:\w+ )?(?:cream|"
    r"serum|jar|tub|tin|"
    r"bottle|packet|sachet|lip|tint|balm|candle|wax|soap|shampoo|mask|food|soup|mix|bread|cake|cereal|"
    r"granola|"
    r"biscuit|cookie|chocolate|sweet|candy|fudge|sauce|jam|honey|tea|coffee|snack|meat|rice|crisp|milk|drink|"
    r"kibble|treat|formula|shoe|sock|toy|pillow|cushion|scrub|lotion|foundation|mascara|powder|product|order|"
    r"one|stuff)s?)"
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
    # who says when, or that they are on their way there
    r"(?:im|i am|ill|i will|gonna|going to|about to|before i|or i|then i|im now) (?:be )?(?:go(?:ing)? "
    r"(?:straight |right )?to|contact(?:ing)?|call(?:ing)?|ring(?:ing)?|report(?:ing)? (?:you|this|it) to) "
    r"(?:the )?(?:police|cops|papers|trading standards|ombudsman|citizens advice|watchdog)"
    r"(?! (?:station|academy|dog|interview|job|about my (?:neighbou?r|ex)|open))",
    r"report(?:ing|ed)? (?:you|yous|this|ur|your \w+) (?:\w+ )?to trading standards",
)

SAFETY = whole_words(
    r"caught fire",
    r"(?:got|gave .{1,12}) a rash",
    r"food poisoning",
    r"allergic reaction",
    r"made (?:me|us|my .{1,8}) sick",
    # who burnt something themselves was no more than careless
    r"(?<!i )(?<!ive )(?<!just )(?<!nearly )(?<!again )(?<!he )burn(?:ed|t) my(?! (?:toast|dinner|tea|food|"
    r"pizza|"
    r"cake|ex))",
    # fire and splinters; a chat that explodes or a stage on fire harms nobody
    r"(?:jar|candle|glass|battery|charger|plug|bottle|bowl|cup|mug|lamp|lid|vape|kettle|heater|toaster|"
    r"blanket|power ?bank|phone|it|thing|one)s? (?:just |literally |actually )?exploded(?! (?:with|"
    r"on (?:tiktok|"
    r"insta|here)|in popularity|over ?night))",
    r"set (?:(?:my|our|me|his|her) (?!(?:soul|heart|world|life|mouth|feed|ears?|"
    r"insides)[^a-z])(?:\w+ ){0,2}|(?:the|"
    r"half the) (?:\w+ )?(?:curtains?|house|kitchen|carpet|table|shelf|sofa|bed|rug|wall|counter|"
    r"furniture) )on fire",
    r"(?:went up in|burst into) flames",
    r"(?:battery|charger|plug|candle|jar|lamp|kettle|heater|toaster|blanket|phone|cable)(?: just|"
    r" literally)? "
    r"(?:was|went|is) on fire",
    # what skin and eyes came to
    r"(?:came|broke|broken|breaking|woke up|covered|ended up) (?:up |out )?in (?:\w+ ){0,3}(?:hives|"
    r"blisters|welts|rash|sores)(?! (?:from|because of) (?:the sun|my|wool|stress|nettles))",
    r"(?:gave|given|left) (?:me|her|him|us|my \w+)(?: with| in)?(?: \w+){0,2} (?:hives|blisters|welts|burns|"
    r"sores)",
    r"(?:eyes?|lips?|face|tongue|throat|eyelids?)(?: (?:is|are|was|were|has|have|all|both|so|really|got|now|"
    r"completely|just))* (?:swollen|swelled|swole|ballooned|puffed up)",
    # what was found in it
    rf"(?:bits?|pieces?|shards?|chunks?|slivers?|splinters?) of (?:\w+ )?(?:glass|metal|plastic|wire|"
    rf"wood) {_IN_IT}",
    r"(?:found|bit (?:on|into)|swallowed) (?:(?:an?|some|actual|live|dead|tiny|little|big|small) )*(?:glass|"
    r"metal|"
    r"plastic|wire|nails?|needles?|screws?|staples?|maggots?|worms?|cockroach(?:es)?|insects?|mou?ld) "
    rf"{_IN_IT}",
    r"(?:maggots?|cockroach(?:es)?) in (?:it|this|my (?:order|food|box|parcel)|the (?:bag|box|food|jar|"
    r"packet))",
    # who had to be taken somewhere
    r"(?:at|in|to) (?:the |a )?(?:vets?|hospital|a ?(?:and|n|&) ?e|emergency room|urgent care)(?: \w+){0,4}? "
    r"(?:(?:be)?cause of|cos of|coz of|due to|after|thanks to|from) (?:(?:using|eating|drinking|wearing|"
    r"licking) "
    r"(?:this|your|ur|that|it)|you(?:r|rs)?|ur|this (?!week|morning|live|accident|weekend|"
    r"afternoon))(?! (?:live|"
    r"stream|show|cheer))",
    r"(?:poisoned|made|nearly (?:killed|blinded|choked)) my (?:cat|dog|puppy|kitten|baby|daughter|son|kid|"
    r"toddler|mum|mom|nan)s?(?: (?:ill|sick|vomit|throw up)|(?= (?:with|your|on)|[.!]*$))",
)

FRAUD = whole_words(
    r"s ?c ?[a4]? ?m(?:m?[e3]r|ming|m[e3]d)?[sz]?",
    r"fr[a4]?ud[sz]?",
    r"l[i1]?ars?",
    r"cheat(?:ers?|ed|ing)?(?! (?:lol|haha|code|day|meal|sheet))",
    r"rip(?:ped)?[ -]?off",
    r"th[i1]?[e3](?:fs?|v[e3]s)",
    r"con artists?",
    r"(?:total|complete|absolute|pure|massive|what an?|such an?) con(?= |[.!]*$)(?! (?:of|is|for me|artist))",
    r"(?:(?:these|those|they)(?: are|re)?|(?:you|u|yall|yous|you lot|this shop|stop) (?:are |re )?(?:only |"
    r"just |all )?(?:sell|"
    r"sold|selling|send|sent)(?: me| us)?)(?: (?:all|just|clearly|obviously|literally|cheap|total|bad))* "
    r"knock ?offs?(?! or|[?])",
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
    r"wta?f is(?: this)?",
    r"(?:load of|absolute|total|utter|complete|pure|your|is) (?:old |bloody |utter )?(?:sh[i1]te?|"
    r"cr[a4]?p|bollocks|bs)(?! (?:hot|happy|ton|load|show lol|in bio|degree|day))(?= |[.,!?]|$)",
    r"(?:sh[i1]te|sh1t|cr4?p|bs\.?) (?:quality|service|shop|store|product|seller|company|stuff|candles?|"
    r"website|"
    r"excuses?|answers?)",
    r"(?:robbin|robbing|thieving|lying|cheating) (?:gits?|bastards?|sods?|scum|company|shop|toe ?rags?)"
    r"(?!.{0,10}(?:lol|haha))",
    r"(?:yous?|u|yall|they|you lot)(?: are|re)? (?:just |all |pure |literally |straight up )*robb(?:ing|in|"
    r"ers) "
    r"(?:people|folk|everyone|customers|us blind|me blind)",
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
