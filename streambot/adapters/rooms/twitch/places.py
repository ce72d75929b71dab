"""Places: where EventSub and what belongs to it are; another address is a test's, all on one host."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from streambot.authoring.twitch_settings import EVENTSUB

_OFFICIAL = urlsplit(EVENTSUB).hostname
_DOMAIN = ".twitch.tv"
#: The shortest silence that may be asked for.
_KEEPALIVE_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Addresses of one room's platform."""

    socket: str
    helix: str
    login: str

    def may_move_to(self, url: str) -> bool:
        """Whether a socket may be moved to *url*: a server of the same platform, no less safe."""
        try:
            here, there = urlsplit(self.socket), urlsplit(url)
        except ValueError:
            return False
        host = there.hostname or ""
        same = host == here.hostname
        if here.hostname == _OFFICIAL:
            same = same or host.endswith(_DOMAIN)
        return same and there.scheme == here.scheme


def places(url: str) -> Places:
    """The addresses that belong to the EventSub at *url*."""
    where = urlsplit(url)
    socket = url
    if "keepalive_timeout_seconds" not in where.query:
        mark = "&" if where.query else "?"
        socket = f"{url}{mark}keepalive_timeout_seconds={_KEEPALIVE_SECONDS}"
    if where.hostname == _OFFICIAL:
        return Places(
            socket=socket,
            helix="https://api.twitch.tv/helix",
            login="https://id.twitch.tv/oauth2",
        )
    host = f"{'https' if where.scheme == 'wss' else 'http'}://{where.netloc}"
    return Places(socket=socket, helix=f"{host}/helix", login=f"{host}/oauth2")
