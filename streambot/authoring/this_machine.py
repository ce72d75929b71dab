"""ThisMachine: whether an address leads nowhere but here, and whether secrets may travel to it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def stays_here(url: str) -> bool:
    """Whether the host of *url* is this machine's loopback, by name or number."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def keeps_secrets(url: str, scheme: str = "https") -> bool:
    """Whether *url* has *scheme*, or its plain form where nothing leaves this machine."""
    try:
        where = urlsplit(url)
    except ValueError:
        return False
    if where.scheme == scheme:
        return bool(where.hostname)
    return where.scheme == scheme.removesuffix("s") and stays_here(url)
