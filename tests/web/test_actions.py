"""Every action of the desk feed for every role, over real sockets."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.web.site import Person, Site

#: What only a ticket's owner and supervisors get as far as; and what supervisors alone do.
_OWNERS = ("claim", "answer", "undo", "note", "transfer", "snooze", "wake", "release")
_DESK = frozenset((*_OWNERS, "resolve"))
_STEERING = frozenset({"take_over", "requeue"})
MAY = {
    "小王": _DESK,
    "李姐": _DESK | _STEERING,
    "老板": _DESK | _STEERING,
    "小检": frozenset[str](),
    "小运": frozenset[str](),
}
#: An action that needs the newest version is let in by role and then finds its version old.
_LET_IN = {"stale", "closed", "held"}


async def _code(site: Site, person: Person, action: str, ticket: str) -> str:
    """What an action of *person* comes to: a refusal's code, or ``done``."""
    console = await person.console()
    answer: dict[str, Any] = await console.do(
        action, ticket=ticket, version=-1, text="好的", note="好的", to="小张"
    )
    await console.socket.close()
    code: str = answer["code"] if answer["type"] == "refused" else "done"
    return code


@pytest.mark.parametrize("who", MAY)
async def test_each_action_knows_its_roles(site: Site, who: str) -> None:
    """A role does what its row says; all else is forbidden, whatever the ticket is."""
    person = await site.log_in(who)
    ticket = await site.hand_off("阿花", "骗子！退钱")
    if "claim" in MAY[who]:
        console = await person.console()
        claimed = await console.do("claim", ticket=ticket.id, version=ticket.version)
        assert claimed["type"] == "done"
    for action in (*sorted(_DESK), *sorted(_STEERING, reverse=True)):
        code = await _code(site, person, action, ticket.id)
        may = action in MAY[who]
        assert (code in _LET_IN | {"done"}) is may, (action, code)
        assert (code == "forbidden") is not may, (action, code)
    assert await _code(site, person, "burn", ticket.id) != "done"


@pytest.mark.parametrize("who", ["小检", "小运"])
async def test_who_may_not_act_learns_no_owner(site: Site, who: str) -> None:
    """A refused claim of another's ticket names nobody, and neither does one of no ticket."""
    owner = await (await site.log_in("小王")).console()
    ticket = await site.hand_off("阿花", "骗子！退钱")
    await owner.do("claim", ticket=ticket.id, version=ticket.version)
    person = await site.log_in(who)
    console = await person.console()
    for name in (ticket.id, "none"):
        answer = await console.do("claim", ticket=name, version=ticket.version)
        assert answer["code"] == "forbidden"
        assert "小王" not in str(answer)


async def test_a_merchant_has_no_socket(site: Site) -> None:
    """Who sees no chat opens no feed at all."""
    person = await site.log_in("小商")
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await person.console()
    assert refused.value.status == 403
