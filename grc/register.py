"""Register: what one register declares, and the catalogue of all registers.

A register is declared once; list, form, template, import, export, permissions and trail follow from the declaration.
``registers/__init__.py`` fills the catalogue; everybody else reaches a register by its slug.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as _field
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from grc.case import Effect, Facts, Guard
from grc.charts.declare import Chart
from grc.kinds import Cell, Choice, Code, Date, Option, Ref
from grc.permissions import OPERATOR, ROLES, Grant
from grc.problem import Problem, fault
from grc.record import FieldSpec, Link, Record, Rows, Values, specs, table_name
from grc.refusal import Unknown
from grc.scope import Scope
from grc.settings import Body
from grc.text import Text, same
from grc.workflow import KEPT, Workflow


@dataclass(frozen=True, slots=True)
class Domain:
    """One section of the menu: a field of governance."""

    id: str
    title: Text
    icon: str


@dataclass(frozen=True, slots=True)
class Compound:
    """A column of a ledger that holds several fields, as the official forms do: name and address in one cell.

    ``split`` is a pure function: the cell → cells by field name. What it gives is read by each field's own kind. All
    text of the cell must be in what it gives: nothing a person wrote may be lost.
    """

    heads: tuple[str, ...]
    into: tuple[str, ...]
    split: Callable[[Cell], Mapping[str, Cell]]


@dataclass(frozen=True, slots=True)
class Bind:
    """How a load finds the record that a reference means from other fields of the same row.

    ``fields``: fields of the other register → fields of this one. The record is found by the other register's keys; one
    that is not there is made provisionally from these values.
    """

    reference: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Publication:
    """How a register's records are published each month.

    ``month`` names the field with the month (``YYYY-MM``); ``row`` makes the published row of a record's values (with
    ``code``, ``printed`` and child rows in them); ``states`` are those whose records are published (empty: all);
    ``signed`` names the field with the day from which the legal days count.
    """

    month: str
    row: Callable[[Values], Any]
    signed: str
    states: tuple[str, ...] = ()


def _nothing(_titles: tuple[str, ...]) -> Mapping[str, Cell]:
    return {}


def _as_is(values: dict[str, Any], _printed: Mapping[str, str]) -> dict[str, Any]:
    return values


def _no_rules(_values: Values) -> list[Problem]:
    return []


@dataclass(frozen=True, slots=True)
class Digest:
    """A table on a record's page that is computed from other records: ``rows`` gives texts under ``headings``, in a language,
    or none where there is nothing to say. Only for those who may see the register ``reads``."""

    title: Text
    headings: tuple[Text, ...]
    reads: str
    rows: Callable[[Facts, Values, str], Sequence[Sequence[str]]]


@dataclass(frozen=True, eq=False)
class Register:
    """One register. Only the first seven are asked for; the rest has sensible defaults.

    ``model``     the table class, a subclass of :class:`~grc.record.Record`
    ``slug``      plural English, kebab-case: addresses, command line, files
    ``code``      the beginning of every record's number: ``PRC-CON`` gives ``PRC-CON-000001``
    ``name``      the field that says what a record is: the heading of its page
    ``columns``   the fields of the list, at most nine
    ``keys``      how a ledger's row is known again: tuples of fields, tried in order, the first whose fields are filled
    ``filters``   the fields that the list filters by, state aside
    ``may``       role → what it may do (default deny)
    ``workflow``  states and moves; ``loadable``: the states a ledger may set; ``initial``: that of a row without one
    ``binds``     references that a load finds through other fields of the row
    ``above``     what the texts above a ledger's table mean: cells by field name
    ``complete``  fills what follows from other values, at every write: (values, printed) → values
    ``rules``     what must hold between values: problems, of which errors stop the write
    ``guards``    what must hold at every change, judged with a look around (:class:`~grc.case.Case`)
    ``reserved``  who alone may change a record, beyond the roles: a guard whose sentence refuses
    ``effects``   what else becomes of a record that is made or changed by a person (a load is no news)
    ``scope``     the rows that may be seen at all, by whomever
    ``restricted``  nobody sees it but the roles in ``may``
    ``switch``    the setting that must be on before its page and menu entry are there
    ``charts``    its charts, the first ones first
    ``digests``   tables on a record's page that are computed from other records
    ``alarm``     what is late in it stands above every page, for those who may see it
    """

    model: type[Record]
    slug: str
    domain: Domain
    title: Text
    code: str
    name: str
    columns: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    may: Mapping[str, Grant]
    filters: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    rows: tuple[Rows, ...] = ()
    workflow: Workflow = KEPT
    initial: str | None = None
    loadable: tuple[str, ...] | None = None
    compounds: tuple[Compound, ...] = ()
    above: Callable[[tuple[str, ...]], Mapping[str, Cell]] = _nothing
    binds: tuple[Bind, ...] = ()
    complete: Callable[[dict[str, Any], Mapping[str, str]], dict[str, Any]] = _as_is
    rules: Callable[[Values], list[Problem]] = _no_rules
    publication: Publication | None = None
    guards: tuple[Guard, ...] = ()
    reserved: Guard | None = None
    effects: tuple[Effect, ...] = ()
    scope: Scope | None = None
    restricted: bool = False
    switch: str | None = None
    charts: tuple[Chart, ...] = ()
    digests: tuple[Digest, ...] = ()
    alarm: bool = False
    synonyms: Mapping[str, tuple[str, ...]] = _field(default_factory=dict)

    @cached_property
    def table(self) -> sa.Table:
        """The table of its records."""
        table: sa.Table = self.model.__table__  # type: ignore[attr-defined]
        return table

    @cached_property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The declared fields in order, the common ones last."""
        return specs(self.model)

    @cached_property
    def field(self) -> Mapping[str, FieldSpec]:
        """The declared fields by name."""
        return {f.name: f for f in self.fields}

    @cached_property
    def derived(self) -> tuple[FieldSpec, ...]:
        """The fields that are computed from others, in the order in which they are."""
        return tuple(f for f in self.fields if f.derive is not None)

    @cached_property
    def personal(self) -> frozenset[str]:
        """The fields, and the child rows with a field, that enter the trail only encrypted."""
        return frozenset({f.name for f in self.fields if f.personal} | {r.name for r in self.rows if any(f.personal for f in r.fields)})

    @cached_property
    def status(self) -> FieldSpec:
        """The state as a field: a choice among the states of the workflow."""
        options = (Option(s.id, s.label.ja, s.label.en, colour=s.tone.value) for s in self.workflow.states)
        return FieldSpec("status", Text("状態", "State"), Choice(f"{self.slug}-status", *options),
                         synonyms=("ステータス", "状況", "進捗"))

    @cached_property
    def code_field(self) -> FieldSpec:
        """The record's number as a field of exports."""
        return FieldSpec("code", Text("台帳番号", "Number"), Code(address=self.publication is not None), synonyms=("管理番号",))

    @property
    def may_load(self) -> tuple[str, ...]:
        """The states that a loaded row may set."""
        return self.loadable or tuple(s.id for s in self.workflow.states)

    @property
    def loaded_state(self) -> str:
        """The state of a loaded row that says none."""
        return self.initial or self.workflow.first

    def label(self, name: str) -> Text:
        """The label of a field, of the state, the number, a link or child rows."""
        if name == "code":
            return self.code_field.label
        if name == "status":
            return self.status.label
        if name in self.field:
            return self.field[name].label
        return next((part.label for part in self.parts if part.name == name), same(name))

    @property
    def parts(self) -> tuple[Link | Rows, ...]:
        """Links and child rows."""
        return (*self.rows, *self.links)

    def check(self) -> list[Problem]:
        """Every fault of the declaration, each with a code and its place."""
        return list(_faults(self))


