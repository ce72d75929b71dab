"""Pages: the console's shell and the login form, rendered by Jinja2 around the script."""

from __future__ import annotations

import json

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from streambot.domain.agent import LEGAL, SUPERVISORS, Permission, can
from streambot.web.keys import CLOCK, SETTINGS, TEMPLATES, TEXTS, session_of
from streambot.web.settings import WebSettings
from streambot.web.texts import language_of


def make_templates() -> Environment:
    """The templates; everything put into them is escaped."""
    return Environment(
        loader=PackageLoader("streambot.web"),
        autoescape=True,
        auto_reload=False,  # looking at the disk for every page would block the loop
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


async def console(request: web.Request) -> web.Response:
    """GET /: the console, or the way to the login."""
    session = session_of(request)
    if session is None:
        return to_login()
    if not can(session.agent, Permission.CLAIM):
        return web.Response(status=303, headers={"Location": "/home"})
    settings = request.app[SETTINGS]
    return page(
        request,
        "console.html",
        agent=session.agent,
        csrf=session.csrf,
        switches=can(session.agent, Permission.SWITCH_MODE),
        edits=can(session.agent, Permission.EDIT_BOOK),
        claim=int(settings.claim.total_seconds()),
        first=int(settings.first.total_seconds()),
        undo=settings.undo.total_seconds(),
        groups=groups_of(settings),
        serves=json.dumps(sorted(session.agent.groups)),
        now=request.app[CLOCK].now().isoformat(),
    )


def groups_of(settings: WebSettings) -> str:
    """Groups that a ticket may be handed to, as a page's script reads them."""
    return json.dumps([LEGAL, SUPERVISORS, *sorted({*settings.groups} - {LEGAL})])


def login_page(
    request: web.Request, *, problem: str | None = None, status: int = 200
) -> web.Response:
    """The login form, with what went wrong."""
    return page(request, "login.html", status=status, problem=problem)


def to_login() -> web.Response:
    """The way to the login."""
    return web.Response(status=303, headers={"Location": "/login"})


def page(
    request: web.Request, template: str, *, status: int = 200, **values: object
) -> web.Response:
    """A template with *values*, in the person's language."""
    language = language_of(request, request.app[SETTINGS].language)
    texts = request.app[TEXTS]
    text = (
        request.app[TEMPLATES]
        .get_template(template)
        .render(
            language=language,
            t=lambda key: texts.get(key, language),
            **values,
        )
    )
    return web.Response(status=status, text=text, content_type="text/html")
