"""English: the same rules in the other tongue, as people type it (im, yall, wheres).

The lines come without apostrophes: a sign inside a word is taken for a disguise (sc@m is scm).
"""

from __future__ import annotations

from collections import defaultdict

from streambot.domain.mood.first_letters import WORD_BEGINS, first_letters


def _whole_words(*phrases: str) -> tuple[str, ...]:
    """The phrases as whole words, those that begin alike together: inside a word one look tells."""
    alike: dict[frozenset[str], list[str]] = defaultdict(list)
    for phrase in phrases:
        alike[first_letters(phrase)].append(phrase)
    return tuple(
        rf"{WORD_BEGINS}(?:{'|'.join(each)})(?![a-z])" for each in alike.values()
    )


_SHOP = r"(?:shop|store|company|place|seller|website|business)"
_YOU = r"(?:yall|you|u|they|you guys|you people|you all)"
#: Who serves, of whom one says what they are or do.
_SERVICE = (
    rf"(?:{_YOU}|(?:this|your|ur) (?:{_SHOP}|service|support|host|staff|team)|support|customer service|"
    r"(?:the |your )?(?:hosts?|mods?|seller))"
)
_IS = r"(?: is| are| was|re|r|s)"
_MUCH = (
    r"(?:so |really |very |just |such |all |a |an |absolutely |absolute |totally |total |completely |"
    r"complete |pure |utter |"
    r"literally |actual |beyond |super |fucking |getting |actually |the )*"
)
_THINGS = r"(?:order|package|parcel|stuff|item|delivery|refund|money)s?"
_COUNT = (
    r"(?:over |almost |about |like |more than |at least )*"
    r"(?:\d+|an?|one|two|three|four|five|six|ten|several)"
)
_BROKEN = r"(?:broken|shattered|smashed|cracked|damaged|crushed|melted|ripped|torn|stained|leaking)"
#: What nobody complains of: it cheers or marvels at a price.
_CHEERS = (
    r"(?! (?:yeah|yea|yes|ya|lov(?:e|ing)|cool|amazing|awesome|good|great|gorgeous|cute|beautiful|go+|"
    r"adorable|fire|"
    r"sick|nice|hot|perfect|right|hilarious|funny|lit|incredible|fantastic|obsessed|finally|legend|"
    r"need|pretty|stunning))"
)
_CHEAP = (
    r"(?!.{0,20}(?:\$|£|€|cheap|only|deal|cute|good|nice|love|price|pretty|\boff\b))"
)

LAW = _whole_words(
    rf"su(?:e|ing) (?:you|u|yall|ur|this {_SHOP}|the {_SHOP})",
    r"small claims",
    r"(?:my|our|a) (?:lawyer|attorney) (?:will|is|about|on|and|has|to)",
    r"(?:call|calling|get|getting|hear from|contact|contacting) (?:my|our|a) (?:lawyer|attorney)",
    r"better business bureau",
    r"(?:the|to|with) bbb",
    r"legal action",
    r"(?:call|calling|called) the (?:police|cops)",
    r"consumer protection",
)

SAFETY = _whole_words(
    r"caught fire",
    r"(?:got|gave .{1,12}) a rash",
    r"food poisoning",
    r"allergic reaction",
    r"made (?:me|us|my .{1,8}) sick",
    r"burn(?:ed|t) my",
)

