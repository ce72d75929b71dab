"""The table of a FAQ file's keys: names in English and Chinese, kinds, meanings."""

from __future__ import annotations

from datetime import timedelta

from streambot.authoring.free_keys import Words
from streambot.authoring.group_kinds import Group, Groups
from streambot.authoring.kinds import Flag, Moment, Number, Span, Text, Texts
from streambot.authoring.pack_spec import PACK
from streambot.authoring.reader import Field, Spec
from streambot.domain.ticket import Reason

MAX_ENTRIES = 50_000

VALID: Spec = (
    Field(
        name="from",
        also=("从", "开始"),
        kind=Moment(),
        zh="从什么时候开始有效",
        en="First moment in force",
    ),
    Field(
        name="until",
        also=("到", "结束"),
        kind=Moment(closing=True),
        zh="到什么时候为止（含当天）",
        en="Last moment in force",
    ),
)

TESTS: Spec = (
    Field(
        name="match",
        also=("应命中",),
        kind=Texts(),
        default=(),
        zh="这些问法应该得到这条回答",
        en="Lines this entry must answer",
    ),
    Field(
        name="not",
        also=("不应命中",),
        kind=Texts(),
        default=(),
        zh="这些问法不该得到这条回答",
        en="Lines this entry must not answer",
    ),
)

ENTRY: Spec = (
    Field(
        name="id",
        also=("编号",),
        kind=Text(most=64),
        zh="这条的编号，不能重复；不写就用第一个问法",
        en="Unique name; the first question when left out",
    ),
    Field(
        name="questions",
        also=("问法", "问题"),
        kind=Texts(each=Text(most=200)),
        required=True,
        unless="intent",
        sample="[什么时候发货, 几号发货]",
        zh="顾客会怎么问，多写几种",
        en="How viewers ask, several phrasings",
    ),
    Field(
        name="intent",
        also=("意图",),
        kind=Text(most=64),
        zh="这条答的是哪个常见问题，写了就自带现成的问法",
        en="The common question it answers; brings its phrasings",
    ),
    Field(
        name="answer",
        also=("回答", "答案"),
        kind=Texts(each=Text(most=500), most=50),
        required=True,
        sample="在这里写回答",
        zh="回答；写几句就轮换着用",
        en="The answer, or several that rotate",
    ),
    Field(
        name="keywords",
        also=("关键词",),
        kind=Texts(each=Text(most=50)),
        default=(),
        zh="出现这些词更可能是在问这条",
        en="Words that speak for this entry",
    ),
    Field(
        name="must",
        also=("必须有",),
        kind=Texts(each=Text(most=50)),
        default=(),
        zh="弹幕里必须全都有这些词",
        en="Words that must all be there",
    ),
    Field(
        name="any",
        also=("任一有", "至少有"),
        kind=Texts(each=Text(most=50)),
        default=(),
        zh="弹幕里至少要有其中一个词",
        en="Words of which one must be there",
    ),
    Field(
        name="none",
        also=("不能有",),
        kind=Texts(each=Text(most=50)),
        default=(),
        zh="弹幕里有这些词就不是这条",
        en="Words that rule this entry out",
    ),
    Field(
        name="not_questions",
        also=("不是问",),
        kind=Texts(each=Text(most=200)),
        default=(),
        zh="看着像、其实不是在问这条的话",
        en="Phrasings that must not match",
    ),
    Field(
        name="products",
        also=("商品",),
        kind=Texts(each=Text(most=64)),
        default=(),
        zh="只适用于这些商品（编号或链接号）；不写是全店",
        en="Only these products, by id or link number",
    ),
    Field(
        name="valid",
        also=("有效期",),
        kind=Group(spec=VALID),
        zh="有效期，过期自动停用",
        en="When it is in force; expires by itself",
    ),
    Field(
        name="priority",
        also=("优先级",),
        kind=Number(least=-100, most=100, sample="0"),
        default=0,
        zh="一样像时，数字大的先用",
        en="The higher wins a tie",
    ),
    Field(
        name="cooldown_seconds",
        also=("冷却秒数",),
        kind=Span(unit="seconds", least=0, most=3600),
        default=timedelta(seconds=20),
        zh="答过之后多少秒内不重复答",
        en="Not answered again within",
    ),
    Field(
        name="visibility",
        also=("发到哪里",),
        kind=Text(
            words=("public", "private", "prompter"),
            also={
                "公开": "public",
                "私信": "private",
                "提词": "prompter",
                "只给主播提词": "prompter",
            },
        ),
        default="public",
        zh="公开、私信或只给主播提词",
        en="public, private or prompter",
    ),
    Field(
        name="handoff",
        also=("转人工",),
        kind=Text(
            words=("never", "after_answer", "at_once"),
            also={"不转": "never", "答后转": "after_answer", "直接转": "at_once"},
        ),
        default="never",
        zh="要不要转人工：不转、答后转、直接转",
        en="Whether a person is asked as well",
    ),
    Field(
        name="handoff_reason",
        also=("转人工原因",),
        kind=Text(words=tuple(str(reason) for reason in Reason)),
        zh="转人工的原因代码",
        en="Reason code of that handoff",
    ),
    Field(
        name="greeting",
        also=("可带欢迎",),
        kind=Flag(),
        default=True,
        zh="回答前能不能顺带欢迎新观众",
        en="Whether the answer may carry a welcome",
    ),
    Field(
        name="language",
        also=("语言",),
        kind=Text(
            words=("zh", "en"),
            also={"中文": "zh", "英文": "en", "汉语": "zh", "英语": "en"},
        ),
        default="zh",
        zh="这条的语言",
        en="Language of the entry",
    ),
    Field(
        name="threshold",
        also=("门槛",),
        kind=Number(least=0, most=1, fraction=True, sample="0.7"),
        zh="这条单独的匹配门槛，0 到 1",
        en="Score this entry needs",
    ),
    Field(
        name="follow_up",
        also=("追问",),
        kind=Words(),
        default={},
        zh="答完后顾客短短追问一句时的意思，写成 短句: 完整问法",
        en="What a short line after it means",
    ),
    Field(
        name="tests",
        also=("测试",),
        kind=Group(spec=TESTS),
        zh="用来检查这条的例句",
        en="Lines to check this entry with",
    ),
)

