"""Bilibili's live open platform (直播开放平台): the official push of one host's room."""
