"""Frames of the host's board: its parts as JSON, encoded once for all who look at a room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from statistics import median

import msgspec

from streambot.application.room_view import RoomView
from streambot.domain.board import Board
from streambot.domain.board_question import Question, holds_data
from streambot.domain.names import spoken_name
from streambot.domain.room import RoomName
from streambot.domain.ticket import Ticket

_encode = msgspec.json.Encoder(order="deterministic").encode

#: Rows of each list; a glance holds no more.
QUESTIONS_SHOWN, TICKETS_SHOWN, ORDERS_SHOWN, PRODUCTS_SHOWN = 30, 20, 20, 300
#: Of those who ask, so many are named.
NAMES_SHOWN = 3

Part = tuple[object, bytes]  # what it was made of, and its JSON


class BoardFrames:
    """What boards are sent: only the parts that changed since a board was sent them."""

    def __init__(self, views: Callable[[], Mapping[RoomName, RoomView]]) -> None:
        self._views = views
        self._made: dict[tuple[RoomName, str], Part] = {}

    def frame(
        self, room: RoomName, sent: dict[str, object], now: datetime
    ) -> bytes | None:
        """What changed since *sent*, which is brought up to date; None: nothing did."""
        fresh = []
        for name, (made_of, raw) in self._parts(room, now).items():
            if name not in sent or sent[name] != made_of:
                sent[name] = made_of
                fresh.append(b'"%b":%b' % (name.encode(), raw))
        if not fresh:
            return None
        head = _encode({"type": "board", "room": room, "now": now})
        return b"%b,%b}" % (head[:-1], b",".join(fresh))

    def _parts(self, room: RoomName, now: datetime) -> dict[str, Part]:
        view = self._views()[room]
        board = view.board
        shown = board.now(now)[:QUESTIONS_SHOWN]  # forgets what nobody asks any more
        changes = board.changes
        return {
            "about": self._part(room, "about", _about_key(view), lambda: _about(view)),
            "questions": self._part(
                *(room, "questions", (changes["questions"], board.answered)),
                lambda: _questions(board, shown),
            ),
            "arrivals": self._part(
                *(room, "arrivals", changes["arrivals"]), lambda: _arrivals(board)
            ),
            "orders": self._part(
                *(room, "orders", changes["orders"]), lambda: _orders(board)
            ),
            "tickets": self._part(
                *(room, "tickets", changes["tickets"]), lambda: _tickets(board)
            ),
        }

    def _part(
        self, room: RoomName, name: str, made_of: object, make: Callable[[], object]
    ) -> Part:
        known = self._made.get((room, name))
        if known is None or known[0] != made_of:
            known = made_of, _encode(make())
            self._made[room, name] = known
        return known


def _about_key(view: RoomView) -> object:
    viewers = view.counters.get("viewers")
    return view.link, view.mode, view.can_write, view.shown, view.products, viewers


def _about(view: RoomView) -> object:
    return {
        "link": view.link,
        "mode": view.mode,
        "can_write": view.can_write,
        "viewers": view.counters.get("viewers"),
        "shown": view.shown,
        "products": [
            {"id": each.id, "link": each.link, "name": each.name}
            for each in view.products[:PRODUCTS_SHOWN]
        ],
    }


def _questions(board: Board, shown: list[Question]) -> object:
    took = board.answered.seconds
    return {
        "items": [_question(each) for each in shown],
        "more": len(board.questions) - len(shown),
        "answered": board.answered.questions,
        "viewers": board.answered.viewers,
        "median": median(took) if took else None,
    }


def _question(question: Question) -> object:
    names = []
    for ask in question.asks.values():
        name = spoken_name(ask.viewer)
        if name is not None:
            names.append(name)
        if len(names) == NAMES_SHOWN:
            break
    return {
        "id": question.id,
        "text": None if question.hidden else question.text,
        "count": question.count,
        "names": names,
        "since": question.first_at,
        "standing": question.standing,
        "answer": question.answer,
        "pinned": question.pinned,
    }


def _arrivals(board: Board) -> object:
    newest = [
        {"name": name, "at": each.at}
        for each in board.arrivals
        if (name := spoken_name(each.viewer)) is not None
    ]
    return {"count": board.came, "newest": newest}


def _orders(board: Board) -> object:
    return {
        "tickets": [_ticket(each) for each in board.about_orders[:ORDERS_SHOWN]],
        "wrong": list(board.orders.values())[-ORDERS_SHOWN:],
    }


def _tickets(board: Board) -> object:
    waiting = board.waiting
    return {
        "waiting": len(waiting),
        "items": [_ticket(each) for each in waiting[:TICKETS_SHOWN]],
    }


def _ticket(ticket: Ticket) -> object:
    """A ticket without its viewer's key, its evidence or anything personal."""
    return {
        "no": ticket.no,
        "name": spoken_name(ticket.viewer),
        "reason": ticket.reason,
        "priority": ticket.priority,
        "state": ticket.state,
        "since": ticket.waiting_since,
        "text": None if ticket.private or holds_data(ticket.text) else ticket.text,
    }
