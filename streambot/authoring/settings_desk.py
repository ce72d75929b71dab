"""The desk's settings: its clocks, who is at it and how tickets come to them."""

from __future__ import annotations

from streambot.authoring.desk_lines import Line
from streambot.authoring.fields import files, group, minutes, seconds
from streambot.authoring.hours import Hours
from streambot.authoring.kinds import Number, Text
from streambot.authoring.profile_file import ProfileKind
from streambot.authoring.reader import Field, Spec
from streambot.authoring.staffing import Members, Shifts, Tongues
from streambot.domain.desk_words import LINES
from streambot.domain.ticket import Reason

SATISFACTION: Spec = (
    Field(
        name="ask",
        kind=Text(words=("auto", "private", "off")),
        default="auto",
        zh="客服解决后请观众打 1-5 分：auto 能私信就私信，否则公屏说一句；private 只用私信；off 不问",
        en="Ask for 1-5 after a resolution: in private, else in public; only in private; never",
    ),
)

#: Lines by their use, and holding lines by the reason for which people are called.
_USES = {
    "holding": ("请稍等", "Please wait"),
    "grave": ("生气或投诉时的道歉和承诺", "The apology and promise to somebody angry"),
    "low_rating": ("打了低分时", "Behind a low score"),
    "late": ("超时还没回复时", "Once a promise is late"),
    "unattended": ("没有客服在线时", "While nobody is at the desk"),
    "ended": ("下播时，私信说", "As the broadcast ends, in private"),
    "ended_public": ("下播时，公屏说", "As the broadcast ends, in public"),
}
_SAID: Spec = tuple(
    Field(name=name, kind=Line(), zh=zh, en=en)
    for name, (zh, en) in (
        *((name, _USES[name]) for name in LINES),
        *(
            (each.value, (f"因 {each.value} 转人工时", f"Handed off: {each.value}"))
            for each in Reason
        ),
    )
)

DESK: Spec = (
    group("satisfaction", SATISFACTION, "服务打分", "Ratings of the service"),
    Field(
        name="profile",
        kind=ProfileKind(),
        zh="平台服务考核，给下面几个时限定默认值：douyin_2026、jd_2026、kuaishou_2026、pdd_2026、taobao_2026，或自己的文件；自己写了的时限优先",
        en="A platform's service rules, which set defaults of the clocks below that you don't set yourself",
    ),
    seconds("claim_seconds", 20, "工单多久内应有人接", "Until a card is claimed"),
    seconds("first_seconds", 180, "多久内应有第一句人工回复", "Until the first reply"),
    seconds("turn_seconds", 180, "顾客每说一句，多久内应回", "Until each next reply"),
    seconds(
        "follow_up_seconds",
        180,
        "客服说了“稍等”，多久内应再回",
        'Until the answer behind an agent\'s "one moment"',
    ),
    minutes("complaint_minutes", 120, "一般投诉多久内答复", "For ordinary complaints"),
    minutes("major_complaint_minutes", 30, "重大投诉多久内答复", "For major ones"),
    minutes(
        "escalate_minutes", 30, "多久没解决就转给主管", "Until a supervisor is told"
    ),
    minutes(
        "resolve_minutes",
        1440,
        "整件事多久内解决；暂停时不计",
        "Until a matter is solved",
    ),
    minutes(
        "reopen_minutes",
        10,
        "解决后多久内顾客再来，工单就重新打开；过后关闭",
        "How long a viewer who comes back finds a solved ticket open again",
    ),
    seconds("offer_seconds", 15, "派给客服后多久内要接", "An offer is held this long"),
    Field(
        name="capacity",
        kind=Number(least=1, most=100),
        default=5,
        zh="一位客服同时最多接几件事；等观众回复的按 0.2 件算",
        en="Matters an agent carries at once; one that waits for its viewer counts 0.2",
    ),
    seconds(
        "undo_seconds",
        3,
        "客服发送后多久内可撤回；这段时间里不会发出去",
        "An answer is held this long, to be taken back",
        0,
    ),
    seconds(
        "grace_seconds",
        30,
        "客服掉线后，等着回复的工单还为他留多久",
        "How long a lost agent keeps a ticket that waits for a reply",
    ),
    seconds(
        "grace_waiting_seconds",
        120,
        "客服掉线后，等顾客说话的工单还为他留多久",
        "How long a lost agent keeps a ticket that waits for its viewer",
    ),
    Field(
        name="hours",
        kind=Hours(),
        zh="人工客服的上班时间，如 09:00-23:00；可按星期写，可过夜；没写 shifts 的客服都按它",
        en="When people are at the desk, such as 09:00-23:00; the shift of who has none in shifts",
    ),
    Field(
        name="routing",
        kind=Text(words=("pull", "push", "both")),
        default="pull",
        zh="工单怎么到人：pull 自己接；push 派给一位，只有这位能接；both 派给一位，别人也能接",
        en="How tickets come to people: claimed; offered to one alone; offered, and anybody may claim",
    ),
    Field(
        name="ready_ramp",
        kind=Number(least=1, most=20),
        default=2,
        zh="一位客服同时最多收到几个还没答复的派单",
        en="Offers an agent has to decide on at a time",
    ),
    Field(
        name="misses",
        kind=Number(least=1, most=20),
        default=3,
        zh="连续几次没接派单就自动小休",
        en="Offers let pass in a row until a break is taken",
    ),
    Field(
        name="groups",
        kind=Members(),
        default={},
        zh="客服分组：组名: [客服, 客服]；转到组里的工单只给组员。不写 legal（法务组）时人人都接",
        en="Groups of agents, whose tickets only they are given; without legal anybody takes those",
    ),
    Field(
        name="shifts",
        kind=Shifts(),
        default={},
        zh="客服或组自己的班次，写法同 hours；不在班的不派单",
        en="Hours of an agent or a group, as in hours; who is off shift is offered nothing",
    ),
    Field(
        name="languages",
        kind=Tongues(),
        default={},
        zh="客服会的语言：客服: [zh, en]；没写的什么语言都派",
        en="Languages an agent answers in; who isn't named is given any",
    ),
    group(
        "words",
        (
            group("zh", _SAID, "中文的话", "What is said in Chinese"),
            group("en", _SAID, "对写英文的观众说的话", "To viewers who write English"),
        ),
        "等人工时对观众说的话，不写就用自带的；{no} 是编号，{promise} 是承诺的时间",
        "What viewers are told while they wait, in your words; {no} is the number",
    ),
    files(
        "canned",
        "客服的快捷回复文件或文件夹",
        "Files or folders of canned replies; see docs/replies-yaml.md",
    ),
)