FRAUD = _whole_words(
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

ABUSE = _whole_words(
    rf"fuck\w*{_CHEERS}",
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
    rf"(?:{_YOU}|(?:this|your) (?:{_SHOP}|service|quality)) (?:all |really |fucking )?sucks?(?! (?:at|"
    r"on|it|in|up))",
    r"full of (?:shit|crap)",
    r"piece of shit",
    r"screw you",
    rf"{_SERVICE}{_IS} {_MUCH}(?:idiots?|morons?|crooks?|disgusting)",
)

DEMAND = _whole_words(
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

DELAY = _whole_words(
    r"days (?:and(?! (?:it|they) (?:came|arrived))|already)",
    r"weeks? (?:and(?!.*worth| (?:it|they) (?:came|arrived))|already)",
)

DEFECT = _whole_words(
    r"(?<!not )(?<!nothing )broken",
    r"damaged",
    r"defective",
    r"fell apart",
    r"stopped working",
    r"wrong (?:item|size|color|order)",
    r"missing (?:item|part)s?",
    r"does(?:n'?t| not) work",
)

#: What nobody writes who isn't angry.
OUTRAGE = _whole_words(
    # judgements
    r"(?:worst|terrible|awful|horrible|pathetic|disgusting|ridiculous|unacceptable|outrageous|"
    r"shameful)(?! (?:team|ping|game|match|lag|luck|day|week|map|aim|player|season|weather|internet|wifi|"
    r"movie|song|date|"
    r"haircut|traffic) ever) (?:\w+ )?(?:service|"
    r"shop|store|seller|quality|product|company|experience|support|delivery|customer|ever|attitude|"
    r"purchase|shipping)",
    r"(?:absolutely|totally|completely|beyond|utterly|simply) (?:unacceptable|outrageous|shameful|"
    r"disgraceful|useless|"
    rf"(?:ridiculous|disgusting|unbelievable){_CHEAP})",
    r"(?<!im )(?<!not )(?:pathetic|unacceptable|disgraceful)",
    r"(?:is|its|this|simply|just|so) not acceptable",
    r"(?<![a-z] )(?:ridiculous|disgusting|shameful)(?=[.!]*$)",
    r"(?:quality|service|support|shipping|product|communication|fabric|packaging|stuff|hosts?|"
    rf"(?:this|your) {_SHOP}){_IS}? {_MUCH}(?:terrible|trash|garbage|awful|horrible|crap|shit|"
    r"atrocious|useless|rubbish|junk|worst)",
    rf"(?:this|it|these|they){_IS} {_MUCH}(?:trash|garbage|crap|rubbish|junk)(?! (?:can|bag|bin)s?)",
    rf"{_SERVICE}{_IS} {_MUCH}(?:jokes?|nightmare|disgrace|rude|unbelievable{_CHEAP}|useless|"
    r"incompetent|worst)",
    r"this is (?:ridiculous|unacceptable|outrageous|a joke)",
    r"this sucks(?! (?:i|im|that|cuz|bc))",
    r"cheap (?:crap|junk|garbage|trash)",
    r"(?:total|utter|complete|absolute|pure) (?:garbage|trash|crap|joke)",
    r"(?:what|such) a joke",
    r"waste of (?:(?:my|our|all|good|hard earned) )*(?:money|time)",
    # feelings
    r"(?:im|i am|i m) (?:so |really |very |beyond |super |getting |fucking |actually )*(?:pissed|"
    r"furious|fuming|frustrated|livid|angry|"
    r"done (?:waiting|with (?:this|you|yall|your))|mad(?!.{0,14}(?:i |at my|miss|sold out|jealous|love)))",
    r"(?:so|very|really|beyond|extremely) (?:frustrating|disappointed (?:in|with) (?:you|this|your))",
    r"so angry",
    r"so (?:over|done with) (?:this|your|these) (?:shop|store|company|seller|excuses|crap|shit)",
    r"(?:absolutely|literally|totally|still|so|beyond|actually) (?:fuming|furious|livid|enraged)",
    r"mak(?:ing|es|ed?) me (?:so |really |absolutely )*(?:furious|livid|angry|"
    r"(?:want to )?scream)(?!.{0,12}(?:cute|cheap|good))",
    r"pissed off",
    r"fed up",
    r"(?:sick|tired) (?:and tired )?of (?:you|yall|your|waiting|this (?:shop|store|company|crap|shit)|"
    r"(?:the|these|your) excuses?)",
    rf"{_YOU} should (?:all )?be ashamed",
    r"shame on (?:you|this)",
    r"thanks for nothing",
    rf"are (?:you|u) (?:kidding|joking|serious){_CHEAP}",
    r"(?:what|wtf|the hell|the fuck) is wrong with (?:you|u|yall)",
    # never again, and a warning to all
    r"never (?:again|buy|buying|order|ordering)",
    r"last time i(?:ll|m)? (?:ever )?(?:buy|order|shop)",
    r"lost (?:a|another) (?:loyal )?customer",
    rf"(?:i |we |really |fucking )(?:hate|despise) (?:this|your) {_SHOP}",
    r"(?:zero|0) stars?(?! (?:in|on my|wars))",
    r"regret (?:buying|ordering|purchasing)",
    r"dont (?:ever )?(?:buy (?:from|here|anything)|trust (?:them|this|the (?:shop|seller|host)))",
    r"(?:save|wasted?) your money",
    r"(?:everyone|everybody|people) to stay away",
    r"one[ -]star",
    r"1 star (?:if|review|shop|service)",
    r"(?:bad|negative|1 star) review(?= (?:for|about) (?:you|this)|[.!]*$)",
    # waiting in vain
    r"still (?:waiting(?! (?:for|on) (?:the |a |your |that |this |you |next )?(?:giveaway|restock|drop|"
    r"sale|live|link|code|reveal|"
    r"show|try|pink|new|next))|no (?:reply|answer|refund|response|tracking|update|parcel|package)|"
    r"not (?:received|shipped|"
    r"arrived)|hasn'?t|haven'?t|nothing)",
    rf"(?:been waiting|waited) (?:for )?{_COUNT} (?:weeks?|months?|days)(?! for (?:this|the|your|"
    r"a) (?:live|drop|restock|sale|stream|"
    r"show|launch|new))(?!.*(?:worth|(?:it|they) (?:finally )?(?:came|arrived)|finally (?:here|came|got)))",
    rf"its been {_COUNT} (?:weeks?|months?|days)(?=.*(?:{_THINGS}|where|ship|reply))",
    rf"where(?:s| is| are) my {_THINGS}(?=.*(?:weeks?|months?|days|been|already|[?!]{{2}}))",
    r"where (?:tf|the (?:hell|fuck|heck)|on earth) (?:is|are|did)",
    r"where is my (?:money|refund)",
    rf"{_THINGS} (?:has |have )?never (?:came|come|arrived|showed|shipped)",
    rf"never (?:got|received|gotten|sent) (?:(?:me )?(?:my|the|a|any) (?:{_THINGS}|tracking|reply|"
    r"response|answer)|anything|it)",
    rf"{_SERVICE} never (?:ship|respond|repl|answer|refund|deliver)\w*",
    r"says delivered but",
    r"how (?:much longer|many times) do i",
    r"(?:emailed|messaged|asked|called|texted|contacted|dmed|told)(?: (?:you|u|yall|them|support|this|"
    r"customer service))*"
    rf"(?: {_COUNT}| multiple| so many) times",
    r"(?:zero|no) (?:replies|response)",
    # nobody answers, or one is silenced
    rf"{_SERVICE} (?:just |all |have |keep |are )?(?:ghost(?:ed|ing)?|block(?:ed|ing)?|ignor(?:ed?|"
    r"ing)|mut(?:ed|ing)|skip(?:ped|"
    r"ping)?) (?:me|us|my|everyone|people)",
    r"(?:ignoring|ignored|skipping) my (?:messages?|emails?|questions?|dms?|comments?)",
    r"(?:stop|keep|you) (?:ignoring|ignore) me",
    r"delet(?:ed?|ing) (?:my |the |all )?(?:comments?|reviews?)",
    r"remov(?:ed?|ing) my (?:comment|review)",
    r"no ?(?:one|body) (?:answers?|replies|cares?|responds?)",
    r"is any(?:one|body) (?:even|actually)",
    r"any(?:one|body) going to (?:answer|reply|help)",
    r"(?:third|fourth|fifth) (?:time|agent|email) (?:you|i|today|this|and|now)",
    # money and goods
    rf"charged (?:me|my card|us) (?:twice|double|again|{_COUNT} times)",
    r"pay me back",
    r"charge ?back",
    r"disput(?:e|ing) (?:this|the|it|with|my)",
    r"(?:fil(?:e|ing|ed)|open(?:ing|ed)?|start(?:ing|ed)?) (?:a |the |my )?(?:paypal )?(?:disputes?|"
    r"complaint|claim)(?= (?:with|against|today|now|about|on|if)|[.!]*$)",
    r"(?:speak|talk) (?:to|with) (?:a |the |your |ur |someone in )?(?:managers?|supervisors?|management)",
    r"(?:call|calling|called|contacting) my bank",
    rf"report(?:ing|ed)? (?:you|yall|this (?:{_SHOP}|room|account|page|live|seller|stream)|your)",
    r"(?:you|u|yall|they|and) (?:wont|refused? to|will not|wouldnt) (?:even )?(?:refund|replace|help|"
    r"fix|reply|answer|respond|exchange)",
    r"(?:box|package|parcel) (?:was|is|came|arrived) empty",
    r"(?:got|sent|received|just) (?:me )?an empty (?:box|package|parcel|bag|envelope)",
    r"(?:not|isnt) what (?:i|we) (?:ordered|bought|paid for)",
    r"nothing like (?:the (?:pic|photo|video|ad|desc)\w*|what (?:was|you))(?!.{0,14}better)",
    r"(?:my|the) order wrong",
    r"sent (?:me )?(?:the wrong|a (?:wrong|used|broken|damaged)|(?:trash|garbage|junk|crap))",
    rf"(?:arrived|came|showed up) (?:all |completely |totally )?{_BROKEN}",
    r"(?:broke|died|peeled|ripped|tore|burst|cracked|stopped working) (?:on|in|after|"
    r"within)?(?: ?(?:the|my|a|just))* "
    r"?(?:first|second|one|two|1|2|day|week|month|use|wash)",
    r"fell apart (?:in|after|on)",
    # mockery
    r"(?:great|wow|nice|cool|gee|lovely|amazing|awesome|congrats)[, ](?!.{0,30}(?:replac|fixed|"
    r"refunded)).{0,24}(?:"
    r"broken|fell apart|another (?:delay|excuse)|sending the wrong|not ship)",
    r"(?:another|same|more) (?:old )?excuses?",
    r"another delay",
    r"you call this",
    r"you (?:lied|stole|ripped)",
    r"keeps? (?:on )?(?:lying|dodging|making excuses)(?!.{0,8}(?:lol|haha|down|there|flat|on the|in ))",
    r"(?:(?:all )?lies[,. ]*){3,}",
    r"you (?:promised|said (?:it|you)) .{1,40}(?:but|still|now|its)",
    r"you keep saying",
    r"how is it that you",
    rf"how is this {_SHOP} (?:even|still)",
    rf"asked for (?:a|my) refund {_COUNT} (?:weeks?|months?|days) ago",
    r"cancel everything",
    r"what a nightmare",
    r"learn (?:how )?to run a business",
    r"get your act together",
)

MILD = _whole_words(
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
