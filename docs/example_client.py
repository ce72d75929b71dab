"""A client of the room protocol: prints a room's lines, answers "hello", resumes when cut off.

ROOM_TOKEN=... python docs/example_client.py ws://127.0.0.1:8720/ demo
"""

import asyncio
import json
import os
import sys
from contextlib import suppress

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol


async def main(url: str, room: str, token: str) -> None:
    """Stay in the room, joining it again behind the last event whenever the link dies."""
    hello = {"type": "hello", "v": 1, "room": room, "token": token, "after": None}
    async for socket in connect(url, subprotocols=[Subprotocol("streambot.room.v1")]):
        with suppress(ConnectionClosed):
            await socket.send(json.dumps(hello))
            async for message in socket:
                frame = json.loads(message)
                if frame["type"] == "ping":
                    await socket.send(json.dumps({"type": "pong", "n": frame["n"]}))
                elif frame["type"] == "error":
                    sys.exit(frame["message"])
                elif frame["type"] == "event":
                    hello["after"] = frame["id"]
                    if frame["kind"] == "spoke":
                        print(frame["viewer"]["name"], frame["text"], flush=True)  # noqa: T201
                    if frame.get("text") == "hello":  # shown once per out_id
                        line = {"out_id": f"hello-{frame['id']}", "text": "hello!"}
                        line |= {"type": "send", "visibility": "public"}
                        await socket.send(json.dumps(line))


asyncio.run(main(sys.argv[1], sys.argv[2], os.environ["ROOM_TOKEN"]))
