"""The keys of a room that a bridge program on this machine reads, and which connectors are such."""

from __future__ import annotations

from typing import Final

from streambot.authoring.kinds import Text
from streambot.authoring.reader import Field, Spec

#: Connectors to programs that read a platform without its leave; each works only if named.
UNOFFICIAL: Final = frozenset({"bridge_oba", "bridge_dybarrage"})

BRIDGE: Spec = (
    Field(
        name="owner",
        kind=Text(most=200),
        default="",
        zh="bridge_oba：店铺账号在直播间的昵称，它说的话不算提问；bridge_dybarrage：主播的 SecUid",
        en="bridge_oba: the shop's own name in the room, never answered; bridge_dybarrage: the host's SecUid",
    ),
)
