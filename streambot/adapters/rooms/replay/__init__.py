"""Replay: recorded chats as a room, read from JSON Lines; nothing can be sent to one."""
