"""Sees to the browser that the browser tests drive: installs Debian's where that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

#: Without these Chinese and emoji are drawn as empty boxes.
_FONTS = (
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"),
)
PACKAGES = ("chromium", "fonts-wqy-microhei", "fonts-noto-color-emoji")
#: The same browser without a window: a page opens in a third of the time. Older Debians lack it.
WINDOWLESS = "chromium-headless-shell"
BY_HAND = f"sudo apt-get install --yes {' '.join(PACKAGES)}"


def chromium() -> str | None:
    """Where the browser is; STREAMBOT_CHROMIUM wins over what is on the path."""
    return _named_or("chromium")


def windowless() -> str | None:
    """Where the browser without a window is, which can't notify; else the whole one."""
    return _named_or(WINDOWLESS) or chromium()


def _named_or(usual: str) -> str | None:
    named = os.environ.get("STREAMBOT_CHROMIUM", usual)
    return shutil.which(named) if named else None


def _is_complete() -> bool:
    return chromium() is not None and all(font.exists() for font in _FONTS)


def _lacks_windowless() -> bool:
    return "STREAMBOT_CHROMIUM" not in os.environ and not shutil.which(WINDOWLESS)


def _may_install() -> bool:
    geteuid = getattr(os, "geteuid", None)
    return (
        geteuid is not None and geteuid() == 0 and shutil.which("apt-get") is not None
    )


def _is_offered(package: str) -> bool:
    """Whether apt knows where to get *package*, by what it last heard."""
    asked = ["apt-cache", "show", "--quiet", package]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


def install(packages: Sequence[str]) -> None:
    """Install *packages* with apt-get; says its last word where that didn't work."""
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = (
        "DPkg::Lock::Timeout=120",
        "Acquire::Retries=1",
        "Acquire::http::Timeout=20",
    )
    apt = ["apt-get", "--quiet", "--yes", *(f"-o{option}" for option in options)]
    for step in (["update"], ["install", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*apt, *step],
            env=environ,
            check=False,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode != 0:
            last = (done.stderr.strip() or done.stdout.strip()).rpartition("\n")[2]
            print(f"apt-get {step[0]}: {last}", file=sys.stderr)
            return


def main() -> int:
    """Install what is missing; where that can't be, the tests say what didn't run."""
    if not _is_complete() and _may_install():
        print("Installing the browser for the browser tests…", file=sys.stderr)
        install(PACKAGES)
    if _lacks_windowless() and _may_install() and _is_offered(WINDOWLESS):
        install((WINDOWLESS,))
    if chromium() is None and os.environ.get("CI"):
        print(f"No chromium: {BY_HAND}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
