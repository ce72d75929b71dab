"""The browser fixtures themselves: errors are seen, the vendored front end and axe-core run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from aiohttp import web
from playwright.async_api import Page

from streambot.web.texts import STATIC
from tests.browser.fixtures import IN_BROWSER, Trouble, on_the_browsers_loop

pytestmark = IN_BROWSER

_PAGE = """<!doctype html><html lang="zh"><title>t</title><main><h1>试</h1><p id="p"></p></main>
<script type="module" src="/page.js"></script>"""
_SCRIPT = """import {h, html, render, signal, computed, effect, batch, useSignal, useEffect,
  useRef, useState} from "/static/vendor/ui.js";
const n = signal(1), twice = computed(() => n.value * 2);
const Shown = () => html`<b>${twice.value}</b><i>${"<img src=x onerror=alert(1)>"}</i>`;
render(html`<${Shown}/>`, document.querySelector("#p"));
batch(() => { n.value = 20; n.value = 21; });
if (location.hash) { console.error(location.hash); }
"""


@on_the_browsers_loop
async def site() -> AsyncIterator[str]:
    """A page under the console's own content policy."""

    async def page(request: web.Request) -> web.Response:
        is_script = request.path.endswith(".js")
        return web.Response(
            text=_SCRIPT if is_script else _PAGE,
            content_type="text/javascript" if is_script else "text/html",
            headers={"Content-Security-Policy": "default-src 'self'"},
        )

    app = web.Application()
    app.router.add_static("/static", STATIC)
    app.router.add_get("/{name:(page.js|favicon.ico)?}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


async def test_the_vendored_front_end_renders(
    site: str,
    page: Page,
    axe: Callable[[Page], Awaitable[list[str]]],
    screenshot: Callable[[Page, str], Awaitable[Path]],
) -> None:
    """Signals reach the page, markup in a text stays text, no eval is needed, axe finds nothing."""
    await page.goto(site)
    await page.wait_for_function("document.querySelector('#p b')?.textContent === '42'")
    assert await page.text_content("#p i") == "<img src=x onerror=alert(1)>"
    assert await axe(page) == []
    assert (await screenshot(page, "fixture")).stat().st_size > 1_000


async def test_an_error_on_the_console_is_seen(
    site: str, page: Page, trouble: Trouble
) -> None:
    """A page's complaint would fail the test unless the test expects it."""
    await page.goto(f"{site}#oops")
    await page.wait_for_function("document.querySelector('#p b')")
    assert "#oops" in trouble.unexpected()[0]
    trouble.expect("#oops")
    assert trouble.unexpected() == []
