"""What every test runs under: hypothesis profiles and a watch for calls that block the event loop."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from blockbuster import BlockBuster
from hypothesis import HealthCheck, settings

from streambot.cli import logs

pytest_plugins = ("tests.browser.fixtures", "tests.migrated")

ROOT = Path(__file__).resolve().parent.parent

# A deadline is a verdict on the machine, so there is none. CI prints how to repeat a failure.
settings.register_profile(
    "dev", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("ci", settings.get_profile("dev"), print_blob=True)
settings.register_profile("proof", settings.get_profile("ci"), max_examples=2_000)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev")
)

#: Where blocking is meant: (file, functions). Each is short, local and once.
_MAY_BLOCK = (
    ("<frozen importlib._bootstrap>", {"_find_and_load"}),
    ("jinja2/loaders.py", {"get_source", "load"}),  # a template, once a process
    (
        "streambot/web/app.py",
        {"make_app"},
    ),  # texts and templates, as the console starts
    # A replay has its loop to itself: its log, its scratch store's folder.
    ("streambot/bootstrap/replay.py", {"run_replay", "_noted"}),
    ("coverage/control.py", {"_should_trace", "_check_include_omit_etc"}),
    ("importlib/metadata/__init__.py", {"version", "distribution"}),
)


#: Folders of tests that start browsers and bots: with several processes none is left for the end.
_LONG = frozenset({"acceptance", "benchmarks", "browser"})


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What collecting makes stays to the end: no collection looks through it, then or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, each part in the order that pytest-randomly gave it."""
    items.sort(key=lambda item: _LONG.isdisjoint(item.path.parts))


@pytest.fixture(scope="session", autouse=True)
def event_loop_watched() -> Iterator[None]:
    """A blocking call made by the package on a running event loop fails the test."""
    watch = BlockBuster("streambot")
    for function in watch.functions.values():
        for file, names in _MAY_BLOCK:
            function.can_block_in(file, names)
    watch.activate()
    yield
    watch.deactivate()


@pytest.fixture(scope="session", autouse=True)
def logs_plain() -> None:
    """Logs as JSON: the pretty renderer reads source files when it shows an error."""
    logs.configure(style="json")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Chat logs and labelled lines kept beside the checkout; without them the test is skipped."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no {folder}: chat logs and labelled lines aren't on this machine")
    return folder
