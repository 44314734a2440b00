"""What the ledger of personal data and the supervision of processors ask beyond a declaration.

Sources: JIS Q 15001:2023, 個人情報保護法, 番号法 and its guideline for administrative bodies. Limits that none of them
names are settings, marked as proposals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from grc import calendar, settings
from grc.case import Case, Change, Consequence, Create, Facts
from grc.kinds import Cell
from grc.text import Text
from registers.rules.corrective import limits
from registers.rules.spans import months_later, soonest

Values = Mapping[str, Any]
YEAR = 12
"""台帳は少なくとも年1回見直し、委託先は少なくとも年1回評価する (JIS Q 15001:2023; Privacy Mark). The body may ask for less, not for more."""
REVIEW_MONTHS = settings.declare("privacy_review_months", YEAR, "個人情報管理台帳を見直す間隔（月、12まで）",
                                      "Months between reviews of the personal data ledger (at most 12)")
EVALUATION_MONTHS = settings.declare("privacy_evaluation_months", YEAR, "委託先を評価する間隔（月、12まで）",
                                     "Months between evaluations of a processor (at most 12)")
ON_SITE_YEARS = settings.declare("privacy_on_site_years", 3, "特定個人情報などの委託先を実地で確認する間隔（年）",
                                 "Years between visits to processors of specific personal information")
ON_SITE_RECORDS = settings.declare("privacy_on_site_records", 100_000, "実地で確認する委託先の取扱件数（この件数から）",
                                   "Number of records from which a processor is visited")
GRADE_A = settings.declare("privacy_grade_a", 80, "委託先評価で判定Aとする点数（この点から）", "Score from which a processor is graded A")
GRADE_B = settings.declare("privacy_grade_b", 70, "委託先評価で判定Bとする点数（この点から）", "Score from which a processor is graded B")

_UNIT = re.compile(r"(?:担当部署|主管部署|作成部署|部署|担当部門|主管部門|部門|所属|担当課|課)名?\s*[：:]\s*(\S+)")
_ABOUT = re.compile(r"約|およそ|概|程度|前後|余")


def above(titles: tuple[str, ...]) -> Mapping[str, Cell]:
    """What stands above a ledger of one unit: 部署名：総務部."""
    found = next((m for title in titles if (m := _UNIT.search(title))), None)
    return {"unit_id": found[1]} if found else {}


# ------------------------------------------------------------------------------------------------------------ assets


def complete_asset(values: dict[str, Any], printed: Mapping[str, str]) -> dict[str, Any]:
    """A count that a ledger calls approximate is so; the next review, where none is set, is a year after the last one."""
    values = dict(values)
    if values["count_basis"] is None and _ABOUT.search(printed.get("record_count", "")):
        values["count_basis"] = "approximate"
    last, due = values["last_reviewed_on"], values["review_due_on"]
    if last is not None and (due is None or due <= last):
        values["review_due_on"] = months_later(last, YEAR)
    return values


def review_within_a_year(case: Case) -> Text | None:
    """The next review is at most twelve months after the last one (Privacy Mark: at least yearly)."""
    last, due = case.values["last_reviewed_on"], case.values["review_due_on"]
    months = interval(case.facts, REVIEW_MONTHS)
    latest = months_later(last, months) if last is not None else None
    if case.loading or latest is None or due is None or due <= latest:
        return None
    return Text(f"次回見直し日は、最終見直し日から{months}か月以内です。{calendar.japanese(latest)}までの日にしてください。",
                f"The next review is due within {months} months of the last one. Choose a day up to {latest:%d %B %Y}.")


def interval(facts: Facts, key: str) -> int:
    """The body's interval of review or evaluation in months, never more than a year."""
    return min(int(facts.setting(key)), YEAR)


WHAT_IS_HELD = ("items", "purpose", "acquisition", "is_sensitive", "is_specific_pi", "is_identity_info", "is_cert_info", "third_party")


def changed_under_review(case: Case) -> Text | None:
    """A registered entry says what was approved: what is held, and why, changes only under a review (JIS Q 15001:2023).

    A row that a ledger brought in may be corrected until somebody has looked at it.
    """
    before = case.before
    if before is None or case.loading or case.move or before["status"] != "registered" or before.get("loaded"):
        return None
    if not case.changed(*WHAT_IS_HELD):
        return None
    return Text("登録済みの台帳の項目・利用目的・区分は、見直しの中で変えます。「見直しを始める」をしてから変更してください。",
                "Items, purpose and kind of a registered entry change under a review. Begin the review, then change them.")


