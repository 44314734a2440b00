"""Reading registers: filter, search, sort, page and count in SQL; never a table in memory.

Every query asks the permission first. Sort and filter names come from the declaration alone; values are bound parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from grc import calendar, seal
from grc.deadlines import going
from grc.kinds import Ref, Target, fold
from grc.parts import standing
from grc.permissions import Action, Actor, decide, require, visible
from grc.record import RETIRED, FieldSpec, links
from grc.refusal import Misuse, Unknown
from grc.register import Register, all_registers, get
from grc.text import Text

PAGE = 50


@dataclass(frozen=True, slots=True)
class Query:
    """What a list shows. ``filters``: field → values as text (ids of a choice, codes of a reference, else as typed).

    ``sort``: a field's name, with ``-`` before it for the other way round. ``view``: ``""`` all, ``mine``, ``late``,
    ``soon`` (within 30 days; neither counts what has come to its end), ``loaded`` (imported, not yet looked at), ``provisional``, ``retired``.
    """

    search: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    size: int = PAGE
    view: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A record as pages and exports see it: references as :class:`~grc.kinds.Target`, child rows and links as lists."""

    id: int
    code: str
    status: str
    standing: str
    version: int
    values: dict[str, Any]
    printed: dict[str, str]
    meta: Mapping[str, Any]

    def get(self, name: str) -> Any:
        """A field, the state, or the number."""
        return self.code if name == "code" else self.status if name == "status" else self.values.get(name)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its records, how many match, how many there are."""

    items: list[Item]
    total: int
    of: int


def page(conn: sa.Connection, actor: Actor, register: Register, query: Query) -> Page:
    """One page of a register. Raises ``Forbidden``, ``Misuse`` (a filter or sort that the register does not have)."""
    require(actor, Action.VIEW, register)
    condition = _condition(conn, actor, register, query)
    table = register.table
    scope = visible(actor, register)
    everything = conn.scalar(sa.select(_live(table)) if scope is None else
                             sa.select(sa.func.count()).select_from(table).where(table.c.standing.not_in(RETIRED), scope)) or 0
    plain = not (query.search or query.view or any(query.filters.values()))
    total = everything if plain else conn.scalar(sa.select(sa.func.count()).select_from(table).where(condition)) or 0
    rows = conn.execute(sa.select(table).where(condition).order_by(*_order(register, query.sort))
                        .limit(query.size).offset((max(query.page, 1) - 1) * query.size)).all()
    return Page(items(conn, register, rows), total, everything)


def records(conn: sa.Connection, actor: Actor, register: Register, query: Query, *, chunk: int = 500) -> Iterator[Item]:
    """All records that match, with child rows and links, in order; read in chunks. Raises as :func:`page`."""
    require(actor, Action.EXPORT, register)
    condition = _condition(conn, actor, register, query)
    ids = conn.scalars(sa.select(register.table.c.id).where(condition).order_by(*_order(register, query.sort or "code"))).all()
    for first in range(0, len(ids), chunk):
        some = ids[first:first + chunk]
        found = {row.id: row for row in conn.execute(sa.select(register.table).where(register.table.c.id.in_(some)))}
        yield from items(conn, register, [found[id] for id in some], whole=True)


def one(conn: sa.Connection, actor: Actor, register: Register, code: str) -> Item:
    """One record with its child rows and links. One that the actor may not see reads as unknown."""
    row = conn.execute(sa.select(register.table).where(register.table.c.code == code, seen(actor, register))).first()
    if row is None or not decide(actor, Action.VIEW, register, row._asdict()):
        require(actor, Action.VIEW, register)
        raise Unknown(Text(f"「{register.title.ja}」に {code} はありません。", f'There is no {code} in "{register.title.en}".'))
    return items(conn, register, [row], whole=True)[0]


def neighbours(conn: sa.Connection, actor: Actor, register: Register, query: Query, code: str) -> tuple[str | None, str | None]:
    """The records before and after ``code`` in a list."""
    codes = conn.scalars(sa.select(register.table.c.code).where(_condition(conn, actor, register, query))
                         .order_by(*_order(register, query.sort)).limit(2000)).all()
    if code not in codes:
        return None, None
    at = codes.index(code)
    return (codes[at - 1] if at else None), (codes[at + 1] if at + 1 < len(codes) else None)


MANY = 1000
"""Views are counted up to here: beyond it nobody reads the figure, and counting would take longer than the list."""


def counts(conn: sa.Connection, actor: Actor, register: Register, views: Sequence[str]) -> dict[str, int]:
    """How many records each view of a register holds; ``MANY + 1`` stands for more than ``MANY``, except of all.

    Raises ``Forbidden``.
    """
    return tallies(conn, actor, {register: views})[register]


def tallies(conn: sa.Connection, actor: Actor, views: Mapping[Register, Sequence[str]]) -> dict[Register, dict[str, int]]:
    """The counts of several registers, in one statement. Raises as :func:`counts`."""
    asked = [(register, view) for register, some in views.items() for view in some]
    for register in views:
        require(actor, Action.VIEW, register)
    figures = conn.execute(sa.select(*(_tally(actor, *one) for one in asked))).one() if asked else ()
    found: dict[Register, dict[str, int]] = {register: {} for register in views}
    for (register, view), figure in zip(asked, figures, strict=True):
        found[register][view] = figure
    return found


def _tally(actor: Actor, register: Register, view: str) -> sa.ColumnElement[int]:
    table = register.table
    if not view and visible(actor, register) is None:
        return _live(table)
    some = sa.select(sa.literal(1)).select_from(table).where(_view(actor, register, view), seen(actor, register)).limit(MANY + 1).subquery()
    return sa.select(sa.func.count()).select_from(some).scalar_subquery()


def _live(table: sa.Table) -> sa.ColumnElement[int]:
    """How many are not retired: both counts come from an index, however many records there are."""
    whole = sa.select(sa.func.count()).select_from(table)
    return whole.scalar_subquery() - whole.where(table.c.standing.in_(RETIRED)).scalar_subquery()


def choices(conn: sa.Connection, actor: Actor, slug: str, *, search: str = "", limit: int = 200) -> list[Target]:
    """The records that a reference may point to, for a form; none where the actor may not see that register."""
    register = get(slug)
    if not decide(actor, Action.VIEW, register):
        return []
    condition = _condition(conn, actor, register, Query(search=search))
    rows = conn.execute(sa.select(register.table.c.id, register.table.c.code, register.table.c[register.name])
                        .where(condition).order_by(register.table.c.code).limit(limit))
    return [Target(code, str(name or ""), id) for id, code, name in rows]


def referring(conn: sa.Connection, actor: Actor, register: Register, record_id: int, *, limit: int = 20) -> list[tuple[Register, FieldSpec | None, Item]]:
    """Records of other registers that point to this one, by reference or by link, as far as the actor may see them."""
    ties: list[tuple[Register, FieldSpec | None]] = []
    asked: list[Head] = []
    for other in (r for r in all_registers() if decide(actor, Action.VIEW, r)):
        c = other.table.c
        linked = sa.select(links.c.record_id).where(links.c.register == other.slug, links.c.target_register == register.slug,
                                                    links.c.target_id == record_id)
        specs: list[FieldSpec | None] = [f for f in other.fields if f.refers == register.slug]
        for spec in [*specs, *([None] if any(register.slug in link.slugs for link in other.links) else [])]:
            ties.append((other, spec))
            asked.append((other, (c[spec.name] == record_id if spec else c.id.in_(linked)) & seen(actor, other), -c.id))
    if not asked:
        return []
    found = conn.execute(heads(asked, limit).order_by("n", "at")).all()
    items = read_all(conn, ((ties[n][0], id) for n, id, _ in found))
    return [(*ties[n], items[ties[n][0].slug, id]) for n, id, _ in found]


Head = tuple[Register, sa.ColumnElement[bool], sa.ColumnElement[Any]]
"""Records of a register to be asked for: which, and in which order."""


def heads(asked: Sequence[Head], limit: int) -> sa.CompoundSelect[Any]:
    """The first ``limit`` records of each, in one statement: which one was asked (``n``), ``id``, and by what it is ordered (``at``)."""
    each = (sa.select(sa.literal(n).label("n"), register.table.c.id, order.label("at")).where(condition).order_by(order).limit(limit).subquery()
            for n, (register, condition, order) in enumerate(asked))
    return sa.union_all(*(sa.select(head) for head in each))


def read_all(conn: sa.Connection, found: Iterable[tuple[Register, int]]) -> dict[tuple[str, int], Item]:
    """Records of several registers that were asked for with :func:`seen`, by slug and id; one statement a register."""
    wanted: dict[Register, set[int]] = {}
    for register, id in found:
        wanted.setdefault(register, set()).add(id)
    return {(register.slug, item.id): item for register, ids in wanted.items()
            for item in items(conn, register, conn.execute(sa.select(register.table).where(register.table.c.id.in_(ids))).all())}


def unsealed(conn: sa.Connection, register: Register, code: str, changes: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """The changes of a trail entry with personal values made readable, where their key still exists."""
    key = seal.key_of(conn, register.slug, code)
    return {name: [seal.unseal(key, value) for value in pair] for name, pair in changes.items()}


def _condition(conn: sa.Connection, actor: Actor, register: Register, query: Query) -> sa.ColumnElement[bool]:
    wanted = [_view(actor, register, query.view), seen(actor, register)]
    if text := fold(query.search):
        wanted.append(register.table.c.search.contains(text, autoescape=True))
    for name, values in query.filters.items():
        if values:
            wanted.append(_filter(conn, register, name, values))
    return sa.and_(*wanted)


def seen(actor: Actor, register: Register) -> sa.ColumnElement[bool]:
    """The rows that the actor's grants cover; permission as such is asked before."""
    scope = visible(actor, register)
    return sa.true() if scope is None else scope