MOODS: Spec = (
    Field(
        name="angry_words",
        also=("生气的词",),
        kind=Texts(each=Text(most=50)),
        default=(),
        zh="店里顾客生气时常说的词",
        en="Words that mean anger here",
    ),
    Field(
        name="benign_words",
        also=("不算生气的词",),
        kind=Texts(each=Text(most=50)),
        default=(),
        zh="看着像骂人、其实不是的词",
        en="Words that only look angry",
    ),
)

FILE: Spec = (
    Field(
        name="version",
        also=("版本",),
        kind=Number(least=1, most=1),
        default=1,
        zh="格式版本，写 1",
        en="Version of this format",
    ),
    Field(
        name="faqs",
        also=("问答", "常见问题"),
        kind=Groups(spec=ENTRY, most=MAX_ENTRIES),
        default=[],
        zh="所有问答，一条一项",
        en="The entries",
    ),
    *PACK,
    Field(
        name="moods",
        also=("情绪",),
        kind=Group(spec=MOODS),
        zh="情绪用词",
        en="Words of moods",
    ),
)

TOP_KEYS = frozenset(name for item in FILE for name in (item.name, *item.also))
ENTRY_KEYS = frozenset(name for item in ENTRY for name in (item.name, *item.also))
TEXT_KEYS = frozenset(
    name
    for item in ENTRY
    if item.name in ("answer", "questions", "not_questions")
    for name in (item.name, *item.also)
)
LIST_KEYS = frozenset(
    name for item in FILE if item.name == "faqs" for name in (item.name, *item.also)
)
KNOWN = TOP_KEYS | ENTRY_KEYS | {"from", "until", "match", "not", "从", "到"}
