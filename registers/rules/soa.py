"""適用宣言書: one statement for each certification scope and version, with one entry for each control of its framework.

ISO/IEC 27001 6.1.3 d) asks for the necessary controls, why each is in or out, and whether it is implemented.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grc import register
from grc.case import Case, Change, Consequence, Create, Facts, Values
from grc.kinds import Cell
from grc.text import Text

STATEMENTS, ENTRIES, CONTROLS = "soa-statements", "soa-entries", "controls"
KEEPERS = frozenset({"security_office", "risk_officer"})
WORKING, FINAL = ("draft", "reviewed"), ("approved", "superseded")
SCOPE = ("scope", "framework", "catalogue")
DECISION = ("applicable", "justification", "implementation", "planned_on", "basis", "document_ref")
"""What an entry decides, in the order in which a difference is told."""
_NAMED = 3
_APPLIES = {"適用": "○", "適用する": "○", "採用": "○", "適用除外": "×", "除外": "×", "適用しない": "×", "非適用": "×", "不採用": "×"}


def title(values: Mapping[str, Any]) -> str | None:
    """What a statement is called: its scope, its framework where that is named, its version."""
    if not values["scope"]:
        return None
    framework = register.get(STATEMENTS).field["framework"].kind.show(values["framework"]) if values["framework"] else None
    named = "　".join(filter(None, (framework, values["catalogue"])))
    return f"{values['scope']}" + (f"（{named}）" if named else "") + (f" 第{values['version_no']}版" if values["version_no"] else "")


def decided(values: Mapping[str, Any]) -> bool:
    """Whether it is said that a control applies or not, why (for both), and of one that applies how far it is implemented."""
    return values["applicable"] is not None and bool(values["justification"]) and bool(values["implementation"] or not values["applicable"])


def applies(cell: Cell) -> Mapping[str, Cell]:
    """適用・適用除外 of a ledger as yes and no."""
    return {"applicable": _APPLIES.get(unicodedata.normalize("NFKC", cell).strip(), cell) if isinstance(cell, str) else cell}


def settled(case: Case) -> Text | None:
    """A statement that was approved stays as it is; what changes is a new version."""
    if case.before is None or case.move is not None or case.before["status"] not in FINAL:
        return None
    if not case.changed(*SCOPE, "version_no", "certification_id", "former_id", "reviewed_on", "approved_on", "approved_by", "superseded_on"):
        return None
    return Text("承認された適用宣言書は変更できません。新しい版を作ってください。", "An approved statement cannot be changed. Begin a new version.")


def one_of_its_version(case: Case) -> Text | None:
    """A scope has each version of its statement once."""
    twins = [s for s in _of_scope(case.facts, case.values) if s["version_no"] == case.values["version_no"] and s["id"] != case.values["id"]]
    if case.move is not None or not case.changed(*SCOPE, "version_no") or not twins:
        return None
    return Text(f"同じ適用範囲の同じ版がもうあります（{twins[0]['code']}）。版の番号を変えてください。",
                f"This version of the scope is there already ({twins[0]['code']}). Change the version number.")


def one_at_work(case: Case) -> Text | None:
    """A new version begins when no other is in the making."""
    other = next((s for s in _of_scope(case.facts, case.values) if s["status"] in WORKING), None)
    return None if other is None else Text(f"作成中の版がもうあります（{other['code']}）。それを承認するか、取り消してください。",
                                           f"A version is in the making already ({other['code']}). Approve it, or void it.")


def every_control_decided(case: Case) -> Text | None:
    """ISO/IEC 27001 6.1.3 d): every control of the framework is in or out, with the reason for either."""
    controls = _controls(case.facts, case.values)
    if not controls:
        return Text("この適用宣言書の枠組みの管理策が登録されていません。管理策カタログを先に取り込んでください。",
                    "No control of this framework is registered. Load its catalogue first.")
    ready = {e["control_id"] for e in case.facts.records(ENTRIES, statement_id=case.values["id"]) if decided(e)}
    missing = sorted((c["number"] for c in controls if c["id"] not in ready), key=in_order)
    if not missing:
        return None
    names, more = missing[:_NAMED], len(missing) > _NAMED
    return Text(f"まだ決めていない管理策が{len(missing)}件あります：{'、'.join(names)}{'ほか' if more else ''}。"
                "適用の有無と理由を、適用するものは実施状況も記入してください。",
                f"Controls not yet decided: {len(missing)} ({', '.join(names)}{', …' if more else ''}). "
                "Say whether each applies and why, and how far one that applies is implemented.")


def approved_by_another(case: Case) -> Text | None:
    """Four eyes hold for the entries too: who approves decided none of them. The history of each entry is asked only of
    somebody who may keep entries; of anybody else it is enough that the last hand was not theirs."""
    since, me = case.values["created_at"], case.actor.name
    keeps = bool(case.actor.roles & KEEPERS)
    mine = next((e for e in case.facts.records(ENTRIES, statement_id=case.values["id"])
                 if e["updated_by"] == me or (keeps and case.facts.worked_on(me, ENTRIES, e["code"], since))), None)
    if mine is None:
        return None
    return Text(f"承認できません。この版の管理策（{mine['code']}）を変更したのがあなただからです。ほかの人に頼んでください。",
                f"You cannot approve this, because you changed an entry of it ({mine['code']}). Ask somebody else.")


def reviewed(case: Case) -> dict[str, Any]:
    """When it was looked through."""
    return {"reviewed_on": case.today}


def superseding(case: Case) -> Iterator[Consequence]:
    """The approved version takes the place of the one before it."""
    for former in _of_scope(case.facts, case.values, status="approved"):
        if former["id"] != case.values["id"]:
            yield Change(STATEMENTS, former["id"], Text("新しい版が承認された", "a new version was approved"), {"superseded_on": case.today}, "superseded")


def next_version(case: Case) -> Iterator[Consequence]:
    """A new version, with the entries of this one to begin with.

    The door carries out each consequence before it asks for the next: the new statement is there when its entries are made.
    """
    old, why = case.values, Text("新しい版を始めた", "a new version was begun")
    number = max(s["version_no"] or 0 for s in _of_scope(case.facts, old)) + 1
    kept = {name: old[name] for name in (*SCOPE, "certification_id", "unit_id", "owner")}
    yield Create(STATEMENTS, {**kept, "version_no": number, "former_id": old["id"]}, why)
    for new in _of_scope(case.facts, old, version_no=number):
        yield from _entries(case.facts, new, why)


def lay_out(case: Case) -> Iterator[Consequence]:
    """An entry for each control that has none yet, as the former version says it, or blank."""
    yield from _entries(case.facts, case.values, Text("管理策の行をそろえた", "an entry was made for each control"))


def of_a_draft(case: Case) -> Text | None:
    """What was reviewed or approved is not changed entry by entry; a ledger may bring an old statement with its entries."""
    if case.loading and case.is_new:
        return None
    ids = {case.values["statement_id"], *([case.before["statement_id"]] if case.before else [])}
    closed = next((s for id in ids if (s := case.facts.one(STATEMENTS, id)) and s["status"] != "draft"), None)
    if closed is None:
        return None
    return Text(f"適用宣言書（{closed['code']}）は作成中ではないので、管理策の行は変更できません。差し戻すか、新しい版を作ってください。",
                f"The statement ({closed['code']}) is not in the making, so its entries cannot be changed. Send it back, or begin a new version.")


def kept_with_its_statement(case: Case) -> Text | None:
    """An entry of a statement that was reviewed or approved is neither voided nor archived: the statement would lose a decision."""
    return None if case.values.get("standing", "live") == "live" else of_a_draft(case)


def once_in_a_statement(case: Case) -> Text | None:
    """A control stands in a statement once."""
    v = case.values
    if v["statement_id"] is None or v["control_id"] is None or not case.changed("statement_id", "control_id"):
        return None
    twin = next((e for e in case.facts.records(ENTRIES, statement_id=v["statement_id"], control_id=v["control_id"]) if e["id"] != v["id"]), None)
    return None if twin is None else Text(f"この管理策はもうこの適用宣言書にあります（{twin['code']}）。", f"This control is in the statement already ({twin['code']}).")


def unfinished_has_a_day(case: Case) -> Text | None:
    """What is only planned says until when (proposal)."""
    if case.loading or case.values["implementation"] != "planned" or case.values["planned_on"] or not case.changed("implementation", "planned_on"):
        return None
    return Text("実施状況が「計画」のときは、実施予定日を記入してください。", 'Where implementation is "planned", enter the day by which it is to be done.')


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference between two versions: of which control, in which field (``""``: the whole entry came or went)."""

    control_id: int
    field: str
    before: Any
    after: Any


