"""How a contract becomes a row of the monthly disclosure (disclosure.md §2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grc.disclosure import row
from grc.kinds import DATE, YEN


def publish(values: Mapping[str, Any]) -> row.DisclosureRow:
    """A contract as its published row. ``values`` as an exported record has them, by field name."""
    prior = values.get("prior_id")
    found = {column.id: values.get(column.id) for column in row.COLUMNS} | {
        "record_id": values["code"], "revision": None, "revision_type": None, "month": values["published_month"],
        "prior_id": prior.code if prior else "",
        "printed": {name: text for name, text in values["printed"].items() if name in row.BY_ID},
        "amendments": tuple(_amendment(a) for a in values.get("amendments", ())),
    }
    return row.DisclosureRow(**{name: value for name, value in found.items() if value is not None})


def _amendment(values: Mapping[str, Any]) -> str:
    """One amendment in words: its day, the sum after it, why."""
    amount = [f"変更後 {YEN.show(values['amount_after'])}"] if values.get("amount_after") is not None else []
    return " ".join([DATE.show(values["amended_on"], era=True), *amount, values["reason"]])
