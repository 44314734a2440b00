"""``grc catalogue``: control catalogues, those that come with the program and those that people bring."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grc.cli.files import read
from grc.cli.shared import Desk, command, group
from grc.text import Text

if TYPE_CHECKING:
    import sqlalchemy as sa

    from grc.case import Values
    from grc.office import Office
    from grc.permissions import Actor
    from imports.frameworks import Catalogue

app = group("管理策カタログ / Control catalogues")
SLUG = "controls"


@command(app, "load", "管理策カタログを取り込む（CSV・OSCAL の JSON） / Load a catalogue: CSV or OSCAL JSON", acts=True)
def load(desk: Desk, file: Annotated[Path, typer.Argument(metavar="FILE", help="ファイル / File", show_default=False)]) -> None:
    """Load a catalogue; the same one again changes nothing."""
    office, actor = desk.office, desk.actor
    from grc.changes.load import Plan, ToCreate, ToUpdate, last_batch
    from grc.changes.load import load as load_plan
    from grc.permissions import Action, require
    from grc.register import get

    require(actor, Action.IMPORT, get(SLUG))
    data = read(file)
    found = read_catalogue(data, file.name)
    with office.db.read() as conn:
        wanted, after = compared(_standing(conn, found), found), last_batch(conn, SLUG)
    creates = tuple(ToCreate(values, {}, n) for n, (record, values) in enumerate(wanted, 1) if record is None)
    updates = tuple(ToUpdate(record["code"], record["version"], values, {}, n) for n, (record, values) in enumerate(wanted, 1) if record is not None and values)
    counts = {"created": len(creates), "updated": len(updates), "unchanged": len(wanted) - len(creates) - len(updates)}
    load_plan(office.db, office.store, actor, Plan(
        SLUG, file.name, data, "catalogue", found.framework, {**counts, "rejected": 0, "rows": len(wanted)}, after=after, creates=creates, updates=updates,
        unchanged={n: record["code"] for n, (record, values) in enumerate(wanted, 1) if record is not None and not values}))
    words = get(SLUG).field["framework"].kind
    named = Text(found.name or words.show(found.framework), found.name or words.show(found.framework, "en"))
    desk.answer({"file": str(file), "framework": found.framework, **counts}, [
        Text(f"{named.ja}：新規{counts['created']:,}・変更{counts['updated']:,}・変更なし{counts['unchanged']:,}",
             f"{named.en}: {counts['created']:,} new, {counts['updated']:,} changed, {counts['unchanged']:,} unchanged")])


def read_catalogue(data: bytes, name: str) -> Catalogue:
    """The catalogue in a file: OSCAL where it is JSON, else a label file. Raises ``Unreadable``."""
    from imports.frameworks import read_labels
    from imports.oscal import read_oscal

    as_json = name.casefold().endswith(".json") or data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"
    return read_oscal(data.removeprefix(b"\xef\xbb\xbf"), name) if as_json else read_labels(data, name)


def compared(standing: dict[str, Values], found: Catalogue) -> list[tuple[Values | None, dict[str, Any]]]:
    """Each control with the record that it is, if any, and the values that differ; what a catalogue leaves out stays."""
    from dataclasses import asdict

    wanted: list[tuple[Values | None, dict[str, Any]]] = []
    for control in found.controls:
        record = standing.get(control.number)
        said = {name: value for name, value in asdict(control).items() if value is not None}
        values = {"framework": found.framework, "catalogue": found.name, **said}
        wanted.append((record, values if record is None else {n: v for n, v in said.items() if record[n] != v}))
    return wanted


def load_shipped(office: Office, actor: Actor) -> None:
    """The catalogues that come with the program, where there is no control yet; one act for all of them."""
    import sqlalchemy as sa

    import registers
    from grc.changes import act
    from grc.changes.create import insert
    from grc.permissions import Action, require
    from grc.register import get

    register = get(SLUG)
    with act(office.db, actor) as doing:
        require(actor, Action.CREATE, register)
        if doing.conn.scalar(sa.select(register.table.c.id).limit(1)) is not None:
            return
        for file in sorted((Path(registers.__file__).parent / "catalogues").glob("*.csv")):
            for _, values in compared({}, read_catalogue(file.read_bytes(), file.name)):
                insert(doing, register, values)


def _standing(conn: sa.Connection, found: Catalogue) -> dict[str, Values]:
    """The live controls of a catalogue's framework, by number."""
    from grc.facts import Look

    return {r["number"]: r for r in Look(conn).records(SLUG, framework=found.framework, catalogue=found.name)}
