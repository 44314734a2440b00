"""The files of a year's plan: the commitments, and beside them systems, committees and the audit catalogue.

Which register a file is for is told by its headings. Files come in through the way in for ledgers, but a file of the plan
is taken more strictly: it is the body's adopted word, so a cell that cannot be read keeps the whole file out.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grc.changes.create import insert
from grc.changes.spine import act
from grc.changes.transition import make
from grc.facts import Look
from grc.kinds import FISCAL_YEAR, fold_name
from grc.office import Office
from grc.permissions import Action, Actor, require
from grc.problem import Problem, Severity, define
from grc.refusal import Invalid, Misuse, NotAllowedNow, Unreadable
from grc.register import Register, get
from grc.text import Text
from imports.layout import Table, find_tables
from imports.mapping import Headings
from imports.run import Options, Preview, load, preview
from imports.workbook import read_workbook
from registers.rules import plan as rules

PLAN = "plan-items"
ORDER = ("systems", "committees", "audits", PLAN)
"""What a commitment refers to comes in before it."""
KNOWN = 0.6
"""The share of a file's headings that a register must know for the file to be its own."""

TWICE = define("plan-number-repeated", Severity.ERROR, Text("計画番号「{value}」は{other}行目にもあります。", 'Plan number "{value}" stands on row {other} too.'),
               Text("番号は1つの取組に1つです。", "A number belongs to one commitment."))
NO_DUE = define("plan-due-unreadable", Severity.ERROR, Text("期限「{value}」を日付として読めません。", 'The due date "{value}" cannot be read.'),
                Text("2026-03-31、令和8年3月、令和7年度 のように書いてください。", "Write it as 2026-03-31 or FY2025."))
MEND = Text("その行を直して、もう一度取り込んでください。", "Mend that row, then load the file again.")


@dataclass(frozen=True)
class Incoming:
    """A file, the register that it is for, and the fiscal year that its rows get."""

    name: str
    data: bytes
    register: Register
    year: int | None = None


def load_files(office: Office, actor: Actor, files: Sequence[tuple[str, bytes]], year: int | None = None) -> tuple[list[Preview], dict[int, int]]:
    """Load the files, each all or nothing, none where one of them is wrong; then make the activity grid of each year that
    has none. Returns what was loaded, in the order given, and how many steps were made by year.

    Raises ``Unreadable`` (no register knows it), ``Misuse`` (no year), ``Forbidden``, ``Invalid`` with every fault.
    """
    incoming = [told(name, data, year) for name, data in files]
    for one in incoming:
        _judged(seen_of(office, actor, one), one)
    done: dict[int, Preview] = {}
    for n in sorted(range(len(incoming)), key=lambda n: ORDER.index(incoming[n].register.slug)):
        one = incoming[n]  # looked at once more: it may refer to what has just come in
        done[n] = load(office, actor, _judged(seen_of(office, actor, one), one))
    years = dict.fromkeys(y for n in done if incoming[n].register.slug == PLAN for y in _years(incoming[n], done[n]))
    return [done[n] for n in range(len(incoming))], {y: made for y in years if (made := grid(office, actor, y))}


def told(name: str, data: bytes, year: int | None = None) -> Incoming:
    """What a file is, by its headings. Raises ``Unreadable``, ``Misuse``."""
    headings = [Headings(get(slug)) for slug in ORDER]
    tables = find_tables(read_workbook(data, name), lambda head: any(each.known(head) for each in headings))
    shares = {each.register: sum(each.find(column)[1] != "none" for column in tables[0].columns) / len(tables[0].columns) for each in headings} if tables else {}
    register = max(shares, key=lambda each: shares[each], default=None)
    if register is None or shares[register] < KNOWN:
        titles = "・".join(get(slug).title.ja for slug in ORDER)
        raise Unreadable(Text(f"「{name}」がどの台帳のファイルか、見出しから分かりません。取り込めるのは {titles} です。何も登録していません。",
                              f'The headings of "{name}" fit none of: {", ".join(ORDER)}. Nothing was saved.'))
    if register.slug != PLAN:
        return Incoming(name, data, register)
    return Incoming(name, data, register, year or _year(name, tables[0], register))


def _year(name: str, table: Table, register: Register) -> int | None:
    """The fiscal year in which most commitments of a plan are due; ``None`` where each row says its own."""
    headings = Headings(register)
    targets = [headings.find(column)[0] for column in table.columns]
    if "fiscal_year" in targets:
        return None
    cells = [row.cells[targets.index("due")] for row in table.rows] if "due" in targets else []
    years = Counter(y for cell in cells if isinstance(cell, str) and isinstance(y := FISCAL_YEAR.read(cell).value, int))
    if not years:
        raise Misuse(Text(f"「{name}」が何年度の計画か分かりません。--year 2025 のように指定してください。",
                          f'"{name}" does not say of which fiscal year it is. Give it as --year 2025.'))
    return years.most_common(1)[0][0]


def seen_of(office: Office, actor: Actor, one: Incoming) -> Preview:
    """What a file says. What is kept as evidence is the file itself, not the copy in which systems go by their numbers."""
    if one.register.slug != PLAN:
        return preview(office, actor, one.register.slug, one.data, one.name)
    constants = {} if one.year is None else {"fiscal_year": str(one.year)}
    seen = preview(office, actor, PLAN, _with_systems(office, one.data, one.name), one.name, Options(constants=constants))
    return replace(seen, data=one.data)


# ------------------------------------------------------------------------------------- systems by their other names


