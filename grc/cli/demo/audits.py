"""The demo's audits: programmes over the years, the audits of fiscal year 2025, checklists and what came of them, reviews."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from grc import calendar
from grc.cli.demo.shared import (
    CENTRE,
    GENERAL,
    OPERATIONS,
    SYSTEMS,
    correct,
    correction_of,
    finding,
    plan,
    some,
    unit_of,
)
from grc.cli.demo.stage import Made, Stage

SASAKI = {"name": "佐々木 修", "account": "sasaki"}
HARA = {"name": "原 千尋", "account": "hara"}
KATO = {"name": "加藤 実", "account": "kato", "role": "lead"}


def fill(stage: Stage) -> None:
    """Fiscal year 2025."""
    programmes = _programmes(stage)
    internal = _internal(stage, programmes["internal"])
    _checklists(stage, internal)
    _outside(stage, programmes)
    _kanji(stage, programmes["kanji"])
    _reviews(stage)


def _series(stage: Stage, number: str) -> dict[str, Any]:
    """The audit of the catalogue that one of the year belongs to, where the catalogue is there."""
    found = stage.find("audits", number=number)
    return {"series_id": found[0]["id"]} if found else {}


# ------------------------------------------------------------------------------------------------ 監査計画

def _programmes(stage: Stage) -> dict[str, Made]:
    policy = {"policy": "リスクの大きい業務を優先し、規程への適合と有効性の両面から監査する。", "focus": "特定個人情報の取扱い、委託先の監督、復旧手順の実効性",
              "selection": "前年度の残留リスク、インシデント、前回指摘の状況から選定した。"}
    found = {}
    for key, values in (
        ("2023", {"name": "令和5年度内部監査計画", "kind": "internal", "year_from": 2023, "approved_on": date(2023, 4, 14), "approved_by": "清水 恵",
                  "reported_on": date(2024, 3, 22)}),
        ("2024", {"name": "令和6年度内部監査計画", "kind": "internal", "year_from": 2024, "approved_on": date(2024, 4, 12), "approved_by": "清水 恵",
                  "reported_on": date(2025, 3, 21)}),
        ("internal", {"name": "令和7年度内部監査計画", "kind": "internal", "year_from": 2025, "report_due_on": date(2026, 3, 31),
                      "plan_item_id": plan(stage, "1-2-3-1")}),
        ("external", {"name": "外部監査基本計画（令和6～8年度）", "kind": "external", "year_from": 2024, "year_to": 2026, "plan_item_id": plan(stage, "1-2-4-2")}),
        ("certification", {"name": "令和7年度 認証審査計画", "kind": "certification", "year_from": 2025, "plan_item_id": plan(stage, "1-2-4-1")}),
        ("asp", {"name": "LGWAN-ASP監査計画（令和6～8年度）", "kind": "asp", "year_from": 2024, "year_to": 2026, "plan_item_id": plan(stage, "7-1-5b")}),
    ):
        made = stage.add("audit-programmes", "sasaki", date(2025, 4, 7), **policy, **values)
        made = stage.move(made, "approve", by="shimizu", on=date(2025, 4, 11))
        if key != "certification":
            made = stage.move(made, "start", by="sasaki", on=date(2025, 4, 14))
        if key in ("2023", "2024"):
            made = stage.change(made, "sasaki", date(2025, 4, 15), result="計画した監査をすべて実施した。", reported_to="理事長")
            made = stage.move(made, "report", by="shimizu", on=date(2025, 4, 16))
        found[key] = made
    kanji = stage.add("audit-programmes", "kato", date(2025, 4, 9), name="令和7年度監事監査計画", kind="kanji", year_from=2025,
                      policy="会計と業務の適正を、例月・決算・業務の各監査で確かめる。", plan_item_id=plan(stage, "1-2-5-3"))
    found["kanji"] = stage.move(kanji, "adopt", "start", by="kato", on=date(2025, 4, 10))
    stage.add("audit-programmes", "sasaki", date(2026, 3, 9), name="令和8年度内部監査計画", kind="internal", year_from=2026, **policy)
    return found


# ------------------------------------------------------------------------------------------------ 内部監査

_INTERNAL = (
    # key, name, kind, catalogue, item of the plan, criteria, units, from, days, how far, opinion
    ("privacy", "令和7年度 個人情報保護 内部監査", "internal_privacy", "AU-01", "1-2-2-1f", "JIS Q 15001:2023、個人情報保護規程", (CENTRE, GENERAL),
     date(2025, 10, 7), 3, "closed", "mostly"),
    ("security", "令和7年度 情報セキュリティ 内部監査", "internal_security", "AU-02", "1-2-2-2g", "統一基準群、情報セキュリティ規程", (OPERATIONS, SYSTEMS),
     date(2025, 11, 11), 4, "follow_up", "improve"),
    ("compliance", "令和7年度 コンプライアンス 内部監査", "internal_compliance", "AU-03", "1-2-2-3d", "コンプライアンス規程", (GENERAL, "教育研修部"),
     date(2026, 1, 20), 2, "fact_check", None),
    ("crisis", "令和7年度 危機管理 内部監査", "internal_crisis", "AU-04", "1-2-2-4d", "危機管理規程、事業継続計画", (OPERATIONS,), date(2026, 2, 17), 2, "fieldwork",
     None),
    ("operations", "令和7年度 財務・業務 内部監査", "internal_operations", "AU-05", "1-2-3-2", "会計規程、業務方法書", ("情報化支援戦略部",), date(2026, 3, 3), 2,
     "notified", None),
    ("release", "第三次中間サーバー切替前の点検", "release_check", "AU-15", "1-1-1-3", "点検要領", (SYSTEMS,), date(2026, 3, 17), 1, "planned", None),
)
_HEADS = {CENTRE: "aoki", OPERATIONS: "hayashi"}


def _internal(stage: Stage, programme: Made) -> dict[str, Made]:
    return {row[0]: _audit(stage, programme, *row[1:]) for row in _INTERNAL}


def _audit(stage: Stage, programme: Made, name: str, kind: str, catalogue: str, item: str, criteria: str, units: Sequence[str], begins: date, days: int,
           reach: str, opinion: str | None) -> Made:
    ends = begins + timedelta(days=days - 1)
    made = stage.add("audits", "sasaki", begins - timedelta(days=40), name=name, kind=kind, programme_id=programme, auditor="監査室", criteria=criteria,
                     scope="規程の整備と運用の状況", cadence="annual", years="FY2025", planned_from=begins, planned_to=ends, method="on_site",
                     plan_item_id=plan(stage, item),
                     team=[{**SASAKI, "role": "lead"}, {**HARA, "role": "member"}], units=[("units", unit_of(stage, u)) for u in units],
                     subjects=some(stage, "systems", days), **_series(stage, catalogue))
    if reach == "planned":
        return made
    made = stage.move(made, "notify", by="shimizu", on=begins - timedelta(days=21))
    if reach == "notified":
        return made
    made = stage.move(made, "begin", by="sasaki", on=begins)
    for n in range(days if reach != "fieldwork" else 1):
        made = stage.move(made, "hold", by="sasaki", on=begins + timedelta(days=n), row={
            "held_on": begins + timedelta(days=n), "audited": units[n % len(units)], "auditors": "佐々木 修、原 千尋", "done": "書類の確認と聴取"})
    if reach == "fieldwork":
        return made
    made = stage.change(made, "sasaki", ends + timedelta(days=9), summary="おおむね規程のとおり運用されている。一部の記録に漏れがある。", opinion=opinion,
                        previous="前年度の指摘はすべて完了していることを確かめた。", reported_to="理事長", follow_up_due_on=date(2026, 2, 27))
    made = stage.move(made, "draft", "ask_facts", by="sasaki", on=ends + timedelta(days=10))
    head = next((_HEADS[u] for u in units if u in _HEADS), None)
    if head:
        made = stage.move(made, "answer_facts", by=head, on=ends + timedelta(days=14), reason="記載のとおりで、事実の誤りはありません。")
    if reach == "fact_check":
        return made
    made = stage.move(made, "report", by="shimizu", on=ends + timedelta(days=20))
    return stage.move(made, "follow_up", by="sasaki", on=ends + timedelta(days=30))


# ------------------------------------------------------------------------------------------------ チェックリスト

_CHECKLIST: dict[str, tuple[str, str, tuple[tuple[str, str, str, str, str, str | None], ...]]] = {
    # audit: unit, standard, (clause, question, evidence, result, comment, class)
    "privacy": (CENTRE, "JIS Q 15001", (
        ("6.1", "個人情報台帳は年1回以上見直されているか", "台帳、見直し記録", "conform", "令和7年6月に見直し済み", None),
        ("7.3", "全従業者に教育を実施したか", "教育記録", "partial", "受講記録のうち3名の合否が空欄", "observation"),
        ("8.1", "委託先の再委託を把握しているか", "委託先一覧", "nonconform", "再委託先2社が一覧にない", "minor"),
        ("9.2", "監査員は自部門を監査していないか", "監査計画", "conform", "", None),
        ("10.2", "是正処置の有効性を確認しているか", "是正処置票", "na", "該当なし", None),
        ("J.8.4", "開示等の請求に期限内に応じているか", "請求台帳", "conform", "12件すべて期限内", None))),
    "security": (OPERATIONS, "JIS Q 27001 附属書A", (
        ("A.5.18", "アクセス権を定期に棚卸しているか", "棚卸記録", "nonconform", "直近の棚卸しの記録が確認できない", "minor"),
        ("A.5.23", "クラウド利用の申請と承認があるか", "申請書", "partial", "申請書の様式に見直しの余地がある", "opportunity"),
        ("A.7.7", "離席時に画面を施錠しているか", "現地", "conform", "", None),
        ("A.8.8", "脆弱性への対処の期限を守っているか", "診断台帳", "partial", "警告2件が期限を過ぎている", "minor"),
        ("A.8.13", "復元試験を行っているか", "試験記録", "nonconform", "2年間実施していない", "major"),
        ("A.8.15", "操作記録を保護しているか", "設定画面", "conform", "", None),
        ("A.8.32", "変更の承認を記録しているか", "変更票", "conform", "", None))),
    "release": (SYSTEMS, "点検要領", (
        ("1-1", "切替の手順書は承認済みか", "手順書", "not_checked", "", None),
        ("1-2", "切戻しの判断の期限が決まっているか", "手順書", "not_checked", "", None),
        ("2-1", "復旧時間の目標を試験で確かめたか", "試験記録", "not_checked", "", None))),
}


def _checklists(stage: Stage, audits: dict[str, Made]) -> None:
    raised = {}
    for key, (unit, standard, items) in _CHECKLIST.items():
        day = next(row[7] for row in _INTERNAL if row[0] == key)
        for clause, question, seen, result, comment, classification in items:
            made = stage.add("checklist-items", "hara", day, question=question, audit_id=audits[key], framework=standard, clause=clause, evidence_seen=seen,
                             audited_unit_id=unit_of(stage, unit), audited_on=day if result != "not_checked" else None, auditors="佐々木 修、原 千尋", result=result,
                             comment=comment or None, classification=classification)
            if result == "not_checked":
                continue
            made = stage.move(made, "check", by="hara", on=day + timedelta(days=1))
            if classification:
                made = stage.move(made, "raise", by="hara", on=day + timedelta(days=2))
                raised[clause] = stage.made("findings", checklist_item_id=made.id)
    _privacy_findings(stage, raised, audits["privacy"])
    _security_findings(stage, raised)
    _practice(stage, audits["security"])


def _issue(stage: Stage, found: Made, on: date) -> Made:
    return stage.move(found, "issue", by="sasaki", on=on)


def _privacy_findings(stage: Stage, raised: dict[str, Made], audit: Made) -> None:
    on = date(2025, 10, 20)
    found = _issue(stage, raised["7.3"], on)
    found = stage.move(found, "decide_act", by="aoki", on=on + timedelta(days=3))
    found = stage.move(found, "report_done", by="suzuki", on=on + timedelta(days=12), reason="3名の合否を確かめて記録し、月次で空欄を点検することとした。")
    stage.attach(found, "sasaki", on + timedelta(days=14), "教育記録の写し.txt", "受講者3名の合否を記録した。\n")
    stage.move(found, "close", by="shimizu", on=on + timedelta(days=18))
    found = _issue(stage, raised["8.1"], on)
    correct(stage, correction_of(stage, found), CENTRE, on, "effective", "再委託の届を台帳に写す手順がない", "再委託の承諾と同時に委託先一覧へ登録する", checker="hara")
    found = stage.move(found, "acknowledge", by="suzuki", on=on + timedelta(days=4))
    stage.move(found, "close", by="shimizu", on=date(2026, 3, 13))
    stage.move(audit, "close", by="shimizu", on=date(2026, 3, 16))


def _security_findings(stage: Stage, raised: dict[str, Made]) -> None:
    on = date(2025, 11, 28)
    found = _issue(stage, raised["A.5.18"], on)
    made = correct(stage, correction_of(stage, found), OPERATIONS, on, "completed", "棚卸しの担当が異動で空席になった", "担当を2人とし、四半期ごとに棚卸しする",
                   days=70)
    stage.move(found, "acknowledge", by="mori", on=on + timedelta(days=4))
    stage.move(made, "reject", by="sasaki", on=date(2026, 2, 12), reason="1月の棚卸しの記録が添付されていない。")
    found = _issue(stage, raised["A.8.13"], on)
    made = correct(stage, correction_of(stage, found), OPERATIONS, on, "implementing", "試験環境の確保が難しい", "副センターで半期ごとに復元試験を行う")
    stage.move(found, "acknowledge", by="mori", on=on + timedelta(days=4))
    made = stage.move(made, "extend", by="shimizu", on=date(2026, 1, 22), row={"due_on": date(2026, 2, 20), "reason": "試験機器の納入が遅れたため。"})
    stage.move(made, "extend", by="shimizu", on=date(2026, 2, 18), row={"due_on": date(2026, 3, 27), "reason": "試験で一部の業務が戻らず、再試験が要るため。"})
    found = _issue(stage, raised["A.8.8"], on)
    correct(stage, correction_of(stage, found), OPERATIONS, on, "planned", "診断の結果の担当への割当てが遅い", "診断の翌週に割当てを行う")
    found = _issue(stage, raised["A.5.23"], on)
    stage.move(found, "decide_none", by="hayashi", on=on + timedelta(days=6), reason="次年度の様式改正に合わせて見直すため。")


def _practice(stage: Stage, audit: Made) -> None:
    found = finding(stage, "sasaki", date(2025, 11, 28), SYSTEMS, "障害の記録の検索性が高い", "internal_audit", "good_practice", "過去の障害を原因別にすぐ取り出せる。",
                    audit_id=audit)
    stage.move(found, "close", by="shimizu", on=date(2025, 12, 5))


# ------------------------------------------------------------------------------------------------ 外部の監査・審査

def _outside(stage: Stage, programmes: dict[str, Made]) -> None:
    isms = _received(stage, "令和7年度 ISMS維持審査", "isms_external", "AU-06", "1-2-4-1", "認証機関", "ISO/IEC 27001:2022", programmes["certification"],
                     date(2025, 12, 2), 3,
                     "維持を可とする。軽微な不適合1件、観察事項1件。", (SYSTEMS, OPERATIONS))
    found = finding(stage, "sasaki", date(2025, 12, 8), SYSTEMS, "供給者の評価の基準に情報セキュリティの項目がない", "certification", "minor",
                    "評価表に項目がなかった。",
                    audit_id=isms, due_on=date(2026, 2, 27), plan_item_id=plan(stage, "1-2-2-2h"))
    correct(stage, correction_of(stage, found), SYSTEMS, date(2025, 12, 8), "verified", "評価表が旧版のまま", "評価表を改め、全供給者を再評価する")
    finding(stage, "sasaki", date(2025, 12, 8), OPERATIONS, "力量の記録の様式が部門で異なる", "certification", "observation", "3種類の様式があった。", audit_id=isms)
    pmark = _received(stage, "プライバシーマーク更新審査", "pmark", "AU-08", "1-2-2-1i", "指定審査機関", "JIS Q 15001:2023、構築・運用指針",
                      programmes["certification"], date(2025, 9, 9), 2,
                      "現地審査で指摘2件。改善報告の後に付与適格。", (GENERAL, CENTRE))
    found = finding(stage, "sasaki", date(2025, 9, 16), CENTRE, "個人情報の特定に採用応募者の情報が漏れている", "pmark", "minor", "台帳に応募者の情報がなかった。",
                    audit_id=pmark, due_on=date(2025, 12, 9), plan_item_id=plan(stage, "1-2-2-1g"))
    correct(stage, correction_of(stage, found), CENTRE, date(2025, 9, 16), "effective", "新しい業務を台帳に載せる手順がない",
            "業務の開始前に台帳へ載せることを手順とする", days=40)
    nisc = _received(stage, "NISCマネジメント監査", "nisc_management", "AU-09", "1-2-6-1", "国家サイバー統括室（NISC）", "統一基準群", programmes["external"],
                     date(2025, 7, 22), 4,
                     "助言3件。改善計画の提出を求める。", (SYSTEMS,))
    nisc = stage.change(nisc, "sasaki", date(2025, 9, 22), improvement_plan="情報システム台帳の整備、委託先の監査、復旧手順の見直し",
                        unfinished="委託先の監査（令和8年2月まで）",
                        improvement_due_on=date(2025, 9, 30), follow_up_due_on=date(2026, 3, 31))
    nisc = stage.move(nisc, "submit_improvement", by="sasaki", on=date(2025, 9, 26))
    stage.move(nisc, "follow_up", by="sasaki", on=date(2026, 1, 13))
    found = finding(stage, "sasaki", date(2025, 8, 25), SYSTEMS, "情報システム台帳に構成の記載がない", "nisc", "minor", "35件のうち6件で構成が空欄だった。",
                    audit_id=nisc, due_on=date(2026, 1, 30),
                    plan_item_id=plan(stage, "1-2-2-2k"))
    correct(stage, correction_of(stage, found), SYSTEMS, date(2025, 8, 25), "implementing", "台帳の更新の時期が決まっていない", "構成の変更の承認と同時に台帳を改める")
    stage.add("audits", "sasaki", date(2026, 1, 8), name="NISCペネトレーションテスト", kind="nisc_penetration", programme_id=programmes["external"],
              auditor="国家サイバー統括室（NISC）",
              criteria="統一基準群", scope="選定システム", years="FY2025", planned_from=date(2026, 3, 2), planned_to=date(2026, 3, 13), method="technical",
              plan_item_id=plan(stage, "1-2-6-1"), subjects=some(stage, "systems"), **_series(stage, "AU-10"))
    late = stage.add("audits", "sasaki", date(2025, 8, 4), name="情報セキュリティに係る外部監査", kind="external", programme_id=programmes["external"],
                     auditor="外部監査人",
                     criteria="外部監査基本計画", scope="外部監査対象部門", years="FY2025", planned_from=date(2025, 12, 15), planned_to=date(2025, 12, 19),
                     plan_item_id=plan(stage, "1-2-4-2"), **_series(stage, "AU-07"))
    stage.move(late, "postpone", by="sasaki", on=date(2025, 12, 10), reason="監査人の都合により、令和8年2月以降に改めて日程を決める。")


def _received(stage: Stage, name: str, kind: str, catalogue: str, item: str, auditor: str, criteria: str, programme: Made, begins: date, days: int, summary: str,
              units: Sequence[str]) -> Made:
    """An audit by somebody outside, whose report came in."""
    made = stage.add("audits", "sasaki", begins - timedelta(days=60), name=name, kind=kind, programme_id=programme, auditor=auditor, criteria=criteria,
                     scope="対象部門の運用",
                     years="FY2025", planned_from=begins, planned_to=begins + timedelta(days=days - 1), method="mixed", summary=summary, opinion="mostly",
                     team=[{"name": "審査員（主任）", "role": "lead", "organisation": auditor}], units=[("units", unit_of(stage, u)) for u in units],
                     plan_item_id=plan(stage, item), **_series(stage, catalogue))
    return stage.move(made, "begin", "receive", by="sasaki", on=begins + timedelta(days=days + 2))


# ------------------------------------------------------------------------------------------------ 監事監査

def _kanji(stage: Stage, programme: Made) -> None:
    settlement = _by_kanji(stage, programme, "令和6年度 決算監査", "kanji_settlement", "AU-11", "1-2-5-1", date(2025, 5, 26), date(2025, 5, 30), scope="決算・財務諸表")
    stage.move(settlement, "begin", "report_kanji", by="kato", on=date(2025, 6, 6))
    for n in range(12):
        month = date(2025 + (n + 2) // 12, (n + 2) % 12 + 1, 1)
        day = calendar.next_business_day((month + timedelta(days=32)).replace(day=20))
        made = _by_kanji(stage, programme, f"例月監査（{month.month}月分）", "kanji_monthly", "AU-12", "1-2-5-2", day, day, scope="月次の会計・業務",
                         month=f"{month:%Y-%m}")
        if n < 11:  # the last one is late
            stage.move(made, "begin", "report_kanji", by="kato", on=day + timedelta(days=2 if n % 4 else 5))
    operations = _by_kanji(stage, programme, "業務監査（個人番号センター）", "kanji_operations", "AU-13", "1-2-5-3", date(2025, 12, 9), date(2025, 12, 10),
                           scope="発行・コールセンター業務",
                           units=[("units", unit_of(stage, CENTRE))])
    operations = stage.move(operations, "begin", "report_kanji", by="kato", on=date(2025, 12, 12))
    found = finding(stage, "kato", date(2025, 12, 15), CENTRE, "委託費の実績と成果の対比を示されたい", "kanji", "kanji_opinion", "月次報告に費用と成果の対比がない。",
                    audit_id=operations)
    stage.move(found, "decide_act", by="aoki", on=date(2025, 12, 19))


def _by_kanji(stage: Stage, programme: Made, name: str, kind: str, catalogue: str, item: str, begins: date, ends: date, **more: Any) -> Made:
    return stage.add("audits", "kato", begins - timedelta(days=10), name=name, kind=kind, programme_id=programme, auditor="監事", criteria="監事監査規程",
                     years="FY2025",
                     planned_from=begins, planned_to=ends, team=[KATO], opinion="proper", reported_to="理事長", plan_item_id=plan(stage, item), **more,
                     **_series(stage, catalogue))


# ------------------------------------------------------------------------------------------------ マネジメントレビュー

def _reviews(stage: Stage) -> None:
    inputs = {"attendees": "理事長、最高統括リスク管理責任者、最高情報セキュリティ責任者、個人情報保護管理者",
              "audit_results": "内部監査と外部審査の指摘はすべて対応中か完了。",
              "risks_state": "残留リスクが高いものは経営層が承認した。", "complaints": "苦情は前年度より減った。",
              "changes": "統一基準群の改定、個人情報保護法の見直しの動き。",
              "previous": "前回の決定はすべて完了した。", "objectives": "受講率100％、棚卸率100％を達成した。", "proposals": "台帳の見直しの時期を早める。"}
    titles = {"pms": "個人情報保護マネジメントレビュー", "isms": "情報セキュリティマネジメントレビュー"}
    for year in (2023, 2024, 2025):
        for system, by in (("pms", "fujita"), ("isms", "ishii")):
            held = date(year + 1, 2, 17 if system == "pms" else 24)
            seen = held if year == 2025 else date(2025, 4, 3)
            outputs = [{"output": "教育の合格の基準を見直す", "kind": "decision", "due_on": date(year + 1, 6, 30), "assignee": "総務部"},
                       {"output": "監視の要員を2人増やす", "kind": "resource", "due_on": date(year + 1, 9, 30), "assignee": "運用管理本部"}]
            if year == 2023:
                outputs = [{**row, "done_on": row["due_on"]} for row in outputs]
            made = stage.add("management-reviews", by, seen, name=f"{titles[system]}（令和{year - 2018}年度）", system=system, planned_on=held, held_on=held,
                             outputs=outputs,
                             conclusion="マネジメントシステムは有効に働いている。", **inputs)
            made = stage.move(made, "hold", by=by, on=seen)
            if (year, system) == (2025, "isms"):
                continue  # waits for approval
            made = stage.move(made, "approve", by="okada", on=seen + timedelta(days=7))
            if year == 2023:
                stage.move(made, "close", by=by, on=seen + timedelta(days=8))
            else:
                stage.move(made, "open_actions", by=by, on=seen + timedelta(days=10))
    stage.add("management-reviews", "fujita", date(2026, 3, 19), name="個人情報保護マネジメントレビュー（令和8年度）", system="pms", planned_on=date(2027, 2, 16))
