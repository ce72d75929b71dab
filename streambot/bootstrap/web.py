"""Puts the console over the parts of a bot."""

from __future__ import annotations

from aiohttp import web

from streambot.application.canned_replies import CannedReplies
from streambot.application.explaining import Explainer
from streambot.application.prompter_hook import PrompterHook
from streambot.application.suggested_answers import SuggestedAnswers
from streambot.bootstrap.contexts import ticket_contexts
from streambot.bootstrap.host_tokens import given_tokens
from streambot.bootstrap.policies import web_settings
from streambot.bootstrap.wiring import Wiring
from streambot.web.app import make_app


def web_app(parts: Wiring, control_key: str) -> web.Application:
    """The console; commands of this machine prove themselves with *control_key*."""
    return make_app(
        desk=parts.desk,
        feed=parts.feed,
        rooms=parts.rooms,
        accounts=parts.store.accounts,
        archive=parts.store,
        contexts=ticket_contexts(
            parts.store, parts.understandings, parts.orders, parts.clock
        ),
        explainer=Explainer(
            parts.understandings, parts.store.heard, parts.clock, parts.looks
        ),
        learning=parts.learning,
        clock=parts.clock,
        settings=web_settings(parts.config),
        second_look=parts.looks,
        canned=CannedReplies(parts.canned, parts.understandings),
        suggested=SuggestedAnswers(parts.understandings, parts.clock),
        control_key=control_key,
        audit=parts.store,
        host_board=parts.host_board,
        prompter_hook=PrompterHook(parts.rooms, parts.store, parts.store, parts.clock),
        tokens=parts.store.tokens,
        given_tokens=given_tokens(parts.config, parts.clock.now()),
    )
