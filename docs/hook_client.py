"""A sending tool of the local hook: takes lines off the prompter, says them, and reports back.

HOOK_TOKEN=... python docs/hook_client.py http://127.0.0.1:8710 demo

Replace ``say`` by what types a line into the platform's own page. Nothing but the standard library.
"""

import json
import os
import sys
import time
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen


def say(text: str) -> None:
    """Say one line; raise OSError when that did not work."""
    print("SAY", text, flush=True)  # noqa: T201


def ask(path: str, body: object = None) -> dict | None:  # type: ignore[type-arg]
    """GET *path*, or POST *body* to it; None where the server says no."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {os.environ['HOOK_TOKEN']}"}
    try:
        with urlopen(Request(BASE + path, data=data, headers=headers)) as answer:  # noqa: S310
            return json.load(answer)  # type: ignore[no-any-return]
    except HTTPError as error:
        if error.code != 409:  # taken by another tool, said by somebody, or too late
            sys.exit(json.load(error)["zh"])
        return None
    except URLError as error:
        sys.exit(
            f"连不上 {BASE}（{error.reason}）：请先启动 streambot，再核对地址和端口。 "
            "It cannot be reached: start streambot, then check address and port."
        )


BASE = f"{sys.argv[1]}/api/hook/{quote(sys.argv[2])}"
while True:
    for line in (ask("/lines") or {})["lines"]:
        if line["visibility"] == "private":
            continue  # this tool writes in public; people do the rest
        here = f"/lines/{quote(line['line_id'])}"
        if ask(f"{here}/take", {}) is None:
            continue
        try:
            say(line["text"])
        except OSError as error:
            ask(f"{here}/failed", {"why": str(error)})
        else:
            ask(f"{here}/said", {})
    time.sleep(0.5)
