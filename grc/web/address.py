"""Addresses: what a list shows, as its address says it, and where a person may be sent on to.

``q`` search, ``sort``, ``view``, ``page``, ``lang``, and ``f_<field>`` once for each value of a filter: the same names in the address
of a list and of its export.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from grc.query import Query

_ACTS = ("/logout", "/login")
"""Addresses that do something: nobody is sent there from a link."""


def query_from(params: Iterable[tuple[str, str]]) -> Query:
    """The query that an address asks for; unknown names are left alone, unknown fields are refused when it runs."""
    pairs = list(params)
    plain = dict(pairs)
    filters: dict[str, list[str]] = {}
    for name, value in pairs:
        if name.startswith("f_") and value:
            filters.setdefault(name.removeprefix("f_"), []).append(value)
    page = plain.get("page", "")
    return Query(search=plain.get("q", ""), filters=filters, sort=plain.get("sort", ""), view=plain.get("view", ""),
                 page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1)


def local(target: str | None) -> str:
    """``target`` when it is an address of ours, else the home page: nobody is sent elsewhere from here."""
    wanted = target or "/"
    if not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted or not wanted.isprintable():
        return "/"
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    elsewhere = parts.scheme or parts.netloc or parts.path.startswith("//")
    return "/" if elsewhere or parts.path in _ACTS else wanted
