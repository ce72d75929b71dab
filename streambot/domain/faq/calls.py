"""Calls for a person: by which words a viewer asks for a human, in Chinese and in English."""

from __future__ import annotations

import re

from streambot.domain.evidence import Evidence

# Each pattern stands behind a look for what it needs: most lines of a room call nobody.
_MAY_CALL = re.compile("[人客]|经理|店长|主管|领导|管事|自动回|喘气")
_MAY_CALL_IN_ENGLISH = re.compile(
    "person|human|people|someone|somebody|agent|rep|manager|supervisor|owner|team|support|staff|"
    "service|talk|speak",
    re.IGNORECASE,
)

#: What is made by hand or art, and is nobody: 人工费, 人工智能.
_MANUAL = (
    "(?![智费成呼授养合色香湖岛草皮钻水添甜缝制栽种采降耳流泪挑分检打雕染晒烘炒做包洗])"
)
#: Behind 真人, where somebody is meant: not 真人版, 真人上身图, 真人发.
_SOMEBODY = r"(?=$|[^\w]|[吗么嘛没呢吧啊呀在来说回聊接客沟答解帮跟]|处理|服务|对接)"
_ALIVE = rf"(?:[真活]人(?:客服|{_SOMEBODY}))"
_AGENT = rf"(?:人工{_MANUAL}|客服|真人{_SOMEBODY})"
#: Who is called by a shop's ranks, not 老板: many a host is called so, to dance.
_BOSS = "(?:店长|经理|主管|负责人|领导|(?:能?管事|做主)的人?)"
_ANY = "(?:接|到|给|成|一?下|一?[个位名]|(?:你们?|咱们?)(?:家|的)*|我|在线)*"
_CHINESE = re.compile(
    rf"(?:转|(?<![间直])接|找|叫|要|有|换|求|呼叫|安排|派|来(?=一?[个位名])){_ANY}{_AGENT}|"
    rf"(?:能|可以|想)(?:不能|不可以)?(?:用|转)?人工{_MANUAL}|"
    r"人工(?:客服|服务)|(?:人工|真人|客服)+(?:麻烦|请|快|赶紧)*(?:在吗|在不在|在线[吗么不]|呢|在哪|回一下|回复一下|出来|来一下)|"
    r"^\W*(?:人工|客服)(?:人工|客服|服务|[啊吧呢谢]|\W)*$|"
    rf"(?:跟|和|同)(?:{_ALIVE}|{_AGENT}|你们?{_ANY}{_BOSS})(?:说|聊|谈|沟通|对话|讲|通话|反映)(?![过了后完的是]|可以|不)|"
    r"(?:叫|找|换|派|来|喊|安排)一?[个位](?:真人(?=出来|跟我|和我)|(?:懂|会|能)[^，,。\s]{1,6}的人?(?=来(?!$)|出来|$|[^\w]|跟我|和我))|"
    r"(?:派|来|换|找)一?个?(?:会)?喘气的|活人(?=回|答|客服|处理|理|接待|管)|"
    r"(?:让|叫|请|喊|麻烦)(?:你们?|咱们?)?(?:家|的)*(?:客服|人工)[^，,。\s]{0,3}"
    r"(?:联系|回[我复话个一]|找|加|打给|处理|来|出来)|"
    rf"(?:找|叫|喊|让|换|要)(?:一?[个位]|一?下)?(?:你们?(?:家|的|这|店)*)?{_BOSS}"
    r"(?=$|[^\w]|来(?![发送跳唱上])|出来(?![发送跳唱上])|接|说话|回|联系|处理|跟我|和我)|"
    r"(?:叫|来|换|找|派|安排)一?个?人(?:来|出来|过来)?(?:处理|解决|回复|回我|接待|管管|管一?下|理我|对接|答复)|"
    r"(?:麻烦|安排|派|叫|让)(?:你们)?(?:安排|派|叫)?(?:一?个)?人(?:来)?(?:帮我|给我)?(?:看看|看一?下|查查|查一?下|联系)(?![^，,。\s]*[吗么])|"
    r"(?:别|不要|不想|少|甭)(?:再|老|总|一直|只)*(?:给我)?(?:拿|用|跟|和|让)(?:我们?)?(?:一?个)?"
    r"(?:机器人|自动回复)|(?:别|不要|少)(?:再|老|总|一直|只)*(?:给我)?自动回复"
)

_WHO = (
    r"(?:(?:an?|the|some|your|ur|another|any) )?"
    r"(?:(?:real|actual|live|proper|customer|support|sales|shop|store|human) )*"
    r"(?:human|person|agent|rep|representative|manager|supervisor|owner|adviser|advisor|team|"
    r"support|staff|service|care)s?(?! (?:im|is|are|was|who|i))"
)
_FROM_SHOP = (
    r"(?:some ?(?:one|body)|any ?(?:one|body)) (?:from|in|at) (?:(?:the|your|ur) )?"
    r"(?:team|support|staff|shop|store|sales|customer|company|office)"
)
_ENGLISH = re.compile(
    r"\b(?:human agent|(?<!youre a )(?<!you're a )(?<!ur a )real person|talk to (?:a )?(?:human|person)|"
    r"(?<!best )(?<!great )(?<!good )(?<!nice )(?<!amazing )customer service(?! (?:is|was|ever))|"
    r"(?:can|could|may|need|want|like|wanna|gotta|have|let me|lemme|get|possible|way)(?: (?:i|we|to))* "
    rf"(?:please |pls |actually |just )?(?:speak|talk|chat) (?:to|with) (?:{_FROM_SHOP}|{_WHO})|"
    r"who (?:do|can|could|should|would) (?:i|we) (?:speak|talk|write|complain) to(?= (?:about|for|if|when))|"
    rf"(?:get|put|transfer|connect|pass) me (?:through |on )?(?:to )?{_WHO}|"
    rf"(?:need|want|get|send) {_FROM_SHOP}|"
    rf"(?:can|could|will|would) {_FROM_SHOP}|"
    r"(?:can|could|will|would) (?:an? )?(?:real |actual |live )?(?:human|agent|person|rep) (?:please |pls )?"
    r"(?:help|answer|reply|respond|talk|speak|message|assist)|"
    r"(?:is (?:there )?|are there |any )(?:an? |any )?(?:real |actual |live )?(?:human|agent)s?"
    r" (?:here|there|available|around|online)|"
    r"(?:need|want|get me|give me) (?:an? |the |your |ur )(?:(?:real|actual|live) )?"
    r"(?:human|agent|manager|supervisor))\b",
    re.IGNORECASE,
)


def asks_for_person(text: str) -> Evidence | None:
    """The words by which the viewer who wrote folded *text* asks for a human."""
    found = None
    if _MAY_CALL.search(text) is not None:
        found = _CHINESE.search(text)
    if found is None and _MAY_CALL_IN_ENGLISH.search(text) is not None:
        found = _ENGLISH.search(text)
    if found is None:
        return None
    return Evidence(
        rule="asked_human", start=found.start(), end=found.end(), text=found[0]
    )
