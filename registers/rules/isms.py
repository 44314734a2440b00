"""What follows from the values of information assets and security exceptions, and what they must not be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from grc import calendar, settings
from grc.case import Case
from grc.kinds import Cell
from grc.text import Text
from registers.rules.spans import months_later

INVENTORY_MONTHS = settings.declare("isms_inventory_months", 12, "情報資産の棚卸の間隔（月）", "Months between inventories of an information asset")
LIKELIHOOD = settings.declare("isms_likelihood_table", "112/123/233", "被害発生可能性の換算表（脅威1〜の行を / で区切り、行の中は脆弱性1〜の順）",
                              "Likelihood by threat (rows, between /) and vulnerability (in each row)")
EXCEPTION_MONTHS = settings.declare("isms_exception_months", 12, "例外措置の期間の上限（月）", "Longest term of a security exception, in months")

PI_KINDS = (("contains_specific", "specific"), ("contains_sensitive", "sensitive"), ("contains_personal", "personal"))
"""Which of the ledger's columns means which kind of personal information, the gravest first."""
_GRADE = re.compile(r"(?:機密性|完全性|可用性|脅威|脆弱性)?\s*([0-9])(?:\s*情報)?(?:\s*[:.)(、\s]\s*(.+?)\)?)?")
_LEVELS = {"高": 3, "中": 2, "低": 1, "大": 3, "小": 1}


def _graded(cell: Cell) -> tuple[Cell, str | None]:
    """``2：特定の状況で発生`` as the grade and its words; a cell without a grade stays as it is."""
    found = _GRADE.fullmatch(unicodedata.normalize("NFKC", cell).strip()) if isinstance(cell, str) else None
    return (int(found[1]), found[2]) if found else (cell, None)


def graded(name: str) -> Callable[[Cell], Mapping[str, Cell]]:
    """脅威の発生頻度 or 脆弱性 of a ledger: the grade, and the words beside it."""
    def split(cell: Cell) -> Mapping[str, Cell]:
        grade, words = _graded(cell)
        return {name: grade, f"{name}_note": words}

    return split


def _rating(cell: Cell) -> Cell:
    """``機密性2``, ``3（高）`` or ``高`` as the grade; what says more than that stays as it is."""
    grade, words = _graded(cell)
    if isinstance(cell, str) and cell.strip() in _LEVELS:
        return _LEVELS[cell.strip()]
    return grade if words is None or _LEVELS.get(words) == grade else cell


def rated(name: str) -> Callable[[Cell], Mapping[str, Cell]]:
    """機密性, 完全性 or 可用性 of a ledger."""
    return lambda cell: {name: _rating(cell)}


def complete(values: dict[str, Any], _printed: Mapping[str, str]) -> dict[str, Any]:
    """個人情報の種類: the gravest of the columns that a ledger ticks, where it has no column for the kind itself."""
    if values["pi_kind"] is not None:
        return values
    ticked = next((kind for name, kind in PI_KINDS if values[name]), None)
    denied = all(values[name] is False for name, _ in PI_KINDS)
    return {**values, "pi_kind": ticked or ("none" if denied else None)}


def importance(values: Mapping[str, Any]) -> int | None:
    """重要度 = max(機密性, 完全性, 可用性) (IPA 情報セキュリティ対策ガイドライン, リスク分析シート); none until all are rated."""
    rated = [values[name] for name in ("confidentiality", "integrity", "availability")]
    return None if None in rated else max(rated)


def risk_value(values: Mapping[str, Any]) -> int | None:
    """リスク値 = 重要度 × 被害発生可能性 (the same sheet)."""
    if values["importance"] is None or values["likelihood"] is None:
        return None
    return int(values["importance"] * values["likelihood"])


def _likelihood(case: Case) -> int | None:
    """What the body's conversion table says; ``None`` where it has no such row or column."""
    rows, threat, vulnerability = case.facts.setting(LIKELIHOOD).split("/"), case.values["threat"], case.values["vulnerability"]
    if threat is None or vulnerability is None or not 0 < threat <= len(rows) or not 0 < vulnerability <= len(rows[threat - 1]):
        return None
    said = rows[threat - 1][vulnerability - 1]
    return int(said) if said.isdigit() else None


def scored(case: Case) -> dict[str, Any]:
    """The likelihood as the body's table converts it (the table is data, domain.md §3.2)."""
    return {"likelihood": _likelihood(case)}


def in_table(case: Case) -> Text | None:
    """A threat and a vulnerability that the body's table does not know give no likelihood."""
    if _likelihood(case) is not None:
        return None
    return Text("脅威と脆弱性の段階が換算表にありません。段階か、設定の換算表を直してください。",
                "The conversion table has no such grades of threat and vulnerability. Mend the grades, or the table in the settings.")


