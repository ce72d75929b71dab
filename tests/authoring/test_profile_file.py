"""Platforms' service rules: shipped ones are whole, one's own are read, and none is the truth."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from streambot.authoring.problem import Place
from streambot.authoring.profile_file import SHIPPED, outdated
from streambot.config import read_config
from streambot.domain.service_profile import ServiceProfile

_OWN = """\
title: 本店
date: {date}
source: 后台
clocks: {{first_seconds: 60, turn_seconds: 90}}
rates:
  - {{name: 一分钟, of: first, within_seconds: 60, at_least: 0.8}}
"""


def _config(folder: Path, desk: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(f"version: 1\ndesk: {{{desk}}}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_profiles_are_dated_and_name_their_source(
    tmp_path: Path, name: str
) -> None:
    """Each is read without a problem, sets a clock and measures a rate."""
    config, problems = read_config(_config(tmp_path, f"profile: {name}"), environ={})
    assert not problems and config is not None
    profile = config.desk.profile
    assert profile is not None and profile.name == name
    assert profile.source and profile.rates
    assert profile.noted >= date(2026, 1, 1)
    assert config.desk.first == profile.rates[0].within


def test_a_desks_own_key_outranks_the_profile(tmp_path: Path) -> None:
    """Never as truth: of what stands in the file and the environment the profile changes nothing."""
    path = _config(tmp_path, "profile: jd_2026, first_seconds: 45")
    config, _ = read_config(path, environ={})
    assert config is not None
    assert config.desk.first == timedelta(seconds=45)
    path = _config(tmp_path, "profile: jd_2026")
    config, _ = read_config(path, environ={"STREAMBOT_DESK__FIRST_SECONDS": "50"})
    assert config is not None
    assert config.desk.first == timedelta(seconds=50)
    assert config.desk.turn == timedelta(seconds=180)  # the profile says nothing of it


def test_a_shops_own_profile_is_read_from_beside_its_settings(tmp_path: Path) -> None:
    """By its path; a mistake in it is told with the profile's own place, and nothing is used."""
    own = tmp_path / "shop.yaml"
    own.write_text(_OWN.format(date="2026-05-01"), encoding="utf-8")
    path = _config(tmp_path, "profile: shop.yaml")
    config, problems = read_config(path, environ={})
    assert config is not None and not problems
    assert (config.desk.first, config.desk.turn) == (
        timedelta(seconds=60),
        timedelta(seconds=90),
    )
    own.write_text(_OWN.format(date="gestern"), encoding="utf-8")
    config, problems = read_config(path, environ={})
    assert config is None
    assert [(Path(each.file).name, each.line) for each in problems] == [
        ("shop.yaml", 2)
    ]
    config, problems = read_config(_config(tmp_path, "profile: doyin"), environ={})
    assert config is None
    assert "douyin_2026" in problems[0].zh


def test_rules_older_than_a_year_are_warned_of() -> None:
    """On the day after; the warning keeps nothing out of use."""
    noted = date(2026, 1, 1)
    profile = ServiceProfile(name="p", title="p", source="s", noted=noted, rates=())
    place = Place(file="config.yaml")
    assert not outdated(None, noted, place)
    assert not outdated(profile, noted + timedelta(days=365), place)
    (told,) = outdated(profile, noted + timedelta(days=366), place)
    assert (told.code, told.key, told.is_error) == ("W213", "desk.profile", False)
