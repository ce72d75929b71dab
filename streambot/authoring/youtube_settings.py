"""The keys of a room on YouTube, and what they must be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from streambot.authoring.file_kinds import File
from streambot.authoring.kinds import Number, Text
from streambot.authoring.reader import Field, Spec
from streambot.authoring.secret_place import variable
from streambot.authoring.this_machine import keeps_secrets

if TYPE_CHECKING:
    from streambot.authoring.settings_tree import SettingsTree

#: Where the official interface is; another address is a relay's or a test's.
BASE = "https://youtube.googleapis.com"
_VIDEO = re.compile(
    r"(?:https?://)?(?:(?:www|m|studio)\.)?(?:youtube\.com/|youtu\.be/)"
    r"(?:watch\?(?:[^#]*&)?v=|live/|video/|embed/)?([\w-]{11})(?:[/?&#].*)?"
)
_BARE = re.compile(r"[\w-]{11}")

YOUTUBE: Spec = (
    Field(
        name="google_client_id",
        kind=Text(most=200),
        default="",
        zh="youtube：OAuth 客户端 ID，以 .apps.googleusercontent.com 结尾",
        en="youtube: the OAuth client's id, ending in .apps.googleusercontent.com",
    ),
    variable(
        "google_client_secret_env",
        "GOOGLE_CLIENT_SECRET",
        "youtube：存放 OAuth 客户端密钥的环境变量名",
        "youtube: environment variable that holds the OAuth client's secret",
        default="GOOGLE_CLIENT_SECRET",
    ),
    Field(
        name="google_client_secret_file",
        kind=File(),
        zh="youtube：存放 OAuth 客户端密钥的文件，写了就不看环境变量",
        en="youtube: file that holds that secret, instead of the variable",
    ),
    Field(
        name="video",
        kind=Text(most=200),
        default="",
        zh="youtube：直播的视频 ID 或网址；不写就用授权频道正在播的那一场",
        en="youtube: the broadcast's video id or address; left out, what the channel streams now",
    ),
    Field(
        name="quota_units",
        kind=Number(least=100, most=100_000_000),
        default=10_000,
        zh="youtube：这个 Google 项目每天的配额点数",
        en="youtube: units a day of the Google project",
    ),
    Field(
        name="quota_for_replies",
        kind=Number(least=0, most=95),
        default=70,
        zh="youtube：配额里百分之几留给发言，其余用来读弹幕",
        en="youtube: per cent of the quota kept back for lines; the rest is for reading",
    ),
    Field(
        name="quota_per_line",
        kind=Number(least=1, most=1000),
        default=50,
        zh="youtube：发一条算几点；以 Google Cloud 配额页看到的为准",
        en="youtube: units that a line is booked with; go by what Google Cloud's quota page shows",
    ),
)


def check_youtube(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    """A program and a place for its refresh token are needed; a pasted address is a video too."""
    tree.need(values, "google_client_id", "123-abc.apps.googleusercontent.com")
    if tree.lacks(values, "token_file"):
        tree.need(values, "token_env", "YOUTUBE_REFRESH_TOKEN")
    _check_video(values, tree, key)
    values["url"] = values["url"] or BASE
    if not keeps_secrets(values["url"]):
        tree.reader.fail(
            tree.place(values, "url"),
            f"{key}.url",
            "youtube 一般不写 url；要写的话以 https:// 开头（本机可以用 http://）。",
            "youtube needs no url; one starts with https:// (http:// on this machine).",
            instead=BASE,
        )


def _check_video(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    video = values["video"].strip()
    found = _VIDEO.fullmatch(video)
    if found is not None and "/@" not in video:
        values["video"] = found[1]
    elif video and not _BARE.fullmatch(video):
        tree.reader.fail(
            tree.place(values, "video"),
            f"{key}.video",
            "video 是直播的视频 ID（11 个字符）或它的网址，不是频道；不写就用正在播的那一场。",
            "video is the broadcast's id (11 characters) or address, not a channel; leave it out "
            "for what is live now.",
        )
