"""The demo's checks of information security: self-checks, vulnerabilities, purchases, hosting services, municipalities."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from grc.cli.demo.stage import Made, Stage
from registers.rules.municipality import check_digit

Plan = Mapping[str, int | None]
UNITS = ("総務部", "個人番号センター", "運用管理本部", "総合行政ネットワーク全国センター", "システム統括室")
ITEMS = ("離席時に画面をロックしている", "要機密情報を暗号化して送っている", "外部媒体の利用を記録している", "パスワードを使い回していない",
         "机上に書類を残していない", "不審なメールを報告している")
CHECK_HEADS = ("自己点検名", "年度", "担当部門", "対象範囲", "開始日", "回答期限", "対象数", "回答数", "実施数", "一部実施数", "該当なし数", "分析",
               "締め切った日", "報告日", "状態")
FINDINGS = (  # title, severity, cvss, where, how far it went
    ("管理画面の既定パスワード", "critical", "9.8", "運用管理画面", "closed"), ("OpenSSLの既知の脆弱性", "critical", "9.1", "中継サーバ", "late"),
    ("TLS 1.0の有効化", "high", "7.4", "公開Webサーバ", "closed"), ("不要なポートの開放（SMB）", "high", "7.5", "ファイルサーバ", "closed"),
    ("クロスサイトスクリプティング", "high", "7.1", "申請画面", "fixed"), ("セッション固定", "high", "7.0", "申請画面", "fixing"),
    ("権限昇格の不備", "high", "8.1", "業務端末", "failed"), ("古いJavaScriptライブラリ", "medium", "5.3", "公開Webサーバ", "closed"),
    ("エラー画面での内部情報の表示", "medium", "5.0", "申請画面", "closed"), ("HTTPヘッダの不足", "medium", "4.3", "公開Webサーバ", "closed"),
    ("SNMPの既定コミュニティ名", "medium", "5.9", "監視装置", "fixing"), ("アカウントロックの未設定", "medium", "5.6", "業務端末", "accepted"),
    ("ログの保存期間不足", "medium", "4.0", "ログ分析基盤", "triaged"), ("ストレージの公開範囲の過剰", "medium", "6.5", "クラウド", "closed"),
    ("ディレクトリ一覧の表示", "low", "3.1", "公開Webサーバ", "closed"), ("バナー情報の表示", "low", "2.6", "中継サーバ", "accepted"),
    ("クッキーの属性不足", "low", "3.5", "申請画面", "triaged"), ("証明書の期限切れ間近", "low", "3.7", "検証環境", "fixing"),
    ("時刻同期の誤差", "info", None, "監視装置", "triaged"), ("開発用コメントの残存", "info", None, "申請画面", "false"),
    ("使われていないIAM利用者", "medium", "5.4", "クラウド", "open"), ("バックアップの暗号化なし", "high", "7.2", "クラウド", "open"),
)
ASSESSMENTS = (  # title, system, kind, performer, first day, last day
    ("カード管理システム 侵入テスト", "マイナンバーカード管理システム", "penetration", "株式会社あさひセキュリティ", date(2025, 6, 9), date(2025, 6, 27)),
    ("LGWAN プラットフォーム診断", "総合行政ネットワーク", "platform", "株式会社みどりテクノ", date(2025, 7, 14), date(2025, 7, 25)),
    ("学習管理システム Web診断", "学習管理システム", "web", "株式会社みどりテクノ", date(2025, 9, 1), date(2025, 9, 12)),
    ("自治体基盤クラウド 設定診断", "自治体基盤クラウドシステム", "cloud", "株式会社あさひセキュリティ", date(2026, 2, 16), date(2026, 2, 27)),
    ("公的個人認証サービス プラットフォーム診断", "公的個人認証サービス", "platform", "株式会社あさひセキュリティ", date(2026, 3, 2), date(2026, 3, 13)),
    ("被災者支援システム ソース診断", "被災者支援システム", "source", "株式会社ふじ情報研究所", date(2026, 3, 16), date(2026, 3, 31)),
)
ASSESSMENT_HEADS = ("診断名", "年度", "情報システム", "診断の種別", "実施者", "開始日", "終了予定日", "総評", "緊急（件）", "重要（件）", "警告（件）",
                    "注意（件）", "情報（件）", "報告日", "対処完了日", "状態")
PURCHASES = (  # subject, kind, maker, origin, concern, ismap, how it ended
    ("業務端末 200台", "equipment", "ひかり電機株式会社", "日本", False, None, "clear"),
    ("通信機器（集約用）", "equipment", "ノースリンク社", "米国", False, None, "clear"),
    ("監視ソフトウェア", "software", "北辰ソフト株式会社", "日本", False, None, "clear"),
    ("文書共有クラウド", "cloud", "はるかぜクラウド株式会社", "米国", True, "listed", "conditional"),
    ("無線接続装置", "equipment", "製造者調査中", "不明", True, None, "reject"),
    ("運用支援業務", "services", "株式会社みどりテクノ", "日本", False, None, "checking"),
    ("映像配信サービス", "cloud", None, None, None, None, "requested"))
ASP_HEADS = ("番号", "サービス名", "提供者", "提供者区分", "個人情報", "計画年度", "実施日", "方法", "重大な指摘（件）", "軽微な指摘（件）", "観察事項（件）",
             "改善期限", "改善完了日", "配下アプリの確認状況", "完了日", "状態")
ASP_PAST = (
    ("ASP-001", "ひかり自治体クラウド", "ひかり電機株式会社", "民間", "有", "R6", "R6.9.10", "実地", 0, 2, 3, "R6.12.27", "R6.12.20", "すべて確認", "R7.1.15",
     "完了"),
    ("ASP-002", "電子申請ホスティング東", "東西情報株式会社", "民間", "有", "R6", "R6.10.8", "実地", 0, 1, 2, "R7.1.31", "R7.1.24", "すべて確認", "R7.2.10", "完了"),
    ("ASP-003", "地図情報共同利用", "株式会社ふじ情報研究所", "民間", "無", "R6", "R6.11.19", "リモート", 0, 0, 1, "", "", "一部確認", "R6.12.16", "完了"),
    ("ASP-004", "県域共同電子入札", "朝凪県市町村情報センター", "公的", "無", "R6", "R7.1.21", "書面", 0, 0, 0, "", "", "配下アプリなし", "R7.2.18", "完了"))
ASP_NOW = (  # number, service, provider, kind, personal, year, how far
    ("ASP-005", "税務収納連携サービス", "株式会社みどりテクノ", "private", True, 2025, "completed"),
    ("ASP-006", "子育て申請プラットフォーム", "東西情報株式会社", "private", True, 2025, "improving"),
    ("ASP-007", "施設予約共同利用", "北辰ソフト株式会社", "private", True, 2025, "audited"),
    ("ASP-008", "議会映像配信", "株式会社ふじ情報研究所", "private", False, 2025, "carried"),
    ("ASP-009", "防災情報集約", "若葉野県広域連合", "public", False, 2025, "notified"),
    ("ASP-010", "図書館共同目録", "若葉野県広域連合", "public", True, 2026, "planned"),
    ("ASP-011", "職員健康管理", "ひかり電機株式会社", "private", True, 2026, "planned"),
    ("ASP-012", "水道料金照会", "東西情報株式会社", "private", True, 2026, "planned"))
BODIES = (  # prefecture's number, an invented municipality
    (1, "雪見野市"), (3, "朝凪町"), (4, "若葉野市"), (7, "月待町"), (10, "花咲台市"), (12, "潮見原市"), (13, "緑風区"), (14, "星見丘市"), (15, "米山野町"), (16,
                                                                                                                                                             "立雲町"),
    (20, "白樺原村"), (22, "茶畑市"), (23, "陽だまり市"), (26, "竹林町"), (28, "瀬戸見市"), (31, "砂風町"), (34, "牡蠣浦市"), (37, "讃風町"), (38, "蜜柑台市"),
    (40, "玄風市"),
    (43, "火岳町"), (46, "桜噴町"), (47, "珊瑚浜村"), (30, "梅林野町"))
POINTS = ("接続モデルの構成図が現況と一致している", "無害化の仕組みが動作している", "二要素認証を導入している", "ログを1年以上保存している")
PAST_HEADS = ("報告の種類", "年度", "団体コード", "団体名", "接続モデル", "監査対象期間（自）", "監査対象期間（至）", "監査人", "監査人の独立性",
              "監査人の資格", "提出日", "確認完了日", "確認の結果", "状態")


def fill(stage: Stage, plan: Plan) -> None:
    """Fiscal year 2025, and what the ledgers of the years before say."""
    _self_checks(stage, plan["checks"])
    _vulnerabilities(stage, plan["vulnerabilities"])
    _purchases(stage, plan["supply"])
    _hosting(stage, plan["asp"])
    _municipalities(stage)


def _self_checks(stage: Stage, plan: int | None) -> None:
    """Two years from the ledger; of this year's five units one has not yet answered."""
    past = tuple(
        ("情報セキュリティ自己点検", f"R{year - 2018}", unit, "全職員", f"{year}-09-01", f"{year}-09-30", (asked := 40 + 7 * n), asked - 5 + year % 2,
         asked - 10 + 2 * (year % 2), 3, 1, "離席時のロックに抜けがあった。", f"{year}-10-03", f"{year}-11-20", "委員会報告済み")
        for year in (2023, 2024) for n, unit in enumerate(UNITS))
    stage.load("self-checks", "ishii", date(2025, 4, 15), "自己点検集計_R5-R6.csv", CHECK_HEADS, past)
    for n, unit in enumerate(UNITS):
        check = stage.add("self-checks", "ishii", date(2025, 8, 20), title="情報セキュリティ自己点検", fiscal_year=2025, scope="全職員", unit_id=stage.unit(unit),
                          period_start=date(2025, 9, 1), period_end=date(2025, 9, 30), report_by=date(2025, 12, 12), plan_item_id=plan,
                          answers=[] if n in (0, 4) else _answers(stage, unit))
        check = stage.move(check, "open", by="ishii", on=date(2025, 9, 1))
        if n == 4:
            continue
        if n == 0:
            check = stage.change(check, "ishii", date(2025, 9, 26), target_typed=52, answered_typed=50, done_typed=45, partial_typed=3, na_typed=2)
        check = stage.move(check, "close", by="ishii", on=date(2025, 10, 2))
        if n == 3:
            continue
        check = stage.change(check, "ishii", date(2025, 10, 20), analysis="外部媒体の記録に抜けがある。記録票を1枚にまとめる。")
        check = stage.move(check, "analyse", by="ishii", on=date(2025, 10, 22))
        if n != 2:
            stage.move(check, "report", by="ishii", on=date(2025, 12, 5))