def _with_systems(office: Office, data: bytes, name: str) -> bytes:
    """A plan in CSV whose systems (``住基ネット;JPKI``) go by number and name, each on a line of its cell."""
    text = _text(data) if name.lower().endswith(".csv") else None
    lines = list(csv.reader(io.StringIO(text))) if text else []
    headings = [fold_name(cell) for cell in lines[0]] if lines else []
    at = next((headings.index(word) for word in ("systems", "対象システム") if word in headings), None)
    if at is None:
        return data
    with office.db.read() as conn:
        called = _called(Look(conn).records("systems"))
    for line in lines[1:]:
        if at < len(line) and line[at].strip():
            found = [called.get(fold_name(part)) or _ending(called, part) for part in re.split(r"[;；\n]", line[at]) if part.strip()]
            line[at] = "\n".join(dict.fromkeys(filter(None, found))) if all(found) else line[at]
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode("utf-8-sig")


def _text(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _called(systems: Iterable[Any]) -> dict[str, str]:
    """Every name of the systems → number and name. A proper name comes before an alias, and an alias before its bracket."""
    found: dict[str, str] = {}
    systems = list(systems)
    for words in (lambda s: (s["name"], s["number"]), lambda s: (s["alias"],), lambda s: (re.split(r"[（(]", s["alias"] or "")[0],)):
        for system in systems:
            for word in words(system):
                if word:
                    found.setdefault(fold_name(word), f"{system['code']} {system['name']}")
    return found


def _ending(called: dict[str, str], part: str) -> str | None:
    """The one system whose name ends so: 中間サーバー・ソフトウェア for 自治体中間サーバー・ソフトウェア."""
    found = {target for word, target in called.items() if word.endswith(fold_name(part))}
    return found.pop() if len(found) == 1 and len(part.strip()) >= 6 else None


# ------------------------------------------------------------------------------------- what keeps a file out


def _judged(seen: Preview, one: Incoming) -> Preview:
    """The same preview; ``Invalid`` where the file is wrong, naming the first place."""
    faults = [*seen.errors, *(_strict(seen) if one.register.slug == PLAN else ())]
    if seen.questions:
        raise NotAllowedNow(seen.questions[0].message, faults)
    if faults:
        ja, en = faults[0].sentence("ja"), faults[0].sentence("en")
        raise Invalid(Text(f"「{one.name}」に誤りが{len(faults)}か所あります。何も登録していません。{ja}",
                           f'Faults in "{one.name}": {len(faults)}. Nothing was loaded. {en}'), faults)
    if not seen.rows:
        raise Unreadable(Text(f"「{one.name}」に、記録になる行がありません。", f'"{one.name}" holds no row that is a record.'))
    return seen


def _strict(seen: Preview) -> Iterable[Problem]:
    """Cells that would be left empty, numbers that stand twice, due dates that say no day."""
    rows: dict[Any, int] = {}
    letters = {m.target: m.column.letter for m in seen.columns.columns}
    for compared in seen.rows:
        read = compared.read
        lost = {name for name in read.printed if name in seen.register.field and name not in read.values}
        yield from (replace(p, severity=Severity.ERROR, remedy=MEND) for p in read.problems if p.severity is Severity.WARNING and p.field in lost)
        values = {"fiscal_year": None, "due": None, **read.values}
        if values["due"] and rules.due_on(values) is None:
            yield NO_DUE(value=values["due"], row=read.number, column=letters.get("due", ""), field="due", sheet=seen.table.sheet)
        key = (values["fiscal_year"], values.get("number"))
        if rows.setdefault(key, read.number) != read.number:
            yield TWICE(value=str(values.get("number")), other=rows[key], row=read.number, column=letters.get("number", ""), field="number", sheet=seen.table.sheet)


def _years(one: Incoming, seen: Preview) -> Iterable[int]:
    return [one.year] if one.year else sorted({y for row in seen.rows if isinstance(y := row.read.values.get("fiscal_year"), int)})


# ------------------------------------------------------------------------------------- what follows from a plan


def grid(office: Office, actor: Actor, year: int) -> int:
    """Make the activity grid of a year from the template, where the year has no activity yet; how many steps were made."""
    register = get("activities")
    with act(office.db, actor) as doing:
        look = Look(doing.conn)
        if look.records("activities", fiscal_year=year):
            return 0
        require(actor, Action.CREATE, register)
        plan = {row["number"]: row for row in look.records(PLAN, fiscal_year=year)}
        for step in rules.TEMPLATE:
            item = plan.get(step.plan)
            insert(doing, register, {
                "fiscal_year": year, "area": step.area, "step": step.step, "activity": step.activity, "month_planned": rules.planned_month(step, year),
                **({"plan_item_id": item["id"], "unit_id": item["unit_id"], "owner": item["owner"]} if item else {})})
        return len(rules.TEMPLATE)


def activate(office: Office, actor: Actor, year: int) -> tuple[list[str], list[tuple[str, Text]]]:
    """Activate the drafts of a year: the numbers of those that are active now, and why the others wait."""
    done: list[str] = []
    waiting: list[tuple[str, Text]] = []
    with act(office.db, actor) as doing:
        for row in Look(doing.conn).records(PLAN, fiscal_year=year, status="draft"):
            try:
                make(doing, PLAN, row["code"], "activate", row["version"])
                done.append(row["number"])
            except NotAllowedNow as refusal:
                waiting.append((row["number"], refusal.message))
    return done, waiting
