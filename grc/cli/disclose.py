"""``grc disclose``: a month of contracts from building to the public site, each step by the person whose step it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grc.cli.shared import Desk, command, group
from grc.cli.words import listed, one_line
from grc.refusal import Unknown
from grc.text import Text

if TYPE_CHECKING:
    from grc.disclosure.month import Finding
    from grc.disclosure.month import Month as Stand
    from grc.problem import Problem

app = group("月次公表 / The monthly disclosure")
Month = Annotated[str, typer.Argument(metavar="YYYY-MM", help="公表する月 / Month", show_default=False)]


@command(app, "build", "月の契約から作成する / Build a month", signs=True)
def build(desk: Desk, month: Month,
          none: Annotated[bool, typer.Option("--none", help="該当なしの月として / As a month without contracts")] = False) -> None:
    """Build a month from the contracts as they stand."""
    office, actor = desk.office, desk.person
    from grc.disclosure import month as months

    _stand(desk, months.build(office, actor, month, none=none))


@command(app, "check", "公表前の検査 / Check a month", signs=True)
def check(desk: Desk, month: Month) -> int:
    """What the rules say of a month as built; exit status 1 while errors remain."""
    office, actor = desk.office, desk.person
    from grc.disclosure import month as months

    found = months.check(office, actor, month)
    stand = months.show(office, actor, month)
    counts = {severity: sum(f.problem.severity == severity for f in found) for severity in "EWI"}
    desk.answer(
        {"month": month, "version": stand.version, "state": stand.state, "problems": [_finding(f, desk.lang) for f in found]},
        [Text(f"エラー{counts['E']}、警告{counts['W']}（未確認{sum(f.stops for f in found) - counts['E']}）、参考{counts['I']}",
              f"{counts['E']} errors, {counts['W']} warnings ({sum(f.stops for f in found) - counts['E']} not acknowledged), {counts['I']} notes"),
         *_finding_lines(found, desk.lang)])
    return int(counts["E"] > 0)


@command(app, "acknowledge", "警告を確認したと記す / Acknowledge warnings", signs=True)
def acknowledge(desk: Desk, month: Month,
                check: Annotated[str, typer.Argument(metavar="CHECK", help="検査の番号 / Check, as C-10", show_default=False)],
                reason: Annotated[str, typer.Option(metavar="TEXT", help="このままでよい理由 / Why it may stay", show_default=False)]) -> None:
    """Write down that the warnings of one check were looked at, and why they may stay."""
    office, actor = desk.office, desk.actor
    from grc.disclosure import month as months

    months.acknowledge(office, actor, month, check, reason, desk.signature)
    desk.answer({"month": month, "code": check, "reason": reason, "by": actor.name}, [
        Text(f"{check} の警告を確認済みとしました。", f"The warnings of {check} are acknowledged.")])


@command(app, "approve", "承認する（作成者とは別の人） / Approve, by a second person", signs=True)
def approve(desk: Desk, month: Month) -> None:
    """Approve a month exactly as built."""
    office, actor = desk.office, desk.actor
    from grc.disclosure import month as months

    _stand(desk, months.approve(office, actor, month, desk.signature))


@command(app, "publish", "公表する（公表済みなら元に戻す） / Publish, or put back what was", signs=True)
def publish(desk: Desk, month: Month) -> None:
    """Freeze an approved month and put it on the site; a published month is put there again as it was."""
    office, actor = desk.office, desk.actor
    from grc.disclosure import month as months

    _stand(desk, months.publish(office, actor, month, desk.signature))


@command(app, "show", "月のいまの状態 / Where a month stands", signs=True)
def show(desk: Desk, month: Month) -> None:
    """Where a month stands."""
    office, actor = desk.office, desk.person
    from grc.disclosure import month as months

    _stand(desk, months.show(office, actor, month))


@command(app, "verify", "公表したものが元のままか確かめる / Verify what was published", signs=True)
def verify(desk: Desk, what: Annotated[str, typer.Argument(metavar="[YYYY-MM|FOLDER]", show_default=False,
                                                           help="月、または手元の写し。なければすべて / A month, a copy, or all")] = "") -> int:
    """Each file against its hash, and the site against what the database has on record; a copy needs no database."""
    copy = what and not re.fullmatch(r"\d{4}-\d\d", what) and (Path(what).is_dir() or not re.fullmatch(r"\d+[-\d]*", what))
    problems, said = _copy(Path(what)) if copy else _site(desk, what)
    bad = Text(f"{len(problems)}か所が、公表したものと違います。", f"{len(problems)} faults: this is not what was published.")
    desk.answer({"verified": what or "all", "problems": [p.as_json(desk.lang) for p in problems]},
                [bad, *listed(problems, desk.lang)] if problems else [said])
    return int(bool(problems))


def _site(desk: Desk, month: str) -> tuple[list[Problem], Text]:
    office, _ = desk.office, desk.person
    from grc.disclosure.month import verify as verified

    problems = verified(office, month or None)
    if not month and not problems and not office.site.exists():
        return [], Text("まだ公表した月はありません。", "No month has been published yet.")
    return problems, Text(
        f"公表したものは元のままです（{month or 'すべての月'}）。", f"All is as it was published ({month or 'all months'}).")


def _copy(folder: Path) -> tuple[list[Problem], Text]:
    from grc.disclosure.verify import verify_folder

    if not folder.is_dir():
        raise Unknown(Text(f"「{folder}」という月もフォルダもありません。", f'There is neither a month nor a folder "{folder}".'))
    return verify_folder(folder), Text(f"「{folder}」は元のままです。", f'"{folder}" is as it was published.')


def _stand(desk: Desk, m: Stand) -> None:
    from grc.calendar import japanese_month
    from grc.disclosure.month import STATES

    days = {name: value.isoformat() if value else None for name, value in (
        ("built_at", m.built_at), ("approved_at", m.approved_at), ("published_at", m.published_at), ("due", m.due))}
    value: dict[str, Any] = {
        "month": m.month, "version": m.version, "state": m.state, "count": m.count, "total": m.total, "ledger": m.ledger,
        "sha256": m.sha256 or None, "built_by": m.built_by or None, "approved_by": m.approved_by or None, "fresh": m.fresh, **days}
    word, due = STATES[m.state].label, days["due"] or "―"
    lines: list[Text | str] = [
        Text(f"{japanese_month(m.month)}分　{word.ja}　第{m.version}版　{m.count:,}件　{m.total:,}円　期限 {due}",
             f"{m.month}  {word.en}  version {m.version}  {m.count:,} contracts  {m.total:,} yen  due {due}") if m.version else
        Text(f"{japanese_month(m.month)}分　{word.ja}　台帳に{m.ledger:,}件　期限 {due}",
             f"{m.month}  {word.en}  {m.ledger:,} contracts in the ledger  due {due}")]
    if not m.fresh:
        lines.append(Text("作成した後で契約が変わりました。もう一度作成してください。",
                          "A contract changed after the month was built. Build it again."))
    desk.answer(value, lines)


def _finding(f: Finding, lang: str) -> dict[str, Any]:
    p = f.problem
    return {"code": p.code, "severity": str(p.severity), "message": p.message.into(lang), "record": p.record,
            "acknowledged": f.acknowledged}


def _finding_lines(found: list[Finding], lang: str) -> list[str]:
    open_ = [f.problem for f in found if not f.acknowledged]
    read = [f for f in found if f.acknowledged]
    mark = Text("確認済み", "acknowledged").into(lang)
    return [*listed(open_, lang), *(f"{mark}（{f.by}：{f.acknowledged}）  {one_line(f.problem, lang)}" for f in read[:5])]
