"""The console: pages, login, the desk feed and health over HTTP."""

from streambot.web.app import make_app, serve
from streambot.web.settings import WebSettings

__all__ = ["WebSettings", "make_app", "serve"]
