"""Import of a contract ledger of 10,000 rows and 30 columns, from upload to committed, against calamine's own read.

The limit is what openpyxl needs in the same run only to read the file; the goal is 8 ×, the preview 7 ×.
"""

from __future__ import annotations

import io
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

import registers  # noqa: F401
from benchmarks.figure import Figure, timed
from grc import migrate, people
from grc.office import Office
from grc.settings import Place
from imports import layout, mapping, run, values
from imports.mapping import Headings
from imports.workbook import read_workbook

HEADS = ("契約番号", "件名", "契約種別", "数量", "単位", "工事場所", "工事種別", "契約方式", "総合評価の有無", "応札者数", "根拠条文", "随契理由",
         "契約締結日", "契約の相手方", "契約相手方の住所", "法人番号", "予定価格の公表", "契約金額（円）", "落札率", "履行開始日", "履行期限",
         "契約担当者", "部局名", "部局の所在地", "単価の内訳", "担当者", "備考", "メモ", "整理欄", "連絡欄")


def make(rows: int) -> bytes:
    """The ledger; the same bytes' worth of text each time."""
    chance = random.Random(7)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("契約台帳")
    sheet.append(["契約台帳（物品役務等）"])
    sheet.append([])
    sheet.append(list(HEADS))
    for n in range(rows):
        signed = date(2025, 4, 1) + timedelta(days=n % 360)
        supplier = f"株式会社見本{n % 400:03d}商事"
        sheet.append([
            f"7-{n:05d}", f"業務システム第{n}号機の運用保守", "その他（役務）", None, None, None, None, "一般競争入札", "無", chance.randrange(1, 6),
            None, f"競争に付した結果による（第{n % 97}号）", signed, supplier, f"東京都千代田区見本町{n % 400}番地", None, "公表",
            1_000_000 + n * 137, "97.8%", signed, signed + timedelta(days=300), "契約担当役　総務部長", "総務部契約課", "東京都千代田区一番町25番地",
            None, f"担当{n % 30}", f"備考の文章です。通し番号は{n}番です。", f"覚え{n % 50}", f"整理{n % 10}", f"連絡{n % 20}"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def measure(small: bool) -> Iterator[Figure]:
    """The figures, each as it is known."""
    data = make(1_000 if small else 10_000)
    base, _ = timed(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(), best_of=3)
    yield Figure("calamine, its own read (the baseline)", 1.0, seconds=base)
    slow, _ = timed(lambda: sum(1 for _ in load_workbook(io.BytesIO(data), read_only=True).active.iter_rows(values_only=True)))
    yield Figure("openpyxl, read only", slow / base, seconds=slow)
    yield from _steps(data, base)
    with tempfile.TemporaryDirectory() as folder:
        yield from _whole(data, base, slow / base, f"sqlite:///{folder}/b.db", Path(folder), "SQLite")
    yield from _postgres(data, base, slow / base)
    peak = _peak(data)
    yield Figure("import, peak memory of the process", peak, "MB", limit=400)


def _steps(data: bytes, base: float) -> Iterator[Figure]:
    from grc.register import get

    register = get("contracts")
    took, book = timed(lambda: read_workbook(data, "a.xlsx"), best_of=2)
    yield Figure("  step: pre-check and read, in the jail", took / base, seconds=took)
    took, tables = timed(lambda: layout.find_tables(book, Headings(register).known), best_of=2)
    yield Figure("  step: layout", took / base, seconds=took)
    took, columns = timed(lambda: mapping.propose(register, tables[0], {}))
    yield Figure("  step: mapping", took / base, seconds=took)
    took, _ = timed(lambda: values.read_rows_of(register, tables[0], columns), best_of=2)
    yield Figure("  step: values", took / base, seconds=took)


def _whole(data: bytes, base: float, limit: float, url: str, home: Path, name: str) -> Iterator[Figure]:
    office = Office.open(Place(home=home, database_url=url))
    migrate.upgrade(office.db)
    took, seen = timed(lambda: run.preview(office, people.CLI, "contracts", data, "a.xlsx"))
    yield Figure(f"preview, {name}", took / base, goal=7, limit=7, seconds=took)
    loaded, _ = timed(lambda: run.load(office, people.CLI, seen))
    yield Figure(f"  step: load (door, trail, evidence), {name}", loaded / base, seconds=loaded)
    yield Figure(f"import, upload to committed, {name}", (took + loaded) / base, goal=8, limit=limit, seconds=took + loaded)
    again, _ = timed(lambda: run.preview(office, people.CLI, "contracts", data, "a.xlsx"))
    yield Figure(f"the same file again, {name}", again / base, goal=7, limit=7, seconds=again)
    office.db.dispose()


def _postgres(data: bytes, base: float, limit: float) -> Iterator[Figure]:
    try:
        from tests.postgres import create_database, drop_database
    except ImportError:
        return
    url = create_database()
    with tempfile.TemporaryDirectory() as folder:
        yield from _whole(data, base, limit, url, Path(folder), "PostgreSQL")
    drop_database(url)


_CHILD = """
import pathlib, resource, sys, tempfile
import registers
from grc import migrate, people
from grc.office import Office
from grc.settings import Place
from imports import run
office = Office.open(Place(home=pathlib.Path(sys.argv[2])))
migrate.upgrade(office.db)
run.load(office, people.CLI, run.preview(office, people.CLI, "contracts", pathlib.Path(sys.argv[1]).read_bytes(), "a.xlsx"))
print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024)
"""


def _peak(data: bytes) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(data)
        done = subprocess.run([sys.executable, "-c", _CHILD, str(path), folder], capture_output=True, text=True, check=True)
    return float(done.stdout)