def _answers(stage: Stage, unit: str) -> list[dict[str, Any]]:
    answers = []
    for role, items in (("general", ITEMS), ("manager", ITEMS[:2]), ("administrator", ITEMS[2:4])):
        for item in items:
            said = stage.chance.choices(("done", "partial", "not_done", "na"), (82, 8, 5, 5))[0]
            comment = "記録票が足りず、10月に配り直した。" if said == "not_done" else None
            answers.append({"role": role, "item": item, "unit_name": unit, "answer": said, "comment": comment})
    return answers


def _vulnerabilities(stage: Stage, plan: int | None) -> None:
    """Three assessments of last year, six of this one, and what they found."""
    past = (("住基ネット プラットフォーム診断", "R6", "住民基本台帳ネットワークシステム", "プラットフォーム", "株式会社あさひセキュリティ", "R6.7.1", "R6.7.12",
             "重大なものはなかった。", 0, 1, 4, 6, 3, "R6.8.2",
             "R6.12.20", "対処完了"),
            ("証明書交付センター Web診断", "R6", "証明書交付センター", "Web", "株式会社みどりテクノ", "R6.9.2", "R6.9.13", "入力の確認に抜けがあった。", 1, 2,
             3, 2, 0, "R6.10.4", "R7.2.14", "対処完了"),
            ("LGWAN-ASPポータル Web診断", "R6", "LGWAN-ASPポータルサイト", "Web", "株式会社みどりテクノ", "R7.1.20", "R7.1.31", "おおむね良い。", 0, 0, 2, 3, 1,
             "R7.2.21", "", "報告済み・対処中"))
    stage.load("vulnerability-assessments", "ishii", date(2025, 4, 16), "脆弱性診断一覧_R6.csv", ASSESSMENT_HEADS, past)
    made = []
    for n, (title, system, kind, performer, first, last) in enumerate(ASSESSMENTS):
        assessment = stage.add("vulnerability-assessments", "ishii", date(2025, 4, 18), title=title, fiscal_year=2025, system_id=stage.one("systems",
                                                                                                                                          name=system),
                               kind=kind, performer=performer, period_start=first, period_end=last, plan_item_id=plan)
        if n < 5:
            assessment = stage.move(assessment, "begin", by="ishii", on=first)
        made.append(assessment)
    for n, (title, severity, cvss, where, end) in enumerate(FINDINGS):
        at = 3 if end == "open" else n % 3
        _finding(stage, made[at], ASSESSMENTS[at][5], title, severity, cvss, where, end)
    for n, assessment in enumerate(made[:4]):
        on = ASSESSMENTS[n][5] + timedelta(days=21)
        assessment = stage.change(assessment, "ishii", on, summary="期限までに直すものと、設定の見直しで足りるものに分けた。")
        stage.move(assessment, "report", by="ishii", on=on)