CATALOGUE: dict[str, Register] = {}


def add(*registers: Register) -> None:
    """Put registers into the catalogue; two of one slug are a mistake of ours (``ValueError``)."""
    for register in registers:
        if register.slug in CATALOGUE:
            raise ValueError(f"two registers are called {register.slug}")
        CATALOGUE[register.slug] = register


def get(slug: str) -> Register:
    """The register of that slug; ``Unknown`` with the slugs there are."""
    if slug not in CATALOGUE:
        names = ", ".join(sorted(CATALOGUE))
        raise Unknown(Text(f"「{slug}」という台帳はありません。台帳の名前は次のとおりです：{names}",
                           f'There is no register "{slug}". The registers are: {names}'))
    return CATALOGUE[slug]


def all_registers() -> Iterable[Register]:
    """All registers in the order declared."""
    return CATALOGUE.values()


def in_use(register: Register, body: Body) -> bool:
    """Whether the body uses a register: one with a switch, only where that setting is on."""
    return register.switch is None or bool(body.get(register.switch))


def publishing() -> tuple[Register, Publication]:
    """The one register that is published each month, and how."""
    for register in CATALOGUE.values():
        if register.publication:
            return register, register.publication
    raise Unknown(Text("公表する台帳がありません。", "No register is published."))


