"""Statements: lines that tell what their viewer thinks, does or has, and want no answer.

A shop's keywords stand in them as in questions (橙子好甜, 发票开好了, 我家喝的羊奶粉), so likeness
alone takes them for one. What a merchant wrote as a phrasing in the same form is answered all
the same, and who asks for something (我要退货) tells nothing here.
"""

from __future__ import annotations

import re

from streambot.domain.faq.reports import tells_no_fault

#: Only a line with one of these can be such a statement: the others cost one look.
_MAY_TELL = re.compile(
    "[很太真超好挺蛮贼巨特非就了过我俺咱爱香爽哈懂馋流刚心见昨前定]|已经|有点|上[次回周个]|千万"
)
#: What a buyer would complain of: that is for people to see.
_BAD = "(?![慢薄硬臭差脏难假坑失烦贵吵烫紧松糙晕痒疼痛卡])"
#: How good it is: 橙子很甜, 保质期挺长的, 辣条太上头; 太 alone more often complains.
_JUDGES = re.compile(
    r"(?:很|真(?![的假皮丝伪])|超级?|挺|蛮|贼|巨|特别|非常|太(?=[好香甜辣值棒美爽赞牛绝酷帅]|上头|可爱|舒服|喜欢|划算)|"
    rf"(?<![最刚正恰只还偏那])好(?![了评处吗不么像多几久])){_BAD}"
    r"[一-龥]{1,3}?(?:了吧?|的|啊|呀|哇|哦|呢)*[\s~～!！。,，]*$|"
    r"^.{0,10}(?:好[吃喝用穿看]|真香|好香|舒服|不错|绝了|过瘾|自由了|够[用吃喝穿戴]了)(?:啊|呀|了|的|哦|吧|哈)*[\s~～!！。,，]*$|"
    r"(?<!难)(?:[香甜美帅萌]|好[吃喝用穿看]|舒服|暖和)(?:死|哭|爆|翻|疯)(?:我|人)?了|"
    r"就是(?:爽|好|棒|香|牛|快|便宜)|谁懂|爱了|流口水|馋(?:了|哭|死)|哈哈|好评|放心[买拍入冲囤]"
)
#: What is done and over: 领到券了, 地址改好了, 发票收到了谢谢.
_DONE = re.compile(
    r"(?:已经?)?(?:收到|领到[一-龥]{0,3}?|领|抢到|买到|到货|吃完|喝完|用完|填好|开好|改好|领好|冲好|退好|换好|办好|弄好|看到|"
    r"找到|搞定|[连装戴用换穿贴配]上|充满|[好完]|过)了[^一-龥]*(?:谢谢|感谢|等|哈)?[^吗么没\d]{0,4}$|"
    r"(?:发货|寄出|到货|签收)了(?:耶|咯|喽|哈哈|谢谢)|"
    r"刚刚?(?:收到|到[手家]?|到楼下|到公司|到驿站)(?:啦|哈|了)*[\s~～!！。,，]*$"
)
#: What they did once, or are off to do: 我也定做过一个, 做饭去了.
_DID_OR_GOES = re.compile(
    r"(?:我|俺|咱|也|都)[^，。]{0,6}[一-龥]过(?:[一两几好][次个回遍条套件双]|的)?(?:哈*|呵*)[\s~～!！。,，]*$|"
    r"(?<![回过进上下出到])去了(?:哈*|拜拜|再见)?[\s~～!！。,，]*(?:拜拜|再见|88)?[\s~～!！。,，]*$"
)
#: What they, or theirs, like and do: 我只爱原味, 我娃也爱吃, 我家喝的羊奶粉.
_OWN = re.compile(
    r"(?:我|俺|咱)(?:们|家|娃|妈|爸|老公|老婆|闺女|儿子|女儿|宝宝|朋友|同事)*[^要想能求换退改订买拍查催怎]{0,8}?"
    r"(?:只|就|也|都|常|老|一直|天天|每天|最)*"
    r"(?:爱|喜欢|习惯|喝的?|吃的?|穿的?|看看)(?!不|得|错|完|了[还怎])[^要想能求换退改怎什]*$"
)
#: Who takes leave asks for no hours: 明天见, 主播下次见, 那我们周六再见啦.
_TAKES_LEAVE = re.compile(
    r"^(?:主播|老板|家人们|大家|各位|[宝姐]+们)*[，, ]*(?:好[的吧]?|那|就|我们?|咱们?)*[，, ]*"
    r"(?:明[天晚早]|后天|下[次回周播场]|今?晚上?|周[一二三四五六日末]|改天|回头|[一等待]会儿?|有缘|江湖)"
    r"(?:再|直播间|不)*见[了啦咯哦吧哈呀]*[，, ]*(?:主播|老板|家人们|大家|各位|[宝姐]+们)*[\s~～!！。,，]*$"
)
_TELLS_IN_ENGLISH = re.compile(
    r"\b(?:love[sd]?|lovely|amazing|heaven(?:ly)?|gorgeous|beautiful|obsessed|perfect|awesome|fire|cute|"
    r"fav(?:e|ou?rites?)?|(?:so|really|very) (?:good|nice|soft|pretty|cool|fresh|comfy)|the best|"
    r"(?:smells?|looks?|feels?|tastes?|fits?) (?:so |really )?(?:good|great|nice)|"
    r"is true to size|already have|take my money)\b|"
    r"^(?:i |we )?(?:just )?(?:ordered|bought|got|copped|grabbed) ?"
    r"(?:mine|it|this|these|both|another|one|two|three|\d+)?"
    r"(?: (?:today|yesterday|just now|too|lol|yay|w))*[ !.]*$",
    re.IGNORECASE,
)
_WANTS_IN_ENGLISH = re.compile(
    r"\b(?:want|need|would|could|can|will|should|please|pls|how|what|when|where|which|why|who|do|does|"
    r"is there|are there|any|not|never|no|but|if|until|refund|return|broken|late|my order)\b|n'?t\b|\?",
    re.IGNORECASE,
)
#: Who wants something, can't go on, or tells of a fault, is no mere teller.
_WANTS = re.compile(
    r"要(?!命)|想|(?<!只)能(?!量)|可以|求|帮我|麻烦|请|给我|怎|什么|啥|多少|几|哪|吗|么|不[了到上动开出]|没|"
    r"[坏碎破烂错扣]|[只才就](?:收到|有|发|到|来)|降价|拒[签收]|漏发|少发|退(?!好了)|换货|投诉|[?？]"
)


def merely_tells(text: str) -> bool:
    """Whether a folded line tells something and neither asks nor wants anything."""
    if text.isascii():
        praises = _TELLS_IN_ENGLISH.search(text) is not None
        return praises and _WANTS_IN_ENGLISH.search(text) is None
    if _MAY_TELL.search(text) is None or _WANTS.search(text) is not None:
        return False
    return (
        _JUDGES.search(text) is not None
        or _DONE.search(text) is not None
        or _OWN.search(text) is not None
        or _DID_OR_GOES.search(text) is not None
        or _TAKES_LEAVE.search(text) is not None
        or tells_no_fault(text)
    )
