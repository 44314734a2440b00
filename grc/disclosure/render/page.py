"""The public pages: a month, the list of months, a contract. HTML that reads without a script and asks nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grc.calendar import fiscal_year, fiscal_year_months, japanese, japanese_fiscal_year, japanese_month, month_bounds
from grc.disclosure import forms
from grc.disclosure.forms import FormColumn, by_form
from grc.disclosure.row import BY_ID, COLUMNS, Column, DisclosureRow
from grc.disclosure.snapshot import PublishedVersion, Snapshot
from grc.disclosure.words import size, yen

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FILES: tuple[tuple[str, str, str], ...] = (
    ("contracts.csv", "CSV", "1行1契約"),
    ("forms.xlsx", "Excel", "様式1～4"),
    ("contracts.json", "JSON", "1行1契約"),
)
"""Name, kind and content of the files that a reader may take along."""


@dataclass(frozen=True, slots=True)
class PageCell:
    """One cell of a form on a page: its heading (for the phone), its text, its class, and the amount in yen if any."""

    header: str
    text: str
    css: str
    amount: int | None = None


def render_month(snapshot: Snapshot, files: Mapping[str, bytes], *,
                 versions: Sequence[PublishedVersion] = (), latest: bool) -> bytes:
    """The page of a month at its own address (``latest``, with the list of its versions) or at a version's.

    ``files`` are the files that lie beside it; their sizes stand in the links.
    """
    year = fiscal_year(month_bounds(snapshot.month)[0])
    return _render(
        "month.html", root="../../" if latest else "../../../", snapshot=snapshot, latest=latest,
        body_name=snapshot.body_name, month=japanese_month(snapshot.month), year=japanese_fiscal_year(year),
        month_only=f"{int(snapshot.month[5:])}月",
        files=[(name, kind, what, size(len(files[name]))) for name, kind, what in FILES if name in files],
        parts=[_part(form, rows, snapshot.wording) for form, rows in by_form(snapshot.rows)],
        corrections=_corrections(snapshot), versions=sorted(versions, key=lambda v: -v.version),
    )


def render_index(body_name: str, history: Iterable[PublishedVersion]) -> bytes:
    """The list of months, newest fiscal year first. A month that lacks between the first and the last is announced."""
    newest: dict[str, PublishedVersion] = {}
    for one in history:
        if one.month not in newest or one.version > newest[one.month].version:
            newest[one.month] = one
    return _render("index.html", root="", body_name=body_name, years=list(_years(newest)))


def render_record(snapshot: Snapshot, row: DisclosureRow, *, cancelled: bool = False) -> bytes:
    """A contract's permanent page; ``cancelled`` where this version took it out, and ``row`` is as it last stood."""
    return _render(
        "record.html", root="../../", body_name=snapshot.body_name, snapshot=snapshot, row=row, cancelled=cancelled,
        month=japanese_month(snapshot.month), month_href=f"{snapshot.month.replace('-', '/')}/index.html",
        fields=[(column.label.ja, _value(row, column)) for column in COLUMNS],
    )


def style_sheet() -> bytes:
    """``site.css``, the one style sheet of the site."""
    return (TEMPLATES / "site.css").read_bytes()


def _part(form: forms.Form, rows: Sequence[DisclosureRow], wording: str) -> dict[str, Any]:
    columns = form.columns(wording)
    return {"id": form.id or "unassigned", "caption": form.caption, "columns": columns,
            "name": form.title.ja.replace("に係る情報の公表", ""),
            "rows": [(row, [_cell(row, column) for column in columns]) for row in rows]}


def _cell(row: DisclosureRow, column: FormColumn) -> PageCell:
    value = column.cell(row)
    plain = isinstance(value, int) or column.type == "rate"
    text = yen(value) if isinstance(value, int) and column.type == "yen" else str(value)
    return PageCell(column.header, text, "num" if plain else column.type,
                    row.amount if column.cell is forms.amount else None)


def _corrections(snapshot: Snapshot) -> list[dict[str, str]]:
    titles = {row.record_id: row.title for row in snapshot.rows}
    kinds = {"addition": "追加", "cancellation": "取消"}

    def said(name: str, value: str) -> str:
        plain = name in BY_ID and BY_ID[name].type == "yen" and value.lstrip("-").isdigit()
        return yen(int(value)) if plain else value or forms.UNKNOWN

    return [{"title": titles.get(c.record_id) or c.before, "record_id": c.record_id,
             "item": BY_ID[c.field].label.ja if c.field in BY_ID else kinds.get(c.kind, c.kind),
             "before": said(c.field, c.before), "after": said(c.field, c.after)} for c in snapshot.corrections]


def _years(newest: Mapping[str, PublishedVersion]) -> Iterable[dict[str, Any]]:
    if not newest:
        return
    first, last = min(newest), max(newest)
    starts = [fiscal_year(month_bounds(month)[0]) for month in (last, first)]
    for year in range(starts[0], starts[1] - 1, -1):
        months = [month for month in reversed(fiscal_year_months(year)) if first <= month <= last]
        known = [newest[month] for month in months if month in newest]
        rows = [(japanese_month(month), f"{month.replace('-', '/')}/", newest.get(month)) for month in months]
        yield {"id": year, "label": japanese_fiscal_year(year), "published": len(known),
               "count": sum(version.count for version in known), "months": rows}


_Condition = Callable[[DisclosureRow], bool]


def _not_for(ending: str) -> _Condition:
    return lambda row: bool(row.form) and ending not in (row.form or "").split("_")


_NOT_APPLICABLE: dict[str, _Condition] = {
    **dict.fromkeys(("works_place", "works_kind"), _not_for("works")),
    **dict.fromkeys(("legal_basis", "reason", "reason_code", "reemployed"), _not_for("negotiated")),
    **dict.fromkeys(("evaluated", "score"), _not_for("competitive")),
    **dict.fromkeys(("withhold_code", "withhold_text"),
                    lambda row: row.estimate_status in ("published", "none", "unit_price")),
    "jcn_absent_reason": lambda row: bool(row.supplier_jcn),
    "unit_price_text": lambda row: not row.unit_price,
    "consent_date": lambda row: row.subcontract is False,
    **dict.fromkeys(("amendments", "award_rate_printed", "remarks"), lambda row: True),
}
"""When an empty field of a contract's page means that there is none (該当なし), not that it is unknown (―)."""


def _value(row: DisclosureRow, column: Column) -> str:
    """A field on the contract's own page, in words."""
    if column.id == "estimated_price":
        shown = forms.estimate(row)
        return yen(shown) if isinstance(shown, int) else shown
    if column.id == "award_rate":
        return forms.rate(row)
    if column.id == "withhold_text" and row.estimate_status == "withheld":
        return str(forms.estimate(row))
    if row.printed.get(column.id):
        return f"{row.printed[column.id]}（原資料の記載のまま）"
    value = getattr(row, column.id)
    if isinstance(value, date):
        return f"{japanese(value)}（{value.isoformat()}）"
    if column.type == "yen" and isinstance(value, int):
        return yen(value)
    none = _NOT_APPLICABLE.get(column.id)
    return str(column.shown(row)) or (forms.NONE if none and none(row) else forms.UNKNOWN)


@cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    environment.filters |= {"yen": yen, "japanese": japanese, "commas": lambda number: f"{number:,}"}
    return environment


def _render(template: str, **values: Any) -> bytes:
    return _environment().get_template(template).render(**values).encode("utf-8")