def _finding(stage: Stage, assessment: Made, found: date, title: str, severity: str, cvss: str | None, where: str, end: str) -> None:
    """What was found, and how far it went."""
    finding = stage.add("vulnerability-findings", "ishii", found, title=title, assessment_id=assessment, affected=where, severity=severity,
                        cvss=Decimal(cvss) if cvss else None, found_on=found, impact="情報の漏えい又は停止のおそれがある。" if severity != "info" else None,
                        treatment="mitigate" if severity == "low" else "fix" if end not in ("open", "false", "accepted") else None,
                        treatment_detail="設定を直し、修正を当てる。" if end in ("closed", "fixed", "failed") else None,
                        cve="CVE-2024-0000" if "OpenSSL" in title else None)
    if end == "false":
        stage.move(finding, "dismiss", by="ishii", on=found + timedelta(days=3), reason="検査用の表示を誤って検出したもの。")
    if end in ("open", "false"):
        return
    finding = stage.move(finding, "triage", by="ishii", on=found + timedelta(days=2))
    if end == "triaged":
        return
    if end == "accepted":
        finding = stage.change(finding, "ishii", found + timedelta(days=9), treatment_detail="代わりの対策で足りる。", accepted_until=date(2026, 6, 30))
        stage.move(finding, "accept", by="maeda", on=found + timedelta(days=12), reason="更改までの間、監視を強めて受け入れる。")
        return
    finding = stage.change(finding, "ishii", found + timedelta(days=3), treatment="fix" if severity != "low" else "mitigate",
                           treatment_detail="設定を直し、修正を当てる。")
    finding = stage.move(finding, "treat", by="ishii", on=found + timedelta(days=4))
    if end in ("fixing", "late"):
        return
    finding = stage.move(finding, "treated", by="ishii", on=found + timedelta(days=6))
    if end == "failed":
        stage.move(finding, "fail", by="ishii", on=found + timedelta(days=15), reason="再診断で同じ手順がまだ通った。")
    if end == "closed":
        finding = stage.change(finding, "ishii", found + timedelta(days=20), retest_result="残っていない")
        stage.move(finding, "close", by="tanaka", on=found + timedelta(days=21))