_NO_FIELD = fault("register-no-field", "「{value}」という項目はありません。", 'there is no field "{value}".')
_NO_LABEL = fault("register-no-label", "「{value}」の名前が両方の言語でそろっていません。", '"{value}" lacks a label in one language.')
_NO_STATE = fault("register-no-state", "「{value}」という状態はありません。", 'there is no state "{value}".')
_NO_ROLE = fault("register-no-role", "「{value}」という役割はありません。", 'there is no role "{value}".')
_NO_REGISTER = fault("register-no-register", "「{value}」という台帳はありません。", 'there is no register "{value}".')
_BAD_NAME = fault("register-bad-name", "「{value}」は使えない書き方です。", '"{value}" is not spelled as it must be.')
_MANY_COLUMNS = fault("register-many-columns", "一覧の列は9つまでです（{value}）。", "a list has at most nine columns ({value}).")
_TWICE = fault("register-label-twice", "見出し「{value}」が2つの項目にあります。", 'the heading "{value}" belongs to two fields.')
_NO_DATE = fault("register-no-date", "期限の項目「{value}」は日付でなければなりません。", 'the deadline "{value}" must be a date.')


def _faults(register: Register) -> Iterable[Problem]:
    names = {*register.field, "code", "status", *(r.name for r in register.rows), *(k.name for k in register.links)}
    used = {
        "name": (register.name,), "columns": register.columns, "filters": register.filters,
        "keys": tuple(n for key in register.keys for n in key),
        "compounds": tuple(n for c in register.compounds for n in c.into),
        "transitions": tuple(n for t in register.workflow.transitions for n in (*t.needs, *((t.appends,) if t.appends else ()))),
        "binds": tuple(n for b in register.binds for n in (b.reference, *b.fields.values())),
        "unless": tuple(f.unless for f in register.fields if f.unless), "met_by": tuple(f.met_by for f in register.fields if f.met_by),
        "publication": (register.publication.month, register.publication.signed) if register.publication else (),
        "synonyms": tuple(register.synonyms),
    }
    for where, wanted in used.items():
        yield from (_NO_FIELD(field=f"{register.slug} {where}", value=n) for n in wanted if n not in names)
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", register.slug):
        yield _BAD_NAME(field="slug", value=register.slug)
    if register.table.name != table_name(register.slug):
        yield _BAD_NAME(field=f"{register.slug} table", value=register.table.name)
    if not re.fullmatch(r"[A-Z]{2,4}-[A-Z]{2,4}", register.code):
        yield _BAD_NAME(field=f"{register.slug} code", value=register.code)
    if len(register.columns) > 9:
        yield _MANY_COLUMNS(field=register.slug, value=len(register.columns))
    labelled = [(f.name, f.label) for f in register.fields] + [(p.name, p.label) for p in register.parts]
    for name, label in [("title", register.title), *labelled, *((s.id, s.label) for s in register.workflow.states),
                        *((t.id, t.label) for t in register.workflow.transitions)]:
        if not label.ja or not label.en:
            yield _NO_LABEL(field=register.slug, value=name)
    seen: set[str] = set()
    for _name, label in labelled:
        if label.ja in seen:
            yield _TWICE(field=register.slug, value=label.ja)
        seen.add(label.ja)
    states = {s.id for s in register.workflow.states}
    wanted_states = [s for t in register.workflow.transitions for s in (*t.sources, *((t.target,) if t.target else ()))] + [*register.may_load, register.loaded_state]
    wanted_states += register.publication.states if register.publication else ()
    wanted_states += [s for f in register.fields for s in f.due_in] + list(register.workflow.closed)
    yield from (_NO_STATE(field=register.slug, value=s) for s in wanted_states if s not in states)
    roles = [r for t in register.workflow.transitions for r in t.roles] + list(register.may)
    yield from (_NO_ROLE(field=register.slug, value=r) for r in roles if r not in ROLES and r != OPERATOR)
    for f in register.fields:
        if f.refers and f.refers not in CATALOGUE:
            yield _NO_REGISTER(field=f"{register.slug} {f.name}", value=f.refers)
        if f.deadline and not isinstance(f.kind, Date):
            yield _NO_DATE(field=register.slug, value=f.name)
    for link in register.links:
        yield from (_NO_REGISTER(field=f"{register.slug} {link.name}", value=s) for s in link.slugs if s not in CATALOGUE)
    from grc.charts.check import check as faults_of  # it follows references, for which it asks the catalogue

    for chart in register.charts:
        yield from faults_of(register, chart)


def is_reference(spec: FieldSpec) -> bool:
    """Whether a field holds one record of another register."""
    return isinstance(spec.kind, Ref)


__all__ = ["CATALOGUE", "Bind", "Compound", "Domain", "Publication", "Register", "add", "all_registers", "get",
           "in_use", "is_reference", "publishing"]
