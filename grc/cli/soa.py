"""``grc soa``: statements of applicability, and what differs between two of them."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from grc.cli.shared import Desk, command, group
from grc.text import Text

app = group("適用宣言書 / Statements of applicability")
_OLD = Annotated[str, typer.Argument(metavar="OLD", help="前の版の台帳番号 / Number of the former version", show_default=False)]
_NEW = Annotated[str, typer.Argument(metavar="NEW", help="新しい版の台帳番号 / Number of the new version", show_default=False)]


@command(app, "diff", "2つの版のちがい / What differs between two versions", acts=True)
def diff(desk: Desk, old: _OLD, new: _NEW) -> None:
    """The decisions that two statements make differently, control by control."""
    office, actor = desk.office, desk.actor
    from grc import query
    from grc.facts import Look
    from grc.permissions import Action, require
    from grc.register import get
    from registers.rules import soa

    require(actor, Action.VIEW, get(soa.ENTRIES))
    with office.db.read() as conn:
        ids = [query.one(conn, actor, get(soa.STATEMENTS), code).id for code in (old, new)]
        facts = Look(conn)
        rows = soa.difference_rows(facts, ids[0], ids[1], desk.lang)
        found = soa.difference(*(facts.records(soa.ENTRIES, statement_id=id) for id in ids))
        numbers = {id: (facts.one(soa.CONTROLS, id) or {}).get("number") for id in {c.control_id for c in found}}
    fields = get(soa.ENTRIES).field

    def plain(name: str, value: Any) -> Any:
        return fields[name].kind.data(value) if name else value

    value = {"old": old, "new": new, "differences": [
        {"control": numbers[c.control_id], "field": c.field or None, "before": plain(c.field, c.before), "after": plain(c.field, c.after)} for c in found]}
    many = Text(f"{old} から {new} まで：ちがい{len(rows)}件", f"{old} to {new}: {len(rows)} differences")
    desk.answer(value, [many, *("｜".join(heading.into(desk.lang) for heading in soa.HEADINGS) for _ in rows[:1]), *("｜".join(row) for row in rows)])
