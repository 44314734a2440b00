"""The demo's information security: assets with their inventory, a statement of applicability in two versions, exceptions."""

from __future__ import annotations

from datetime import date
from typing import Any

from grc import people
from grc.cli.catalogue import load_shipped
from grc.cli.demo import isms_checks
from grc.cli.demo.stage import Made, Stage

SCOPE = "総合行政ネットワーク全国センター（LGWAN の運営）"
PLAN = {"assets": "1-2-2-2c", "soa": "1-2-2-2l", "checks": "1-2-2-2f", "vulnerabilities": "1-2-2-2i", "supply": "1-2-2-2j", "asp": "7-1-5b"}
"""Which commitment of the plan each register fulfils."""
ASSET_HEADS = ("業務分類", "情報資産名称", "利用者範囲", "管理部署", "媒体・保存先", "情報システム", "機密性", "完全性", "可用性", "個人情報の種類", "取扱制限",
               "保存期限", "登録日", "脅威の発生頻度", "脆弱性", "被害発生可能性", "棚卸結果", "棚卸日", "次回棚卸期限")
ASSETS = (
    ("契約", "契約書原本", "契約担当", "総務部", "書類", "", 2, 3, 2, "なし", "複製禁止", "10年", "令和4年4月1日", "1：通常は起きない", 2, 1, "有", "R6.6.18",
     "R7.6.30"),
    ("人事", "職員名簿", "人事担当", "総務部", "事務所PC", "", 2, 2, 1, "個人情報", "関係者限り", "退職後5年", "令和4年4月1日", "2：特定の状況で起きる", 2, 2,
     "有", "R6.6.18", "R7.6.30"),
    ("広報", "公開Webコンテンツ", "全職員", "総務部", "社外サーバ", "", 1, 3, 3, "なし", "", "公開終了まで", "令和5年7月3日", "3：いつでも起きうる", 1, 2, "有",
     "R6.6.20", "R7.6.30"),
    ("システム統括", "開発標準チェックリスト", "開発担当", "システム統括室", "社内サーバ", "", 1, 2, 1, "なし", "", "改訂まで", "令和5年4月3日",
     "1：通常は起きない", 1, 1, "有", "R6.6.20", "R7.6.30"),
    ("システム統括", "ログ分析基盤の監視ログ", "監視担当", "システム統括室", "社内サーバ", "", 2, 3, 2, "個人情報", "関係者限り・要暗号化", "1年",
     "令和5年4月3日", "2：特定の状況で起きる", 3, 3, "有", "R6.6.20", "R7.6.30"),
    ("研修", "研修教材", "全職員", "教育研修部", "クラウド", "学習管理システム", 1, 2, 2, "なし", "", "3年", "令和5年5月10日", "1：通常は起きない", 1, 1, "有",
     "R6.6.25", "R7.6.30"),
    ("研修", "受講者名簿", "研修担当", "教育研修部", "クラウド", "学習管理システム", 2, 2, 2, "個人情報", "関係者限り", "3年", "令和5年5月10日",
     "2：特定の状況で起きる", 2, 2, "有", "R6.6.25", "R7.6.30"),
    ("LGWAN運営", "LGWANネットワーク構成図", "運用担当", "総合行政ネットワーク全国センター", "社内サーバ", "総合行政ネットワーク", 3, 3, 3, "なし",
     "持出禁止・複製禁止", "廃止後1年", "令和4年10月3日", "3：いつでも起きうる", 2, 3, "有", "R6.6.27", "R7.6.30"),
    ("LGWAN運営", "LGWAN-ASP登録申請書", "審査担当", "総合行政ネットワーク全国センター", "書類", "LGWAN-ASP", 2, 2, 1, "なし", "関係者限り", "5年",
     "令和4年10月3日", "1：通常は起きない", 2, 1, "有", "R6.6.27", "R7.6.30"),
    ("証明書交付", "交付履歴データ", "運用担当", "ICTイノベーションセンター", "社内サーバ", "証明書交付センター", 3, 3, 3, "個人情報", "持出禁止・要暗号化",
     "7年", "令和5年8月1日", "2：特定の状況で起きる", 2, 2, "有", "R6.6.28", "R7.6.30"),
    ("支援", "自治体問合せ対応記録", "支援担当", "情報化支援戦略部", "事務所PC", "", 2, 1, 1, "個人情報", "関係者限り", "3年", "令和6年2月1日",
     "2：特定の状況で起きる", 2, 2, "差異", "R6.6.28", "R7.6.30"),
    ("住基", "全国サーバ運用手順書", "運用担当", "住民基本台帳ネットワークシステム全国センター", "書類", "住民基本台帳ネットワークシステム", 3, 3, 2, "なし",
     "持出禁止", "改訂まで", "令和4年6月1日", "2：特定の状況で起きる", 1, 1, "有", "R6.6.28", "R7.6.30"),
)
OWN_ASSETS = (  # business, name, kind, users, location, C, I, A, handling, personal information, retention
    ("付番", "付番処理手順書", "paper", "付番担当", "paper", 3, 3, 2, "持出禁止", "none", "改訂まで"),
    ("付番", "付番要求データ", "data", "付番担当", "server", 3, 3, 3, "持出禁止・要暗号化", "specific", "処理後1年"),
    ("中間サーバー", "中間サーバー移行計画書", "data", "移行担当", "server", 2, 2, 2, "関係者限り", "none", "5年"),
    ("中間サーバー", "接続端末", "hardware", "移行担当", "office_pc", 2, 2, 3, "持出禁止", "none", "更改まで"),
    ("付番", "委託先連絡網", "data", "管理職", "office_pc", 2, 1, 1, "関係者限り", "personal", "1年"),
    ("カード管理", "カード管理システム監視ログ", "data", "監視担当", "server", 2, 3, 2, "関係者限り", "personal", "1年"),
    ("カード管理", "発行履歴データ", "data", "運用担当", "server", 3, 3, 3, "持出禁止・要暗号化", "specific", "10年"),
    ("認証局", "認証局 鍵管理簿", "paper", "鍵管理者", "paper", 3, 3, 2, "持出禁止・複製禁止", "none", "認証局終了後10年"),
    ("認証局", "旧監視端末", "hardware", "監視担当", "office_pc", 2, 1, 1, "持出禁止", "none", "廃棄まで"),
    ("カード管理", "問合せ録音データ", "data", "コールセンター", "cloud", 2, 2, 1, None, "personal", "6か月"),
)
REASONS = {
    "組織的": "規程に定めて運用し、{label}によりLGWAN運営のリスクを下げるため。", "人的": "要員による事故を防ぐには{label}が要るため。",
    "物理的": "データセンターと執務室を守るには{label}が要るため。", "技術的": "通信とサーバを守るには{label}が要るため。"}
