"""Keys: the typed places where the application keeps what its handlers need."""

from __future__ import annotations

from aiohttp import web
from jinja2 import Environment

from streambot.application.accounts import AccountKeeper
from streambot.application.board_frames import BoardFrames
from streambot.application.canned_replies import CannedReplies
from streambot.application.feed import Feed
from streambot.application.host_board import HostBoard
from streambot.application.panic import Panic
from streambot.application.prompter_hook import PrompterHook
from streambot.application.room_access import RoomAccess
from streambot.application.suggested_answers import SuggestedAnswers
from streambot.ports.audit import AuditTrail
from streambot.ports.clock import Clock
from streambot.web.auth import Auth, Session
from streambot.web.doors import (
    Archive,
    ContextDoor,
    DeskDoor,
    ExplainerDoor,
    LearningDoor,
    RoomsDoor,
    SecondLookDoor,
)
from streambot.web.feed_tickets import FeedTickets
from streambot.web.metrics import Metrics
from streambot.web.settings import WebSettings
from streambot.web.sockets import Sockets
from streambot.web.texts import Texts

AUTH = web.AppKey("auth", Auth)
AUDIT = web.AppKey("audit", AuditTrail)
DESK = web.AppKey("desk", DeskDoor)
FEED = web.AppKey("feed", Feed)
FEED_TICKETS = web.AppKey("feed_tickets", FeedTickets)
EXPLAINER = web.AppKey("explainer", ExplainerDoor)
LEARNING = web.AppKey("learning", LearningDoor)
ACCESS = web.AppKey("access", RoomAccess)
HOST_BOARD = web.AppKey("host_board", HostBoard)
PROMPTER_HOOK = web.AppKey("prompter_hook", PrompterHook)
BOARD_FRAMES = web.AppKey("board_frames", BoardFrames)
CANNED = web.AppKey("canned", CannedReplies)
SUGGESTED = web.AppKey("suggested", SuggestedAnswers)
PANIC = web.AppKey("panic", Panic)
ROOMS = web.AppKey("rooms", RoomsDoor)
ARCHIVE = web.AppKey("archive", Archive)
CONTEXTS = web.AppKey("contexts", ContextDoor)
CLOCK = web.AppKey("clock", Clock)
SETTINGS = web.AppKey("settings", WebSettings)
SECOND_LOOK = web.AppKey("second_look", SecondLookDoor)
METRICS = web.AppKey("metrics", Metrics)
KEEPER = web.AppKey("keeper", AccountKeeper)
CONTROL_KEY = web.AppKey("control_key", str)
SOCKETS = web.AppKey("sockets", Sockets)
TEXTS = web.AppKey("texts", Texts)
TEMPLATES = web.AppKey("templates", Environment)

_SESSION = web.RequestKey("session", Session)


def keep_session(request: web.Request, session: Session) -> None:
    """Note who makes this request."""
    request[_SESSION] = session


def session_of(request: web.Request) -> Session | None:
    """Who makes this request; None: nobody who is logged in."""
    return request.get(_SESSION)
