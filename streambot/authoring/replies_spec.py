"""The table of a reply file's keys: what a merchant may write of a canned reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from streambot.authoring.group_kinds import Groups
from streambot.authoring.kinds import Number, Text, Texts
from streambot.authoring.reader import Field, Reader, Spec, items
from streambot.authoring.tree import Value
from streambot.domain.agent import Role
from streambot.domain.ticket import Reason

MAX_REPLIES = 5_000
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SomeOf:
    """One of the given words, or several."""

    each: Text

    def read(self, value: Value, reader: Reader, key: str) -> tuple[str, ...]:
        """The words, each once."""
        return tuple(
            dict.fromkeys(self.each.read(item, reader, key) for item in items(value))
        )

    def schema(self) -> dict[str, Any]:
        """One word or an array."""
        each = self.each.schema()
        return {"anyOf": [each, {"type": "array", "items": each}]}


REPLY: Spec = (
    Field(
        name="id",
        also=("编号",),
        kind=Text(most=64),
        zh="这条的编号，不能重复；不写就用标题",
        en="Unique name; the title when left out",
    ),
    Field(
        name="title",
        also=("标题",),
        kind=Text(most=60),
        required=True,
        sample="发货时间",
        zh="标题，客服按它找，打拼音首字母也行",
        en="What agents find it by, also by its initials in pinyin",
    ),
    Field(
        name="text",
        also=("texts", "内容", "回复"),
        kind=Texts(each=Text(most=_LONGEST), most=20),
        required=True,
        sample="付款后48小时内发出",
        zh="要发的话，可以有 {称呼} 这样的空；写几句就轮换着用",
        en="What is said, with blanks such as {name}; several rotate",
    ),
    Field(
        name="shortcut",
        also=("快捷码", "简码"),
        kind=Text(most=20),
        default="",
        zh="快捷码，打 / 再打它就是这条",
        en="Typed behind the slash it means this reply",
    ),
    Field(
        name="tags",
        also=("标签",),
        kind=Texts(each=Text(most=30), most=20),
        default=(),
        zh="标签，也能按它找",
        en="Words it is found by as well",
    ),
    Field(
        name="visibility",
        also=("发到哪里",),
        kind=Text(
            words=("public", "private"),
            also={"公开": "public", "私信": "private"},
        ),
        default="public",
        zh="公开还是私信；私信的话不会填进公开回复",
        en="Whether the room may read it; a private one is never put in a public answer",
    ),
    Field(
        name="rooms",
        also=("直播间",),
        kind=Texts(each=Text(most=64)),
        default=(),
        zh="只在这些直播间用；不写是都能用",
        en="Only in these rooms",
    ),
    Field(
        name="products",
        also=("商品",),
        kind=Texts(each=Text(most=64)),
        default=(),
        zh="只在说到或正在讲这些商品（编号或链接号）时用",
        en="Only about these products, by id or link number",
    ),
    Field(
        name="reasons",
        also=("转人工原因", "原因"),
        kind=SomeOf(each=Text(words=tuple(str(each) for each in Reason))),
        default=(),
        zh="只在因为这些原因转来的工单里用，写原因代码",
        en="Only on tickets with these reason codes",
    ),
    Field(
        name="groups",
        also=("组",),
        kind=Texts(each=Text(most=64)),
        default=(),
        zh="只在转给这些组的工单里用",
        en="Only on tickets of these groups",
    ),
    Field(
        name="roles",
        also=("角色",),
        kind=SomeOf(each=Text(words=tuple(str(each) for each in Role))),
        default=(),
        zh="只给这些角色用：agent 客服、supervisor 主管",
        en="Only for people of these roles",
    ),
)

REPLIES: Spec = (
    Field(
        name="version",
        also=("版本",),
        kind=Number(least=1, most=1),
        default=1,
        zh="格式版本，写 1",
        en="Version of this format",
    ),
    Field(
        name="replies",
        also=("快捷回复", "话术"),
        kind=Groups(spec=REPLY, most=MAX_REPLIES),
        default=[],
        zh="所有快捷回复，一条一项",
        en="The replies",
    ),
)

LIST_KEYS = frozenset(
    name
    for item in REPLIES
    if item.name == "replies"
    for name in (item.name, *item.also)
)
TEXT_KEYS = frozenset(
    name
    for item in REPLY
    if item.name in ("text", "title")
    for name in (item.name, *item.also)
)
KNOWN = frozenset(
    name for item in (*REPLIES, *REPLY) for name in (item.name, *item.also)
)
