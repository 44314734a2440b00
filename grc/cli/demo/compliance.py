"""The demo's compliance: the list of laws with its yearly review, and whistleblowing cases, kept by two named handlers.

The page of whistleblowing cases stays off (``whistleblowing_enabled``): the body has not decided to keep them here yet.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from grc.cli.demo.privacy import CARDS, GENERAL, OPERATION, RESIDENTS, Day, confirm, load
from grc.cli.demo.stage import Made, Stage

HEADS = ("法令等の名称", "法令等の種類", "条項", "要求事項", "担当部門", "順守状況", "根拠資料", "対応策", "対応期限", "改正日", "最終見直し日")
LAWS = (
    ("個人情報の保護に関する法律", "法律", "第66条", "保有個人情報の安全管理のために必要な措置をとる。", GENERAL, "順守", "個人情報保護規程、点検記録", "", "",
     "R3.5.19", "R6.6.5"),
    ("個人情報の保護に関する法律", "法律", "第68条", "漏えい等が生じたときは委員会に報告し、本人に通知する。", GENERAL, "順守", "漏えい等対応手順", "", "",
     "R2.6.12", "R6.6.5"),
    ("番号法", "法律", "第12条", "個人番号の漏えい等の防止のために必要な措置をとる。", CARDS, "順守", "特定個人情報取扱規程", "", "", "R5.6.9", "R6.6.5"),
    ("番号法", "法律", "第10条", "再委託は最初の委託者の許諾を得て行う。", CARDS, "一部順守", "再委託承諾書", "承諾の記録を台帳にまとめる。", "R7.9.30",
     "H25.5.31", "R6.6.5"),
    ("住民基本台帳法", "法律", "第30条の24", "本人確認情報の安全確保のために必要な措置をとる。", RESIDENTS, "順守", "本人確認情報管理規程", "", "", "R1.5.31",
     "R6.6.12"),
    ("公的個人認証法", "法律", "全般", "認証業務情報の安全を確保する。", CARDS, "順守", "認証業務規程", "", "", "R5.6.9", "R6.6.12"),
    ("公益通報者保護法", "法律", "第11条", "内部の通報に対応する体制を整える。", GENERAL, "順守", "内部通報規程", "", "", "R2.6.12", "R6.6.12"),
    ("労働施策総合推進法", "法律", "第30条の2", "職場のハラスメントを防ぐ措置をとる。", GENERAL, "順守", "ハラスメント防止規程、相談記録", "", "", "R1.6.5", "R6.6.19"),
    ("入札談合等関与行為防止法", "法律", "第8条", "職員が入札談合等に関わらないようにする。", GENERAL, "順守", "契約事務規程、研修記録", "", "", "H18.12.15",
     "R6.6.19"),
    ("独占禁止法", "法律", "第2条第9項", "優越的な地位を濫用しない。", GENERAL, "順守", "契約事務規程", "", "", "R1.6.26", "R6.6.19"),
    ("著作権法", "法律", "第21条", "他人の著作物を許諾なく複製しない。", GENERAL, "順守", "著作物利用の手引", "", "", "R5.5.26", "R6.6.19"),
    ("公文書等の管理に関する法律", "法律", "第11条", "法人文書を適切に保存する。", GENERAL, "一部順守", "文書管理規程", "保存期間表を見直す。", "R8.2.27",
     "R3.5.19", "R6.6.26"),
    ("サイバーセキュリティ対策の統一基準", "規格・基準", "全般", "情報セキュリティ対策の基準に従う。", OPERATION, "順守", "情報セキュリティポリシー", "", "",
     "R5.7.4", "R6.6.26"),
    ("契約事務規程", "内部規程", "全般", "契約の手続と公表を定めに従って行う。", GENERAL, "順守", "契約台帳、公表資料", "", "", "R5.4.1", "R6.6.26"),
    ("JIS Q 15001", "規格・基準", "全般", "個人情報保護マネジメントシステムを運用する。", GENERAL, "順守", "PMS文書、記録", "", "", "R5.9.20", "R6.6.26"),
)
AMENDED = {6: (Day(2025, 6, 11), Day(2026, 12, 1)), 7: (Day(2025, 6, 11), Day(2026, 10, 1)), 13: (Day(2025, 9, 16), Day(2025, 10, 1))}
CASES: tuple[tuple[Day, str, str, tuple[str, ...], str, dict[str, Any]], ...] = (  # received, channel, category, handlers, state reached, more
    (Day(2025, 5, 20), "internal", "harassment", ("tanaka", "sato"), "closed", {"finding": "partly", "remedy": "所属長に指導し、席の配置を改めた。"}),
    (Day(2025, 7, 7), "external", "accounting", ("tanaka", "kato"), "closed", {"finding": "not_confirmed"}),
    (Day(2025, 9, 1), "anonymous", "labour", ("sato", "tanaka"), "remedied", {"finding": "confirmed", "remedy": "時間外勤務の申請手順を改めた。"}),
    (Day(2025, 12, 8), "internal", "conflict", ("tanaka", "kato"), "investigating", {}),
    (Day(2026, 1, 19), "internal", "other", ("sato",), "out_of_scope", {}),
    (Day(2026, 3, 10), "external", "leak", ("sato", "tanaka"), "received", {}),
)


def fill(stage: Stage) -> None:
    """Fiscal year 2025."""
    _laws(stage)
    for n, case in enumerate(CASES, 1):
        _case(stage, f"R7-{n:02d}", *case)


def _laws(stage: Stage) -> None:
    """Taken over in April, reviewed in June; two are late, and three were amended since their review."""
    load(stage, "legal-requirements", "tanaka", Day(2025, 4, 15), "法令等一覧（令和6年度）", HEADS, LAWS)
    for n, row in enumerate(stage.find("legal-requirements")):
        made = Made("legal-requirements", row["code"], row["version"], row["id"])
        if n in (4, 9, 14):
            if n != 14:
                confirm(stage, made, "sato", Day(2025, 4, 17))
            continue
        day = Day(2025, 6, 2) if n in AMENDED else Day(2025, 6, 3) + timedelta(days=7 * (n % 4))
        made = stage.move(made, "begin_review", by="tanaka", on=day)
        if n == 3:
            made = stage.change(made, "tanaka", day, compliance="complied", evidence_text="再委託承諾書、委託先一覧", measures=None, measures_due_on=None)
        made = stage.move(made, "finish_review", by="sato", on=day + timedelta(days=6))
        if n in AMENDED:
            amended, effective = AMENDED[n]
            stage.change(made, "sato", amended + timedelta(days=14), amended_on=amended, effective_on=effective, reason="改正の公布")


def _case(stage: Stage, reference: str, received: date, channel: str, category: str, handlers: tuple[str, ...], reached: str, more: dict[str, Any]) -> None:
    """One case as far as it got, kept by its first handler."""
    by, told = handlers[0], channel != "anonymous"
    names = {"tanaka": "田中 恵子", "sato": "佐藤 美咲", "kato": "加藤 実"}
    made = stage.add("whistleblowing-cases", by, received, reference=reference, received_on=received, channel=channel, category=category,
                     summary="（デモ）通報の概要は取扱者だけが見られます。", reporter="（デモ）通報者" if told else None,
                     handlers=[{"account": name, "name": names[name], "role": "主担当" if name == by else "調査"} for name in handlers])
    if reached == "received":
        return
    day = received + timedelta(days=8)
    made = stage.change(made, by, day, conflict_checked=True, acknowledged_on=day if told else None,
                        decision_reason="業務への要望であり、通報の対象となる事実がないため。" if reached == "out_of_scope" else None)
    made = stage.move(made, "exclude" if reached == "out_of_scope" else "accept", by=by, on=day)
    if reached == "out_of_scope":
        return
    made = stage.move(made, "investigate", by=by, on=day + timedelta(days=5))
    made = stage.move(made, "note_step", by=by, on=day + timedelta(days=12), row={"done_on": day + timedelta(days=12), "what": "関係者から話を聴き、書類を確かめた。"})
    if reached == "investigating":
        return
    done = day + timedelta(days=40)
    made = stage.change(made, by, done, investigation="関係者の聴取と書類の確認", finding=more["finding"], conclusion="聴取と書類による。", remedy=more.get("remedy"),
                        remedied_on=done + timedelta(days=14) if "remedy" in more else None, notified_on=done + timedelta(days=20) if reached == "closed" else None)
    made = stage.move(made, "conclude", by=by, on=done)
    if "remedy" in more:
        made = stage.move(made, "remedy", by=by, on=done + timedelta(days=14))
    if reached == "closed":
        stage.move(made, "close", by=by, on=done + timedelta(days=20))
