"""The app: gate, own routes, Streamlit's pages, as one ASGI application.

``grc serve`` calls :func:`run`; ``python -m streamlit run grc/web/app.py`` and ``uvicorn grc.web.app:app`` work as well.
"""

from __future__ import annotations

import ipaddress
import tomllib
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config

import registers  # noqa: F401  fills the catalogue
from grc.settings import Place
from grc.web import faults, files, signin, site
from grc.web.gate import Gate
from grc.web.headers import Headers

CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
SAFE = ("client.", "server.enable", "server.maxUploadSize", "server.fileWatcherType", "browser.gatherUsageStats")
"""Options that hold however the app is started (security.md S5)."""


def options() -> dict[str, Any]:
    """The one configuration file as Streamlit's dotted names."""
    return dict(_flat(tomllib.loads(CONFIG.read_text(encoding="utf-8"))))


def _flat(table: dict[str, Any], above: str = "") -> list[tuple[str, Any]]:
    out: list[tuple[str, Any]] = []
    for name, value in table.items():
        out += _flat(value, f"{above}{name}.") if isinstance(value, dict) else [(f"{above}{name}", value)]
    return out


def hosts(host: str, public: str = "") -> list[str]:
    """The names under which the sockets may be opened; none listed means any."""
    named = [public] if public else []
    if host in ("localhost", "::1") or host.startswith("127."):
        return [*named, "localhost", "127.0.0.1", "::1"]
    try:
        anywhere = ipaddress.ip_address(host).is_unspecified
    except ValueError:
        anywhere = False
    return [*named, "localhost", "127.0.0.1"] if named and anywhere else [] if anywhere else [*named, host]


def run(host: str = "127.0.0.1", port: int = 8501) -> None:
    """Serve until stopped. Works from any folder."""
    app.run(config={**options(), "server.address": host, "server.port": port,
                    "server.allowedHosts": hosts(host, Place().public_host)})


for _name, _value in options().items():
    if _name.startswith(SAFE):
        config.set_option(_name, _value)

app = st.App(
    Path(__file__).with_name("main.py"),
    routes=[*signin.ROUTES, *files.ROUTES, *site.ROUTES],
    middleware=[Middleware(Headers), Middleware(Gate)],
    on_script_error=faults.show,
)