EXCLUDED = {"A.8.30": "LGWANの運営では開発を外部に任せていないため。", "A.8.33": "試験には作成したデータだけを使い、実データを持ち込まないため。",
            "A.7.9": "構外に持ち出す資産がないため。"}
SOA_HEADS = ("適用宣言書", "管理策番号", "適用", "理由", "実施状況", "実施予定日", "根拠", "規程・文書")
EXCEPTIONS = (  # by, head's unit, title, standard, reason, alternative, start, end
    ("ishii", "旧監視端末のOS更新猶予", "対策基準 6.2 端末のOSは支援期間内とする", "更改まで監視ソフトが新しいOSで動かないため",
     "閉域に置き、許可した通信だけを通す", date(2025, 4, 7), date(2026, 3, 31)),
    ("mori", "認証局の保守端末での共用アカウント", "対策基準 7.1 利用者ごとの識別", "機器が個別の利用者を登録できないため",
     "入室記録と操作の録画で利用者を特定する", date(2025, 5, 12), date(2026, 2, 28)),
    ("suzuki", "移行作業用端末の外部媒体利用", "対策基準 6.3 外部媒体の接続禁止", "移行データの受渡しに媒体が要るため",
     "専用媒体だけを登録し、使用の都度記録する", date(2025, 6, 2), date(2025, 11, 30)),
    ("ishii", "検証環境の脆弱性修正の延期", "対策基準 7.4 修正の適用期限", "検証が終わるまで版を固定するため", "検証環境を隔離し、外部と通信させない",
     date(2025, 7, 1), date(2025, 12, 26)),
    ("mori", "コールセンターでの私物携帯の持込み", "対策基準 3.2 管理区域への持込み", "緊急連絡網に使うため", "撮影防止シールを貼る", date(2025, 9, 1),
     date(2026, 8, 31)),
    ("suzuki", "旧帳票システムの暗号方式", "対策基準 7.5 推奨暗号の利用", "更改が令和8年度になるため", "通信を専用線に限る", date(2025, 10, 6), date(2026, 9, 30)),
    ("ishii", "クラウド管理画面の接続元制限の緩和", "対策基準 4.2 クラウドの管理", "障害対応で在宅から接続するため", None, None, None),
)


