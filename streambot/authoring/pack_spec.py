"""The keys that say what live shops have in common; the shipped pack and any book may hold them."""

from __future__ import annotations

from streambot.authoring.free_keys import Words
from streambot.authoring.group_kinds import Groups, Sets
from streambot.authoring.kinds import Text, Texts
from streambot.authoring.reader import Field, Spec

MAX_INTENTS = 2_000

INTENT: Spec = (
    Field(
        name="id",
        also=("编号",),
        kind=Text(most=64),
        required=True,
        sample="ship_when",
        zh="编号，问答里写 intent 时用它",
        en="The name entries bind it by",
    ),
    Field(
        name="title",
        also=("标题",),
        kind=Text(most=50),
        zh="这个问题一句话是什么",
        en="The question in a few words",
    ),
    Field(
        name="kind",
        also=("类型",),
        kind=Text(words=("shop", "chat"), also={"店铺": "shop", "闲聊": "chat"}),
        default="shop",
        zh="店铺：没有答案就转人工；闲聊：不用管",
        en="shop: a person's matter without an answer; chat: nobody's",
    ),
    Field(
        name="questions",
        also=("问法", "问题"),
        kind=Texts(each=Text(most=200)),
        required=True,
        sample="[什么时候发货, 几号发货]",
        zh="大家会怎么问，多写几种",
        en="How viewers ask, several phrasings",
    ),
)

PACK: Spec = (
    Field(
        name="synonyms",
        also=("同义词",),
        kind=Words(lists=True),
        default={},
        zh="同义词：一个词: 其他说法",
        en="A word and others for the same",
    ),
    Field(
        name="exclusive",
        also=("互斥词",),
        kind=Sets(),
        default=(),
        zh="互相排斥的词，问这个就不是问那个",
        en="Sets of words that rule each other out",
    ),
    Field(
        name="slang",
        also=("行话",),
        kind=Words(),
        default={},
        zh="行话：直播间的说法: 平常的说法",
        en="A word of live rooms and what it stands for",
    ),
    Field(
        name="intents",
        also=("意图表",),
        kind=Groups(spec=INTENT, most=MAX_INTENTS),
        default=[],
        zh="常见问题，给问答里的 intent 用；没写答案的转人工",
        en="Common questions for entries to bind; without an answer they go to a person",
    ),
    Field(
        name="foreign",
        also=("不卖的",),
        kind=Texts(each=Text(most=50), most=MAX_INTENTS),
        default=(),
        zh="店里不卖的东西，问这些就不是问本店",
        en="Goods the shop does not sell",
    ),
    Field(
        name="shop_words",
        also=("店铺词",),
        kind=Texts(each=Text(least=2, most=50), most=MAX_INTENTS),
        default=(),
        zh="问句里有这些词就是问本店，没有答案就转人工",
        en="A question with one is the shop's; without an answer it goes to a person",
    ),
)
