"""The history of a record as a line: who did what, when, before → after, why, and where from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grc import calendar, query
from grc.query import Item
from grc.register import Register
from grc.text import Text
from grc.trail import Written
from grc.ui import fields, look
from grc.ui.escape import escape
from grc.ui.viewer import Viewer

ACTS = {
    "rule": Text("規則により変更", "Changed by a rule"),
    "create": Text("登録した", "Added"), "update": Text("変更した", "Changed"), "load": Text("Excelから取り込んだ", "Imported from Excel"),
    "attach": Text("証跡を加えた", "Attached evidence"), "detach": Text("証跡を外した", "Took evidence off"),
    "confirm": Text("確認した", "Looked at it"), "void": Text("取り消した", "Made void"), "archive": Text("保管にした", "Archived"),
    "download": Text("証跡を開いた", "Opened evidence"),
}
OTHER_CELLS, EVIDENCE = Text("記載のままのセル", "Cells kept as printed"), Text("証跡", "Evidence")
FOLD = Text("はじめの内容（{n}項目）", "What it began with (fields: {n})")
LONG = 6


def moments(v: Viewer, register: Register, item: Item, entries: Sequence[Written], names: Mapping[str, str],
            changes: Sequence[Mapping[str, Sequence[object]]], era: bool) -> list[look.Moment]:
    """The entries of a record, newest first; ``changes`` are theirs, made readable."""
    return [_moment(v, register, item, entry, names, change, era) for entry, change in zip(entries, changes, strict=True)]


def _moment(v: Viewer, register: Register, item: Item, entry: Written, names: Mapping[str, str],
            change: Mapping[str, Sequence[object]], era: bool) -> look.Moment:
    move = register.workflow.transition(entry.action.removeprefix("move:")) if entry.action.startswith("move:") else None
    what = move.label if move else ACTS.get(entry.action, Text(entry.action, entry.action))
    when = calendar.tokyo(entry.at)
    day = calendar.japanese(when.date()) if era and v.lang != "en" else when.date().isoformat()
    stamp = f"{day} {when:%H:%M}　#{entry.seq:,}"
    if entry.action == "load" and item.meta.get("sheet_row") and entry.batch == item.meta.get("batch_id"):
        stamp += v.t(Text(f"　「{item.meta['sheet']}」{item.meta['sheet_row']}行目", f"　sheet {item.meta['sheet']}, row {item.meta['sheet_row']}"))
    lines = [f"{escape(v.t(_label(register, name)), lines=False)}　{_pair(v, register, name, pair, era)}" for name, pair in change.items()]
    fold = v.t(FOLD.format(n=len(lines))) if entry.action in ("create", "load") and len(lines) > LONG else ""
    reason = v.t(Text(f"理由：{entry.reason}", f"Reason: {entry.reason}")) if entry.reason else ""
    return look.Moment(v.t(what), names.get(entry.actor, entry.actor), stamp, lines, fold, reason)


def _label(register: Register, name: str) -> Text:
    return {"printed": OTHER_CELLS, "evidence": EVIDENCE, "standing": Text("扱い", "Standing"), "loaded": Text("未確認", "Not looked at"),
            "on_behalf_of": Text("代決（だれの代わりか）", "On behalf of")}.get(
        name) or register.label(name)


def _pair(v: Viewer, register: Register, name: str, pair: Sequence[object], era: bool) -> str:
    if isinstance(pair[0], list) and isinstance(pair[1], list) and pair[1][:len(pair[0])] == pair[0]:  # rows were added: these are what is new
        pair = [None, pair[1][len(pair[0]):]]
    before, after = (fields.kept(register, name, value, v.lang, era) for value in pair)
    if (pair[0] is not None and not before) or (pair[1] is not None and not after):
        return escape(v.t(fields.ERASED))
    return look.before_after(before, after)


def unsealed(conn: object, register: Register, code: str, entries: Sequence[Written]) -> list[dict[str, list[object]]]:
    """The changes of entries with what is personal made readable, where its key still exists."""
    return [query.unsealed(conn, register, code, entry.changes) for entry in entries]  # type: ignore[arg-type]
