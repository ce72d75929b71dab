"""The console's application: routes, guards and what the handlers share."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from aiohttp import WSCloseCode, web

from streambot.application.accounts import AccountKeeper
from streambot.application.board_frames import BoardFrames
from streambot.application.canned_replies import CannedReplies
from streambot.application.feed import Feed
from streambot.application.host_board import HostBoard
from streambot.application.panic import Panic
from streambot.application.prompter_hook import PrompterHook
from streambot.application.room_access import Key, RoomAccess
from streambot.application.suggested_answers import SuggestedAnswers
from streambot.errors import PortInUse
from streambot.ports.audit import AuditTrail
from streambot.ports.clock import Clock
from streambot.ports.room_tokens import RoomToken, TokenStore
from streambot.web import accounts as people
from streambot.web import (
    audit as auditing,
)
from streambot.web import (
    board,
    broadcasts,
    context,
    control,
    explain,
    feed_door,
    floor,
    floor_acts,
    health,
    home,
    hook,
    hook_feed,
    invitation,
    keys,
    links,
    login,
    me,
    pages,
    panic,
    phrasings,
    rooms,
    satisfaction,
    tickets,
)
from streambot.web import (
    canned as canned_page,
)
from streambot.web.account_doors import AccountsDoor
from streambot.web.auth import Auth
from streambot.web.doors import (
    Archive,
    ContextDoor,
    DeskDoor,
    ExplainerDoor,
    LearningDoor,
    RoomsDoor,
    SecondLookDoor,
)
from streambot.web.feed import LOGGED_OUT
from streambot.web.feed import feed as feed_socket
from streambot.web.feed_tickets import FeedTickets
from streambot.web.guards import harden, know_session, tell_errors
from streambot.web.metrics import Metrics
from streambot.web.passwords import Passwords
from streambot.web.settings import WebSettings
from streambot.web.sockets import Sockets
from streambot.web.texts import STATIC, load_texts


def make_app(
    *,
    desk: DeskDoor,
    feed: Feed,
    rooms: RoomsDoor,
    accounts: AccountsDoor,
    archive: Archive,
    contexts: ContextDoor,
    explainer: ExplainerDoor,
    learning: LearningDoor,
    clock: Clock,
    settings: WebSettings,
    second_look: SecondLookDoor,
    canned: CannedReplies,
    suggested: SuggestedAnswers,
    passwords: Passwords | None = None,
    control_key: str = "",
    audit: AuditTrail,
    host_board: HostBoard,
    prompter_hook: PrompterHook,
    tokens: TokenStore,
    given_tokens: Mapping[Key, RoomToken] = MappingProxyType({}),
) -> web.Application:
    """The console's application.

    Args:
        desk: what agents do.
        feed: the fan-out; its ``run`` is the caller's task.
        rooms: what people see and switch.
        accounts: people and logins.
        archive: what was said before.
        contexts: what is known around tickets.
        explainer: what the books make of lines.
        learning: how viewers' lines get into the books.
        clock: time, for logins and heartbeats.
        settings: the console's settings.
        second_look: how it stands.
        canned: replies that agents pick from.
        suggested: what the book would answer a ticket.
        passwords: how passwords are hashed; by default as strongly as the library advises.
        host_board: what hosts mark.
        prompter_hook: what sending tools take.
        tokens: what opens boards and hooks.
        given_tokens: what the configuration gives for it.
        control_key: what commands on this machine prove themselves with; empty: none may.
    """
    app = web.Application(
        middlewares=[tell_errors, know_session],
        client_max_size=settings.largest_body,
    )
    app[keys.SOCKETS] = sockets = Sockets()
    app[keys.AUDIT] = audit
    app[keys.AUTH] = Auth(accounts, passwords or Passwords(), clock, settings, audit)
    app[keys.KEEPER] = AccountKeeper(
        accounts, clock, ended=lambda ended: _end(sockets, ended)
    )
    app[keys.ACCESS] = RoomAccess(
        tokens, clock, given_tokens, lambda key: sockets.end(key, LOGGED_OUT)
    )
    app[keys.HOST_BOARD] = host_board
    app[keys.PROMPTER_HOOK] = prompter_hook
    app[keys.BOARD_FRAMES] = BoardFrames(lambda: rooms.views)
    app[keys.PANIC] = Panic(rooms, audit, clock)
    app[keys.CONTROL_KEY] = control_key
    app[keys.DESK] = desk
    app[keys.FEED] = feed
    app[keys.FEED_TICKETS] = FeedTickets()
    app[keys.ROOMS] = rooms
    app[keys.ARCHIVE] = archive
    app[keys.CONTEXTS] = contexts
    app[keys.EXPLAINER] = explainer
    app[keys.LEARNING] = learning
    app[keys.CLOCK] = clock
    app[keys.SETTINGS] = settings
    app[keys.METRICS] = Metrics(rooms, feed, second_look)
    app[keys.SECOND_LOOK] = second_look
    app[keys.CANNED] = canned
    app[keys.SUGGESTED] = suggested
    app[keys.TEXTS] = load_texts()
    app[keys.TEMPLATES] = pages.make_templates()
    app.on_response_prepare.append(harden)
    app.on_shutdown.append(_close_sockets)
    _add_routes(app)
    return app


def _add_routes(app: web.Application) -> None:
    room = "/api/rooms/{room}"
    app.router.add_get("/", pages.console)
    app.router.add_get("/home", home.home)
    app.router.add_get("/login", login.login)
    app.router.add_get("/floor", floor.floor)
    app.router.add_get("/api/floor/warnings", floor_acts.warnings)
    app.router.add_post("/api/floor/warnings/{number}", floor_acts.seen)
    app.router.add_get("/api/floor/promises", floor_acts.promises)
    app.router.add_get("/api/floor/shift", floor_acts.shift)
    app.router.add_get("/api/floor/agents", floor_acts.agents)
    app.router.add_get("/api/floor/profile", floor_acts.rules)
    app.router.add_post("/api/agents/{name}/requeue", floor_acts.requeue_all)
    app.router.add_post("/api/tickets/{ticket}/look", floor_acts.look)
    app.router.add_get("/api/panic", panic.standing)
    app.router.add_post("/api/panic", panic.press)
    app.router.add_get("/audit", auditing.audit_page)
    app.router.add_get("/api/audit", auditing.rows)
    app.router.add_get("/accounts", people.accounts_page)
    app.router.add_post("/api/accounts", people.add)
    app.router.add_post("/api/accounts/change", people.change)
    app.router.add_get("/me", me.me)
    app.router.add_post("/api/me/password", me.password)
    app.router.add_post("/api/me/end", me.end)
    app.router.add_get("/invite", invitation.invite)
    app.router.add_post("/api/invite", invitation.accept)
    app.router.add_post("/api/login", login.log_in)
    app.router.add_post("/api/logout", login.log_out)
    app.router.add_get("/api/feed", feed_socket)
    app.router.add_get("/board/{room}", board.board_page)
    app.router.add_get("/api/board/{room}/feed", board.board_feed)
    tool = "/api/hook/{room}"
    app.router.add_get(f"{tool}/feed", hook_feed.hook_feed)
    app.router.add_get(f"{tool}/lines", hook.lines)
    app.router.add_post(f"{tool}/lines/{{line}}/take", hook.take)
    app.router.add_post(f"{tool}/lines/{{line}}/said", hook.said)
    app.router.add_post(f"{tool}/lines/{{line}}/failed", hook.failed)
    app.router.add_post(f"{tool}/product", hook.product)
    app.router.add_get("/links", links.links_page)
    app.router.add_get(f"{room}/links", links.listed)
    app.router.add_post(f"{room}/links", links.make)
    app.router.add_post(f"{room}/links/{{link}}/revoke", links.revoke)
    app.router.add_post("/api/feed-ticket", feed_door.issue)
    app.router.add_post(f"{room}/mode", rooms.set_mode)
    app.router.add_post(f"{room}/notice", broadcasts.pin_notice)
    app.router.add_post(f"{room}/broadcast", broadcasts.broadcast)
    app.router.add_get(f"{room}/broadcasts", broadcasts.listed)
    app.router.add_get(f"{room}/summary", broadcasts.summary)
    app.router.add_get("/rooms/{room}/summary", broadcasts.summary_page)
    app.router.add_get(f"{room}/products", rooms.list_products)
    app.router.add_post(f"{room}/product", rooms.show_product)
    app.router.add_post(f"{room}/prompter/{{line}}/said", rooms.mark_said)
    app.router.add_post(f"{room}/prompter/{{line}}/skip", rooms.skip_line)
    app.router.add_get(f"{room}/why", explain.why)
    app.router.add_post(f"{room}/try", explain.try_line)
    app.router.add_get(f"{room}/entries", explain.entries)
    app.router.add_get(f"{room}/phrasings", phrasings.waiting)
    app.router.add_post(f"{room}/phrasings", phrasings.teach)
    app.router.add_post(f"{room}/phrasings/preview", phrasings.preview)
    app.router.add_post(f"{room}/phrasings/{{number}}", phrasings.settle)
    app.router.add_get("/api/tickets/{ticket}/history", tickets.history)
    app.router.add_get(f"{room}/replies", canned_page.replies)
    app.router.add_get("/api/tickets/{ticket}/suggested", canned_page.suggested)
    app.router.add_post("/api/control/accounts", control.accounts)
    app.router.add_get("/api/satisfaction", satisfaction.figures)
    app.router.add_get("/api/tickets/{ticket}/context", context.context)
    app.router.add_post("/api/tickets/{ticket}/reveal", context.reveal)
    app.router.add_get("/healthz", health.healthz)
    app.router.add_get("/readyz", health.readyz)
    app.router.add_get("/metrics", health.metrics)
    app.router.add_static("/static/", STATIC)


def _end(sockets: Sockets, ended: Sequence[str]) -> None:
    for key in ended:
        sockets.end(key, LOGGED_OUT)


async def _close_sockets(app: web.Application) -> None:
    app[keys.SOCKETS].end_all(WSCloseCode.GOING_AWAY)


async def serve(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Listen; ``runner.addresses`` tells where, ``await runner.cleanup()`` ends it.

    Raises:
        PortInUse: another program listens there.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await asyncio.shield(runner.cleanup())
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(host, port, "web.port") from error
        raise
    return runner
