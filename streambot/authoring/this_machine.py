"""ThisMachine: whether an address leads nowhere but here, as unofficial bridges must."""

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
