"""``grc batch``: what was loaded, from which file, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from grc.cli.shared import Desk, command, group
from grc.refusal import Unknown
from grc.text import Text

if TYPE_CHECKING:
    import sqlalchemy as sa

app = group("取り込みの記録 / What was loaded")


@command(app, "list", "取り込みの一覧 / All loads", acts=True)
def list_(desk: Desk, register: Annotated[str, typer.Argument(metavar="[REGISTER]", help="台帳 / Register", show_default=False)] = "") -> None:
    """The loads, newest first, of one register or of all that the actor may see."""
    found = _seen(desk, register)
    desk.answer(found, [line for b in found for line in _lines(b)[:1]])


@command(app, "show", "1回の取り込み / One load", acts=True)
def show(desk: Desk, batch: Annotated[int, typer.Argument(metavar="BATCH", help="取込番号 / Number", show_default=False)]) -> None:
    """One load: its file, its counts, who loaded it."""
    found = next((b for b in _seen(desk) if b["batch"] == batch), None)
    if found is None:
        raise Unknown(Text(f"取込番号{batch}はありません。", f"There is no batch {batch}."))
    desk.answer(found, _lines(found))


def _seen(desk: Desk, slug: str = "") -> list[dict[str, Any]]:
    import sqlalchemy as sa

    office, actor = desk.office, desk.actor
    from grc.changes.load import batches
    from grc.permissions import Action, decide, require
    from grc.register import all_registers, get

    if slug:
        require(actor, Action.VIEW, get(slug))
    mine = [slug] if slug else [r.slug for r in all_registers() if decide(actor, Action.VIEW, r)]
    with office.db.read() as conn:
        query = sa.select(batches).where(batches.c.register.in_(mine)).order_by(batches.c.id.desc())
        return [_as_json(row) for row in conn.execute(query)]


def _as_json(row: sa.Row[Any]) -> dict[str, Any]:
    return {"batch": row.id, "register": row.register, "file": row.file_name, "file_sha256": row.file_sha256, "sheet": row.sheet,
            **{name: n for name, n in row.counts.items() if isinstance(n, int)}, "at": row.loaded_at.isoformat(), "by": row.loaded_by}


def _lines(b: dict[str, Any]) -> list[Text | str]:
    from datetime import datetime

    from grc import calendar

    when = f"{calendar.tokyo(datetime.fromisoformat(b['at'])):%Y-%m-%d %H:%M}"
    return [Text(f"{b['batch']}　{when}　{b['by']}　{b['register']}　{b['file']}（新規{b['created']}・変更{b['updated']}）",
                 f"{b['batch']}  {when}  {b['by']}  {b['register']}  {b['file']} ({b['created']} created, {b['updated']} updated)"),
            f"SHA-256 {b['file_sha256']}"]
