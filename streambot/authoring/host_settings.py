"""The keys of a room that give tokens for its host's board and its hook."""

from __future__ import annotations

from streambot.authoring.kinds import Text
from streambot.authoring.reader import Field, Spec

HOST: Spec = (
    Field(
        name="board_token_env",
        kind=Text(most=128),
        zh="存放主播看板口令的环境变量名；不写就在“看板链接”里建",
        en="Environment variable with a token for the host's board; else make links on /links",
    ),
    Field(
        name="hook_token_env",
        kind=Text(most=128),
        zh="存放本机接口口令的环境变量名；不写就在“看板链接”里建",
        en="Environment variable with a token for the local hook; else make links on /links",
    ),
)
