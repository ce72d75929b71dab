"""Metrics: figures for Prometheus, read from the rooms when asked; never labelled by viewer or question."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from streambot.application.feed import Feed
from streambot.web.doors import RoomsDoor, SecondLookDoor


class Metrics:
    """One registry of its own over rooms, feed and second look."""

    def __init__(
        self, rooms: RoomsDoor, feed: Feed, second_look: SecondLookDoor
    ) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Console(rooms, feed, second_look))

    def text(self) -> bytes:
        """Every figure in Prometheus' text format."""
        return generate_latest(self._registry)


class _Console(Collector):
    def __init__(
        self, rooms: RoomsDoor, feed: Feed, second_look: SecondLookDoor
    ) -> None:
        self._rooms = rooms
        self._feed = feed
        self._second_look = second_look

    def collect(self) -> Iterable[Metric]:
        """The figures right now."""
        figure = GaugeMetricFamily(
            "streambot_room_figure",
            "A room's figures since start, as its console shows them.",
            labels=("room", "figure"),
        )
        connected = GaugeMetricFamily(
            "streambot_room_connected", "1: the room is connected.", labels=("room",)
        )
        troubles = GaugeMetricFamily(
            "streambot_room_troubles",
            "Troubles a person must know about.",
            labels=("room",),
        )
        prompter = GaugeMetricFamily(
            "streambot_room_prompter_lines",
            "Lines waiting for a person to say them.",
            labels=("room",),
        )
        for name, view in self._rooms.views.items():
            for key, value in view.counters.items():
                figure.add_metric((name, key), value)
            connected.add_metric((name,), float(view.link == "connected"))
            troubles.add_metric((name,), len(view.troubles))
            prompter.add_metric((name,), len(view.prompter))
        yield from (figure, connected, troubles, prompter)
        yield self._looks()
        yield GaugeMetricFamily(
            "streambot_consoles", "Consoles connected.", value=self._feed.clients
        )
        yield GaugeMetricFamily(
            "streambot_feed_seq",
            "Newest entry of the desk feed.",
            value=self._feed.head,
        )

    def _looks(self) -> Metric:
        report = self._second_look.report
        looks = GaugeMetricFamily(
            "streambot_second_look",
            "Lines looked at again since start, how long that took, and the books' phrases and answers.",
            labels=("figure",),
        )
        for key, value in self._second_look.figures.items():
            looks.add_metric((key,), value)
        looks.add_metric(("phrases",), report.total)
        looks.add_metric(("phrases_ready",), report.done)
        return looks