def _purchases(stage: Stage, plan: int | None) -> None:
    """Seven purchases: three cleared, one on conditions, one rejected, two on their way."""
    for n, (subject, kind, maker, origin, concern, ismap, end) in enumerate(PURCHASES):
        on = date(2025, 5, 12) + timedelta(days=24 * n)
        check = stage.add("supply-chain-checks", "kobayashi", on, subject=subject, procurement_kind=kind, maker=maker, requested_on=on,
                          due_on=on + timedelta(days=30), plan_item_id=plan)
        if end == "requested":
            continue
        check = stage.move(check, "check", by="ishii", on=on + timedelta(days=2))
        if end == "checking":
            continue
        asked: dict[str, Any] = {"inquired": True, "inquired_to": "関係省庁の窓口", "inquired_on": on + timedelta(days=5),
                                 "concern_detail": "供給元の資本関係"} if concern else {}
        check = stage.change(check, "ishii", on + timedelta(days=12), origin=origin, concern=concern, ismap=ismap, **asked,
                             conditions="保存場所を国内に限る。" if end == "conditional" else None,
                             alternative="国内メーカーの同等品" if end == "reject" else None, clause_reflected=True if end == "conditional" else None)
        by, at = "maeda", on + timedelta(days=18)
        if end == "reject":
            stage.move(check, "reject", by=by, on=at, reason="製造者と原産国が確かめられない。")
        else:
            stage.move(check, "clear_on_conditions" if end == "conditional" else "clear", by=by, on=at)


def _hosting(stage: Stage, plan: int | None) -> None:
    """Four of FY2024 from the ledger, eight of the two years that follow."""
    stage.load("asp-audits", "ishii", date(2025, 4, 17), "LGWAN-ASP監査_R6.csv", ASP_HEADS, ASP_PAST)
    for n, (number, service, provider, kind, personal, year, end) in enumerate(ASP_NOW):
        day = date(2025, 9, 8) + timedelta(days=21 * n) if year == 2025 else None
        audit = stage.add("asp-audits", "ishii", date(2025, 5, 8), number=number, service=service, provider=provider, provider_kind=kind, handles_personal=personal,
                          planned_year=year, scheduled_on=day, plan_item_id=plan)
        if day is None:
            continue
        if end == "carried":
            stage.move(audit, "carry_over", by="tanaka", on=date(2025, 12, 15), reason="提供者の設備更改と重なるため、令和8年度に行う。")
            continue
        audit = stage.move(audit, "notify", by="ishii", on=day - timedelta(days=40))
        if end == "notified":
            continue
        audit = stage.change(audit, "ishii", day, audited_on=day, method="on_site" if personal else "remote")
        audit = stage.move(audit, "audit", by="ishii", on=day)
        if end == "audited":
            continue
        audit = stage.change(audit, "ishii", day + timedelta(days=30), major_count=int(end == "improving"), minor_count=2, observation_count=3, apps_checked="some",
                             improve_by=day + timedelta(days=90))
        audit = stage.move(audit, "report", "improve", by="ishii", on=day + timedelta(days=31))
        if end == "completed":
            audit = stage.change(audit, "ishii", day + timedelta(days=80), improved_on=day + timedelta(days=80), apps_checked="all")
            stage.move(audit, "complete", by="tanaka", on=day + timedelta(days=88))