def _view(actor: Actor, register: Register, view: str) -> sa.ColumnElement[bool]:
    c = register.table.c
    live = c.standing.not_in(RETIRED)  # no index serves it, so that the view's own index is used
    due = [(c[f.name], going(register, f)) for f in register.fields if f.deadline]
    today = calendar.today()
    match view:
        case "mine":
            return live & ((c.owner == actor.called) | (c.updated_by == actor.name))
        case "late":
            return live & sa.or_(sa.false(), *((column < today) & running for column, running in due))
        case "soon":
            return live & sa.or_(sa.false(), *(column.between(today, calendar.add_days(today, 30)) & running for column, running in due))
        case "loaded":
            return live & c.loaded.is_(True)
        case "provisional":
            return live & c.provisional.is_(True)
        case "retired":
            return c.standing.in_(RETIRED)
        case _:
            return live


def _filter(conn: sa.Connection, register: Register, name: str, values: Sequence[str]) -> sa.ColumnElement[bool]:
    c = register.table.c
    if name == "code":
        return c.code.in_(values)
    spec = register.status if name == "status" else register.field.get(name)
    if spec is None:
        raise Misuse(Text(f"「{register.title.ja}」に「{name}」という項目はありません。", f'"{register.title.en}" has no field "{name}".'))
    if isinstance(spec.kind, Ref):
        target = get(spec.kind.slug)
        ids = sa.select(target.table.c.id).where(target.table.c.code.in_(values) | target.table.c[target.name].in_(values))
        return c[name].in_(ids)
    found = []
    for value in values:
        reading = spec.kind.read(value)
        if reading.value is None:
            if reading.problem is None:  # blank: nothing is found
                return sa.false()
            sentence = reading.problem.message
            raise Misuse(Text(f"{spec.label.ja}：{sentence.ja}", f"{spec.label.en}: {sentence.en}"))
        found.append(reading.value)
    return c[name].in_(found)


