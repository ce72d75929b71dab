"""Health: whether the process lives, whether its rooms can work, and its figures."""

from __future__ import annotations

from aiohttp import web

from streambot.web.keys import METRICS, ROOMS, SECOND_LOOK


async def healthz(_request: web.Request) -> web.Response:
    """GET /healthz: the process answers."""
    return web.Response(text="ok\n")


async def readyz(request: web.Request) -> web.Response:
    """GET /readyz: 503 with the reasons while a room can't do its job.

    How the second look stands is told beside it, and never a reason.
    """
    look = request.app[SECOND_LOOK].report
    reasons = [
        {"code": trouble.code, "zh": trouble.zh, "en": trouble.en}
        for trouble in request.app[ROOMS].ready()
    ]
    return web.json_response(
        {
            "ready": not reasons,
            "reasons": reasons,
            "second_look": {
                "state": look.state,
                "done": look.done,
                "total": look.total,
                "encoder": look.encoder,
                "zh": look.zh,
                "en": look.en,
            },
        },
        status=503 if reasons else 200,
    )


async def metrics(request: web.Request) -> web.Response:
    """GET /metrics: figures for Prometheus."""
    return web.Response(
        body=request.app[METRICS].text(),
        headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"},
    )
