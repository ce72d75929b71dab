"""Words half in letters and half in characters, as people type them past filters: bao警, 法yuan."""

from __future__ import annotations

from streambot.domain.mood.first_letters import WORD_BEGINS


def _half_spelt(*words: str) -> tuple[str, ...]:
    """Patterns of words of two characters, each given with its sounds: ``报警 bao jing``."""
    patterns = []
    for word in words:
        chars, first, second = word.split()
        patterns.append(rf"{WORD_BEGINS}{first} ?{chars[1]}")
        patterns.append(rf"{chars[0]} ?{second}(?![a-z])")
    return tuple(patterns)


LAW = (
    *_half_spelt(
        "报警 bao jing",
        "警察 jing cha",
        "公安 gong an",
        "法院 fa yuan",
        "举报 ju bao",
        "起诉 qi su",
        "曝光 bao guang",
        "消协 xiao xie",
        "打假 da jia",
        "坐牢 zuo lao",
    ),
    rf"{WORD_BEGINS}lv ?师(?!傅)|律 ?shi(?![a-z])",
)

FRAUD = (
    *_half_spelt(
        "骗子 pian zi",
        "骗人 pian ren",
        "骗钱 pian qian",
        "诈骗 zha pian",
        "假货 jia huo",
        "黑心 hei xin",
        "奸商 jian shang",
    ),
    rf"{WORD_BEGINS}j ?货(?!架|柜)",
)

ABUSE = (
    *_half_spelt("傻逼 sha bi", "贱人 jian ren", "滚蛋 gun dan", "去死 qu si"),
    r"(?<!我)(?<!我的)(?<!我这)脑子(?:有|进|长)(?:了|点)?(?:坑|🕳|💧|水|屎|泡|毛病|💩)",
)

DEMAND = _half_spelt("投诉 tou su", "退钱 tui qian", "退款 tui kuan", "赔钱 pei qian")

OUTRAGE = (
    *_half_spelt("垃圾 la ji", "差评 cha ping"),
    rf"{WORD_BEGINS}l ?j ?(?:玩意|物流|快递|服务|售后|卖家|店|客服|商家|产品|东西|平台|质量|主播|直播间)",
    # the bird says 鸡, of goods that are none
    r"[辣垃拉](?:🐔|🐥|🐤|🐓)(?:玩意|物流|快递|服务|售后|卖家|店|客服|商家|产品|东西|平台|质量|主播|直播间)",
    r"垃(?:🐔|🐥|🐤|🐓)|(?:玩意儿?|死|你们?|真是?)[,， ]?辣(?:鸡|🐔)(?=[,，。!！]|$)",
)
