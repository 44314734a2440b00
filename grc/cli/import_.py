"""``grc import``: the way in for ledgers. A file is shown as it would come in, then loaded; several, one after another."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from grc.cli import faults
from grc.cli.files import read, write
from grc.cli.shared import Desk, command, pairs, year_of
from grc.cli.words import listed, plain
from grc.problem import Severity
from grc.refusal import Misuse, Refusal
from grc.text import Text

if TYPE_CHECKING:
    from imports.run import Preview

SUMS = ("rows", "created", "updated", "unchanged", "rejected")
SKIPPED: dict[str, Text] = {
    "blank": Text("空行", "blank"), "note": Text("注記", "note"), "total_row": Text("合計", "total"),
    "section_row": Text("見出し", "section"), "example_row": Text("記入例", "example"),
    "child_row_of_previous": Text("前の行の続き", "rest of the row above"), "repeated_header": Text("見出しのくり返し", "repeated header"),
}


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "import", "台帳のファイルを取り込む / Load ledgers from files", acts=True)(import_)


def import_(
    desk: Desk,
    register: Annotated[str, typer.Argument(metavar="REGISTER", help="台帳 / Register", show_default=False)],
    file: Annotated[list[Path], typer.Argument(metavar="FILE…", help="xlsx・xls・ods・csv / Workbooks", show_default=False)],
    sheet: Annotated[str, typer.Option(metavar="S", help="シート / Sheet", show_default=False)] = "",
    mapping: Annotated[Path | None, typer.Option(
        metavar="FILE", help="列と項目の対応（JSON） / Columns to fields, as JSON", show_default=False)] = None,
    set_: Annotated[list[str] | None, typer.Option(
        "--set", metavar="FIELD=VALUE", help="全行の値 / A value for all rows", show_default=False)] = None,
    fiscal_year: Annotated[str, typer.Option(
        metavar="Y", help="年のない日付の年度 / Fiscal year of dates without one", show_default=False)] = "",
    changed: Annotated[str, typer.Option(
        metavar="all|ROWS", help="「同じ記録」の行 / Rows that are known records", show_default=False)] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="確かめるだけ / Look, load nothing")] = False,
    good_rows: Annotated[bool, typer.Option("--good-rows", help="誤りのない行だけ取り込む / Load the good rows alone")] = False,
    report: Annotated[Path | None, typer.Option(metavar="OUT.xlsx", help="誤りを記した写し / A copy with faults marked", show_default=False)] = None,
) -> int:
    """Load files; each file is one load, all or nothing, and a file that is refused stops no other."""
    office, actor = desk.office, desk.actor
    from grc.register import get
    from imports.run import Options, load, preview

    get(register)
    if report and len(file) > 1:
        raise Misuse(Text("--report は1つのファイルのときだけ使えます。", "--report takes a single file."))
    options = Options(sheet or None, _mapping(mapping), dict(pairs(set_ or [], "--set")), year_of(fiscal_year), good_rows, _changed(changed))

    def one(path: Path) -> tuple[Preview, Refusal | None]:
        seen = preview(office, actor, register, read(path), path.name, options)
        if report:
            from imports.report import report as marked

            write(report, [marked(seen, desk.file_lang)[1]])
        if dry_run:
            return seen, None
        try:
            return load(office, actor, seen), None
        except Refusal as refusal:  # shown with all that the file says
            return seen, refusal

    if len(file) == 1:
        seen, refusal = one(file[0])
        desk.answer(_json(seen, refusal, desk.lang), _lines(desk, seen, refusal, dry_run))
        return int(refusal is not None or seen.blocked)
    return _several(desk, file, one, dry_run)


def _several(desk: Desk, files: list[Path], one: Any, dry_run: bool) -> int:
    results: list[dict[str, Any]] = []
    lines: list[Text | str] = []
    failed = 0
    for n, path in enumerate(files, 1):
        if sys.stderr.isatty():
            print(plain(f"{n}/{len(files)} {path}"), file=sys.stderr)
        try:
            seen, refusal = one(path)
        except Refusal as unread:
            failed += 1
            results.append({"file": str(path), **faults.error_json(faults.code_of(unread), unread.message, unread.problems, desk.lang)})
            lines += [f"■ {path}", unread.message]
            continue
        failed += refusal is not None or seen.blocked
        results.append({"file": str(path), **_json(seen, refusal, desk.lang)})
        lines += [f"■ {path}", *_lines(desk, seen, refusal, dry_run)]
    sums = {name: sum(r.get(name, 0) for r in results) for name in SUMS}
    desk.answer({"files": results, **sums}, [*lines, Text(f"■ {len(files)}ファイルの合計", f"■ {len(files)} files in all"), _sum(sums)])
    return int(failed > 0)


def _json(seen: Preview, refusal: Refusal | None, lang: str) -> dict[str, Any]:
    """What a file said; ``error`` where nothing of it was loaded."""
    value = seen.as_json(lang)
    if refusal is None:
        return value
    return value | {"error": {"code": faults.code_of(refusal), "message": refusal.message.into(lang), "flags": [t.into(lang) for t in _flags(seen)]}}


def _sum(counts: dict[str, int]) -> Text:
    return Text(f"{counts['rows']:,}行 ＝ 新規{counts['created']:,} ＋ 変更{counts['updated']:,} ＋ 変更なし{counts['unchanged']:,}"
                f" ＋ 取り込めない{counts['rejected']:,}",
                f"{counts['rows']:,} rows = {counts['created']:,} new + {counts['updated']:,} changed + {counts['unchanged']:,} unchanged"
                f" + {counts['rejected']:,} rejected")


def _lines(desk: Desk, seen: Preview, refusal: Refusal | None, dry_run: bool) -> list[Text | str]:
    """A short summary that adds up, then what wants a look, last what was done."""
    first, last = seen.table.header_rows
    lines: list[Text | str] = [
        Text(f"{seen.register.title.ja}：「{seen.table.sheet}」シート、見出しは{first}行目" + (f"から{last}行目" if last > first else ""),
             f'{seen.register.title.en}: sheet "{seen.table.sheet}", header on row {first}' + (f" to {last}" if last > first else "")),
        _sum({"rows": len(seen.rows), **seen.counts})]
    if seen.table.skipped:
        why = Counter(s.reason for s in seen.table.skipped)
        lines.append(Text(f"記録でない行 {sum(why.values())}（{'、'.join(f'{SKIPPED[r].ja}{n}' for r, n in why.items())}）",
                          f"no records: {sum(why.values())} ({', '.join(f'{SKIPPED[r].en} {n}' for r, n in why.items())})"))
    for slug, n in Counter(new.slug for new in seen.resolved.creates).items():
        from grc.register import get

        title = get(slug).title
        lines.append(Text(f"仮登録する{title.ja}：{n}件", f"Provisional {title.en.lower()}: {n}"))
    kept = [m.column.header for m in seen.columns.columns if m.how == "none" and m.column.header]
    if kept:
        lines.append(Text(f"項目のない列：{'、'.join(kept)}", f"Columns without a field: {', '.join(kept)}"))
    wanted = [p for p in seen.warnings if p.severity is not Severity.NOTE]  # what is no fault is in the summary above
    lines += listed([*seen.errors, *wanted], desk.lang)
    lines += [Text(f"{q.message.ja}（{q.flag}）", f"{q.message.en} ({q.flag})") for q in seen.questions]
    lines += _flags(seen)
    return [*lines, refusal.message if refusal and not seen.questions else _done(seen, dry_run)]


def _flags(seen: Preview) -> list[Text]:
    """Which flags say what the summary leaves open."""
    found = []
    if any(row.probable for row in seen.rows):
        found.append(Text("同じ記録が変わったものは --changed に行の番号で（すべてなら all）。", "Say with --changed which rows are the same record, changed (or all)."))
    if seen.count("rejected") and not seen.options.good_rows:
        found.append(Text("正しい行だけ取り込むときは --good-rows。", "To load the good rows only: --good-rows."))
    return found


def _done(seen: Preview, dry_run: bool) -> Text:
    if not seen.rows:
        return Text("記録になる行が1つもありません。何も登録していません。", "It holds no row that is a record. Nothing was loaded.")
    if dry_run or seen.questions:
        return Text("何も登録していません。", "Nothing was loaded.")
    if seen.already:
        return Text(f"このファイルは取り込み済みです（取込番号{seen.already.id}）。何も変わりません。",
                    f"This file has been loaded before (batch {seen.already.id}). Nothing changes.")
    if seen.batch is None:
        return Text("登録済みの内容と同じです。何も変わりません。", "It says what is there already. Nothing changes.")
    return Text(f"取り込みました（取込番号{seen.batch}）。", f"Loaded (batch {seen.batch}).")


def _mapping(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        said = json.loads(read(path))
    except ValueError:
        said = None
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise Misuse(Text(f"「{path}」は、列（B など）か見出しから項目への対応を書いた JSON ではありません。",
                          f'"{path}" is no JSON object of columns (as B) or headings to fields.'))
    return said


def _changed(text: str) -> frozenset[int] | Literal["all"]:
    if text == "all":
        return "all"
    rows = [part.strip() for part in text.split(",") if part.strip()]
    if not all(row.isascii() and row.isdigit() for row in rows):
        raise Misuse(Text("--changed は all か、行の番号をコンマで並べて書いてください。", "Write --changed as all, or row numbers with commas."))
    return frozenset(map(int, rows))
