"""Every page of the house, for the tests and the contact sheet that walk them all: name, address, who opens it."""

from __future__ import annotations

APP = (
    ("home", "/", "yamamoto"), ("suppliers", "/suppliers", "kobayashi"), ("contracts", "/contracts", "kobayashi"),
    ("contracts-found", "/contracts?q=端末&sort=-amount", "kobayashi"), ("contracts-nothing", "/contracts?q=無いもの", "kobayashi"),
    ("contract", "/contracts?id={contract}", "kobayashi"), ("contract-edit", "/contracts?id={contract}&edit=1", "kobayashi"),
    ("contract-new", "/contracts?id=new", "kobayashi"), ("contract-audit", "/contracts?id={contract}", "sasaki"),
    ("consents", "/subcontracting-consents", "kobayashi"), ("units", "/units", "kanri"),
    ("contracts-charts", "/contracts?charts=1", "kobayashi"), ("committee", "/board?id=CM-04", "sasaki"),
    ("import", "/import", "kobayashi"), ("import-contracts", "/import?register=contracts", "kobayashi"),
    ("board", "/publication?fy={year}", "kobayashi"), ("month", "/publication?month={month}", "yamamoto"),
    ("month-none", "/publication?month={none}", "kobayashi"), ("refused", "/import", "sasaki"),
)
"""The app's pages; :func:`fill` puts in what differs from home to home."""
PUBLIC = (
    ("login", "/login"), ("public-index", "/disclosure/"), ("public-month", "/disclosure/{path}/"),
    ("public-version", "/disclosure/{path}/v1/"), ("public-record", "/disclosure/record/{contract}/"),
)


def fill(address: str, *, contract: str, month: str = "2025-06", none: str = "2025-09") -> str:
    """An address of a home: a published contract's number and month, and a month of which nothing was built."""
    year = int(month[:4]) - (month[5:] < "04")
    return address.format(contract=contract, month=month, none=none, year=year, path=month.replace("-", "/"))
