"""What Twitch's chat says, line by line, shaped as its own documents show it."""

from __future__ import annotations

from dataclasses import dataclass

SERVER = ":tmi.twitch.tv"
CAPABILITIES = ("twitch.tv/tags", "twitch.tv/commands", "twitch.tv/membership")
#: Sentences of refusals by Twitch's own names for them.
SENTENCES = {
    "msg_ratelimit": "Your message was not sent because you are sending messages too quickly.",
    "msg_duplicate": "Your message was not sent because it is identical to the previous one "
    "you sent, less than 30 seconds ago.",
    "msg_slowmode": "This room is in slow mode and you are sending messages too quickly. "
    "You will be able to talk again in 20 seconds.",
    "msg_timedout": "You are timed out for 600 more seconds.",
}
BAD_LOGIN = f"{SERVER} NOTICE * :Login authentication failed"
BAD_FORM = f"{SERVER} NOTICE * :Improperly formatted auth"
RECONNECT = f"{SERVER} RECONNECT"
_ESCAPED = str.maketrans(
    {";": r"\:", " ": r"\s", "\\": "\\\\", "\r": r"\r", "\n": r"\n"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person; *moderator* is so in every channel."""

    login: str
    name: str
    user_id: str
    moderator: bool = False
    badges: str = ""

    @property
    def source(self) -> str:
        """Who a line is from."""
        return f":{self.login}!{self.login}@{self.login}.tmi.twitch.tv"

    def state(self) -> dict[str, str]:
        """The tags that say what somebody is."""
        return {
            "badge-info": "",
            "badges": self.badges or ("moderator/1" if self.moderator else ""),
            "color": "#1E90FF",
            "display-name": self.name,
            "emote-sets": "0",
            "mod": "1" if self.moderator else "0",
            "subscriber": "0",
            "user-type": "mod" if self.moderator else "",
        }


def tagged(tags: dict[str, str], line: str) -> str:
    """*line* behind its tags."""
    said = ";".join(f"{key}={value.translate(_ESCAPED)}" for key, value in tags.items())
    return f"@{said} {line}"


def welcome(account: Account) -> list[str]:
    """What somebody who came in is told."""
    login = account.login
    return [
        f"{SERVER} 001 {login} :Welcome, GLHF!",
        f"{SERVER} 002 {login} :Your host is tmi.twitch.tv",
        f"{SERVER} 003 {login} :This server is rather new",
        f"{SERVER} 004 {login} :-",
        f"{SERVER} 375 {login} :-",
        f"{SERVER} 372 {login} :You are in a maze of twisty passages, all alike.",
        f"{SERVER} 376 {login} :>",
        tagged(
            account.state() | {"user-id": account.user_id},
            f"{SERVER} GLOBALUSERSTATE",
        ),
    ]


def joined(account: Account, channel: str, room_id: str) -> list[str]:
    """What somebody who joined is told."""
    host = f":{account.login}.tmi.twitch.tv"
    return [
        f"{account.source} JOIN {channel}",
        f"{host} 353 {account.login} = {channel} :{account.login}",
        f"{host} 366 {account.login} {channel} :End of /NAMES list",
        tagged(account.state(), f"{SERVER} USERSTATE {channel}"),
        tagged(
            {
                "emote-only": "0",
                "followers-only": "-1",
                "r9k": "0",
                "room-id": room_id,
                "slow": "0",
                "subs-only": "0",
            },
            f"{SERVER} ROOMSTATE {channel}",
        ),
    ]


def refused(name: str, channel: str) -> str:
    """That a line wasn't shown, and why."""
    sentence = SENTENCES.get(name, "Your message was not sent.")
    return tagged({"msg-id": name}, f"{SERVER} NOTICE {channel} :{sentence}")
