"""WhichLink: who asks under which link something is sold, and who names a link already.

3号链接多少钱 is nearly 几号链接 in its letters, and asks something else.
"""

from __future__ import annotations

import re

from streambot.domain.faq.slots import may_hold_slots, read_slots

#: The veto of a line that names the link it is about.
NAMED = "link"
_WHICH = re.compile(
    "(?:请问|是|在|这[个款件]?|那[个款件]?)*(?:几号链接?|哪[个条一]?链接|链接号|链接几号)(?:是?多少|是?几|在哪里?)?"
)


def asks_which_link(phrasing: str) -> bool:
    """Whether a canonical *phrasing* asks only under which link something is sold."""
    return _WHICH.fullmatch(phrasing) is not None


def names_link(line: str) -> bool:
    """Whether a canonical *line* says a link's number: then it doesn't ask for one."""
    return may_hold_slots(line) and bool(read_slots(line).links)
