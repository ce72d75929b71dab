"""The keys of a room that Douyin's open platform pushes to us."""

from __future__ import annotations

from streambot.authoring.file_kinds import File
from streambot.authoring.kinds import Text
from streambot.authoring.reader import Field, Spec
from streambot.authoring.secret_place import variable

DOUYIN: Spec = (
    Field(
        name="douyin_app_id",
        kind=Text(most=100),
        default="",
        zh="douyin_open：应用的 AppID，tt 开头",
        en="douyin_open: the app's id, beginning with tt",
    ),
    Field(
        name="room_id",
        kind=Text(most=100),
        default="",
        zh="douyin_open：本场直播的 roomid；不写就跟随推送过来的直播间",
        en="douyin_open: this broadcast's roomid; left out, the room that is pushed is followed",
    ),
    Field(
        name="room_id_file",
        kind=File(),
        zh="douyin_open：写着本场 roomid 的文件，每场更新，不用重启；和 room_id 二选一",
        en="douyin_open: file with this broadcast's roomid, read anew for each; instead of room_id",
    ),
    variable(
        "push_secret_env",
        "DOUYIN_PUSH_SECRET",
        "douyin_open：存放推送签名密钥的环境变量名",
        "douyin_open: environment variable that holds the secret pushes are signed with",
    ),
    Field(
        name="push_secret_file",
        kind=File(),
        zh="douyin_open：存放推送签名密钥的文件，写了就不看环境变量",
        en="douyin_open: file that holds that secret, instead of the variable",
    ),
    Field(
        name="api",
        kind=Text(),
        default="",
        zh="douyin_open：开放平台接口的地址，只有经抖音云等网关时才写",
        en="douyin_open: address of the platform's interface, only where a gateway stands before it",
    ),
)