def difference(old: Iterable[Values], new: Iterable[Values]) -> list[Changed]:
    """What differs between the entries of two versions, control by control; pure."""
    before, after = ({e["control_id"]: e for e in entries} for entries in (old, new))
    found: list[Changed] = []
    for control in dict.fromkeys((*before, *after)):
        if control not in before or control not in after:
            found.append(Changed(control, "", control in before, control in after))
            continue
        found += [Changed(control, name, before[control][name], after[control][name]) for name in DECISION
                  if before[control][name] != after[control][name]]
    return found


HEADINGS = (Text("管理策", "Control"), Text("名称", "Name"), Text("項目", "Field"), Text("前の版", "Before"), Text("新しい版", "After"))
"""The columns of :func:`difference_rows`."""
WHOLE, THERE, GONE = Text("管理策の行", "Entry"), Text("あり", "there"), Text("なし", "not there")


def difference_rows(facts: Facts, old: int, new: int, lang: str = "ja") -> list[tuple[str, ...]]:
    """The difference of two statements, by their ids, as rows of text under :data:`HEADINGS`, in the order of the controls."""
    fields = register.get(ENTRIES).field
    found = difference(*(facts.records(ENTRIES, statement_id=id) for id in (old, new)))
    controls = {id: facts.one(CONTROLS, id) or {} for id in {c.control_id for c in found}}
    rows = []
    for c in found:
        number, label = (controls[c.control_id].get(name) or "" for name in ("number", "label_en" if lang == "en" else "label"))
        if c.field:
            said = (fields[c.field].label.into(lang), *(fields[c.field].kind.show(value, lang) for value in (c.before, c.after)))
        else:
            said = (WHOLE.into(lang), *((THERE if value else GONE).into(lang) for value in (c.before, c.after)))
        rows.append((number, label or controls[c.control_id].get("label") or "", *said))
    return sorted(rows, key=lambda row: in_order(row[0]))