def specific_pi_ready(case: Case) -> Text | None:
    """特定個人情報: who has access, how it is kept and disposed of, and a risk that was assessed (番号法12条, 安全管理措置)."""
    if not case.values["is_specific_pi"]:
        return None
    if (lacking := _safety_lacking(case.values)) is not None:
        return lacking
    risks = case.facts.linking("risks", "subjects", "personal-data-assets", case.values["id"])
    if not [r for r in risks if r["status"] != "closed"]:
        return Text("特定個人情報なので、リスク評価が要ります。リスク評価表に、この台帳を対象とするリスクを登録してください。",
                    "It is specific personal information and needs a risk assessment. Enter a risk with this entry as its subject.")
    return None


SAFETY = ("access_holders", "disposal", "storage_location", "storage_method")


def _safety_lacking(values: Values) -> Text | None:
    if all(values[name] is not None for name in SAFETY):
        return None
    return Text("特定個人情報なので、アクセス権者・保管場所・保管方法・廃棄方法がすべて要ります。記入してからもう一度どうぞ。",
                "It is specific personal information: access holders, place and manner of storage, and disposal are all needed.")


def specific_pi_kept(case: Case) -> Text | None:
    """What 特定個人情報 needed to be registered is not taken out of the registered entry again (番号法12条)."""
    before = case.before
    if before is None or case.loading or before["status"] != "registered" or not case.values["is_specific_pi"] or not case.changed(*SAFETY):
        return None
    return None if before.get("loaded") else _safety_lacking(case.values)


def reviewed(case: Case) -> Values:
    """A review is done today, and the next one is due after the body's interval."""
    return {"last_reviewed_on": case.today, "review_due_on": months_later(case.today, interval(case.facts, REVIEW_MONTHS))}


# -------------------------------------------------------------------------------------------------------- processors

IN_USE = ("active", "evaluation_due", "improvement_required")
"""The states in which a processor handles data."""


def evaluation_due(values: Values) -> date | None:
    """評価の期限: as planned, at the latest a year after the last one; before the contract begins where there was none yet."""
    last, planned = values["last_evaluated_on"], values["next_evaluation_on"]
    latest: date | None = months_later(last, YEAR) if last else values["contract_start"]
    return soonest(planned, latest)


def certificates_end(values: Values) -> date | None:
    """The first day on which a certification of the processor ends."""
    return soonest(*(row.get("expires_on") for row in values["certs"]))


def needs_visits(case: Case, processor: Values) -> bool:
    """Specific personal information, or very much of it, is looked after on the spot (proposal, after 番号法11条; setting)."""
    return bool(processor["is_specific_pi"] or (processor["record_count"] or 0) >= case.facts.setting(ON_SITE_RECORDS))


def visit_due(case: Case, last: date) -> date:
    """Until when a processor is visited that was last visited on that day (setting)."""
    return months_later(last, 12 * int(case.facts.setting(ON_SITE_YEARS)))


def _passed(case: Case) -> Sequence[Values]:
    return case.facts.records("processor-evaluations", processor_id=case.values["id"], kind="selection", status="confirmed", grade=("a", "b"))


def selection_passed(case: Case) -> Text | None:
    """委託先の選定: a confirmed evaluation with A or B comes before the choice (個人情報保護法25条; JIS Q 15001:2023)."""
    if _passed(case):
        return None
    return Text("判定AかBの選定評価がまだ確定していません。委託先評価に選定評価を登録し、確定してください。",
                "No selection evaluation with grade A or B is confirmed yet. Enter one and have it confirmed.")


def evaluated_before_contract(case: Case) -> Text | None:
    """The selection evaluation that let the processor be chosen is older than the contract (個人情報保護法25条)."""
    start = case.values["contract_start"]
    if start is None or any(e["evaluated_on"] and e["evaluated_on"] <= start for e in _passed(case)):
        return None
    return Text(f"契約の開始日（{calendar.japanese(start)}）より前の、判定AかBの選定評価がありません。評価日か契約期間を確かめてください。",
                f"There is no selection evaluation with grade A or B before the contract begins ({start:%d %B %Y}). Check the dates.")


