"""A real chromium for any test: pages whose errors fail the test, axe-core and screenshots."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    async_playwright,
)

from tools.browser import BY_HAND, chromium, windowless

#: Marks of tests in a browser. One chromium serves them all, so they share its event loop.
IN_BROWSER = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
#: A fixture that such tests await.
on_the_browsers_loop = pytest_asyncio.fixture(loop_scope="session")

_AXE = Path(__file__).with_name("vendor") / "axe.min.js"
_NO_CHROMIUM = "no chromium on this machine"
_ARGUMENTS = (
    "--no-sandbox",  # containers run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
    # A page that reaches for anything but this machine fails.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


class OpenPage(Protocol):
    """Opens a page in a profile of its own, as another person would."""

    async def __call__(
        self,
        *,
        width: int = 1280,
        height: int = 800,
        locale: str = "zh-CN",
        dark: bool = False,
        touch: bool = False,
    ) -> Page:
        """The page; nothing is loaded yet."""
        ...


@dataclass  # no slots: playwright hangs its own mark on listeners' owners
class Trouble:
    """Console errors and uncaught exceptions of a test's pages, less those it expects."""

    seen: list[str] = field(default_factory=list)
    expected: list[re.Pattern[str]] = field(default_factory=list)

    def expect(self, pattern: str) -> None:
        """Let errors with *pattern* pass: the test brings them about itself."""
        self.expected.append(re.compile(pattern))

    def watch(self, page: Page) -> None:
        """Collect what goes wrong in *page*."""
        page.on("console", self._console)
        page.on("pageerror", self._exception)
        page.on("crash", lambda _page: self.seen.append("the page crashed"))

    def unexpected(self) -> list[str]:
        """What nobody asked for."""
        return [
            text
            for text in self.seen
            if not any(pattern.search(text) for pattern in self.expected)
        ]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location
            self.seen.append(f"{message.text} ({where['url']}:{where['lineNumber']})")

    def _exception(self, error: Error) -> None:
        self.seen.append(f"{error.name}: {error.message}\n{error.stack}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's chromium, headless, one for all tests; every page has a profile of its own."""
    async with _started(windowless()) as browser:
        yield browser


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def whole_browser() -> AsyncIterator[Browser]:
    """The same with all that hangs on a window, as notifications do; slower."""
    async with _started(chromium()) as browser:
        yield browser


@asynccontextmanager
async def _started(found: str | None) -> AsyncIterator[Browser]:
    if found is None:
        pytest.fail(f"no chromium on this machine: {BY_HAND}")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=found, args=list(_ARGUMENTS)
        )
        yield started
        await started.close()


@pytest.fixture
def trouble() -> Trouble:
    """What the test's pages complained of; ``trouble.expect(pattern)`` lets one pass."""
    return Trouble()


@on_the_browsers_loop
async def open_page(browser: Browser, trouble: Trouble) -> AsyncIterator[OpenPage]:
    """Opens pages; at the end of the test none may have had an error."""
    async with AsyncExitStack() as contexts:

        async def open_one(
            *,
            width: int = 1280,
            height: int = 800,
            locale: str = "zh-CN",
            dark: bool = False,
            touch: bool = False,
        ) -> Page:
            context = await browser.new_context(
                viewport={"width": width, "height": height},
                locale=locale,
                timezone_id="Asia/Shanghai",
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                has_touch=touch,
                is_mobile=touch,
            )
            contexts.push_async_callback(context.close)
            page = await context.new_page()
            page.set_default_timeout(15_000)
            trouble.watch(page)
            return page

        yield open_one
    assert trouble.unexpected() == []


@on_the_browsers_loop
async def page(open_page: OpenPage) -> Page:
    """One page of ordinary size, in Chinese."""
    return await open_page()


@pytest.fixture
def axe() -> Callable[[Page], Awaitable[list[str]]]:
    """Serious and critical findings of axe-core on a page, a line each."""

    async def run(page: Page) -> list[str]:
        await page.evaluate(_AXE.read_text(encoding="utf-8"))
        result: dict[str, Any] = await page.evaluate(
            "axe.run(document, {resultTypes: ['violations']})"
        )
        return [
            f"{found['id']}: {found['help']}: {node['html'][:160]}"
            for found in result["violations"]
            if found["impact"] in ("serious", "critical")
            for node in found["nodes"]
        ]

    return run


@pytest.fixture
def screenshot(tmp_path: Path, root: Path) -> Callable[[Page, str], Awaitable[Path]]:
    """Takes pictures: into docs/img with STREAMBOT_SCREENSHOTS set, else into the test's folder."""
    folder = (
        root / "docs" / "img" if os.environ.get("STREAMBOT_SCREENSHOTS") else tmp_path
    )

    async def take(page: Page, name: str) -> Path:
        path = folder / f"{name}.png"
        await page.screenshot(path=path, animations="disabled")
        return path

    return take


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where there is no chromium, leave browser tests out; in CI they run and fail."""
    wanted = [item for item in items if item.get_closest_marker("browser")]
    if chromium() is not None or os.environ.get("CI") or not wanted:
        return
    for item in wanted:
        item.add_marker(pytest.mark.skip(reason=_NO_CHROMIUM))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once, at the end, what did not run and what would change that."""
    # Counted from the reports: with several processes this one collects nothing itself.
    skipped = terminalreporter.stats.get("skipped", ())
    if count := sum(_NO_CHROMIUM in str(report.longrepr) for report in skipped):
        terminalreporter.section("browser tests")
        terminalreporter.line(
            f"没有浏览器，{count} 个浏览器测试没有运行；安装后再来一次 · "
            f"no chromium, {count} browser tests did not run; install it and run again:"
        )
        terminalreporter.line(f"  {BY_HAND}")
