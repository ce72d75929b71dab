"""Policies out of the configuration: what each part of the domain is told to keep to."""

from __future__ import annotations

from collections.abc import Sequence

from streambot.config import Config, DeskConfig, RoomConfig
from streambot.domain.desk_policy import DeskPolicy, Routing
from streambot.domain.desk_words import DeskWords
from streambot.domain.faq.match import MatchSettings
from streambot.domain.greeting import GreetingStyle
from streambot.domain.policy import SessionPolicy
from streambot.domain.presence import PresencePolicy
from streambot.web.settings import WebSettings


def desk_policy(config: DeskConfig, rooms: Sequence[RoomConfig] = ()) -> DeskPolicy:
    """The desk's promises out of the configuration; *rooms* may have a routing of their own."""
    return DeskPolicy(
        claim=config.claim,
        first=config.first,
        turn=config.turn,
        follow_up=config.follow_up,
        complaint=config.complaint,
        major_complaint=config.major_complaint,
        escalate=config.escalate,
        resolve=config.resolve,
        offer=config.offer,
        reopen_window=config.reopen,
        capacity=config.capacity,
        routing=Routing(config.routing),
        routing_of={
            room.name: Routing(room.handoff.routing)
            for room in rooms
            if room.handoff.routing is not None
        },
        ready_ramp=config.ready_ramp,
        misses=config.misses,
        undo=config.undo,
        presence=PresencePolicy(grace=config.grace, grace_waiting=config.grace_waiting),
        hours=config.hours,
        shifts=config.shifts,
        languages={name: frozenset(each) for name, each in config.languages.items()},
        words=DeskWords(own=config.words),
        members={name: frozenset(who) for name, who in config.groups.items()},
    )


def session_policy(
    room: RoomConfig, desk: DeskConfig, *, second_look: bool
) -> SessionPolicy:
    """A session's settings; *second_look*: there is an encoder to ask."""
    return SessionPolicy(
        room=room.name,
        greeting=room.greeting.enabled,
        within=room.greeting.within,
        greeting_cooldown=room.greeting.cooldown,
        handoffs_per_minute=room.handoff.per_minute,
        repeats=room.handoff.repeats,
        has_orders=room.orders is not None,
        second_look=second_look,
        ask_rating=desk.ask_rating,
        reopen_window=desk.reopen,
        timers=room.timers,
        notices=room.notices,
        thanks=room.thanks,
        quiet_hours=room.quiet_hours,
    )


def greeting_style(room: RoomConfig) -> GreetingStyle:
    """How welcomes are worded; without texts of its own a room uses the built-in ones."""
    if room.greeting.texts:
        return GreetingStyle(texts=room.greeting.texts, names=room.greeting.names)
    return GreetingStyle(names=room.greeting.names)


def match_settings(room: RoomConfig) -> MatchSettings:
    """Matching's thresholds out of the configuration."""
    return MatchSettings(
        answer_at=room.matching.answer_at,
        suggest_at=room.matching.suggest_at,
        margin=room.matching.margin,
    )


def web_settings(config: Config) -> WebSettings:
    """The console's settings out of the configuration."""
    return WebSettings(
        language=config.language,
        https=config.web.https,
        session_lasts=config.web.session_hours,
        idle=config.web.idle_hours,
        groups=config.desk.groups,
        claim=config.desk.claim,
        first=config.desk.first,
        undo=config.desk.undo,
        profile=config.desk.profile,
        feed_ticket_required=config.web.feed_ticket == "required",
    )
