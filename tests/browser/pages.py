"""Every page of the house, for the tests and the contact sheet that walk them all: name, address, who opens it."""

from __future__ import annotations

APP = (
    ("home", "/", "yamamoto"), ("suppliers", "/suppliers", "kobayashi"), ("contracts", "/contracts", "kobayashi"),
    ("contracts-found", "/contracts?q=端末&sort=-amount", "kobayashi"), ("contracts-nothing", "/contracts?q=無いもの", "kobayashi"),
    ("contract", "/contracts?id={contract}", "kobayashi"), ("contract-edit", "/contracts?id={contract}&edit=1", "kobayashi"),
    ("contract-new", "/contracts?id=new", "kobayashi"), ("contract-audit", "/contracts?id={contract}", "sasaki"),
    ("consents", "/subcontracting-consents", "kobayashi"), ("units", "/units", "kanri"),
    ("import", "/import", "kobayashi"), ("import-contracts", "/import?register=contracts", "kobayashi"),
    ("board", "/publication?fy=2025", "kobayashi"), ("month", "/publication?month=2025-06", "yamamoto"),
    ("month-none", "/publication?month=2025-09", "kobayashi"), ("refused", "/import", "sasaki"),
)
"""The app's pages; ``{contract}`` is the number of a contract."""
PUBLIC = (
    ("login", "/login"), ("public-index", "/disclosure/"), ("public-month", "/disclosure/2025/06/"),
    ("public-version", "/disclosure/2025/06/v1/"), ("public-record", "/disclosure/record/{contract}/"),
)
