"""Outrage in English: what nobody writes who isn't angry (P2)."""

from __future__ import annotations

from streambot.domain.mood.english_words import (
    BROKEN,
    CHEAP,
    COUNT,
    IS,
    MUCH,
    SERVICE,
    SHOP,
    THINGS,
    YOU,
    whole_words,
)

#: What nobody writes who isn't angry.
OUTRAGE = whole_words(
    # judgements
    r"(?:worst|terrible|awful|horrible|pathetic|disgusting|ridiculous|unacceptable|outrageous|"
    r"shameful)(?! (?:team|ping|game|match|lag|luck|day|week|map|aim|player|season|weather|internet|wifi|"
    r"movie|song|date|"
    r"haircut|traffic) ever) (?:\w+ )?(?:service|"
    r"shop|store|seller|quality|product|company|experience|support|delivery|customer|ever|attitude|"
    r"purchase|shipping)",
    r"(?:absolutely|totally|completely|beyond|utterly|simply) (?:unacceptable|outrageous|shameful|"
    r"disgraceful|useless|"
    rf"(?:ridiculous|disgusting|unbelievable){CHEAP})",
    r"(?<!im )(?<!not )(?:pathetic|unacceptable|disgraceful)",
    r"(?:is|its|this|simply|just|so) not acceptable",
    r"(?<![a-z] )(?:ridiculous|disgusting|shameful)(?=[.!]*$)",
    r"(?:quality|service|support|shipping|product|communication|fabric|packaging|stuff|hosts?|"
    rf"(?:this|your) {SHOP}){IS}? {MUCH}(?:terrible|trash|garbage|awful|horrible|crap|shit|"
    r"atrocious|useless|rubbish|junk|worst)",
    rf"(?:this|it|these|they){IS} {MUCH}(?:trash|garbage|crap|rubbish|junk)(?! (?:can|bag|bin)s?)",
    rf"{SERVICE}{IS} {MUCH}(?:jokes?|nightmare|disgrace|rude|unbelievable{CHEAP}|useless|"
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
    rf"{YOU} should (?:all )?be ashamed",
    r"shame on (?:you|this)",
    r"thanks for nothing",
    rf"are (?:you|u) (?:kidding|joking|serious){CHEAP}",
    r"(?:what|wtf|the hell|the fuck) is wrong with (?:you|u|yall)",
    # never again, and a warning to all
    r"never (?:again|buy|buying|order|ordering)",
    r"last time i(?:ll|m)? (?:ever )?(?:buy|order|shop)",
    r"lost (?:a|another) (?:loyal )?customer",
    rf"(?:i |we |really |fucking )(?:hate|despise) (?:this|your) {SHOP}",
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
    rf"(?:been waiting|waited) (?:for )?{COUNT} (?:weeks?|months?|days)(?! for (?:this|the|your|"
    r"a) (?:live|drop|restock|sale|stream|"
    r"show|launch|new))(?!.*(?:worth|(?:it|they) (?:finally )?(?:came|arrived)|finally (?:here|came|got)))",
    rf"its been {COUNT} (?:weeks?|months?|days)(?=.*(?:{THINGS}|where|ship|reply))",
    rf"where(?:s| is| are) my {THINGS}(?=.*(?:weeks?|months?|days|been|already|[?!]{{2}}))",
    r"where (?:tf|the (?:hell|fuck|heck)|on earth) (?:is|are|did)",
    r"where is my (?:money|refund)",
    rf"{THINGS} (?:has |have )?never (?:came|come|arrived|showed|shipped)",
    rf"never (?:got|received|gotten|sent) (?:(?:me )?(?:my|the|a|any) (?:{THINGS}|tracking|reply|"
    r"response|answer)|anything|it)",
    rf"{SERVICE} never (?:ship|respond|repl|answer|refund|deliver)\w*",
    r"says delivered but",
    r"how (?:much longer (?:do|must) i|many (?:more )?times (?:do|must|am|have) i (?:have to |need to |"
    r"got to |"
    r"gotta |going to |supposed to )?(?:ask|message|email|tell|say|repeat|explain|call|chase|wait|write|"
    r"contact))"
    r"(?!.*(?:restock|giveaway|haha|lol))",
    r"(?:tracking|parcel|package|order|it) hasnt (?:moved|updated|budged|changed) (?:since|for|in)",
    r"(?:closed|deleted|rejected|binned) my (?:refund|return|case|ticket|dispute|claim|complaint)"
    r"(?!.*(?:thank|sorted|resolved|got my))",
    r"(?:give|get|want|getting) (?:me |us )?a straight answer",
    r"(?:emailed|messaged|asked|called|texted|contacted|dmed|told)(?: (?:you|u|yall|them|support|this|"
    r"customer service))*"
    rf"(?: {COUNT}| multiple| so many) times",
    r"(?:zero|no) (?:replies|response)",
    # nobody answers, or one is silenced
    rf"{SERVICE} (?:just |all |have |keep |are )?(?:ghost(?:ed|ing)?|block(?:ed|ing)?|ignor(?:ed?|"
    r"ing)|mut(?:ed|ing)|skip(?:ped|"
    r"ping)?) (?:me|us|my|everyone|people)",
    r"(?:ignoring|ignored|skipping) my (?:messages?|emails?|questions?|dms?|comments?)",
    r"(?:stop|keep|you) (?:ignoring|ignore) me",
    r"delet(?:ed?|ing) (?:my |the |all )?(?:comments?|reviews?)",
    r"remov(?:ed?|ing) my (?:comment|review)",
    r"no ?(?:one|body) (?:answers?|replies|cares?|responds?)",
    r"is any(?:one|body) (?:even|actually)",
    r"any(?:one|body) going to (?:answer|reply|help)",
    r"(?:third|fourth|fifth|sixth|tenth) (?:time|agent|email|message) (?:(?:you|today|this|and|now)|i(?:ve|"
    r"m)?(?: have)?"
    r"(?! (?:have |now )?(?:bought|buy|buying|order|re ?order|watch|won|got|came|join|tuned|been here|"
    r"caught)))",
    # money and goods
    rf"charged (?:me|my card|us) (?:twice|double|again|{COUNT} times)",
    r"pay me back",
    r"(?<!never )(?<!if you )(?<!hasnt )refus(?:ed|ing|es?) (?:me |us |to (?:give|issue|process) (?:me |"
    r"us )?)?"
    r"(?:an? |my |the |any )?(?:full |partial )?(?:refund|replacement|exchange)",
    r"(?<!do )(?<!would )(?<!will )(?:i|we) (?:have|had|need|gotta) to pay to (?:send|return|ship|"
    r"post)(?=.*(?:your|"
    r"wrong|broken|mistake|faulty))",
    r"charge ?back",
    r"disput(?:e|ing) (?:this|the|it|with|my)",
    r"(?:fil(?:e|ing|ed)|open(?:ing|ed)?|start(?:ing|ed)?) (?:a |the |my )?(?:paypal )?(?:disputes?|"
    r"complaint|claim)(?= (?:with|against|today|now|about|on|if)|[.!]*$)",
    r"(?:speak|talk) (?:to|with) (?:a |the |your |ur |someone in )?(?:managers?|supervisors?|management)",
    r"(?:call|calling|called|contacting) my bank",
    rf"report(?:ing|ed)? (?:you|yall|this (?:{SHOP}|room|account|page|live|seller|stream)|your)",
    r"(?:you|u|yall|they|and) (?:wont|refused? to|will not|wouldnt) (?:even )?(?:refund|replace|help|"
    r"fix|reply|answer|respond|exchange)",
    r"(?:box|package|parcel) (?:was|is|came|arrived) empty",
    r"(?:got|sent|received|just) (?:me )?an empty (?:box|package|parcel|bag|envelope)",
    r"(?:not|isnt) what (?:i|we) (?:ordered|bought|paid for)",
    r"nothing like (?:the (?:pic|photo|video|ad|desc)\w*|what (?:was|you))(?!.{0,14}better)",
    r"(?:my|the) order wrong",
    r"sent (?:me )?(?:the wrong|a (?:wrong|used|broken|damaged)|(?:trash|garbage|junk|crap))",
    rf"(?:arrived|came|showed up) (?:all |completely |totally )?{BROKEN}",
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
    r"(?:great|brilliant|fantastic|wonderful|fab|lovely|amazing|perfect|nice one)[,.!]* (?:so |and |you )?"
    r"(?:(?:yet )?another (?:empty (?:box|parcel|package|envelope)|(?:broken|smashed|"
    r"cracked) (?!record)\w+)|(?:they |just )?"
    r"(?:blocked|ignored|muted) (?:me|us))",
    r"(?:thanks|thank you|thx|cheers) for (?:the |my |all the )?(?:free )?(?:shards|broken (?!heart)|"
    r"smashed|empty box|rash|"
    r"blisters|burns)",
    r"of the year[, ](?=.*(?:replied once|never repl|no reply|ignored|blocked me|weeks|months))",
    r"(?:you|yous|yer|ur|youre|you lot)(?: are| re)? (?:havin|having) a laugh(?! a minute)"
    r"(?!.*(?:love|tonight|together|haha|lol|cheap|price))",
    rf"(?:are|r) (?:{YOU}|yous|you lot) (?:actually |seriously )?taking the (?:mick|mickey|piss){CHEAP}",
    # in the words of these isles
    r"(?:(?:this|it|service|delivery|company|shop|website|packaging)(?: is| was|s)|its|you lot are|"
    r"youre) (?:bloody |"
    r"absolutely |totally |so |just |an? (?:absolute |total |complete )?)*(?:shambolic|shambles)(?! (?:fun|"
    r"but|and i love))",
    r"(?:rubbish|junk|garbage|tat|cr[a4]?p) (?:you|u|they|yous) (?:sent|sold|sell|send|flog)",
    r"load of (?:old )?(?:rubbish|tat|junk|garbage)",
    r"(?:absolute|total|complete|utter|bloody) shambles(?! (?:of a (?:game|match|team)|fun|but|and i love))"
    r"(?=.*(?:order|queue|check ?out|payment|pay|site|website|delivery|deliver|shipping|service|refund|"
    r"customer|drop|parcel))",
    r"(?:queue|order|check ?out|payment|site|website|delivery|shipping|refund|parcel)[ ,.].{0,40}"
    r"(?:absolute|total|complete|utter|bloody) shambles",
    r"(?:heavy ?weight|premium|quality|genuine|authentic|handmade|hand poured|luxury|waterproof|limited|"
    r"exclusive|next day|same day|express|fast|free shipping|delivery|warranty|guarantee[d]?|customer care|"
    r"(?:customer )?service|sustainable|organic|cotton|leather|discount|sale) my (?:arse|ass|foot|"
    r"backside)",
    r"(?:you|u|yall|they)(?: guys| lot)? (?:must |really |actually )?think (?:we|i|were|im|people|customers)"
    r"(?: are| am| re)?(?: that| all)? (?:thick|stupid|dumb|daft|mugs?|idiots?|blind)",
    r"does any(?:one|body)(?: over| in| at)? (?:there|here|your end)? ?(?:have|has|got|own|use) (?:eyes|"
    r"a brain|brains)",
    r"hope (?:the|that|your|ur|it|this) ?(?:sale|money|profit|discount|extra \w+)? ?was worth it",
    r"(?:told|telling|tells|said) (?:me )?(?:it was|its|it is|that its) my (?:own )?fault",
    r"(?:mine|(?:my|his|her|our|their) \w+) (?:has |have |had )?never (?:turned|showed|shown) up",
    r"do nothing about it (?:every|each|any) (?:single )?time",
    # who tells everybody
    r"(?:dont|do not|nobody) (?:get|buy|order) (?:the|this|that|these|those|one)(?: \w+){0,2} "
    r"(?:guys|yall|everyone|people|chat)(?=.*(?:leak|broke|fell|peel|rip|ruin|scratch|stop|die|melt|burn))",
    r"screenshots? of (?:everything|it all|all (?:of )?(?:it|this)|our (?:chat|messages)|your (?:messages|"
    r"replies|"
    r"lies))(?=.*(?:post|shar|send|online))",
    r"make sure (?:no ?(?:body|one)(?: i know| else)? (?:buys?|orders?|shops?)|(?:every(?:body|one)|"
    r"all my \w+)"
    r"(?: \w+)? (?:knows?|hears?) (?:what|how bad|about (?:this|you)))(?!.*(?:good|great|amazing|love|best|"
    r"lovely|"
    r"before me|deal|sale))",
    r"you(?:ve| have)?(?: got)? (?:till|until|\d+|one|two|three)(?: \w+){1,3} to (?:refund|reply|replace|"
    r"pay me|"
    r"(?:fix|sort) (?:this|it))",
    r"dont (?:even )?bother (?:now|sending|shipping|replying|posting)(?= |[.!]*$)(?!.*(?:haha|lol|i(?:ll|"
    r" will) ))",
    r"you call this",
    r"you (?:lied|stole|ripped)",
    r"keeps? (?:on )?(?:lying|dodging|making excuses)(?!.{0,8}(?:lol|haha|down|there|flat|on the|in ))",
    r"(?:(?:all )?lies[,. ]*){3,}",
    r"you (?:promised|said (?:it|you)) .{1,40}(?:but|still|now|its)",
    r"you keep saying",
    r"how is it that you",
    rf"how is this {SHOP} (?:even|still)",
    rf"asked for (?:a|my) refund {COUNT} (?:weeks?|months?|days) ago",
    r"cancel everything",
    r"what a nightmare",
    r"learn (?:how )?to run a business",
    r"get your act together",
    r"piece of (?:junk|crap|garbage|trash|shit)",
    rf"its been {COUNT} (?:weeks?|months?)(?= *[!.]*$| now| already)",
    r"(?:nobody|no one) (?:even |ever )?(?:picks? up|answers (?:the|my) (?:phone|calls?|emails?))",
    rf"on hold for (?:an?|{COUNT}) hours?",
    r"missed my [^,.!?]{2,24} because of (?:you|u)(?= *[!.]*$)",
    r"(?:take|took) my (?:payment|money) [^.!?]{1,24} but (?:cant|wont|dont)",
)
