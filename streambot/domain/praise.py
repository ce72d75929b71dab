"""Praise: recognised in a viewer's line, thanked once a broadcast, kept for whom it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from streambot.domain.acclaim import acclaim, praised_agent
from streambot.domain.actions import Action, MemoryKind, PraiseAgent, Remember
from streambot.domain.decision import DecisionKind, IgnoreReason
from streambot.domain.events import ViewerSpoke
from streambot.domain.evidence import Evidence
from streambot.domain.faq.cues import is_question
from streambot.domain.faq.normalise import folded
from streambot.domain.memory import RoomMemory
from streambot.domain.mood.first_letters import guarded
from streambot.domain.policy import SessionPolicy
from streambot.domain.reply import ReplyKind
from streambot.domain.verdicts import Verdicts

#: The decision's entry, so that reports can count it.
PRAISE = "praise"
#: Who or what praise is about; looks of the host are chatter, not praise.
_ABOUT = (
    r"客服|售后|老板|商家|店家|卖家|掌柜|服务|态度|小哥|快递|物流|发货|包装|质量|品质|做工|面料|材质|"
    r"味道|口感|效果|"
    r"东西|衣服|裤子|鞋子?|你们家|你家|正品|性价比|主播讲|主播人|主播推荐"
)
_VERY = r"(?:真的?|很|太|超级?|特别|非常|挺|也|都|是|真是|的|又|一直|蛮|巨)"
_GOOD = (
    r"(?:不错|好(?!意思|像|多|几|久|评返|了没|贵|慢|差|难)|赞|棒|给力|专业|耐心|热情|贴心|负责|靠谱|"
    r"良心|满意|到位|快|用心|严实|"
    r"舒服|实在|高|正宗|地道|没话说|没得说|无可挑剔|一流)"
)
_PRAISE = guarded(
    (
        rf"(?:{_ABOUT}).{{0,4}}?(?:{_VERY}{{1,3}}{_GOOD}|不错|没话说|没得说|杠杠的)|(?:给|必须|必|五星|"
        rf"满分|全|默认)好评|五星(?:推荐|好评)?$|给.{{0,4}}点赞|"
        r"(?:非常|很|特别|十分|超级|太)满意|(?:值得|强烈|闭眼|无脑)(?:推荐|购买|信赖|入)|回购(?:了|"
        r"好几|很多|第|\d|无数|多次|一直)|"
        r"(?:收到|用了|吃了|穿了|买了|喝了|到手)(?:货|以后|之后|后|很久|几次|"
        rf"好几)?了?.{{0,4}}?{_VERY}{{1,3}}"
        rf"(?:好(?:吃|用|看|穿|喝)?|喜欢|不错|满意|合适|舒服)|"
        rf"(?:谢谢|感谢|多谢|辛苦)(?:客服|小姐姐|老板|主播|店家).{{0,8}}(?:帮|耐心|解决|处理|送|热情|细心)|"
        r"物美价廉|挑不出[^，。]{0,4}毛病|(?:性价比|味道|质量|做工)(?:真的?|简直|也)?绝了|良心(?:商家|"
        r"店铺?|卖家|老板|直播间)|"
        r"(?<!别)(?<!被)吹爆(?!炸)|(?<!看着)(?<!看起来)(?<!应该)(?:太|超级?|真的?|巨)好(?:吃|喝|用|"
        r"穿)了?(?=[，,。.!！~～]|$)|"
        r"推荐(?:大家|姐妹们?|家人们?)(?:都)?(?:来)?(?:买|入手?|试试|冲)|"
        r"(?:great|excellent|awesome|amazing|perfect|lovely) (?:service|quality|shop|store|seller|product)|"
        r"(?:love|loved) (?:the|my|this) (?:dress|product|quality|shop|order|shoes|bag|it)",
    )
)
#: Most lines hold none of these.
_MAY_PRAISE = re.compile(
    "[好赞棒力专耐热贴责谱良满位快心实服高正道错挑购值荐喜谢感评说一廉绝爆A-Za-z]"
)
_TAINTED = re.compile(
    r"但|可惜|就是(?!好)|不过|如果|要是|希望|(?<!停)(?<!挑)不(?!错|愧|会再担心)|没(?!话|得说|让)|吗|差|[?？]"
)
#: Longer lines tell more than praise.
_LONGEST = 60
_THANKS = (
    "谢谢您的认可，您喜欢就好",
    "感谢您的喜欢，我们会继续努力",
    "收到您的好评啦，谢谢支持",
)


def praise_in(text: str) -> Evidence | None:
    """The words by which a line praises the shop, its goods or its people."""
    plain = folded(text)
    if len(plain) > _LONGEST or _MAY_PRAISE.search(plain) is None:
        return None
    found = _PRAISE.search(plain)
    if (
        found is None
        or _TAINTED.search(plain)
        or is_question(plain.replace("好几", ""))
    ):
        return None
    start, end = found.span()
    return Evidence(rule=PRAISE, start=start, end=end, text=text[start:end])


class Thanking:
    """Thanks a viewer once a broadcast; every praise is kept with whom it is about."""

    def __init__(
        self, policy: SessionPolicy, memory: RoomMemory, verdicts: Verdicts
    ) -> None:
        self._policy = policy
        self._memory = memory
        self._verdicts = verdicts

    def thank(
        self, line: ViewerSpoke, words: Evidence, at: datetime
    ) -> Iterator[Action]:
        """Say thank you for *line*, or only count it where that was said."""
        memory = self._memory
        ticket = memory.tickets.get(line.viewer.key)
        kept = acclaim(ticket, line, words, at)
        if kept is not None:
            yield PraiseAgent(acclaim=kept)
        broadcast = memory.broadcast or ""
        if not memory.praises(line.viewer.key, broadcast):
            yield from self._verdicts.ignore(
                (line,), IgnoreReason.COOLDOWN, at, entry=PRAISE
            )
            return
        reply = self._verdicts.reply(
            line,
            ReplyKind.THANKS,
            _THANKS[sha256(line.id.encode()).digest()[0] % len(_THANKS)],
            at,
            at + self._policy.answer_life,
            merge_key=PRAISE,
        )
        yield self._verdicts.owe(reply)
        yield Remember(
            memory=MemoryKind.PRAISED, key=line.viewer.key, at=at, value=broadcast
        )
        yield from self._verdicts.decided(
            (line,),
            DecisionKind.ANSWER,
            reply,
            at,
            entry=PRAISE,
            score=1.0,
            reason=self._about(line, words),
            evidence=(words,),
        )

    def _about(self, line: ViewerSpoke, words: Evidence) -> str:
        """Whom the praise is about: the agent who helped this viewer, else the shop."""
        agent = praised_agent(self._memory.tickets.get(line.viewer.key), words)
        return "shop" if agent is None else f"agent:{agent}"
