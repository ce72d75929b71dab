"""Twitch by its official interfaces: EventSub over WebSocket to read, Helix to write."""
