"""``grc serve``: the app. A demo is served to this machine alone."""

from __future__ import annotations

import ipaddress
from typing import Annotated

import typer

from grc.cli.shared import Desk, command
from grc.refusal import NotAllowedNow
from grc.text import Text


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "serve", "アプリを開く / Serve the app")(serve)


def serve(desk: Desk, host: Annotated[str, typer.Option(help="聞くアドレス / Address to listen on")] = "127.0.0.1",
          port: Annotated[int, typer.Option(min=1, max=65535, help="ポート / Port")] = 8501) -> None:
    """Print the address and serve until stopped."""
    from grc.cli.init import sign_in_lines, sign_ins

    place = desk.office.place
    if place.demo and not loopback(host):
        raise NotAllowedNow(Text("デモは、この機械からだけ開けます（--host 127.0.0.1）。",
                                 "A demo is served to this machine alone (--host 127.0.0.1)."))
    people = sign_ins(place) if place.demo else []
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    lines: list[Text | str] = [Text(f"アドレス：{address}　Ctrl+C で終わります。", f"Address: {address}  Ctrl+C ends it.")]
    desk.answer({"address": address, "demo": people}, [*lines, *(sign_in_lines(people) if people else [])])
    from grc.web.app import run

    run(host, port)


def loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
