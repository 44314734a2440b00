"""The demo's plan: the commitments of fiscal year 2025, how they went quarter by quarter, the activity grid, the systems,
and the indicators. The plan, the systems, the committees and the audits are the body's own, from the files in ``data``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from grc import calendar, people
from grc.changes.spine import act
from grc.changes.transition import make
from grc.cli import kpi_values, plan_files
from grc.cli.demo.stage import YEAR, Made, Stage
from grc.refusal import Unreadable
from grc.register import get
from imports import run

DATA = Path(__file__).parent / "data"
FILES = ("systems.csv", "committees.csv", "audits.csv", "plan_fy2025.csv")
UNIT_OF = {"isms": "システム統括室", "audit": "システム統括室", "operation": "情報化支援戦略部", "development": "情報化支援戦略部", "service": "個人番号センター"}
"""Who took on what the plan gives to nobody; all else went to 総務部."""
NOBODY = ("1-1-1-1", "10-3-1", "10-4-1", "11-3-1-1")
FOLLOWED_BY = {"個人番号センター": ("suzuki", "aoki"), "運用管理本部": ("mori", "hayashi"), "総務部": ("sato", "ogawa"),
               "住民基本台帳ネットワークシステム全国センター": ("sato", "yoshida"), "総合行政ネットワーク全国センター": ("sato", "nagai")}
"""Who reports for a unit and who confirms; the others' heads have no account yet."""
QUARTERS = ((date(2025, 6, 27), date(2025, 7, 4)), (date(2025, 9, 29), date(2025, 10, 6)), (date(2025, 12, 23), date(2026, 1, 9)),
            (date(2026, 3, 26), date(2026, 4, 6)))
"""When units reported and when their heads confirmed, each quarter."""
PACES = {"good": (25, 50, 75, 100), "slow": (20, 40, 60, 90), "late": (10, 25, 45, 60)}
NOTES = {
    "good": ("実施計画を定め、関係する部門と分担を決めた。", "計画どおりに進めている。上期の成果を部門内で確かめた。",
             "主な作業を終え、残りは年度末までに終える見込み。", "計画した内容をすべて終えた。"),
    "slow": ("着手したが、委託先との調整に時間がかかっている。", "遅れの原因を整理し、工程を見直した。",
             "見直した工程で進めているが、余裕はない。", "主要な部分は終えた。残りは翌年度に引き継ぐ。"),
    "late": ("要員の確保ができず、着手が遅れた。", "関係機関との協議が続いている。",
             "協議がまとまらず、計画の見直しが要る。", "年度内に終わらなかった。理由と今後の工程を別紙にまとめた。"),
}
ACTUALS: dict[str, tuple[int | str, ...]] = {
    "4-1-1a": (4810000, 4805000, 4830000, 4820000), "4-1-1b": ("99.98", "99.97", "99.97", "99.98"), "4-1-1c": (13, 13, 12, 12),
    "4-1-1d": (7, 6, 6, 6), "4-1-1e": ("94.1", "94.8", "95.3", "95.6"), "5-1-1b": (24, 24, 24, 24), "6-3-3": (0, 0, 42, 100),
}
SERVICES: dict[str, tuple[str, tuple[int | str | None, ...]]] = {
    "K28": ("4-1-1c", (13, 13, 14, 13, 13, 12, 13, 12, 15, 13, 12, 12)), "K28-2": ("4-1-1d", (7, 7, 7, 6, 6, 6, 7, 6, 8, 6, 6, 6)),
    "K28-3": ("4-1-1e", ("93.2", "94.0", "94.6", "94.9", "95.1", "95.4", "95.2", "95.8", "91.5", "95.0", "95.6", "95.9")),
    "K28-4": ("8-1-1b", (4, 11, 19, 27, 36, 44, 53, 62, 70, 79, 91, 103)),
    "K28-5": ("9-0-1", (90000, 260000, 450000, 640000, 820000, 1020000, 1230000, 1420000, 1590000, 1760000, 1920000, 2080000)),
    "K28-6": ("6-3-3", (None, None, None, None, None, None, 0, 12, 31, 58, 83, 100)),
    "K28-7": ("7-1-2a", (38, 43, 49, 55, 61, 66, 72, 78, 83, 89, 94, 98)),
    "K28-8": ("11-1-4-1", (None, None, None, None, None, None, 134)), "K28-9": ("9-4-2", (None, None, 1, None, None, None, None, 2)),
}
"""Service figures month by month, from April on; nothing where there was none."""
TYPED = "K28-3"
COMMENTS = {("K28", "2025-12"): "年末の申請の集中により基準を超えた。", ("K28-2", "2025-12"): "年末の申請の集中により基準を超えた。"}
RESULTS = {"identify": "台帳を見直し、変更のあった行を登録し直した。", "train": "対象者全員に案内し、未受講者には個別に促した。",
           "audit": "指摘事項を取りまとめ、部門に通知した。"}


