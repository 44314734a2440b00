"""``grc trail``: whether the history stands as it was written."""

from __future__ import annotations

from grc.cli.shared import Desk, command, group
from grc.cli.words import listed
from grc.text import Text

app = group("履歴 / The trail")


@app.callback()
def several() -> None:
    """A group stays a group, however few commands it has."""


@command(app, "verify", "書き換えがないか確かめる / Verify the trail")
def verify(desk: Desk) -> int:
    """Every entry's hash and its place in the chain; exit status 1 names what was altered."""
    from grc import trail

    with desk.office.db.read() as conn:
        entries, problems = trail.verify(conn)
    good = Text(f"履歴{entries:,}件を確かめました。書き換えはありません。", f"{entries:,} entries verified; none was altered.")
    bad = Text(f"履歴{entries:,}件のうち、{len(problems)}か所が合いません。", f"{entries:,} entries; {len(problems)} faults.")
    desk.answer({"entries": entries, "problems": [p.as_json(desk.lang) for p in problems]},
                [bad, *listed(problems, desk.lang)] if problems else [good])
    return 1 if problems else 0