def two_levels(case: Case) -> Text | None:
    """政府機関等の対策基準策定のためのガイドライン: integrity and availability have two levels only."""
    if case.loading or case.values["scale_set"] != "unified" or max(case.values["integrity"] or 0, case.values["availability"] or 0) <= 2:
        return None
    return Text("統一基準の格付では、完全性と可用性は1か2です。直すか、尺度を選び直してください。",
                "Under the Unified Standards integrity and availability are 1 or 2. Mend them, or choose another scale.")


def handled(case: Case) -> Text | None:
    """政府機関等の統一基準 3.1: information of 機密性2 or higher carries restrictions of handling."""
    if (case.values["confidentiality"] or 0) < 2 or case.values["handling"]:
        return None
    return Text("機密性が2以上の情報には取扱制限が要ります。「取扱制限」に記入してからもう一度どうぞ。",
                "Information of confidentiality 2 or more needs restrictions. Fill in the handling first.")


def registered(case: Case) -> dict[str, Any]:
    """An asset that is registered is counted again within the interval."""
    since = case.values["inventoried_on"] or case.today
    return {"next_inventory_on": case.values["next_inventory_on"] or months_later(since, case.facts.setting(INVENTORY_MONTHS))}


def inventoried(case: Case) -> dict[str, Any]:
    """棚卸: what the newest count says becomes the asset's own, and the next one is due an interval later."""
    last = case.values["inventories"][-1]
    on = last.get("counted_on") or case.today
    return {"inventory_result": last.get("result"), "inventoried_on": on, "next_inventory_on": months_later(on, case.facts.setting(INVENTORY_MONTHS))}


def explained(case: Case) -> Text | None:
    """An inventory that finds an asset missing or different says what was found (proposal)."""
    before = case.before["inventories"] if case.before else []
    new = case.values["inventories"][len(before):]
    if all(row.get("result") == "present" or row.get("remarks") for row in new):
        return None
    return Text("「無」または「差異」のときは、見つかったことを備考に書いてください。",
                'Where the result is "missing" or "different", say in the remarks what was found.')


def term(case: Case) -> Text | None:
    """例外措置は1年以内 (domain.md §4.6; the term is a setting): the end lies after the start, and no later than the term allows."""
    start, end = case.values["start_on"], case.values["end_on"]
    if start is None or end is None:
        return None
    if end < start:
        return Text("終了日が開始日より前です。後の日付にしてください。", "The end is before the start. Enter a later date.")
    months = case.facts.setting(EXCEPTION_MONTHS)
    if case.loading or not case.changed("start_on", "end_on") or end <= months_later(max(start, case.values["renewed_on"] or start), months):
        return None
    return Text(f"例外措置の期間は{months}か月までです。終了日を早めるか、期限前の見直しで更新してください。",
                f"An exception lasts {months} months at most. End it earlier, or renew it at its review.")


APPROVED = ("title", "standard", "control_id", "system_id", "justification", "alternative", "start_on", "end_on", "renewed_on")


def as_approved(case: Case) -> Text | None:
    """申請→承認(最高情報セキュリティ責任者): what was approved, and for how long, changes by a renewal alone (domain.md §4.6).

    A row that a ledger brought in may be corrected until somebody has looked at it.
    """
    before = case.before
    if before is None or case.loading or case.move or before["status"] in ("draft", "submitted", "returned") or before.get("loaded"):
        return None
    if not case.changed(*APPROVED):
        return None
    return Text("承認された例外措置の内容と期間は変えられません。「見直しを記録する」で継続を提案するか、終了して新しく申請してください。",
                "What was approved, and its term, cannot be changed. Propose to continue it in a review, or end it and apply anew.")


def before_its_end(case: Case) -> Text | None:
    """期限前の見直し: an exception whose term is over is ended, not reviewed (domain.md §4.6)."""
    end = case.values["end_on"]
    if end is None or case.today <= end:
        return None
    return Text(f"期間（{calendar.japanese(end)}まで）を過ぎています。「終了する」で終え、まだ要るなら新しく申請してください。",
                f"Its term ended on {end:%d %B %Y}. End it, and apply anew if it is still needed.")


def renewable(case: Case) -> Text | None:
    """An exception goes on only as its last review proposes, and for no longer than a new one could (domain.md §4.6)."""
    reviews = case.values["reviews"]
    last = reviews[-1] if reviews else {}
    months = case.facts.setting(EXCEPTION_MONTHS)
    if last.get("proposal") != "continue" or last.get("end_after") is None:
        return Text("見直しの記録に「継続」と新しい終了日がないので、更新できません。",
                    'The last review does not propose to continue, with a new end. It cannot be renewed.')
    if case.today < last["end_after"] <= months_later(case.today, months):
        return None
    return Text(f"新しい終了日は、明日から{months}か月以内の日にしてください。", f"The new end must lie within {months} months from tomorrow.")


def renewed(case: Case) -> dict[str, Any]:
    """The term that the review proposed."""
    return {"end_on": case.values["reviews"][-1]["end_after"], "renewed_on": case.today}


def approved_today(case: Case) -> dict[str, Any]:
    """Who approved, and when."""
    return {"approved_on": case.today, "approved_by": case.actor.called}