def fill(stage: Stage) -> None:
    """Fiscal year 2025."""
    with stage.on(date(2025, 4, 1)):
        plan_files.load_files(stage.office, people.CLI, list(_files()), YEAR)
        kpi_values.define(stage.office, people.CLI)
    _systems(stage)
    _assign(stage)
    with stage.on(date(2025, 4, 3)):
        plan_files.activate(stage.office, people.CLI, YEAR)
    _quarters(stage)
    _ratings(stage)
    _activities(stage)
    _services(stage)


def measure(stage: Stage) -> None:
    """Every month of the year, measured when all registers are filled."""
    with stage.on(date(2026, 4, 10)):
        kpi_values.measure(stage.office, people.CLI, calendar.fiscal_year_months(YEAR))


def _files() -> Any:
    """The files whose register is there with the fields that it takes."""
    for name in FILES:
        data = (DATA / name).read_bytes()
        try:
            plan_files.told(name, data, YEAR)
        except Unreadable:
            continue
        yield name, data


def _systems(stage: Stage) -> None:
    """What the systems office added to the ledger of systems, and those that are being prepared or renewed."""
    card = stage.made("systems", number="SYS-06")
    stage.change(card, "ishii", date(2025, 5, 12), rto_minutes=240, rpo_minutes=15, classification="3", regime_profile="business_my_number",
                 manager="運用管理本部長", configuration="2センター構成（主・副）、業務系と公開系を分離", monitoring="24時間365日",
                 backup="副センターへ15分ごと、媒体で週1回", external_connection="住民基本台帳ネットワーク、LGWAN",
                 renewal="令和10年度の次期カードに合わせて更改", renewal_on=date(2028, 9, 30))
    for number, minutes, profile in (("SYS-01", 240, "business"), ("SYS-09", 60, "business"), ("SYS-11", 240, "my_number"), ("SYS-20", 360, "business")):
        stage.change(stage.made("systems", number=number), "ishii", date(2025, 5, 13), rto_minutes=minutes, classification="3", regime_profile=profile)
    stage.move(stage.made("systems", number="SYS-08"), "prepare", by="ishii", on=date(2025, 5, 13))
    for number, day in (("SYS-11", date(2026, 3, 31)), ("SYS-13", date(2026, 3, 31)), ("SYS-15", date(2025, 12, 26)), ("SYS-27", date(2028, 3, 31))):
        changed = stage.change(stage.made("systems", number=number), "ishii", date(2025, 5, 14), renewal_on=day)
        stage.move(changed, "renew", by="ishii", on=date(2025, 6, 2))
    stage.move(stage.made("systems", number="SYS-15"), "operate", by="ishii", on=date(2026, 1, 8))


def _assign(stage: Stage) -> None:
    """The risk officer's table of who takes on what the plan gives to nobody; a few wait."""
    rows = [(YEAR, row["number"], row["title"], UNIT_OF.get(row["category"], "総務部"))
            for row in stage.find("plan-items", fiscal_year=YEAR, unit_id=None, owner=None) if row["number"] not in NOBODY]
    _ledger(stage, "plan-items", date(2025, 4, 2), "担当部門の割当.csv", ("年度", "計画番号", "取組", "担当部門"), rows)