def since_the_former(facts: Facts, statement: Values, lang: str) -> Sequence[tuple[str, ...]]:
    """What a version changes, as rows of text; none for a first one."""
    return difference_rows(facts, statement["former_id"], statement["id"], lang) if statement["former_id"] else []


def in_order(number: str) -> tuple[tuple[int, int, str], ...]:
    """Numbers of controls as people count them: A.5.9 before A.5.10."""
    parts = number.replace("-", ".").split(".")
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _entries(facts: Facts, statement: Values, why: Text) -> Iterator[Consequence]:
    """The entries that a statement lacks, with the decisions of the approved version where it has any."""
    former = max(_of_scope(facts, statement, status="approved"), key=lambda s: s["version_no"] or 0, default=None)
    old = {e["control_id"]: e for e in facts.records(ENTRIES, whole=True, statement_id=former["id"])} if former else {}
    there = {e["control_id"] for e in facts.records(ENTRIES, statement_id=statement["id"])}
    for control in sorted(_controls(facts, statement), key=lambda c: in_order(c["number"])):
        if control["id"] not in there:
            kept = {name: old[control["id"]][name] for name in (*DECISION, "risks", "unit_id", "owner")} if control["id"] in old else {}
            yield Create(ENTRIES, {"unit_id": statement["unit_id"], **kept, "statement_id": statement["id"], "control_id": control["id"],
                                   "control_label": control["label"]}, why)


def _of_scope(facts: Facts, statement: Values, **where: Any) -> Sequence[Values]:
    """The statements of the same scope and framework."""
    return facts.records(STATEMENTS, **{name: statement[name] for name in SCOPE}, **where)


def _controls(facts: Facts, statement: Values) -> Sequence[Values]:
    """The live controls of a statement's framework; of a catalogue by name, those of that one."""
    if statement["framework"] is None:
        return []
    return facts.records(CONTROLS, framework=statement["framework"], **({"catalogue": statement["catalogue"]} if statement["catalogue"] else {}))
