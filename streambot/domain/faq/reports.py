"""Reports: lines that tell how something went or is to be, in the words of an entry, and ask nothing.

上次买的四件套起球了 is no 四件套起球吗: the answer that it doesn't would be an insult. Unlike what
``statements`` knows, a report may be somebody's matter; only no book's.
"""

from __future__ import annotations

import re

#: What buyers fear of goods, as they tell that it happened, or didn't.
_FAULT = (
    "掉[色毛漆皮渣]|褪色|起[球毛皱皮泡]|缩水|变[形色硬黑黄小味]|漏[水墨油气电奶]?|塌|裂|断|生锈|发[霉黄黑]|过敏|拉稀|拉肚子|软便|"
    "湿透|粘锅|糊|起静电|开[胶线]|脱线|化[了掉]|馊"
)
#: What was feared, and stayed away: 洗了两次没掉色.
_SPARED = rf"[没不](?:怎么|有|会|再)?(?:{_FAULT})"
#: It isn't what was shown: 跟图片不一样, 和描述的不符.
_OTHERWISE = (
    "[跟和与](?:图片?|照片|描述|宣传|详情页?|页面|直播间?|主播(?:[穿说拿]|展示)?的|你?们?说的|介绍)[上里片的]*"
    "[^，。,?？有]{0,3}(?:不一样|不符|不是一个|两样|差(?:太|很|好)[多远大])"
)
_WHEN = "昨[天晚]|前[天几]|上(?:[次回周]|个月)|去年|之前|以前"
_HAD = "[收买拍吃喝穿囤入领抢]"
_REPORTS = re.compile(
    # 昨天收到的螃蟹都是活的
    rf"(?:{_WHEN})[^，。,]{{0,5}}{_HAD}|(?:昨[天晚]|上[次回])[^，。,没不]{{1,8}}了(?![，。, ]*[怎什])|"
    rf"{_OTHERWISE}|"
    # 起球了, 掉色好严重; 洗了三次没掉色
    rf"(?:{_FAULT})(?:了|得|严重|厉害|好多|[弄搞成]|我)|有点(?:{_FAULT})|"
    rf"了[^，。,]{{1,7}}(?<![会能有好可]){_SPARED}|"
    # 结团是真的快, 灰有点大, 蒸15分钟刚刚好
    r"[一-龥]{2}(?<![我你])是真的?(?![的假吗皮丝])[一-龥]|[一-龥]{2}(?<![我就是])有点[一-龥]{1,3}[的了啊呀]?[\s~～!！。]*$|(?:刚刚|正)好[的了啊]?[\s~～!！。]*$|"
    # 两天就没味了, 被猫抓烂了
    r"[\d一二两三四五几半](?:天|次|分钟|小时|周|个月|晚上?|下子?)就[^坏破断碎要]{1,4}了[\s~～!！。]*$|"
    r"[今明后当隔]天就[到收][^，。,]{0,3}了[\s~～!！。]*$|"
    r"被(?:我|猫|狗|娃|孩子|宝宝|老公|老婆|儿子|女儿|闺女|朋友|同事)[^，。,]{1,6}了[\s~～!！。]*$|"
    # 一定要买纯棉的; 都用上钢笔了
    r"一定要(?![发寄等给退换赔回加带])|比我[还都]|千万别|(?<![价降涨完光没])都[^，。,没不]{1,9}[^，。,完光没不价涨降断贵]了[\s~～!！。]*$"
)
#: Who wants something done about it tells no mere story.
_WANTS = re.compile(
    "怎|能|可以|[想求帮改换退催查补]|给我(?![^，。,]{1,3}了)|麻烦|[要得](?=[?？]|$)|忘|[没不][到了上开出发给寄]|降价|涨价|[?？]"
)
_TOLD_FAULT = re.compile(f"{_FAULT}|{_OTHERWISE}|[坏碎破烂臭脏疼痛差慢]")


def tells_no_fault(text: str) -> bool:
    """Whether folded *text* reports something that nobody has to see to."""
    return reports(text) and _TOLD_FAULT.search(text) is None


def tells_fault(text: str) -> bool:
    """Whether folded *text*, a report, tells of a fault that showed."""
    return _TOLD_FAULT.search(re.sub(_SPARED, "", text)) is not None


def reports(text: str) -> bool:
    """Whether folded *text*, which asks nothing, tells how something went or has to be."""
    return _REPORTS.search(text) is not None and _WANTS.search(text) is None
