"""Douyin's open platform: what happens in a room is pushed to an address of ours, signed."""
