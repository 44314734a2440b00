"""``grc evidence``: whether the files that were kept are what they were."""

from __future__ import annotations

from grc.cli.shared import Desk, command, group
from grc.cli.words import listed
from grc.text import Text

app = group("証跡 / Evidence")


@app.callback()
def several() -> None:
    """A group stays a group, however few commands it has."""


@command(app, "verify", "証跡が元のままか確かめる / Verify what is stored")
def verify(desk: Desk) -> int:
    """Every stored file against its hash; exit status 1 names what is missing or altered."""
    from grc import evidence

    office = desk.office
    with office.db.read() as conn:
        files, problems = evidence.verify(conn, office.store)
    good = Text(f"証跡{files:,}件を確かめました。どれも元のままです。", f"{files:,} files verified; all are as they were.")
    bad = Text(f"証跡{files:,}件のうち、{len(problems)}件が合いません。", f"{files:,} files; {len(problems)} faults.")
    desk.answer({"files": files, "problems": [p.as_json(desk.lang) for p in problems]},
                [bad, *listed(problems, desk.lang)] if problems else [good])
    return 1 if problems else 0
