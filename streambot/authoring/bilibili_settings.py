"""The keys of a room on Bilibili's live open platform, and what they must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from streambot.authoring.file_kinds import File
from streambot.authoring.kinds import Number
from streambot.authoring.reader import Field, Spec
from streambot.authoring.secret_place import variable
from streambot.authoring.this_machine import keeps_secrets

if TYPE_CHECKING:
    from streambot.authoring.settings_tree import SettingsTree

#: Where the official platform is; another address is a relay's or a test's.
BASE = "https://live-open.biliapi.com"

BILIBILI: Spec = (
    Field(
        name="app_id",
        kind=Number(least=1, most=9_999_999_999_999_999, sample="1794955890126"),
        zh="bilibili_open：开放平台的项目 ID，一串数字",
        en="bilibili_open: the project's id on the open platform, digits",
    ),
    variable(
        "access_key_id_env",
        "BILIBILI_ACCESS_KEY_ID",
        "bilibili_open：存放 access_key_id 的环境变量名",
        "bilibili_open: environment variable that holds access_key_id",
        default="BILIBILI_ACCESS_KEY_ID",
    ),
    Field(
        name="access_key_id_file",
        kind=File(),
        zh="bilibili_open：存放 access_key_id 的文件，写了就不看环境变量",
        en="bilibili_open: file that holds access_key_id, instead of the variable",
    ),
    variable(
        "access_key_secret_env",
        "BILIBILI_ACCESS_KEY_SECRET",
        "bilibili_open：存放 access_key_secret 的环境变量名",
        "bilibili_open: environment variable that holds access_key_secret",
        default="BILIBILI_ACCESS_KEY_SECRET",
    ),
    Field(
        name="access_key_secret_file",
        kind=File(),
        zh="bilibili_open：存放 access_key_secret 的文件，写了就不看环境变量",
        en="bilibili_open: file that holds access_key_secret, instead of the variable",
    ),
)


def check_bilibili(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    """A project and a place for the identity code are needed; the address is known."""
    project = ("开放平台的项目 ID", "the project's id on the open platform")
    tree.need(values, "app_id", "1794955890126", *project)
    if tree.lacks(values, "token_file"):
        code = (
            "存放主播身份码的环境变量名",
            "the variable that holds the host's identity code",
        )
        tree.need(values, "token_env", "BILIBILI_CODE", *code)
    values["url"] = values["url"] or BASE
    if not keeps_secrets(values["url"]):
        tree.reader.fail(
            tree.place(values, "url"),
            f"{key}.url",
            "bilibili_open 一般不写 url；要写的话以 https:// 开头（本机可以用 http://）。",
            "bilibili_open needs no url; one starts with https:// (http:// on this machine).",
            instead=BASE,
        )