CLAUSES = ("clause_confidentiality", "clause_safety", "clause_audit", "clause_return", "clause_incident")


def clauses_agreed(case: Case) -> Text | None:
    """What the contract must say: secrecy, safety, audit, return and erasure, reporting of incidents (JIS Q 15001:2023)."""
    if all(case.values[name] for name in CLAUSES):
        return None
    return Text("契約に入れる条項（秘密保持・安全管理・監査・返却消去・事故報告）がそろっていません。契約書を確かめて○を付けてください。",
                "The contract lacks a clause (secrecy, safety, audit, return and erasure, incidents). Check it and mark each one.")


def subcontractors_named(case: Case) -> Text | None:
    """再委託: who subcontracts says to whom (domain.md §3.3; 個人情報保護法25条)."""
    if not case.values["has_subcontract"] or case.values["subcontractors"]:
        return None
    return Text("再委託があるので、「再委託先の一覧」に再委託先を記入してください。", 'It subcontracts: enter to whom in "Subcontractors".')


def kinds_agree(case: Case) -> Text | None:
    """A processor of an asset with specific personal information handles specific personal information."""
    if case.values["is_specific_pi"]:
        return None
    held = case.facts.linking("personal-data-assets", "processors", "processors", case.values["id"])
    if not any(a["is_specific_pi"] for a in held):
        return None
    return Text("委託する個人情報に特定個人情報があります。「特定個人情報の取扱い」を○にしてください。",
                "It is entrusted with specific personal information. Say so in the field.")


def first_visit(case: Case) -> Values:
    """Until when a processor with specific personal information is visited for the first time (setting)."""
    if case.values["on_site_due_on"] is not None or not needs_visits(case, case.values):
        return {}
    return {"on_site_due_on": visit_due(case, case.values["contract_start"] or case.today)}


def evaluation_current(case: Case) -> Text | None:
    """In use again only with an evaluation of A or B that is not overdue."""
    if case.values["last_grade"] not in ("a", "b"):
        return Text("最後の評価が判定AかBではありません。改善のあとの評価を登録し、確定してください。",
                    "The last evaluation is not A or B. Evaluate it again after it improved, and have that confirmed.")
    return evaluation_overdue(case)


def evaluation_overdue(case: Case) -> Text | None:
    """年1回の評価を過ぎている (JIS Q 15001:2023; setting)."""
    due = evaluation_due(case.values)
    if due is None or due >= case.today:
        return None
    return Text(f"評価の期限（{calendar.japanese(due)}）を過ぎています。先に委託先評価を登録し、確定してください。",
                f"The evaluation was due on {due:%d %B %Y}. Evaluate the processor first, and have that confirmed.")


def renewed_after_evaluation(case: Case) -> Text | None:
    """契約の更新: a contract is not prolonged while the evaluation is overdue or its grade is C."""
    before, end = case.before, case.values["contract_end"]
    if before is None or case.loading or case.move or before["contract_end"] is None or end is None or end <= before["contract_end"]:
        return None
    if case.values["status"] in ("candidate", "selected"):
        return None
    if case.values["last_grade"] == "c":
        return Text("判定Cの委託先の契約期間は延ばせません。改善を確かめて評価し直してください。",
                    "The contract of a processor graded C cannot be prolonged. Have it improve and evaluate it again.")
    return evaluation_overdue(case)


def not_before_it_begins(case: Case) -> Text | None:
    """A contract does not end before it begins."""
    start, end = case.values["contract_start"], case.values["contract_end"]
    if case.loading or start is None or end is None or start <= end:
        return None
    return Text(f"契約終了日が契約開始日（{calendar.japanese(start)}）より前です。後の日付にしてください。",
                f"The contract ends before it begins ({start:%d %B %Y}). Enter a later date.")


# ------------------------------------------------------------------------------------------------------- evaluations

KINDS = {"selection": "選定評価", "periodic": "定期評価", "extraordinary": "臨時評価"}


def evaluation_title(values: Values) -> str:
    """What an evaluation is called: its kind and its day."""
    day = values["evaluated_on"] or values["planned_on"]
    said = "" if day is None else f"{calendar.japanese(day)}{'' if values['evaluated_on'] else '予定'}"
    return f"{KINDS.get(values['kind'], '評価')}（{said or '日付未定'}）"


