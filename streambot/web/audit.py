"""The audit over HTTP: who did what, as a page, as JSON, and as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from aiohttp import web

from streambot.domain.agent import Agent, Permission, can
from streambot.domain.audit import Act, Audited, Deed
from streambot.ports.audit import AuditFilter, AuditTrail
from streambot.web import problems
from streambot.web.auth import Session, allow
from streambot.web.keys import AUDIT, CLOCK, session_of
from streambot.web.pages import page, to_login
from streambot.web.problems import Refused

#: Rows of one page, and most rows of an exported file.
PAGE, EXPORTED = 100, 50_000
_FIELDS = (
    *("id", "at", "actor", "role", "action"),
    *("object", "room", "reason", "data", "hash"),
)
_COLUMNS = ("at", "actor", "action", "object", "room", "reason", "data")
#: A cell that begins with one of these is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


async def rows(request: web.Request) -> web.Response:
    """GET /api/audit: a page, newest first; ``?before=ID`` older ones, ``?format=csv`` a file."""
    session = allow(session_of(request), Permission.AUDIT)
    asked, before = _asked(request)
    if request.query.get("format") == "csv":
        return await _export(request, session.agent, asked)
    found = await request.app[AUDIT].audited(asked, before=before, most=PAGE)
    return web.json_response({"rows": [_shown(row) for row in found]})


async def audit_page(request: web.Request) -> web.Response:
    """GET /audit: the same as a page, and whether the chain holds."""
    session = session_of(request)
    if session is None:
        return to_login()
    if not can(session.agent, Permission.AUDIT):
        return web.Response(status=303, headers={"Location": "/home"})
    asked, before = _asked(request)
    trail = request.app[AUDIT]
    found = await trail.audited(asked, before=before, most=PAGE)
    return page(
        request,
        "audit.html",
        rows=[_shown(row) | {"words": f"act.{row.deed.action}"} for row in found],
        asked=asked,
        columns=[f"audit.{name}" for name in _COLUMNS],
        acts=[(act.value, f"act.{act}") for act in Act],
        broken=await trail.broken_audit(),
        query=_query(asked),
        older=found[-1].id if len(found) == PAGE else None,
    )


async def note(
    request: web.Request, session: Session, action: Act, **more: str
) -> None:
    """Audit something that *session* did over HTTP outside the store's own transactions."""
    deed = Deed(
        at=request.app[CLOCK].now(),
        actor=session.agent.name,
        role=session.agent.role.value,
        action=action,
        object=more.get("object", ""),
        room=more.get("room", ""),
    )
    await request.app[AUDIT].audit(deed)


async def _export(
    request: web.Request, agent: Agent, asked: AuditFilter
) -> web.Response:
    trail = request.app[AUDIT]
    await trail.audit(
        Deed(
            at=request.app[CLOCK].now(),
            actor=agent.name,
            role=agent.role.value,
            action=Act.EXPORT,
            object="audit",
        )
    )
    return web.Response(
        text="\ufeff" + _csv(await _all(trail, asked)),
        content_type="text/csv",
        headers={"Content-Disposition": 'attachment; filename="audit.csv"'},
    )


async def _all(trail: AuditTrail, asked: AuditFilter) -> list[Audited]:
    found: list[Audited] = []
    before: int | None = None
    while len(found) < EXPORTED:
        more = await trail.audited(asked, before=before, most=1_000)
        found += more
        if len(more) < 1_000:
            break
        before = more[-1].id
    return found


def _csv(found: Sequence[Audited]) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_FIELDS)
    for row in found:
        shown = _shown(row)
        writer.writerow(_safe(str(shown[name])) for name in _FIELDS)
    return file.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _shown(row: Audited) -> dict[str, object]:
    deed = row.deed
    return {
        "id": row.id,
        "at": deed.at.isoformat(),
        "actor": deed.actor,
        "role": deed.role,
        "action": deed.action.value,
        "object": deed.object,
        "room": deed.room,
        "reason": deed.reason,
        "data": " ".join(f"{name}={value}" for name, value in deed.data.items()),
        "hash": row.hash,
    }


def _asked(request: web.Request) -> tuple[AuditFilter, int | None]:
    query, action = request.query, request.query.get("action") or None
    before = query.get("before") or None
    if action is not None and action not in list(Act):
        raise Refused(problems.bad_body("action"))
    if before is not None and not (before.isascii() and before.isdigit()):
        raise Refused(problems.bad_body("before"))
    if before is not None and len(before) > 18:
        raise Refused(problems.bad_body("before"))
    asked = AuditFilter(
        actor=query.get("actor") or None,
        action=None if action is None else Act(action),
        object=query.get("ticket") or query.get("object") or None,
        room=query.get("room") or None,
    )
    return asked, None if before is None else int(before)


def _query(asked: AuditFilter) -> dict[str, str]:
    names = ("actor", "action", "object", "room")
    return {name: str(getattr(asked, name) or "") for name in names}
