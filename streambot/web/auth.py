"""Auth: who is asking - logins, sessions, one-time links, and which requests may change something."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from streambot.domain.agent import Agent, AgentName, Permission, Role, can, groups_of
from streambot.domain.audit import Act, Deed
from streambot.ports.accounts import NO_PASSWORD, Ending, SessionRow
from streambot.ports.audit import AuditTrail
from streambot.ports.clock import Clock
from streambot.web import problems
from streambot.web.account_doors import AccountsDoor
from streambot.web.passwords import Passwords, new_token, token_hash
from streambot.web.problems import Refused
from streambot.web.settings import WebSettings
from streambot.web.throttle import KnownAddresses, Throttle

_log = structlog.get_logger()

COOKIE = "streambot_session"
CSRF_HEADER = "X-CSRF-Token"
#: Longest name, password and token that is looked at.
LONGEST = 256
#: Whom a one-time link logs in, by role.
ONCE_NAMES = {
    Role.ADMIN: AgentName("管理员"),
    Role.SUPERVISOR: AgentName("主管"),
    Role.AGENT: AgentName("客服"),
}
#: How often a session in use is noted, so that it doesn't end for being idle.
_TOUCH_EVERY = timedelta(minutes=1)


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
    start: str = "/"  # where this role begins


class Auth:
    """Logins and sessions over the accounts."""

    def __init__(
        self,
        accounts: AccountsDoor,
        passwords: Passwords,
        clock: Clock,
        settings: WebSettings,
        audit: AuditTrail,
    ) -> None:
        self._accounts = accounts
        self._passwords = passwords
        self._clock = clock
        self._settings = settings
        self._audit = audit
        most, per = settings.wrong_logins, settings.per
        # A name from one address; an address; a name from everywhere. Whoever hammers at a
        # name from elsewhere uses up the last alone, and it doesn't bind addresses from which
        # that person logged in before: nobody is locked out by a stranger.
        self._pairs = Throttle(most, per)
        self._addresses = Throttle(most * 4, per)
        self._names = Throttle(most * 10, per)
        self._known = KnownAddresses()

    async def log_in(
        self,
        name: str,
        password: str,
        address: str,
        *,
        device: str = "",
        instead_of: Session | None = None,
    ) -> Opened:
        """Open a session for the right password; *instead_of* is the browser's own till now.

        Raises:
            Refused: wrong, or too many wrong ones before it.
        """
        now = self._clock.now()
        name = name[: LONGEST + 1]
        self._count(name, address, now)
        fits = len(name) <= LONGEST and len(password) <= LONGEST
        account = await self._accounts.get(AgentName(name)) if fits else None
        known = None if account is None else account.password_hash
        right = await self._passwords.match(known, password[:LONGEST])
        if account is None or not right or account.disabled:
            _log.warning("login_refused")
            await self._audit.audit(self._deed(Act.LOGIN_REFUSED, name[:40]))
            raise Refused(problems.WRONG_PASSWORD)
        for throttle, key in self._throttles(name, address):
            throttle.passed(key)
        self._known.add(name, address)
        await self._freshen(account.name, account.password_hash, password)
        if instead_of is not None:
            await self.log_out(instead_of)
        return await self._open(account.name, account.role, device)

    def _throttles(self, name: str, address: str) -> list[tuple[Throttle, str]]:
        throttles = [
            (self._pairs, f"{address} {name}"),
            (self._addresses, address),
        ]
        if not self._known.holds(name, address):
            throttles.append((self._names, name))
        return throttles

    def _count(self, name: str, address: str, now: datetime) -> None:
        """Count a failure before it is one, so that many at once are no way around the limit."""
        throttles = self._throttles(name, address)
        wait = max(throttle.wait(key, now) for throttle, key in throttles)
        if wait:
            raise Refused(problems.too_often(int(wait.total_seconds()) + 1))
        for throttle, key in throttles:
            throttle.failed(key, now)

    async def _freshen(self, name: AgentName, known: str, password: str) -> None:
        """Hash anew what was hashed less strongly than today."""
        if self._passwords.is_outdated(known):
            fresh = await self._passwords.hashed(password)
            await self._accounts.rehash(name, known, fresh)

    async def log_in_once(self, token: str, device: str = "") -> Opened | None:
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
        return await self._open(name, role, device, Act.LOGIN_ONCE)

    async def invited(self, token: str) -> AgentName | None:
        """Whose password a link lets choose; None when it was used, is late or unknown."""
        return await self._accounts.invited(token_hash(token), self._clock.now())

    async def accept(self, token: str) -> AgentName | None:
        """As ``invited``; the link is used up by it."""
        return await self._accounts.accept(token_hash(token), self._clock.now())

    async def invite(self, by: Agent, name: AgentName, role: Role) -> str:
        """A token that lets *name* choose a password once; older ones are void."""
        token = new_token()
        until = self._clock.now() + self._settings.invitation_lasts
        deed = self._deed(Act.ACCOUNT_INVITED, by.name, by.role, name)
        await self._accounts.add_once(token_hash(token), role, until, name, deed)
        return token

    async def open(self, name: AgentName, device: str = "") -> Opened | None:
        """Open a session for an account that proved itself otherwise; None: it is off."""
        account = await self._accounts.get(name)
        if account is None or account.disabled:
            return None
        return await self._open(name, account.role, device)

    async def is_password(self, name: AgentName, password: str, address: str) -> bool:
        """Whether *password* is the one of *name*; as throttled as a login.

        Raises:
            Refused: too many wrong ones before it.
        """
        self._count(name, address, self._clock.now())
        account = await self._accounts.get(name)
        known = None if account is None else account.password_hash
        right = await self._passwords.match(known, password[:LONGEST])
        if right:
            for throttle, key in self._throttles(name, address):
                throttle.passed(key)
        return right

    async def hashed(self, password: str) -> str:
        """What is kept of a new password."""
        return await self._passwords.hashed(password)

    async def log_out(self, session: Session) -> None:
        """End a session."""
        await self._accounts.close_session(session.key)

    async def sessions(self, name: AgentName) -> tuple[SessionRow, ...]:
        """The logins of *name* that hold."""
        return await self._accounts.sessions_of(
            name, self._clock.now(), self._settings.idle
        )

    async def end_one(self, name: AgentName, called: str) -> tuple[str, ...]:
        """End the login of *name* called so; its key, if there was one."""
        deed = self._deed(Act.ACCOUNT_SESSIONS_ENDED, name)
        return await self._accounts.close_one(name, called, self._clock.now(), deed)

    async def why_ended(self, token: str) -> Ending | None:
        """Why the session of a cookie's token ended, if somebody ended it."""
        if not token or len(token) > LONGEST:
            return None
        return await self._accounts.why_ended(token_hash(token))

    async def session(self, token: str) -> Session | None:
        """The session of a cookie's token, if it holds."""
        if not token or len(token) > LONGEST:
            return None
        return await self.renewed(token_hash(token))

    async def renewed(self, key: str) -> Session | None:
        """The session as it stands now; None once it ended or its account is off."""
        now = self._clock.now()
        login = await self._accounts.session(key, now, self._settings.idle)
        if login is None:
            return None
        if now - login.seen_at > _TOUCH_EVERY:
            await self._accounts.touch(key, now)
        groups = groups_of(login.name, self._settings.groups)
        agent = Agent(name=login.name, role=login.role, groups=groups)
        return Session(agent=agent, key=key, csrf=login.csrf)

    async def _open(
        self, name: AgentName, role: Role, device: str, how: Act = Act.LOGIN
    ) -> Opened:
        opened = Opened(token=new_token(), csrf=new_token(), start=start_of(role))
        now = self._clock.now()
        await self._accounts.open_session(
            token_hash(opened.token),
            name,
            opened.csrf,
            expires_at=now + self._settings.session_lasts,
            now=now,
            device=device[:LONGEST],
            deed=self._deed(how, name, role),
        )
        return opened

    def _deed(
        self, action: Act, by: str, role: Role | None = None, of: str | None = None
    ) -> Deed:
        """What the audit keeps of it."""
        return Deed(
            at=self._clock.now(),
            actor=by,
            action=action,
            role="" if role is None else role.value,
            object=by if of is None else of,
        )


def start_of(role: Role) -> str:
    """The page a role begins at: the desk, or what else it may do."""
    who = Agent(name=AgentName(""), role=role)
    return "/" if can(who, Permission.CLAIM) else "/home"


def is_own_origin(request: web.Request, *, required: bool) -> bool:
    """Whether the request comes from our own pages; without an Origin only if not *required*."""
    origin = request.headers.get("Origin")
    if origin is None:
        return not required
    try:
        return urlsplit(origin).netloc == request.host
    except ValueError:
        return False


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
