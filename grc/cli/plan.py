"""``grc plan``: the yearly plan and the masters beside it, from their files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grc.cli.files import read
from grc.cli.shared import Desk, command, group, year_of
from grc.text import Text

if TYPE_CHECKING:
    from imports.run import Preview

app = group("年度計画 / The yearly plan")
COUNTS = ("rows", "created", "updated", "unchanged")
Year = Annotated[str, typer.Option("--year", metavar="Y", help="年度 / Fiscal year", show_default=False)]


@command(app, "load", "年度計画とその基礎情報を取り込む / Load the plan and its masters", acts=True)
def load(desk: Desk, file: Annotated[list[Path], typer.Argument(metavar="FILE…", help="計画・システム・委員会・監査のファイル / Files", show_default=False)],
         year: Year = "") -> None:
    """Load files, all or nothing; what each is for is told by its headings. A year without an activity grid gets one."""
    office, actor = desk.office, desk.actor
    from grc.cli.plan_files import load_files

    seen, grids = load_files(office, actor, [(path.name, read(path)) for path in file], year_of(year))
    found = [{"file": str(path), **_json(one, desk.lang)} for path, one in zip(file, seen, strict=True)]
    sums = {name: sum(one[name] for one in found) for name in COUNTS}
    value = {"files": found, **sums, "activities": sum(grids.values()), "years": list(grids)}
    desk.answer(value, [*(_line(one, path) for path, one in zip(file, seen, strict=True)), *(
        Text(f"{y}年度の年間活動計画をひな形から作りました（{n}件）。", f"Activity grid of FY{y} made from the template ({n}).") for y, n in grids.items())])


@command(app, "activate", "年度計画の下書きを実施中にする / Activate the year's commitments", acts=True)
def activate(desk: Desk, year: Year = "") -> None:
    """Activate the drafts of a year that somebody is in charge of; the others are named."""
    office, actor = desk.office, desk.actor
    from grc import calendar
    from grc.cli.plan_files import activate as start

    wanted = year_of(year) or calendar.fiscal_year(calendar.today())
    done, waiting = start(office, actor, wanted)
    value = {"year": wanted, "activated": len(done), "waiting": [{"number": number, "why": why.into(desk.lang)} for number, why in waiting]}
    desk.answer(value, [
        Text(f"{len(done)}件を実施中にしました。", f"Activated: {len(done)}"),
        *([Text(f"{len(waiting)}件は下書きのままです：", f"Still drafts: {len(waiting)}")] if waiting else []),
        *(Text(f"{number}　{why.ja}", f"{number}  {why.en}") for number, why in waiting)])


def _json(seen: Preview, lang: str) -> dict[str, Any]:
    from hashlib import sha256

    return {"register": seen.register.slug, "file_sha256": sha256(seen.data).hexdigest(), "rows": len(seen.rows), **seen.counts, "batch": seen.batch,
            "warnings": [p.as_json(lang) for p in seen.warnings]}


def _line(seen: Preview, path: Path) -> Text:
    n = seen.counts
    return Text(f"{path}：{seen.register.title.ja} 新規{n['created']}・変更{n['updated']}・変更なし{n['unchanged']}",
                f"{path}: {seen.register.title.en}: {n['created']} created, {n['updated']} updated, {n['unchanged']} unchanged")