def _ledger(stage: Stage, slug: str, on: date, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A small ledger of the risk officer's, imported."""
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    with stage.on(on):
        run.load(stage.office, stage.actor("sato"), run.preview(stage.office, stage.actor("sato"), slug, out.getvalue().encode("utf-8-sig"), name))


def _quarters(stage: Stage) -> None:
    """Chapter 4 is followed up each quarter, what has a head at half-year and the year's end; of the rest some report once."""
    heads = {stage.unit(unit): people for unit, people in FOLLOWED_BY.items()}
    standing = {row["number"]: _made(row) for row in stage.find("plan-items", fiscal_year=YEAR, status="active")}
    reports: dict[tuple[int, str], list[Step]] = {}
    confirms: dict[tuple[int, str], list[Step]] = {}
    for row in stage.find("plan-items", fiscal_year=YEAR, status="active"):
        by, head = heads.get(row["unit_id"], ("sato", "hayashi" if row["unit_id"] is None else None))
        pace = stage.chance.choices(("good", "slow", "late"), (12, 4, 2))[0]
        quarters = (0, 1, 2, 3) if row["chapter"] == 4 else (stage.chance.choice(((1, 3), (3,)))) if head else (2,) if stage.chance.random() < 0.6 else ()
        for n in quarters:
            reports.setdefault((n, by), []).append(_report(row, n, pace))
            if head and not (n == 3 and stage.chance.random() < 0.1):
                confirms.setdefault((n, head), []).append((row["number"], "confirm", None, None))
    for n, (on, confirmed) in enumerate(QUARTERS):
        for kept, day in ((reports, on), (confirms, confirmed)):
            for by in sorted({by for m, by in kept if m == n}):
                _moves(stage, by, day, standing, kept[n, by])


Step = tuple[str, str, dict[str, Any] | None, str | None]
"""A move of a commitment: its number, the move, the entry it makes, the reason."""


def _report(row: Any, n: int, pace: str) -> Step:
    on = QUARTERS[n][0]
    pct = 100 if row["due_on"] <= on and pace != "late" else PACES[pace][n]
    forecast = "delayed" if pace == "late" or (row["due_on"] < on and pct < 100) else "at_risk" if pace == "slow" and pct < 100 else "on_track"
    figure = ACTUALS.get(row["number"])
    entry = {"quarter": f"q{n + 1}", "progress_pct": pct, "progress_note": NOTES[pace][n], **({"actual": Decimal(figure[n])} if figure else {})}
    return row["number"], f"report_{forecast}", entry, None


def _moves(stage: Stage, by: str, on: date, standing: dict[str, Made], steps: Iterable[Step]) -> None:
    """What one person did with many commitments on one day, in one act."""
    with stage.on(on), act(stage.office.db, stage.actor(by)) as doing:
        for number, move, entry, reason in steps:
            made = standing[number]
            saved = make(doing, made.slug, made.code, move, made.version, reason=reason, row=entry)
            standing[number] = Made(made.slug, saved.code, saved.version, saved.id)


def _ratings(stage: Stage) -> None:
    """The final rating in April, of what was confirmed; what is not done runs on or is rated as not achieved."""
    rows = stage.find("plan-items", fiscal_year=YEAR, confirmed_quarter="q4")
    steps: list[Step] = []
    for row in rows:
        if row["progress_pct"] == 100 and (row["kpi_target"] is None or row["actual"] is not None):
            steps.append((row["number"], "rate_achieved", None, None))
        elif row["progress_pct"] >= 90:
            steps.append((row["number"], "rate_partly", None, "主要な部分は終えたが、一部を翌年度に引き継ぐため。"))
        elif row["due_on"] <= date(2026, 3, 31):
            steps.append((row["number"], "rate_not_achieved", None, "関係機関との協議がまとまらず、年度内に終わらなかったため。"))
    _moves(stage, "tanaka", date(2026, 4, 20), {row["number"]: _made(row) for row in rows}, steps)


def _activities(stage: Stage) -> None:
    """The steps of the five grids: most in their month, some a month late, a few still open."""
    keeper = {"privacy": "fujita", "isms": "ishii"}
    for n, row in enumerate(stage.find("activities", fiscal_year=YEAR)):
        by, late = keeper.get(row["area"], "sato"), n % 7 == 3
        day = date.fromisoformat(f"{row['month_planned']}-20") + timedelta(days=30 * late)
        if n % 13 == 11 or day > date(2026, 3, 31):
            continue
        made = stage.move(_made(row), "start", by=by, on=day - timedelta(days=18)) if n % 3 == 0 else _made(row)
        done = stage.move(made, "finish", by=by, on=day)
        if row["step"] in RESULTS:
            stage.change(done, by, day, outcome=RESULTS[row["step"]])


def _services(stage: Stage) -> None:
    """The service figures: one typed on the fifth of each month after, the others in the year's table."""
    heads = ("指標", "年月", "分子（値）", "値の出所", "値の求め方", "目標の条件", "目標値", "許容幅", "単位", "年度計画の取組", "説明")
    kinds = get("kpis").field
    rows = []
    for number, (plan, figures) in SERVICES.items():
        kpi = stage.find("kpis", number=number)[0]
        item = stage.find("plan-items", fiscal_year=YEAR, number=plan)[0]
        for month, figure in zip(calendar.fiscal_year_months(YEAR), figures, strict=False):
            if figure is None:
                continue
            if number == TYPED:
                after = calendar.add_days(calendar.month_bounds(month)[1], 5)
                stage.add("kpi-values", "suzuki", after, kpi_id=kpi["id"], month=month, numerator=Decimal(figure), plan_item_id=item["id"])
                continue
            said = [kinds[name].kind.cell(kpi[name]) for name in ("how", "operator", "target", "tolerance", "measure_unit")]
            rows.append((f"{kpi['code']} {kpi['name']}", month, figure, "入力", *said, f"{item['code']} {item['title']}", COMMENTS.get((number, month))))
    _ledger(stage, "kpi-values", date(2026, 4, 7), "サービス指標の実績.csv", heads, rows)


def _made(row: Any) -> Made:
    slug = "plan-items" if row["code"].startswith("PLN-ITM") else "activities"
    return Made(slug, row["code"], row["version"], row["id"])
