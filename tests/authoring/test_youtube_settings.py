"""What a room on YouTube needs in config.yaml, and where its secrets are."""

from __future__ import annotations

from pathlib import Path

import pytest

from streambot.authoring.youtube_settings import BASE
from streambot.config import RoomConfig, read_config

GOOD = "google_client_id: 1-a.apps.googleusercontent.com\ntoken_env: REFRESH"
_ENVIRON = {"GOOGLE_CLIENT_SECRET": "s3cret", "REFRESH": "1//r3fresh"}


def room(tmp_path: Path, text: str) -> tuple[RoomConfig | None, list[tuple[str, str]]]:
    """The room of a config.yaml with *text* under it, and each problem's key and sentence."""
    path = tmp_path / "config.yaml"
    start = "rooms:\n  - name: shop\n    connector: youtube\n"
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    path.write_text(start + lines, encoding="utf-8")
    config, problems = read_config(path, environ=_ENVIRON)
    found = None if config is None else config.rooms[0]
    return found, [(each.key, each.zh) for each in problems if each.is_error]


def test_three_settings_are_enough(tmp_path: Path) -> None:
    """The usual variable holds the client's secret; neither it nor the refresh token is ever shown."""
    found, problems = room(tmp_path, GOOD)
    assert problems == []
    assert found is not None
    held = (found.google_client_secret, found.token)
    assert [each.reveal() for each in held if each] == ["s3cret", "1//r3fresh"]
    assert (found.url, found.video) == (BASE, "")
    quota = (found.quota_units, found.quota_for_replies, found.quota_per_line)
    assert quota == (10_000, 70, 50)
    assert not {"s3cret", "1//r3fresh"} & set(repr(found).split("'"))


@pytest.mark.parametrize(
    "video",
    [
        "a-CdEf_hIjK",
        "https://www.youtube.com/watch?v=a-CdEf_hIjK&t=3s",
        "https://www.youtube.com/watch?app=desktop&v=a-CdEf_hIjK",
        "https://youtube.com/live/a-CdEf_hIjK?feature=share",
        "https://youtu.be/a-CdEf_hIjK",
        "https://studio.youtube.com/video/a-CdEf_hIjK/livestreaming",
    ],
)
def test_a_video_may_be_given_as_it_is_copied(tmp_path: Path, video: str) -> None:
    """Every address of a broadcast that people copy holds its id."""
    found, problems = room(tmp_path, f'{GOOD}\nvideo: "{video}"')
    assert (problems, found and found.video) == ([], "a-CdEf_hIjK")


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("token_env: REFRESH", "google_client_id", "缺少 google_client_id"),
        ("google_client_id: x", "token_env", "缺少 token_env"),
        (f"{GOOD}\nurl: http://example.com", "url", "https://"),
        (f'{GOOD}\nvideo: "https://www.youtube.com/@myshop"', "video", "不是频道"),
        (f'{GOOD}\nvideo: "我的直播"', "video", "11 个字符"),
        (f"{GOOD}\nquota_for_replies: 100", "quota_for_replies", "95"),
        (
            f"{GOOD}\ngoogle_client_secret_env: NOT_SET",
            "google_client_secret_env",
            "NOT_SET",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    tmp_path: Path, text: str, key: str, said: str
) -> None:
    """The program, its two secrets, a safe address, a broadcast and not a channel, each by key."""
    _, problems = room(tmp_path, text)
    assert f"rooms[0].{key}" in {found for found, _ in problems}
    assert any(said in sentence for _, sentence in problems)
