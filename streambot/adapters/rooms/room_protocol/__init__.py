"""The room protocol, ``streambot.room.v1``: our own, for the simulator, bridges and tests."""
