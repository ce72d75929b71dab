"""A shop's follower on google-api-python-client: it does what stdin says and reports on stdout."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

from google.oauth2.credentials import Credentials  # type: ignore[import-not-found,import-untyped,unused-ignore]
from googleapiclient.discovery import build  # type: ignore[import-not-found,import-untyped,unused-ignore]
from googleapiclient.errors import HttpError  # type: ignore[import-not-found,import-untyped,unused-ignore]

_BASE, _CLIENT, _SECRET, _REFRESH = sys.argv[1:]
_PARTS = "id,snippet,authorDetails"
logging.disable()  # refusals are reported


def report(**fact: Any) -> None:
    """One line of what happened."""
    print(json.dumps(fact), flush=True)


class Follower:
    """The library's own calls, one an order."""

    def __init__(self) -> None:
        self._youtube = build(
            "youtube",
            "v3",
            static_discovery=True,
            credentials=Credentials(
                None,
                refresh_token=_REFRESH,
                token_uri=f"{_BASE}/token",
                client_id=_CLIENT,
                client_secret=_SECRET,
            ),
            client_options={"api_endpoint": _BASE},
        )
        self._messages = self._youtube.liveChatMessages()
        self._chat = ""
        self._asked: Any = None
        self._page: dict[str, Any] = {}

    def find(self, _: str) -> None:
        """The chat of the channel's broadcast, of its video, and who we are."""
        broadcasts = self._youtube.liveBroadcasts().list(
            part="id,snippet", broadcastStatus="active", broadcastType="all"
        )
        (broadcast,) = broadcasts.execute()["items"]
        self._chat = broadcast["snippet"]["liveChatId"]
        (video,) = (
            self._youtube.videos()
            .list(part="id,snippet,liveStreamingDetails", id=broadcast["id"])
            .execute()["items"]
        )
        (mine,) = (
            self._youtube.channels()
            .list(part="id,snippet", mine=True)
            .execute()["items"]
        )
        same = video["liveStreamingDetails"]["activeLiveChatId"] == self._chat
        report(found=self._chat, same=same, mine=mine["id"])

    def list(self, _: str) -> None:
        """The first page."""
        self._asked = self._messages.list(liveChatId=self._chat, part=_PARTS)
        self._told()

    def next(self, _: str) -> None:
        """The page behind the last one."""
        self._asked = self._messages.list_next(self._asked, self._page)
        self._told()

    def _told(self) -> None:
        self._page = self._asked.execute()
        report(page=_said(self._page), wait=self._page["pollingIntervalMillis"])

    def insert(self, text: str) -> None:
        """Write a line."""
        words = {
            "liveChatId": self._chat,
            "type": "textMessageEvent",
            "textMessageDetails": {"messageText": text},
        }
        asked = self._messages.insert(part="snippet", body={"snippet": words})
        report(inserted=asked.execute()["id"])

    def stream(self, _: str) -> None:
        """Everything that a stream tells until it ends."""
        streams = self._youtube.youtube().v3().liveChat().messages()
        report(streaming=True)
        token = self._page["nextPageToken"]
        asked = streams.stream(liveChatId=self._chat, part=_PARTS, pageToken=token)
        pages = asked.execute()
        report(streamed=[_said(page) for page in pages])

    def follow(self) -> None:
        """Obey until stdin ends."""
        for line in sys.stdin:
            ((order, text),) = json.loads(line).items()
            try:
                getattr(self, order)(text)
            except HttpError as error:
                (why,) = error.error_details
                report(refused=why["reason"], status=error.status_code)


def _said(page: dict[str, Any]) -> list[str]:
    """The words of a page, by each message's own id where it has none."""
    return [each["snippet"].get("displayMessage", each["id"]) for each in page["items"]]


Follower().follow()
