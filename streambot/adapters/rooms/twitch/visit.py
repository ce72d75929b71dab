"""Visit: what a check-up says of a token, its permissions one by one."""

from __future__ import annotations

from typing import Final

from streambot.adapters.rooms.twitch.frames import Validity
from streambot.adapters.rooms.twitch.tokens import Tokens
from streambot.adapters.rooms.twitch.topics import FOLLOWERS, READ, WRITE
from streambot.ports.connector import Check

#: Permissions, whether nothing works without, and what they are for.
_SCOPES: Final = (
    (READ, True, "读弹幕", "to read the chat"),
    (WRITE, False, "发言，没有它只能用提词器", "to write; without it lines go to the prompter"),
    (FOLLOWERS, False, "看到关注，还要机器人是管理员", "to see follows, as a moderator"),
)  # fmt: skip


def checks(validity: Validity, tokens: Tokens) -> tuple[Check, ...]:
    """One line each; the client id fits, else there would be none."""
    found = [
        Check(
            name="token",
            good=True,
            zh=f"令牌是账号 {validity.login} 的，client_id 对得上。",
            en=f"The token is {validity.login}'s and belongs to client_id.",
        ),
        _renewal(validity, tokens),
    ]
    granted = set(validity.scopes or [])
    for scope, needed, zh, en in _SCOPES:
        good = scope in granted
        found.append(
            Check(
                name="scope",
                good=good,
                needed=needed,
                zh=f"权限 {scope}（{zh}）：{'有' if good else '没有，请重新授权时勾上'}。",
                en=f"{scope} ({en}): {'granted' if good else 'missing, authorise again with it'}.",
            )
        )
    return tuple(found)


def _renewal(validity: Validity, tokens: Tokens) -> Check:
    if tokens.refresh:
        return Check(
            name="renewal",
            good=True,
            zh="令牌到期会自动换新。",
            en="The token is renewed by itself.",
        )
    hours = validity.expires_in // 3600
    return Check(
        name="renewal",
        good=False,
        needed=False,
        zh=f"没有 refresh_token：令牌再过 {hours} 小时失效，请按 docs/connectors.md 用 token_file。",
        en=f"No refresh_token: the token ends in {hours} h; use token_file as in docs/connectors.md.",
    )
