"""Auth: who is asking - logins, sessions, one-time links, and which requests may change something."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from streambot.domain.agent import Agent, AgentName, Role, can
from streambot.ports.clock import Clock
from streambot.web import problems
from streambot.web.doors import AccountsDoor
from streambot.web.passwords import NO_PASSWORD, Passwords, new_token, token_hash
from streambot.web.problems import Refused
from streambot.web.settings import WebSettings
from streambot.web.throttle import Throttle

_log = structlog.get_logger()

COOKIE = "streambot_session"
CSRF_HEADER = "X-CSRF-Token"
#: Longest name, password and token that is looked at.
LONGEST = 256
#: Whom a one-time link logs in, by role.
ONCE_NAMES = {Role.SUPERVISOR: AgentName("主管"), Role.AGENT: AgentName("客服")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One login as a request sees it."""

    agent: Agent
    key: str = field(repr=False)  # hash of the cookie's token
    csrf: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A new login."""

    token: str = field(repr=False)
    csrf: str = field(repr=False)


class Auth:
    """Logins and sessions over the accounts."""

    def __init__(
        self,
        accounts: AccountsDoor,
        passwords: Passwords,
        clock: Clock,
        settings: WebSettings,
    ) -> None:
        self._accounts = accounts
        self._passwords = passwords
        self._clock = clock
        self._settings = settings
        self._names = Throttle(settings.wrong_logins, settings.per)
        self._addresses = Throttle(settings.wrong_logins * 4, settings.per)

    async def log_in(self, name: str, password: str, address: str) -> Opened:
        """Open a session for the right password.

        Raises:
            Refused: wrong, or too many wrong ones before it.
        """
        now = self._clock.now()
        waits = (self._names.wait(name, now), self._addresses.wait(address, now))
        if any(waits):
            seconds = int(max(waits).total_seconds()) + 1
            raise Refused(problems.too_often(seconds))
        # Counted before it is checked, so that many at once are no way around the limit.
        self._names.failed(name, now)
        self._addresses.failed(address, now)
        fits = len(name) <= LONGEST and len(password) <= LONGEST
        account = await self._accounts.get(AgentName(name)) if fits else None
        known = None if account is None else account.password_hash
        right = await self._passwords.match(known, password[:LONGEST])
        if account is None or not right or account.disabled:
            _log.warning("login_refused")
            raise Refused(problems.WRONG_PASSWORD)
        self._names.passed(name)
        self._addresses.passed(address)
        return await self._open(account.name)

    async def log_in_once(self, token: str) -> Opened | None:
        """Open a session by a one-time link; None when it was used, is late or unknown."""
        now = self._clock.now()
        role = await self._accounts.redeem_once(token_hash(token), now)
        if role is None:
            return None
        name = ONCE_NAMES[role]
        if not await self._accounts.add(name, role, NO_PASSWORD, now):
            account = await self._accounts.get(name)
            if account is None or account.disabled or account.role is not role:
                return None
        return await self._open(name)

    async def log_out(self, session: Session) -> None:
        """End a session."""
        await self._accounts.close_session(session.key)

    async def session(self, token: str) -> Session | None:
        """The session of a cookie's token, if it holds."""
        if not token or len(token) > LONGEST:
            return None
        return await self.renewed(token_hash(token))

    async def renewed(self, key: str) -> Session | None:
        """The session as it stands now; None once it ended or its account is off."""
        login = await self._accounts.session(key, self._clock.now())
        if login is None:
            return None
        agent = Agent(name=login.name, role=login.role)
        return Session(agent=agent, key=key, csrf=login.csrf)

    async def _open(self, name: AgentName) -> Opened:
        opened = Opened(token=new_token(), csrf=new_token())
        now = self._clock.now()
        await self._accounts.open_session(
            token_hash(opened.token),
            name,
            opened.csrf,
            expires_at=now + self._settings.session_lasts,
            now=now,
        )
        return opened


def is_own_origin(request: web.Request, *, required: bool) -> bool:
    """Whether the request comes from our own pages; without an Origin only if not *required*."""
    origin = request.headers.get("Origin")
    if origin is None:
        return not required
    return urlsplit(origin).netloc == request.host


def allow(session: Session | None, action: str) -> Session:
    """The session, if its role may do *action* at all.

    Raises:
        Refused: nobody is logged in, or the role may not.
    """
    if session is None:
        raise Refused(problems.LOG_IN)
    if not can(session.agent, action):
        raise Refused(problems.FORBIDDEN)
    return session