def _municipalities(stage: Stage) -> None:
    """Twelve reports of last year from the ledger, twelve of this year in every state."""
    kinds = ("外部監査報告書", "住基ネット 設定状況確認", "住基ネット リモート監査・ヒアリング", "コンビニ交付チェックリスト")
    past = tuple((kinds[n % 4], "R6", _code(n), name, ("β", "β'")[n % 2] if n % 4 == 0 else "", "R6.4.1" if n % 4 == 0 else "", "R6.12.31" if n % 4 == 0 else "",
                  "さざなみ野監査法人" if n % 4 == 0 else "", "○" if n % 4 == 0 else "", "情報処理安全確保支援士" if n % 4 == 0 else "",
                  f"R7.1.{10 + n}", f"R7.{2 + n % 2}.{14 + n}" if n < 9 else "", "確認した。" if n < 9 else "", "確認完了" if n < 9 else "確認中")
                 for n, (_, name) in enumerate(BODIES[:12]))
    stage.load("municipal-audit-reports", "sato", date(2025, 4, 18), "自治体監査報告書等確認簿_R6.csv", PAST_HEADS, past)
    ids = ("external_audit", "juki_settings", "juki_remote", "convenience")
    for n, (_, name) in enumerate(BODIES[12:]):
        kind, sent = ids[n % 4], date(2025, 10, 6) + timedelta(days=12 * n)
        outside = {"connection_model": "beta_dash" if n % 8 else "alpha_dash", "period_start": date(2025, 4, 1), "period_end": date(2025, 9, 30),
                   "auditor": "さざなみ野監査法人",
                   "auditor_independent": True, "auditor_qualification": "情報処理安全確保支援士"} if kind == "external_audit" else {}
        report = stage.add("municipal-audit-reports", "ishii", date(2025, 9, 1), kind=kind, fiscal_year=2025, body_code=_code(n + 12), body_name=name,
                           expected_on=date(2025, 10, 31) + timedelta(days=10 * n), **outside)
        _report(stage, report, n, sent)


def _report(stage: Stage, report: Made, n: int, sent: date) -> None:
    if n in (3, 11):
        return  # not yet sent in
    report = stage.move(report, "receive", by="ishii", on=sent)
    if n == 9:
        return
    checklist = [{"number": f"{k}", "item": item, "result": "unmet" if (n + k) % 6 == 0 else "met",
                  "comment": "来年度に導入する計画である。" if (n + k) % 6 == 0 else None} for k, item in enumerate(POINTS, 1)]
    report = stage.move(report, "check", by="ishii", on=sent + timedelta(days=4))
    confirmed = n in (0, 1, 2, 4, 5)
    report = stage.change(report, "ishii", sent + timedelta(days=14), checklist=checklist, result="確認観点を満たしている。" if confirmed else None,
                          resubmit_by=sent + timedelta(days=50) if n == 6 else None)
    if n in (2, 5, 8):
        report = stage.move(report, "inquire", by="ishii", on=sent + timedelta(days=15), row={
            "direction": "inquiry", "sent_on": sent + timedelta(days=15), "content": "構成図の日付と、ログの保存期間を教えてください。"})
    if n in (2, 5):
        report = stage.move(report, "answer", by="ishii", on=sent + timedelta(days=26), row={
            "direction": "answer", "sent_on": sent + timedelta(days=26), "content": "構成図は9月1日現在。ログは13か月保存している。"})
    if n == 6:
        report = stage.move(report, "return", by="ishii", on=sent + timedelta(days=20), reason="チェックリストの2頁目がない。")
    if confirmed:
        stage.move(report, "confirm", by="sato", on=sent + timedelta(days=70 if n == 4 else 36))


def _code(n: int) -> str:
    """A code with a right check digit that no municipality has."""
    first = f"{BODIES[n][0]:02d}7{n:02d}"
    return f"{first}{check_digit(first)}"
