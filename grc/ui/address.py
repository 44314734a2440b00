"""The address of a page holds what it shows (ui.md §1.8): a list's search, filters, order, view and page, and the record.

The names are those of the exports (``q sort view f_<field>``), so that a list and its file ask the same question. Widgets
are filled from the address and write it back when they change; the address stays while a record is open, so that
one can walk on and return.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from grc.query import Query
from grc.register import Register
from grc.ui.links import Params

VIEWS = ("", "mine", "late", "soon", "loaded", "provisional", "retired")
FILTER = "f_"
ERA = "_era"
_LIST = ("q", "sort", "view", "page", "status")


def current() -> dict[str, list[str]]:
    """The address's parameters as they stand."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def first(params: Mapping[str, Sequence[str]], name: str) -> str:
    """The one value of a parameter, ``""`` for none."""
    return params[name][-1] if params.get(name) else ""


def query_of(register: Register, params: Mapping[str, Sequence[str]]) -> Query:
    """The list that an address asks for; what does not fit the register is left out."""
    filters = {n: list(v) for name, v in params.items() if name.startswith(FILTER) and (n := name.removeprefix(FILTER))
               and (n == "status" or n in register.field) and any(v)}
    if params.get("status"):
        filters["status"] = [*filters.get("status", []), *params["status"]]
    sort, view, page = first(params, "sort"), first(params, "view"), first(params, "page")
    sortable = {*register.field, "code", "status", "updated_at"}
    return Query(search=first(params, "q"), filters=filters, sort=sort if sort.removeprefix("-") in sortable else "",
                 page=max(int(page), 1) if page.isdecimal() and len(page) < 7 else 1, view=view if view in VIEWS else "")


def params_of(query: Query) -> dict[str, str | Sequence[str]]:
    """A list as the parameters of its address; what is usual stays out."""
    out: dict[str, str | Sequence[str]] = {"q": query.search, "view": query.view, "sort": query.sort,
                                           "page": str(query.page) if query.page > 1 else ""}
    out.update({f"{FILTER}{name}": list(values) for name, values in query.filters.items() if values})
    return {name: value for name, value in out.items() if value}


def export_params(query: Query, lang: str) -> dict[str, str | Sequence[str]]:
    """The parameters of the export of a list: all its pages."""
    return {**{n: v for n, v in params_of(query).items() if n != "page"}, "lang": lang}


def list_params() -> Params:
    """The part of the present address that belongs to the list."""
    return {n: v for n, v in current().items() if n in _LIST or n.startswith(FILTER)}


def go(**changes: str | Sequence[str] | None) -> None:
    """Change parameters of the address; ``None`` takes one off. Anything but the page goes back to the first page."""
    params: dict[str, Any] = dict(current())
    if changes.keys() & {"q", "sort", "view"} or any(n.startswith(FILTER) for n in changes):
        params.pop("page", None)
    params.update(changes)
    st.query_params.from_dict({n: v for n, v in params.items() if v})


def to_list() -> None:
    """Leave the record or the form for the list."""
    go(id=None, edit=None)


def from_widget(key: str, name: str) -> None:
    """What a widget's change does: its value goes into the address."""
    value = st.session_state.get(key)
    go(**{name: [str(v) for v in value] if isinstance(value, list) else str(value or "")})


def era() -> bool:
    """Whether this person reads dates in 和暦."""
    return bool(st.session_state.get(ERA, True))