def fill(stage: Stage) -> None:
    """Fiscal year 2025."""
    with stage.on(date(2025, 4, 1)):
        load_shipped(stage.office, people.CLI)
    plan = {name: stage.one("plan-items", number=number) for name, number in PLAN.items()}
    _ledger_assets(stage)
    _own_assets(stage, plan["assets"])
    _statement(stage, plan["soa"])
    _exceptions(stage)
    isms_checks.fill(stage, plan)


def _ledger_assets(stage: Stage) -> None:
    """Twelve from the ledger that the office kept so far; the inventory of June, which two units still owe."""
    stage.load("information-assets", "ishii", date(2025, 4, 14), "情報資産管理台帳_R7.csv", ASSET_HEADS, ASSETS)
    for n, row in enumerate(ASSETS[:9]):
        asset = stage.made("information-assets", name=row[1])
        stage.move(asset, "take_inventory", by="ishii", on=date(2025, 6, 16 + n), row={
            "counted_on": date(2025, 6, 16 + n), "result": "different" if n == 5 else "present", "counted_by": "石井 翔",
            "remarks": "教材2点が別の場所にあった。保存先を直した。" if n == 5 else None})


def _own_assets(stage: Stage, plan: int | None) -> None:
    """Ten that two units register themselves, most of them through to the approval."""
    for n, (business, name, kind, users, location, c, i, a, handling, personal, retention) in enumerate(OWN_ASSETS):
        user, head, unit = ("suzuki", "aoki", "個人番号センター") if n < 5 else ("mori", "hayashi", "運用管理本部")
        asset = stage.add("information-assets", user, date(2025, 4, 21 + n), business=business, name=name, asset_kind=kind, users=users, location=location,
                          scale_set="ipa", confidentiality=c, integrity=i, availability=a, handling=handling, pi_kind=personal, retention=retention,
                          registered_on=date(2025, 4, 21 + n), threat=stage.chance.randint(1, 3), vulnerability=stage.chance.randint(1, 3),
                          unit_id=stage.unit(unit), plan_item_id=plan)
        if n == 9:
            continue  # its handling is still to be filled in
        asset = stage.move(asset, *(("score",) if n % 3 == 0 else ()), "submit", by=user, on=date(2025, 5, 7 + n))
        if n == 4:
            stage.move(asset, "return", by=head, on=date(2025, 5, 14), reason="利用者範囲を役職でなく名前で書いてください。")
        if n in (3, 4):
            continue
        asset = stage.move(asset, "approve_unit", by=head, on=date(2025, 5, 20))
        asset = stage.move(asset, "register", by="maeda", on=date(2025, 5, 28))
        if n < 2:
            stage.move(asset, "take_inventory", by=user, on=date(2025, 6, 24), row={"counted_on": date(2025, 6, 24), "result": "present", "counted_by": "鈴木 一郎"})
        if n == 6:
            stage.move(asset, "begin_review", by=user, on=date(2026, 2, 2))
        if n == 8:
            stage.move(asset, "dispose", by=head, on=date(2025, 11, 18), reason="更改により、記憶装置を破壊して廃棄した。")


OTHER_STATEMENTS = (
    ("個人番号カード関係業務", "iso27001_2022", "令和8年度に認証範囲を広げる準備。"), ("機構全体の個人情報の取扱い", "jisq15001", None),
    ("政府統一基準群への対応", "unified_r5", "令和5年度版への対応状況をまとめる。"), ("内部統制の6要素", "internal_control", None),
)
"""Statements of other scopes and frameworks that were begun and have no decision yet."""


