"""Problems: every refusal over HTTP as one sentence in Chinese and English, with a stable code."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from aiohttp import web

from streambot.errors import StreambotError


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a request can't be served; becomes ``{code, zh, en}`` with *status*."""

    status: int
    code: str
    zh: str
    en: str
    retry_after: int | None = None  # seconds


class Refused(StreambotError):
    """A request is refused; the middleware answers with its problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.zh} {problem.en}")


NOTICE_TOO_LONG = Problem(
    409,
    "notice_too_long",
    "公告最多 200 字，请写短一点。",
    "A notice has at most 200 characters: make it shorter.",
)
NO_BROADCAST = Problem(
    404, "no_broadcast", "没有这一场直播的记录。", "There is no such broadcast."
)
LOG_IN = Problem(401, "log_in", "请先登录。", "Log in first.")
WRONG_PASSWORD = Problem(
    401,
    "wrong_password",
    "用户名或密码不对，请检查后再试。",
    "The name or the password is wrong: check them and try again.",
)
WRONG_OLD_PASSWORD = Problem(
    409,
    "wrong_old_password",
    "现在的密码不对，请检查后再试。",
    "The present password is wrong: check it and try again.",
)
INVITATION_USED = Problem(
    409,
    "invitation_used",
    "这个邀请链接已用过或已过期，请管理员再发一个。",
    "This invitation was used or has expired: ask an admin for a new one.",
)
ACCOUNT_OFF = Problem(
    409,
    "account_off",
    "这个账号已停用，请先启用再发链接。",
    "This account is switched off: switch it on before you send a link.",
)
WRONG_ORIGIN = Problem(
    403,
    "wrong_origin",
    "请求来自别的网站，已拒绝；请直接打开控制台的地址。",
    "This request came from another site: open the console's own address.",
)
WRONG_CSRF = Problem(
    403,
    "wrong_csrf",
    "页面已过期，请刷新后再试。",
    "This page is out of date: reload it and try again.",
)
NO_FEED_TICKET = Problem(
    403,
    "no_feed_ticket",
    "缺少连接凭证，请先请求 POST /api/feed-ticket。",
    "The socket needs a feed ticket: ask POST /api/feed-ticket for one.",
)
USED_FEED_TICKET = Problem(
    403,
    "used_feed_ticket",
    "连接凭证已用过或已过期，请再取一张。",
    "This feed ticket was used, is late or another login's: ask for a new one.",
)
FORBIDDEN = Problem(
    403,
    "forbidden",
    "您的账号没有这个权限，需要时请找主管。",
    "Your account may not do this: ask a supervisor.",
)
TOO_LARGE = Problem(
    413, "too_large", "内容太大，请缩短后再试。", "That is too large: shorten it."
)
NO_PANIC = Problem(
    409,
    "no_panic",
    "现在没有全场切换需要恢复。",
    "No switch of all rooms stands that could be taken back.",
)
NO_PAGE = Problem(
    404, "not_found", "没有这个页面或内容。", "There is no such page or thing."
)
WRONG_METHOD = Problem(
    405,
    "wrong_method",
    "这个地址不支持这种请求。",
    "This address takes another method.",
)
NO_ROOM = Problem(
    404,
    "no_such_room",
    "没有这个直播间，请刷新页面。",
    "There is no such room: reload the page.",
)
NO_PRODUCT = Problem(
    404,
    "no_such_product",
    "店里没有这件商品，请刷新页面后再选。",
    "The shop has no such product: reload the page and choose again.",
)
LINE_GONE = Problem(
    409,
    "line_gone",
    "这条提词已处理过或已过期。",
    "This line was dealt with or has expired.",
)
LINE_TAKEN = Problem(
    409,
    "line_taken",
    "这条提词已经被取走过，不会再发第二次；结果请到控制台确认。",
    "This line was taken before and is not handed out twice: settle it in the console.",
)
NOT_YOURS = Problem(
    409,
    "not_taken",
    "这条提词不是你取走的，请先取走再回报。",
    "You did not take this line: take it before you say what became of it.",
)
NOT_HERE = Problem(
    403,
    "not_here",
    "这个接口只给本机的程序用。",
    "This hook is for programs on this machine alone.",
)
QUESTION_GONE = Problem(
    409,
    "question_gone",
    "这个问题已经不在看板上了。",
    "This question isn't on the board any more.",
)
NO_TOKEN = Problem(
    401,
    "no_token",
    "链接缺少口令、已停用，或不是这个直播间的；请主管重新建一个。",
    "This link has no token, was revoked or is another room's: ask a supervisor for a new one.",
)
NO_LINK = Problem(
    404,
    "no_such_link",
    "没有这个链接，或已停用；配置文件里的口令请在配置里改。",
    "There is no such link, or it was revoked; a token of the configuration is changed there.",
)
TOO_MANY_LINKS = Problem(
    409,
    "too_many_links",
    "这个直播间的链接太多，请先停用不用的。",
    "This room has too many links: revoke those nobody uses.",
)
BROKEN = Problem(
    500,
    "broken",
    "服务器出错了，已写入日志；请稍后再试。",
    "Something broke here and is in the log: try again in a moment.",
)
STORE_DOWN = Problem(
    503,
    "store_down",
    "数据暂时无法读写，请检查磁盘空间后再试。",
    "The data can't be read or written right now: check the disk's free space.",
)


def too_often(seconds: int) -> Problem:
    """Too many wrong logins."""
    return Problem(
        429,
        "too_often",
        f"登录失败次数太多，请 {seconds} 秒后再试。",
        f"Too many wrong logins: try again in {seconds} s.",
        retry_after=seconds,
    )


def bad_body(zh: str, en: str = "") -> Problem:
    """The body is not what the address takes; *zh* and *en* say why, or *zh* names a key."""
    return Problem(
        400,
        "bad_body",
        f"请求内容的格式不对：{zh}。",
        f"The body is not what this address takes: {en or zh}.",
    )


def as_json(problem: Problem) -> web.Response:
    """The response a problem becomes."""
    headers = {}
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    body = msgspec.json.encode(
        {"code": problem.code, "zh": problem.zh, "en": problem.en}
    )
    return web.Response(
        status=problem.status,
        body=body,
        content_type="application/json",
        headers=headers,
    )
