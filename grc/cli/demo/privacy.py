"""The demo's privacy: ledgers taken over from Excel in April, reviews in June and July, processors in August, requests, the mark."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import Workbook

from grc import changes, register
from grc.cli.demo import months
from grc.cli.demo.ledgers import NAMES, Ledger
from grc.cli.demo.stage import Made, Stage

Day = date
CLAUSES = ("clause_confidentiality", "clause_safety", "clause_audit", "clause_return", "clause_incident")
GENERAL, TRAINING, SUPPORT, NETWORK = "総務部", "教育研修部", "情報化支援戦略部", "総合行政ネットワーク全国センター"
RESIDENTS, CARDS, OPERATION, INNOVATION, AUDIT = (
    "住民基本台帳ネットワークシステム全国センター", "個人番号センター", "運用管理本部", "ICTイノベーションセンター", "監査室")
HEADS = ("業務名", "個人情報の名称", "個人情報の項目", "本人の区分", "件数", "利用目的", "取得方法", "要配慮個人情報", "特定個人情報", "本人確認情報", "認証業務情報",
         "媒体", "保管場所", "保管方法", "アクセス権者", "保管期限", "廃棄方法", "委託先", "担当部門", "最終見直し日")
LEDGER = (
    ("採用", "応募者書類", "氏名、住所、学歴、職歴", "応募者", "120件", "採用選考", "本人から書面", "×", "×", "×", "×", "紙", "総務部書庫", "施錠", "人事担当",
     "選考後2年", "溶解", "", GENERAL, "R6.6.18"),
    ("採用", "面接評価表", "氏名、評価", "応募者", "85", "採用選考", "本人から書面", "×", "×", "×", "×", "電子", "ファイルサーバ", "アクセス制御", "人事担当",
     "選考後1年", "論理消去", "", GENERAL, "R6.6.18"),
    ("人事給与", "職員名簿", "氏名、生年月日、連絡先", "職員", "640件", "雇用管理", "本人から書面", "×", "×", "×", "×", "電子", "人事給与システム",
     "アクセス制御", "人事担当", "退職後5年", "論理消去", "株式会社いずみ電算", GENERAL, "R6.6.20"),
    ("人事給与", "個人番号収集書", "氏名、個人番号", "職員", "640", "法定調書の作成", "本人から書面", "×", "○", "×", "×", "紙", "専用金庫", "施錠・入室記録",
     "番号事務取扱者", "法定期間", "溶解", "", GENERAL, "R6.6.20"),
    ("健康管理", "健康診断結果", "氏名、検査結果", "職員", "640", "労働安全衛生", "本人以外から", "○", "×", "×", "×", "両方", "健康管理室", "施錠",
     "産業医、衛生管理者", "5年", "溶解", "", GENERAL, "R6.7.2"),
    ("委員会", "委員名簿", "氏名、所属、口座番号", "委員", "84", "会議の運営、謝金の支払", "本人から書面", "×", "×", "×", "×", "電子", "会計システム",
     "アクセス制御", "総務担当", "7年", "論理消去", "", GENERAL, "R6.7.2"),
    ("契約", "取引先担当者名簿", "氏名、所属、電話番号", "取引先", "約900件", "契約の履行管理", "本人から書面", "×", "×", "×", "×", "電子", "ファイルサーバ",
     "アクセス制御", "契約担当", "5年", "論理消去", "", GENERAL, "R6.7.2"),
    ("研修", "受講者名簿", "氏名、所属、メール", "受講者", "20,000件", "研修の運営", "委託元から", "×", "×", "×", "×", "電子", "学習管理システム",
     "アクセス制御", "研修担当", "3年", "論理消去", "東都データサービス株式会社", TRAINING, "R6.6.25"),
    ("研修", "講師名簿", "氏名、略歴、口座番号", "その他", "150件", "研修の運営、謝金の支払", "本人から書面", "×", "×", "×", "×", "電子", "ファイルサーバ",
     "アクセス制御", "研修担当", "5年", "論理消去", "", TRAINING, "R6.6.25"),
    ("研修", "受講者アンケート", "所属、意見", "受講者", "約6,000件", "研修の改善", "本人から書面", "×", "×", "×", "×", "電子", "学習管理システム",
     "アクセス制御", "研修担当", "1年", "論理消去", "", TRAINING, "R6.6.25"),
    ("広報", "機関誌読者名簿", "氏名、送付先", "自治体職員", "1,788件", "機関誌の送付", "本人から書面", "×", "×", "×", "×", "電子", "ファイルサーバ",
     "アクセス制御", "広報担当", "送付終了まで", "論理消去", "合同会社はやぶさ発送", SUPPORT, "R6.7.9"),
    ("広報", "読者アンケート", "氏名、意見", "問合せ者", "800件", "誌面の改善", "本人から書面", "×", "×", "×", "×", "紙", "広報書庫", "施錠", "広報担当", "1年",
     "裁断", "", SUPPORT, "R6.7.9"),
    ("住基ネット運用", "本人確認情報", "氏名、住所、生年月日、性別、住民票コード", "住民", "126,000,000件", "本人確認情報の提供", "法令に基づく", "×", "○", "○",
     "×", "電子", "住基ネット", "専用回線・暗号化", "運用監視担当", "法定期間", "物理消去", "", RESIDENTS, "R6.8.6"),
    ("住基ネット運用", "操作者名簿", "氏名、所属、操作者番号", "自治体職員", "約48,000件", "操作権限の管理", "委託元から", "×", "×", "×", "×", "電子",
     "住基ネット", "専用回線・暗号化", "運用監視担当", "5年", "論理消去", "", RESIDENTS, "R6.8.6"),
    ("LGWAN運用", "運用責任者名簿", "氏名、所属、連絡先", "自治体職員", "1,800件", "障害時の連絡", "委託元から", "×", "×", "×", "×", "電子", "運用ポータル",
     "アクセス制御", "運用担当", "在任中", "論理消去", "", NETWORK, "R6.9.3"),
    ("講座", "共同研究者名簿", "氏名、所属、研究実績", "その他", "60件", "共同研究の運営", "本人から書面", "×", "×", "×", "×", "電子", "ファイルサーバ",
     "アクセス制御", "研究担当", "3年", "論理消去", "", INNOVATION, "R6.9.10"),
    ("監査", "監査調書の個人情報", "氏名、所属", "職員", "", "監査の実施", "", "×", "×", "×", "×", "両方", "監査室書庫", "施錠", "監査員", "10年", "溶解", "",
     AUDIT, ""),
)
PROCESSOR_HEADS = ("委託先名称", "委託業務", "取り扱う個人情報", "特定個人情報", "第三者認証", "契約期間（自）", "契約期間（至）", "評価日", "点数", "判定",
                   "再委託の有無", "再委託の承諾", "次回評価予定", "データの保管場所", "最終実地確認日", "担当部門")
PROCESSORS = (
    ("株式会社いずみ電算", "給与計算", "職員情報", "○", "Pマーク・ISMS", "R5.4.1", "R8.3.31", "R6.8.20", "88点", "A", "なし", "―", "R7.8.20", "国内", "R4.9.6",
     GENERAL),
    ("東都データサービス株式会社", "学習管理システムの運用", "受講者情報", "×", "ISMS・ISMAP", "R6.10.1", "R9.9.30", "R6.9.5", "92点", "A", "あり", "承諾済",
     "R7.9.5", "国内", "", TRAINING),
    ("合同会社はやぶさ発送", "機関誌の封入と発送", "送付先", "×", "Pマーク", "R7.4.1", "R8.3.31", "R6.9.12", "78点", "B", "なし", "―", "R7.9.12", "国内", "", SUPPORT),
    ("株式会社みなと印刷", "通知書の印刷", "宛名情報", "○", "Pマーク", "R7.4.1", "R8.3.31", "R6.8.27", "84点", "A", "あり", "承諾済", "R7.8.27", "国内",
     "R6.8.27", CARDS),
    ("あさひ記録保管株式会社", "申請書の保管", "申請情報", "○", "ISMS", "R4.4.1", "R9.3.31", "R6.8.29", "74点", "B", "なし", "―", "R7.8.29", "国内", "R4.8.31", CARDS),
    ("大和文書管理株式会社", "文書の溶解処理", "廃棄文書", "×", "", "R7.4.1", "R8.3.31", "R6.9.18", "71点", "B", "なし", "―", "R7.9.18", "国内", "", GENERAL),
    ("株式会社北辰システムズ", "運用監視", "操作者情報", "×", "ISMS", "R6.4.1", "R8.3.31", "R6.10.2", "90点", "A", "あり", "申請中", "R7.10.2", "国内", "", OPERATION),
    ("株式会社空色ネットワーク", "問合せ受付", "問合せ情報", "×", "Pマーク", "R6.7.1", "R8.6.30", "R6.10.9", "82点", "A", "なし", "―", "R7.10.9", "国内", "",
     OPERATION),
    ("一般財団法人つばさ研修所", "集合研修の運営", "受講者情報", "×", "Pマーク", "R7.5.7", "R8.3.31", "R7.4.21", "76点", "B", "なし", "―", "R8.4.21", "国内",
     "", TRAINING),
    ("株式会社うみかぜ通信", "意見募集フォームの提供", "問合せ情報", "×", "ISMS", "R6.6.1", "R7.9.30", "R6.6.3", "80点", "A", "なし", "―", "R7.6.3",
     "国内・国外", "", SUPPORT),
)
EVALUATIONS = (  # whom, on which day, how, score, grade, what was found
    ("株式会社いずみ電算", Day(2025, 8, 19), "on_site", 90, "a", None), ("株式会社みなと印刷", Day(2025, 8, 26), "document", 86, "a", None),
    ("東都データサービス株式会社", Day(2025, 9, 3), "certification", 91, "a", None), ("合同会社はやぶさ発送", Day(2025, 9, 10), "document", 77, "b",
     "封入の二重確認の記録に抜けがある。"),
    ("あさひ記録保管株式会社", Day(2025, 8, 28), "on_site", 81, "a", None), ("大和文書管理株式会社", Day(2025, 9, 17), "on_site", 64, "c",
     "溶解までの保管場所に施錠がなく、立会いの記録もない。"),
    ("株式会社空色ネットワーク", Day(2025, 10, 8), "certification", 84, "a", None),
)
OWN = (  # business, name, items, whose, how many, purpose, basis, flags, where, who has access, until, how disposed of
    ("カード申請", "交付申請書", "氏名、住所、顔写真", "resident", 9_600_000, "個人番号カードの発行", "law", "identity specific", "カード申請書庫",
     "申請受付担当", "15年", "dissolve"),
    ("カード申請", "申請状況照会の受付票", "氏名、申請書番号", "enquirer", 380_000, "照会への回答", "written", "", "受付システム", "コールセンター担当", "1年",
     "erase_logical"),
    ("電子証明書", "失効申請の記録", "氏名、証明書の番号", "resident", 210_000, "電子証明書の失効", "law", "cert", "認証業務室", "認証業務担当", "10年",
     "erase_physical"),
    ("カード運用", "市区町村担当者名簿", "氏名、所属、連絡先", "official", 5_200, "運用の連絡", "entrusted", "", "ファイルサーバ", "運用担当", "在任中",
     "erase_logical"),
    ("運用監視", "入退室記録", "氏名、入退室の時刻", "employee", 98_000, "施設の安全管理", "written", "", "入退室管理装置", "施設管理担当", "3年", "erase_logical"),
    ("運用監視", "監視員名簿", "氏名、連絡先", "partner", 74, "障害時の連絡", "written", "", "運用ポータル", "運用管理担当", "契約終了まで", "erase_logical"),
    ("障害対応", "問合せ記録", "氏名、電話番号、内容", "official", 12_400, "障害の対応", "entrusted", "", "受付システム", "障害対応担当", "2年", "erase_logical"),
    ("訓練", "訓練参加者名簿", "氏名、所属", "employee", 310, "訓練の運営", "written", "", "ファイルサーバ", "訓練担当", "1年", "shred"),
)
BASIS = {"written": "本人の同意", "third": "労働安全衛生法に基づく健康診断の受診", "law": "事務の根拠となる法律", "entrusted": "委託元との契約"}
"""On what ground each way of acquisition rests."""
REQUESTS = (  # what, kind, received, identity checked, answered, decision, state reached
    ("職員記録の開示", "disclosure", Day(2025, 5, 12), Day(2025, 5, 14), Day(2025, 5, 23), "granted", "closed"),
    ("研修受講記録の訂正", "correction", Day(2025, 6, 17), Day(2025, 6, 19), Day(2025, 6, 27), "granted", "closed"),
    ("機関誌の送付停止", "suspension", Day(2025, 7, 8), Day(2025, 7, 10), Day(2025, 7, 18), "granted", "answered"),
    ("通知書の誤送付についての苦情", "complaint", Day(2025, 8, 5), None, Day(2025, 8, 15), "settled", "closed"),
    ("第三者提供の記録の開示", "provision_record", Day(2025, 9, 24), Day(2025, 9, 29), Day(2025, 10, 17), "partly", "answered"),
    ("応募書類の開示", "disclosure", Day(2025, 10, 20), Day(2025, 10, 22), Day(2025, 10, 31), "refused", "refused"),
    ("問合せ窓口の対応についての相談", "complaint", Day(2026, 2, 18), None, None, None, "under_review"),
    ("カード申請情報の開示", "disclosure", Day(2026, 3, 2), None, None, None, "received"),
)
CERTIFICATION_HEADS = ("認証の名称", "認証の種別", "認証の登録番号", "登録範囲", "審査機関", "有効期間（開始）", "有効期間（満了）", "状態")
CERTIFICATIONS = (
    ("プライバシーマーク", "プライバシーマーク", "99000123(04)", "全事業", "さくら審査会", "R4.8.1", "R6.7.31", "更新済み"),
    ("プライバシーマーク", "プライバシーマーク", "99000123(05)", "全事業", "さくら審査会", "R6.8.1", "R8.7.31", "有効"),
    ("ISMS（ネットワーク運用）", "ISMS", "IS 99001", "総合行政ネットワークの運用", "あおば認証", "R2.10.1", "R5.9.30", "更新済み"),
    ("ISMS（ネットワーク運用）", "ISMS", "IS 99001-2", "総合行政ネットワークの運用", "あおば認証", "R5.10.1", "R8.9.30", "有効"),
    ("ISMS（カード運用）", "ISMS", "IS 99014", "個人番号カードの発行と運用", "あおば認証", "R4.12.1", "R7.11.30", "有効"),
    ("事業継続の認証（試行）", "その他", "BC 99003", "運用管理本部", "みどり認証", "R2.4.1", "R5.3.31", "失効"),
)


def fill(stage: Stage) -> None:
    """Fiscal year 2025."""
    _processors(stage)
    _ledger(stage)
    _assets(stage)
    _evaluations(stage)
    _requests(stage)
    _certifications(stage)


def _processors(stage: Stage) -> None:
    load(stage, "processors", "tanaka", Day(2025, 4, 8), "委託先一覧表（個人情報の取扱いを伴うもの）", PROCESSOR_HEADS, PROCESSORS)
    for row in stage.find("processors")[:8]:
        confirm(stage, Made("processors", row["code"], row["version"], row["id"]), "sato", Day(2025, 4, 11))


def _ledger(stage: Stage) -> None:
    """Seventeen entries come over from the old ledger; most of them are reviewed in summer, some are late."""
    load(stage, "personal-data-assets", "tanaka", Day(2025, 4, 10), "個人情報管理台帳（令和6年度末）", HEADS, LEDGER)
    found = stage.find("personal-data-assets")
    plan = _plan(stage, "1-2-2-1b")
    for n, row in enumerate(found):
        made = Made("personal-data-assets", row["code"], row["version"], row["id"])
        if n in (14, 15, 16):  # nobody has looked at these yet
            continue
        if n in (8, 12, 13):  # looked at in April, and not reviewed this year: late
            confirm(stage, made, "sato", Day(2025, 4, 14) + timedelta(days=n % 4))
            continue
        day = Day(2025, 6, 16) + timedelta(days=7 * (n % 5))
        made = stage.move(made, "begin_review", by="tanaka", on=day)
        if n in (3, 9):
            continue  # still under review; specific personal information waits for its risk
        made = stage.change(made, "tanaka", day + timedelta(days=2), plan_item_id=plan, use_until=row["retention"],
                            legal_basis=BASIS[row["acquisition"]], record_count=row["record_count"] + stage.chance.randrange(0, 40),
                            count_basis=row["count_basis"] or "exact")
        stage.move(made, "finish_review", by="fujita", on=day + timedelta(days=9))


def _assets(stage: Stage) -> None:
    """What two units entered themselves, as far as it got."""
    systems = {row.get("name"): row["id"] for row in stage.find("systems")}
    far = (3, 4, 4, 4, 4, 4, 2, 1)  # how many steps each one got
    for n, (business, name, items, whose, count, purpose, basis, flags, where, access, until, disposal) in enumerate(OWN):
        user, head, unit = ("suzuki", "aoki", CARDS) if n < 4 else ("mori", "hayashi", OPERATION)
        day = Day(2025, 5, 13) + timedelta(days=14 * n)
        made = stage.add(
            "personal-data-assets", user, day, business=business, name=name, items=items, subject_kind=whose, record_count=count, count_basis="approximate",
            purpose=purpose, acquisition=basis, is_sensitive=False, is_specific_pi="specific" in flags, is_identity_info="identity" in flags,
            is_cert_info="cert" in flags, medium="paper" if disposal in ("dissolve", "shred") else "electronic", storage_location=where,
            storage_method="施錠・入室記録" if flags else "アクセス制御", access_holders=access, use_until=until, retention=until, disposal=disposal,
            legal_basis=BASIS[basis], unit_id=stage.unit(unit),
            system_id=systems.get("マイナンバーカード管理システム") if n < 2 else None)
        if far[n] > 1:
            made = stage.move(made, "submit", by=user, on=day + timedelta(days=2))
        if far[n] > 2:
            made = stage.move(made, "approve_unit", by=head, on=day + timedelta(days=6))
        if far[n] > 3:
            stage.move(made, "register", by="fujita", on=day + timedelta(days=9))
        elif n == 6:
            stage.move(made, "send_back", by=head, on=day + timedelta(days=6), reason="件数の根拠が分かりません。集計した資料を付けてください。")


def _evaluations(stage: Stage) -> None:
    """The yearly evaluations of August to October; one finds a processor wanting, two are late or planned, a new one is chosen, one ends."""
    held = {row["name"]: row for row in stage.find("processors")}
    plan = _plan(stage, "1-2-2-1e")
    for name, day, method, score, grade, findings in EVALUATIONS:
        made = stage.add("processor-evaluations", "tanaka", day, processor_id=held[name]["id"], kind="periodic", evaluated_on=day, method=method,
                         score=Decimal(score), grade=grade, findings=findings, plan_item_id=plan)
        made = stage.move(made, "record", by="tanaka", on=day + timedelta(days=2))
        if name != "株式会社空色ネットワーク":  # waits to be confirmed
            stage.move(made, "confirm", by="fujita", on=day + timedelta(days=6))
    stage.add("processor-evaluations", "mori", Day(2025, 9, 22), processor_id=held["株式会社北辰システムズ"]["id"], kind="periodic", planned_on=Day(2025, 10, 2))
    stage.add("processor-evaluations", "tanaka", Day(2026, 2, 3), processor_id=held["一般財団法人つばさ研修所"]["id"], kind="periodic", planned_on=Day(2026, 4, 14))
    _chosen(stage)
    ending = stage.made("processors", name="株式会社うみかぜ通信")
    ending = stage.move(ending, "begin_termination", by="tanaka", on=Day(2025, 9, 30))
    ending = stage.change(ending, "tanaka", Day(2025, 10, 15), returned_on=Day(2025, 10, 14))
    stage.attach(ending, "tanaka", Day(2025, 10, 15), "消去証明書.txt", "受託した個人情報をすべて消去したことを証明します。\n株式会社うみかぜ通信\n")
    stage.move(ending, "terminate", by="fujita", on=Day(2025, 10, 17))


def _chosen(stage: Stage) -> None:
    """Two candidates for the reception of enquiries: one is chosen and begins, the other stays a candidate."""
    for n, (name, _address) in enumerate((NAMES[10], NAMES[13])):
        day = Day(2025, 11, 11) + timedelta(days=n)
        made = stage.add("processors", "sato", day, name=name, service="オンライン申請の受付支援", data="申請者情報", is_specific_pi=False, record_count=42_000,
                         data_location="domestic", contract_start=Day(2026, 1, 5), contract_end=Day(2026, 12, 28), certification="ISMS",
                         certs=[{"name": "ISMS", "number": f"IS 9950{n}", "expires_on": Day(2027, 5, 31)}], has_subcontract=False, **dict.fromkeys(CLAUSES, True))
        rated = stage.add("processor-evaluations", "sato", day, processor_id=made, kind="selection", evaluated_on=day, method="document",
                          score=Decimal(87 - 20 * n), grade="ac"[n])
        rated = stage.move(rated, "record", by="sato", on=day)
        stage.move(rated, "confirm", by="fujita", on=Day(2025, 11, 18))
        if n == 0:
            made = stage.move(stage.made("processors", name=name), "select", by="fujita", on=Day(2025, 11, 20))
            stage.move(made, "activate", by="tanaka", on=Day(2026, 1, 5))


def _requests(stage: Stage) -> None:
    for what, kind, received, checked, answered, decision, reached in REQUESTS:
        made = stage.add("subject-requests", "sato", received, subject=what, kind=kind, received_on=received, requester="（デモ）請求者", content="窓口で受け付けた。")
        if reached == "received":
            continue
        if checked:
            made = stage.change(made, "sato", checked, identity_method="document", identity_checked_on=checked)
            made = stage.move(made, "check_identity", by="sato", on=checked)
        made = stage.move(made, "review", by="sato", on=checked or received)
        if answered is None:
            continue
        if kind == "provision_record":
            made = stage.move(made, "extend", by="sato", on=Day(2025, 10, 6), row={
                "decided_on": Day(2025, 10, 6), "until": Day(2025, 10, 31), "reason": "対象となる記録が多く、確認に時間が要るため"})
        made = stage.change(made, "sato", answered, answered_on=answered, decision=decision,
                            decision_reason="開示の対象となる記録を保有していないため。" if decision == "refused" else None)
        made = stage.move(made, "refuse" if decision == "refused" else "answer", by="fujita", on=answered)
        if reached == "closed":
            stage.move(made, "close", by="sato", on=answered + timedelta(days=5))


def _certifications(stage: Stage) -> None:
    """Two terms of the mark and of two certificates: surveillance, a renewal that is done, one that is applied for, changes to report."""
    load(stage, "certifications", "tanaka", Day(2025, 4, 9), "認証・登録一覧", CERTIFICATION_HEADS, CERTIFICATIONS)
    for row in stage.find("certifications")[:3]:
        confirm(stage, Made("certifications", row["code"], row["version"], row["id"]), "sato", Day(2025, 4, 11))
    plan = _plan(stage, "1-2-2-1i")
    mark = stage.made("certifications", registration_no="99000123(05)")
    mark = stage.change(mark, "fujita", Day(2025, 7, 4), plan_item_id=plan, reportable_changes=[
        {"item": "representative", "changed_on": Day(2025, 7, 1), "reported_on": Day(2025, 7, 22)}, {"item": "contact", "changed_on": Day(2026, 1, 5)}])
    mark = stage.change(mark, "fujita", Day(2026, 1, 20), renewal_applied_on=Day(2026, 1, 20))
    stage.move(mark, "apply_renewal", by="fujita", on=Day(2026, 1, 20))
    network = stage.made("certifications", registration_no="IS 99001-2")
    for held, found in ((Day(2024, 9, 12), 2), (Day(2025, 9, 11), 1)):
        network = stage.move(network, "hold_audit", by="ishii", on=max(held, Day(2025, 4, 14)) + timedelta(days=20), row={
            "kind": "surveillance", "held_on": held, "nonconformities": found, "result": "登録を継続"})
    cards = stage.made("certifications", registration_no="IS 99014")
    cards = stage.move(cards, "hold_audit", by="ishii", on=Day(2025, 10, 2), row={
        "kind": "renewal", "held_on": Day(2025, 9, 25), "nonconformities": 0, "result": "更新を推薦"})
    cards = stage.change(cards, "ishii", Day(2025, 9, 1) + timedelta(days=40), renewal_applied_on=Day(2025, 8, 22))
    cards = stage.move(cards, "apply_renewal", by="ishii", on=Day(2025, 10, 14))
    stage.attach(cards, "ishii", Day(2025, 11, 20), "登録証（写し）.txt", "ISMS 登録証\n個人番号カードの発行と運用\n")
    stage.move(cards, "renew", by="ishii", on=Day(2025, 11, 20))


def load(stage: Stage, slug: str, by: str, on: Day, title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A ledger as the office kept it in Excel: a title, headings, rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    sheet.append([])
    sheet.append(["No.", *heads])
    for n, row in enumerate(rows, 1):
        sheet.append([n, *row])
    out = io.BytesIO()
    book.save(out)
    with stage.on(on):
        months.load(stage.office, stage.actor(by), slug, Ledger(f"{title}.xlsx", out.getvalue()))


def confirm(stage: Stage, made: Made, by: str, on: Day) -> Made:
    """A second person looks at what was loaded."""
    with stage.on(on):
        saved = changes.confirm(stage.office.db, stage.actor(by), made.slug, made.code, made.version)
    return Made(made.slug, saved.code, saved.version, saved.id)


def _plan(stage: Stage, number: str) -> int | None:
    """The commitment of the yearly plan, where the plan is there."""
    found = stage.find("plan-items", number=number) if "number" in register.get("plan-items").field else []
    return int(found[0]["id"]) if found else None