def _order(register: Register, sort: str) -> list[sa.ColumnElement[Any]]:
    name, down = sort.removeprefix("-"), sort.startswith("-")
    if not sort:
        return [register.table.c.id.desc()]
    if name not in ("code", "status", "updated_at") and name not in register.field:
        raise Misuse(Text(f"「{name}」では並べられません。", f'Cannot sort by "{name}".'))
    column = register.table.c[name]
    first = sa.nulls_last(column.desc() if down else column.asc())
    return [first, register.table.c.id.desc() if down else register.table.c.id.asc()]


def items(conn: sa.Connection, register: Register, rows: Sequence[sa.Row[Any]], *, whole: bool = False) -> list[Item]:
    """Rows that were asked for with :func:`seen`, as pages see them; ``whole``: with child rows and links."""
    refs = {spec.name: spec.kind.slug for spec in register.fields if isinstance(spec.kind, Ref)}
    targets = {slug: _targets(conn, slug, {row._mapping[n] for row in rows for n, s in refs.items() if s == slug})
               for slug in set(refs.values())}
    parts = _parts(conn, register, [row.id for row in rows]) if whole else {}
    names = [spec.name for spec in register.fields]
    found = []
    for row in rows:
        m = row._mapping
        values = {name: targets[refs[name]].get(m[name]) if name in refs else m[name] for name in names}
        values.update(parts.get(row.id, {}))
        found.append(Item(row.id, row.code, row.status, row.standing, row.version, values, m["printed"] or {}, row._asdict()))
    return found


def _targets(conn: sa.Connection, slug: str, ids: set[int | None]) -> dict[int | None, Target]:
    wanted = [id for id in ids if id is not None]
    if not wanted:
        return {}
    register = get(slug)
    rows = conn.execute(sa.select(register.table.c.id, register.table.c.code, register.table.c[register.name])
                        .where(register.table.c.id.in_(wanted)))
    return {id: Target(code, str(name or ""), id) for id, code, name in rows}


def _parts(conn: sa.Connection, register: Register, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Child rows, and links as what they lead to."""
    found = standing(conn, register, ids)
    led = {slug: {id for parts in found.values() for link in register.links for s, id in parts[link.name] if s == slug}
           for slug in {slug for link in register.links for slug in link.slugs}}
    targets = {slug: _targets(conn, slug, set(ids)) for slug, ids in led.items()}
    for parts in found.values():
        for link in register.links:
            parts[link.name] = [(slug, targets[slug][id]) for slug, id in parts[link.name] if id in targets[slug]]
    return found
