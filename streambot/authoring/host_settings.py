"""The keys of a room that give tokens for its host's board and its hook."""

from __future__ import annotations

from streambot.authoring.reader import Spec
from streambot.authoring.secret_place import variable

HOST: Spec = (
    variable(
        "board_token_env",
        "STREAMBOT_BOARD_TOKEN",
        "存放主播看板口令的环境变量名；不写就在“看板链接”里建",
        "Environment variable with a token for the host's board; else make links on /links",
    ),
    variable(
        "hook_token_env",
        "STREAMBOT_HOOK_TOKEN",
        "存放本机接口口令的环境变量名；不写就在“看板链接”里建",
        "Environment variable with a token for the local hook; else make links on /links",
    ),
)