def grade_fits(case: Case) -> Text | None:
    """A grade is not better than its score (settings)."""
    score, grade = case.values["score"], case.values["grade"]
    lowest = {"a": case.facts.setting(GRADE_A), "b": case.facts.setting(GRADE_B)}.get(grade)
    if score is None or lowest is None or score >= lowest:
        return None
    return Text(f"点数が{lowest}点より低いので、判定{grade.upper()}にはできません。点数か判定を確かめてください。",
                f"The score is below {lowest}: grade {grade.upper()} is not possible. Check score and grade.")


def visited_in_time(case: Case) -> Text | None:
    """実地の確認: at least every so many years for specific personal information (setting; proposal after 番号法11条)."""
    v = case.values
    processor = case.facts.one("processors", v["processor_id"])
    if processor is None or v["kind"] == "selection" or v["method"] == "on_site" or v["evaluated_on"] is None:
        return None
    last = processor["last_on_site_on"] or processor["contract_start"]
    if not needs_visits(case, processor) or (last is not None and v["evaluated_on"] <= visit_due(case, last)):
        return None
    years = case.facts.setting(ON_SITE_YEARS)
    return Text(f"この委託先は{years}年に1回は実地で確かめます。今回は方法を「実地」にしてください。",
                f'This processor is visited at least every {years} years. Evaluate it on site this time.')


def next_within_a_year(case: Case) -> Text | None:
    """The next evaluation is due within the body's interval (setting)."""
    done, due, months = case.values["evaluated_on"], case.values["next_due_on"], interval(case.facts, EVALUATION_MONTHS)
    if done is None or due is None or done < due <= months_later(done, months):
        return None
    return Text(f"次回評価期限は、評価日より後で{months}か月以内の日にしてください。",
                f"The next evaluation is due after this one and within {months} months of it. Choose such a day.")


def next_due(case: Case) -> Values:
    """The next evaluation, where nobody planned it earlier."""
    done = case.values["evaluated_on"]
    if case.values["next_due_on"] is not None or done is None:
        return {}
    return {"next_due_on": months_later(done, interval(case.facts, EVALUATION_MONTHS))}


def keep_processor(case: Case) -> Iterable[Consequence]:
    """The newest confirmed evaluation stands in the list of processors, and moves it: C asks for improvement."""
    v = case.values
    processor = case.facts.one("processors", v["processor_id"])
    if processor is None or (processor["last_evaluated_on"] or date.min) > v["evaluated_on"]:
        return
    now: dict[str, Any] = {"last_evaluated_on": v["evaluated_on"], "last_score": v["score"], "last_grade": v["grade"],
                           "next_evaluation_on": v["next_due_on"]}
    if v["method"] == "on_site":
        now["last_on_site_on"] = v["evaluated_on"]
        if needs_visits(case, processor):
            now["on_site_due_on"] = visit_due(case, v["evaluated_on"])
    status = None
    if processor["status"] in IN_USE:
        status = "improvement_required" if v["grade"] == "c" else "active"
    yield Change("processors", processor["id"], Text(f"委託先評価 {v['code']} の確定による", f"Evaluation {v['code']} was confirmed"), now, status)


def ask_for_correction(case: Case) -> Iterable[Consequence]:
    """判定C: a corrective action is opened (JIS Q 15001 10.2). A candidate graded C is simply not chosen."""
    v = case.values
    processor = case.facts.one("processors", v["processor_id"])
    if processor is None or v["grade"] != "c" or v["kind"] == "selection":
        return
    yield Create("corrective-actions", {
        "name": f"委託先評価の是正：{processor['name']}", "source": "processor_evaluation", "classification": "minor",
        "fact": v["findings"] or f"{calendar.japanese(v['evaluated_on'])}の評価で判定Cとなった（{v['code']}）。",
        "issued_on": case.today, **limits(case, "minor", case.today), "unit_id": processor["unit_id"], "plan_item_id": v["plan_item_id"],
        "origins": [("processor-evaluations", v["id"])],
    }, Text(f"委託先評価 {v['code']} の判定Cによる", f"Evaluation {v['code']} was graded C"))