def _statement(stage: Stage, plan: int | None) -> None:
    """The first version, decided control by control and approved; a second one in the making."""
    certification = next((c["id"] for c in stage.find("certifications") if "ISMS" in " ".join(str(v) for v in c.values())), None)
    first = stage.add("soa-statements", "ishii", date(2025, 4, 8), scope=SCOPE, framework="iso27001_2022", version_no=1, certification_id=certification,
                      summary="ISO/IEC 27001:2022への移行にあわせて、全93管理策を見直した。", plan_item_id=plan)
    first = stage.move(first, "lay_out", by="ishii", on=date(2025, 4, 8))
    controls = {c["id"]: c for c in stage.find("controls", framework="iso27001_2022")}
    stage.load("soa-entries", "ishii", date(2025, 4, 24), "適用宣言書_LGWAN.csv", SOA_HEADS,
         tuple((first.code, *_decision(stage, control)) for control in controls.values()))
    first = stage.move(first, "review", by="sato", on=date(2025, 5, 12))
    first = stage.move(first, "approve", by="maeda", on=date(2025, 5, 26))
    stage.move(first, "new_version", by="ishii", on=date(2025, 11, 10))
    second = stage.made("soa-statements", scope=SCOPE, version_no=2)
    stage.change(second, "ishii", date(2025, 11, 10), summary="計画していた管理策の実施と、在宅接続に伴う見直し。")
    waiting = stage.find("soa-entries", statement_id=second.id, implementation="planned")
    for n, entry in enumerate(waiting[:5]):
        stage.change(Made("soa-entries", entry["code"], entry["version"], entry["id"]), "ishii", date(2025, 11, 17 + n),
                     implementation="done" if n < 3 else "partial", document_ref="情報セキュリティ実施手順 改訂3")
    away = next(e for e in stage.find("soa-entries", statement_id=second.id) if controls[e["control_id"]]["number"] == "A.7.9")
    stage.change(Made("soa-entries", away["code"], away["version"], away["id"]), "ishii", date(2025, 11, 25), applicable=True, implementation="planned",
                 planned_on=date(2026, 3, 31), justification="在宅から接続する端末を構外に持ち出すようになったため。", basis="risk")
    for n, (scope, framework, summary) in enumerate(OTHER_STATEMENTS):
        stage.add("soa-statements", "ishii", date(2026, 1, 13 + 5 * n), scope=scope, framework=framework, version_no=1, summary=summary)


def _decision(stage: Stage, control: Any) -> tuple[Any, ...]:
    """What the office's own sheet said of a control, under :data:`SOA_HEADS` after the statement."""
    if control["number"] in EXCLUDED:
        return control["number"], "適用除外", EXCLUDED[control["number"]], "", "", "", ""
    how = stage.chance.choices(("実施", "一部", "計画", "未着手"), (78, 12, 8, 2))[0]
    reason = REASONS.get(control["theme"], "{label}が要るため。").format(label=f"「{control['label']}」")
    return (control["number"], "適用", reason, how, "R7.9.30" if how == "計画" else "", stage.chance.choices(("リスク", "法令", "契約", "良い慣行"), (60, 15,
                                                                                                                                                      10, 15))[0],
            "情報セキュリティ実施手順" if how in ("実施", "一部") else "")


def _exceptions(stage: Stage) -> None:
    """Seven: one past its term and not ended, one renewed, one ended, one sent back, one still a draft."""
    for n, (by, title, standard, reason, alternative, start, end) in enumerate(EXCEPTIONS):
        on = date(2025, 3, 24) if start is None else start.replace(day=1)
        made = stage.add("security-exceptions", by, max(on, date(2025, 4, 2)), title=title, standard=standard, justification=reason, alternative=alternative,
                         start_on=start, end_on=end, system_id=stage.one("systems", name="公的個人認証サービス") if n == 1 else None)
        if start is None:
            continue
        made = stage.move(made, "submit", by=by, on=max(on, date(2025, 4, 2)))
        if n == 4:
            stage.move(made, "return", by="maeda", on=start, reason="緊急連絡は据置きの電話でできないか、確かめてください。")
            continue
        if n == 5:
            continue  # waits for the approval
        made = stage.move(made, "approve", by="maeda", on=start)
        if n == 1:
            made = stage.move(made, "review", by=by, on=date(2026, 2, 10), row={
                "reviewed_on": date(2026, 2, 10), "result": "更改が8月に延びたため、まだ要る。", "proposal": "continue", "end_after": date(2026, 8, 31)})
            stage.move(made, "renew", by="maeda", on=date(2026, 2, 16))
        if n == 2:
            stage.move(made, "close", by=by, on=date(2025, 11, 20), reason="移行が終わり、媒体の登録を消した。")
