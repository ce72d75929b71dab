"""Sees to the browser that the browser tests drive: installs Debian's where that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: Without these Chinese and emoji are drawn as empty boxes.
_FONTS = (
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"),
)
PACKAGES = ("chromium", "fonts-wqy-microhei", "fonts-noto-color-emoji")
BY_HAND = f"sudo apt-get install --yes {' '.join(PACKAGES)}"


def chromium() -> str | None:
    """Where the browser is; STREAMBOT_CHROMIUM wins over what is on the path."""
    named = os.environ.get("STREAMBOT_CHROMIUM")
    if named is not None:
        return shutil.which(named) if named else None
    return shutil.which("chromium")


def _is_complete() -> bool:
    return chromium() is not None and all(font.exists() for font in _FONTS)


def _may_install() -> bool:
    geteuid = getattr(os, "geteuid", None)
    return (
        geteuid is not None and geteuid() == 0 and shutil.which("apt-get") is not None
    )


def install() -> bool:
    """Install browser and fonts with apt-get; False where that didn't work."""
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = (
        "DPkg::Lock::Timeout=120",
        "Acquire::Retries=1",
        "Acquire::http::Timeout=20",
    )
    apt = ["apt-get", "--quiet", "--yes", *(f"-o{option}" for option in options)]
    for step in (["update"], ["install", "--no-install-recommends", *PACKAGES]):
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
            return False
    return chromium() is not None


def main() -> int:
    """Install what is missing; where that can't be, the tests say what didn't run."""
    if not _is_complete() and _may_install():
        print("Installing the browser for the browser tests…", file=sys.stderr)
        install()
    if chromium() is None and os.environ.get("CI"):
        print(f"No chromium: {BY_HAND}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
