"""情報セキュリティ: information assets, the catalogue of controls, statements of applicability, security exceptions.

What is checked and reported year by year (self-checks, vulnerabilities, audits of others) stands in ``isms_checks``.
"""

from datetime import date

from grc.charts.declare import bars, by, due, gantt, heat, share, stacked
from grc.kinds import COUNT, DATE, FLAG, LONG_TEXT, Choice, Integer, Option
from grc.record import Row, field, link, ref, rows
from grc.register import Compound, Digest, Register
from grc.states import DRAFT, RETURNED, SUBMITTED, UNDER_REVIEW, Tone, state
from grc.text import Text
from grc.workflow import KEPT, Workflow, move
from registers.base import ISMS, Entry, may
from registers.rules import isms as rules
from registers.rules import soa
from registers.rules.stamps import stamped

OFFICE = ("security_office", "risk_officer")
UNITS = ("unit_user", "unit_head", *OFFICE)
GRADE = Integer(1, 3)

ASSET_KIND = Choice(
    "isms-asset-kind", Option("data", "情報（電子）", "Information, electronic", ("電子", "電子データ", "電子情報", "データ", "情報(電子)")),
    Option("paper", "情報（書面）", "Information, on paper", ("書面", "紙", "文書", "紙文書")),
    Option("software", "ソフトウェア", "Software", ("ソフト", "アプリケーション")),
    Option("hardware", "機器", "Equipment", ("ハードウェア", "装置", "物理的資産")),
    Option("service", "サービス", "Service", ("クラウドサービス", "外部サービス")), Option("facility", "設備", "Facility", ("施設",)),
    Option("people", "要員", "People", ("人", "人的資産")))
LOCATION = Choice(
    "isms-location", Option("paper", "書類", "Papers", ("紙", "書面", "書庫", "キャビネット")),
    Option("removable", "可搬媒体", "Removable media", ("可搬電子媒体", "電子媒体", "USBメモリ", "外部記憶媒体", "可搬型媒体")),
    Option("office_pc", "事務所PC", "Office PC", ("PC", "パソコン", "端末", "業務用PC", "業務端末")),
    Option("mobile", "モバイル", "Mobile device", ("モバイル機器", "携帯端末", "スマートフォン", "タブレット", "モバイル端末")),
    Option("server", "社内サーバ", "Own server", ("社内サーバー", "サーバ", "サーバー", "ファイルサーバ", "ファイルサーバー", "内部サーバ")),
    Option("cloud", "社外サーバ（クラウド）", "Outside server, cloud", ("社外サーバ", "社外サーバー", "クラウド", "外部サーバ", "外部サーバー")))
SCALE_SET = Choice("isms-scale-set", Option("ipa", "IPA型（3段階）", "IPA (three levels)", ("IPA型", "IPA", "3段階")),
                   Option("unified", "統一基準（完全性・可用性は2段階）", "Unified Standards (two levels of I and A)", ("統一基準", "統一基準群")))
PI_KIND = Choice(
    "isms-pi-kind", Option("none", "なし", "None", ("無", "該当なし", "無し", "×")), Option("personal", "個人情報", "Personal", ("個人データ", "有", "あり", "○")),
    Option("sensitive", "要配慮個人情報", "Sensitive", ("要配慮",)),
    Option("specific", "特定個人情報", "Specific personal information", ("マイナンバー", "個人番号", "特定個人情報等")))
INVENTORY_RESULT = Choice(
    "isms-inventory-result", Option("present", "有", "Present", ("あり", "現物あり", "一致", "異常なし", "○")),
    Option("missing", "無", "Missing", ("なし", "現物なし", "紛失", "不明", "×")),
    Option("different", "差異", "Different", ("差異あり", "相違", "不一致", "△")))
FRAMEWORK = Choice(
    "isms-framework", Option("iso27001_2022", "ISO/IEC 27001:2022", "ISO/IEC 27001:2022", ("ISO27001", "ISO/IEC27001", "JIS Q 27001", "附属書A", "JIS Q 27001:2023")),
    Option("jisq15001", "JIS Q 15001:2023", "JIS Q 15001:2023", ("JIS Q 15001", "JISQ15001", "プライバシーマーク")),
    Option("unified_r5", "政府統一基準（令和5年度版）", "Unified Standards (FY2023)", ("統一基準", "統一基準群", "政府機関等の統一基準")),
    Option("internal_control", "内部統制の基本的要素", "Elements of internal control", ("内部統制", "内部統制6要素")),
    Option("other", "その他", "Other", ("OSCAL",)))
IMPLEMENTATION = Choice(
    "isms-implementation", Option("not_started", "未着手", "Not started", ("未実施", "未", "×")), Option("planned", "計画", "Planned", ("計画中", "予定", "準備中")),
    Option("partial", "一部", "Partial", ("一部実施", "部分的に実施", "△")), Option("done", "実施", "Done", ("実施済", "実施済み", "済", "完了", "○")))
BASIS = Choice(
    "isms-basis", Option("risk", "リスク", "Risk", ("リスクアセスメント", "リスク対応", "RA")), Option("law", "法令", "Law", ("法的要求", "法令・規制")),
    Option("contract", "契約", "Contract", ("契約上の義務", "契約要求")),
    Option("practice", "良い慣行", "Good practice", ("ベストプラクティス", "事業上の要求", "慣行")))
PROPOSAL = Choice("isms-exception-proposal", Option("continue", "継続", "Continue", ("更新", "延長")), Option("end", "終了", "End", ("解消", "廃止")))


class Inventory(Row, table=True):
    """棚卸: one count of an asset."""

    __tablename__ = "information_asset_inventories"

    counted_on: date | None = field("棚卸日", "Counted on", DATE)
    result: str | None = field("結果", "Result", INVENTORY_RESULT, required=True)
    counted_by: str | None = field("確認者", "Counted by")
    remarks: str | None = field("備考", "Remarks")


class InformationAsset(Entry, table=True):
    """情報資産管理台帳: what is to be protected, how much it matters, and the risk that it stands at (IPA type; 統一基準群)."""

    __tablename__ = "information_assets"

    business: str | None = field("業務分類", "Business", search=True, synonyms=("業務", "業務名", "業務区分"))
    name: str | None = field("情報資産名称", "Information asset", required=True, search=True, synonyms=(
        "情報資産名", "資産名", "資産名称", "情報資産", "情報資産の名称", "情報名称", "名称"))
    asset_kind: str | None = field("資産区分", "Kind of asset", ASSET_KIND, synonyms=("資産の種類", "資産種別", "種別", "区分"))
    users: str | None = field("利用者範囲", "Users", synonyms=("利用者", "利用範囲", "利用者の範囲", "アクセス範囲"))
    location: str | None = field("媒体・保存先", "Medium and place", LOCATION, synonyms=("媒体", "保存先", "保管場所", "媒体・保管場所", "保存媒体"))
    location_detail: str | None = field("保存先の詳細", "Place in detail", synonyms=("保管場所の詳細", "設置場所"))
    system_id: int | None = ref("systems", "情報システム", "System", synonyms=("システム", "システム名", "対象システム"))
    scale_set: str | None = field("評価の尺度", "Scale", SCALE_SET, section=Text("格付と取扱い", "Rating and handling"), synonyms=("尺度", "格付の尺度"))
    confidentiality: int | None = field("機密性", "Confidentiality", GRADE)
    integrity: int | None = field("完全性", "Integrity", GRADE)
    availability: int | None = field("可用性", "Availability", GRADE)
    importance: int | None = field("重要度", "Importance", GRADE, derive=rules.importance, synonyms=("資産価値", "情報資産の重要度"))
    handling: str | None = field("取扱制限", "Handling", LONG_TEXT, synonyms=("取扱い制限", "取扱区分", "取扱方法"))
    pi_kind: str | None = field("個人情報の種類", "Kind of personal information", PI_KIND, synonyms=("個人情報区分",))
    contains_personal: bool | None = field("個人情報の有無", "Personal information", FLAG, synonyms=("個人情報",))
    contains_sensitive: bool | None = field("要配慮個人情報の有無", "Sensitive personal information", FLAG, synonyms=("要配慮個人情報", "要配慮"))
    contains_specific: bool | None = field("特定個人情報の有無", "Specific personal information", FLAG, synonyms=("特定個人情報", "マイナンバー", "個人番号"))
    retention: str | None = field("保存期限", "Retention", synonyms=("保存期間", "保管期限", "保管期間"))
    registered_on: date | None = field("登録日", "Registered on", DATE, synonyms=("台帳登録日", "作成日", "取得日"))
    remarks: str | None = field("備考", "Remarks", LONG_TEXT)
    threat: int | None = field("脅威の段階", "Threat", GRADE, section=Text("リスク分析", "Risk analysis"))
    threat_note: str | None = field("脅威の内容", "Threat in words", LONG_TEXT)
    vulnerability: int | None = field("脆弱性の段階", "Vulnerability", GRADE)
    vulnerability_note: str | None = field("脆弱性の内容", "Vulnerability in words", LONG_TEXT)
    likelihood: int | None = field("被害発生可能性", "Likelihood", GRADE, synonyms=("発生可能性", "被害の発生可能性"))
    risk_value: int | None = field("リスク値", "Risk value", Integer(1, 9), derive=rules.risk_value, synonyms=("リスクレベル",))
    inventory_result: str | None = field("棚卸結果", "Inventory result", INVENTORY_RESULT, section=Text("棚卸", "Inventory"), synonyms=("棚卸し結果", "棚卸"))
    inventoried_on: date | None = field("棚卸日", "Inventoried on", DATE, synonyms=("棚卸し日", "最終棚卸日", "最終確認日", "見直し日", "最終見直し日"))
    next_inventory_on: date | None = field("次回棚卸期限", "Next inventory by", DATE, deadline=True, synonyms=("次回棚卸日", "次回棚卸", "次回見直し日"))


ASSET_NEEDS = ("unit_id", "business", "asset_kind", "users", "location", "confidentiality", "integrity", "availability", "pi_kind", "retention", "registered_on")

INFORMATION_ASSETS = Register(
    InformationAsset, slug="information-assets", domain=ISMS, title=Text("情報資産管理台帳", "Information assets"), code="ISM-AST", name="name",
    columns=("code", "name", "business", "unit_id", "importance", "risk_value", "pi_kind", "next_inventory_on", "status"),
    filters=("unit_id", "importance", "pi_kind", "inventory_result"), keys=(("business", "name", "unit_id"),),
    rows=(rows("inventories", Inventory, "棚卸の記録", "Inventories", append_only=True),),
    compounds=(Compound(("機密性", "機密性の格付", "機密性(C)", "C"), ("confidentiality",), rules.rated("confidentiality")),
               Compound(("完全性", "完全性の格付", "完全性(I)", "I"), ("integrity",), rules.rated("integrity")),
               Compound(("可用性", "可用性の格付", "可用性(A)", "A"), ("availability",), rules.rated("availability")),
               Compound(("脅威の発生頻度", "脅威", "脅威の頻度"), ("threat", "threat_note"), rules.graded("threat")),
               Compound(("脆弱性", "脆弱性への対策状況", "対策状況"), ("vulnerability", "vulnerability_note"), rules.graded("vulnerability"))),
    complete=rules.complete, guards=(rules.two_levels,), may=may(*OFFICE, units=True), initial="registered",
    workflow=Workflow((
        DRAFT, SUBMITTED, RETURNED,
        state("unit_approved", "部門承認済み", "Approved by the unit", Tone.VIOLET, "approval"),
        state("registered", "登録", "Registered", Tone.GREEN, "check_circle"), UNDER_REVIEW,
        state("disposed", "廃棄", "Disposed of", Tone.GRAY, "delete"),
    ), (
        move("submit", "提出する", "Submit", ("draft", "returned"), "submitted", UNITS, needs=ASSET_NEEDS, guards=(rules.handled,)),
        move("approve_unit", "部門として承認する", "Approve for the unit", "submitted", "unit_approved", ("unit_head",), approves=True),
        move("register", "登録を承認する", "Approve and register", "unit_approved", "registered", ("ciso",), approves=True, sets=rules.registered),
        move("return", "差し戻す", "Send back", ("submitted", "unit_approved"), "returned", ("unit_head", "ciso"), reason=True),
        move("take_inventory", "棚卸を記録する", "Record an inventory", ("registered", "under_review"), None, UNITS, appends="inventories",
             guards=(rules.explained,), sets=rules.inventoried),
        move("begin_review", "見直しを始める", "Begin the review", "registered", "under_review", UNITS),
        move("finish_review", "見直しを承認する", "Approve the review", "under_review", "registered", ("ciso",), needs=ASSET_NEEDS,
             approves=True, guards=(rules.handled,), sets=rules.registered),
        move("score", "被害発生可能性を算定する", "Score the likelihood", ("draft", "returned", "registered", "under_review"), None, UNITS,
             needs=("threat", "vulnerability"), guards=(rules.in_table,), sets=rules.scored),
        move("dispose", "廃棄を記録する", "Record the disposal", ("registered", "under_review"), "disposed", ("unit_head", *OFFICE), reason=True),
    )),
    charts=(heat("情報資産のリスク（重要度×被害発生可能性、件）", "Information assets by importance and likelihood", by("importance"), by("likelihood")),
            stacked("情報資産の棚卸（部門別、件）", "Inventory of information assets by unit", by("unit_id"), by("inventory_result"),
                    where={"status": ("registered", "under_review")}),
            bars("次回棚卸の期限（件）", "Next inventory, by when due", due("next_inventory_on")),
            stacked("情報資産の重要度（部門別、件）", "Importance of information assets by unit", by("unit_id"), by("importance"))),
    synonyms={"unit_id": ("管理部署", "管理部門", "所管部署", "所管部門", "管理責任部署"), "owner": ("管理責任者", "情報セキュリティ責任者")},
)


class Control(Entry, table=True):
    """管理策: one control of a framework, in our own words or as its catalogue gives it."""

    __tablename__ = "controls"

    framework: str | None = field("枠組み", "Framework", FRAMEWORK, synonyms=("規格", "基準"))
    catalogue: str | None = field("カタログ名", "Catalogue", synonyms=("出典",), hint=Text("「その他」の枠組みの名前", "The name of another framework"))
    number: str | None = field("管理策番号", "Number", required=True, search=True, synonyms=("項番", "番号", "規格項番", "control_id"))
    label: str | None = field("管理策", "Control", search=True, synonyms=("管理策名", "名称", "管理策の名称"))
    label_en: str | None = field("管理策（英語）", "Control in English", search=True)
    theme: str | None = field("テーマ", "Theme", synonyms=("分類", "章", "区分"))
    parent: str | None = field("上位の番号", "Parent number")
    attributes: str | None = field("属性", "Attributes", LONG_TEXT)
    is_new: bool | None = field("新設", "New in this edition", FLAG, synonyms=("新規管理策",))
    statement: str | None = field("内容", "Statement", LONG_TEXT, synonyms=("要求事項", "管理策の内容"))


CONTROLS = Register(
    Control, slug="controls", domain=ISMS, title=Text("管理策カタログ", "Controls"), code="ISM-CTL", name="number",
    columns=("code", "number", "label", "framework", "theme", "unit_id", "status"), filters=("framework", "theme", "is_new"),
    keys=(("framework", "catalogue", "number"), ("framework", "number"), ("number",)), may=may(*OFFICE), workflow=KEPT,
    charts=(stacked("管理策の数（枠組み・テーマ別）", "Controls by framework and theme", by("framework"), by("theme")),),
)


class SoaStatement(Entry, table=True):
    """適用宣言書の版: one version of the statement for one scope (ISO/IEC 27001 6.1.3 d)."""

    __tablename__ = "soa_statements"

    scope: str | None = field("適用範囲", "Scope", required=True, search=True, synonyms=("認証範囲", "ISMS適用範囲"))
    framework: str | None = field("枠組み", "Framework", FRAMEWORK, synonyms=("規格", "基準"))
    catalogue: str | None = field("カタログ名", "Catalogue", hint=Text("「その他」の枠組みの名前", "The name of another framework"))
    version_no: int | None = field("版", "Version", COUNT, default=1, synonyms=("版数", "改訂番号"))
    title: str | None = field("適用宣言書", "Statement of applicability", derive=soa.title, search=True)
    certification_id: int | None = ref("certifications", "認証", "Certification", synonyms=("認証登録",))
    former_id: int | None = ref("soa-statements", "前の版", "Former version")
    summary: str | None = field("この版の要点", "What this version changes", LONG_TEXT, synonyms=("改訂の要点", "改訂内容"))
    reviewed_on: date | None = field("確認日", "Reviewed on", DATE)
    approved_on: date | None = field("承認日", "Approved on", DATE, synonyms=("制定日", "改訂日"))
    approved_by: str | None = field("承認者", "Approved by")
    superseded_on: date | None = field("旧版になった日", "Superseded on", DATE)


SOA_STATEMENTS = Register(
    SoaStatement, slug="soa-statements", domain=ISMS, title=Text("適用宣言書の版", "Statements of applicability"), code="ISM-STM", name="title",
    columns=("code", "title", "scope", "version_no", "certification_id", "approved_on", "approved_by", "status"), filters=("framework",),
    keys=(("title",),), may=may(*OFFICE), guards=(soa.settled, soa.one_of_its_version),
    workflow=Workflow((
        DRAFT, state("reviewed", "確認済み・承認待ち", "Reviewed, awaiting approval", Tone.VIOLET, "approval"),
        state("approved", "承認", "Approved", Tone.GREEN, "check_circle"), state("superseded", "旧版", "Superseded", Tone.GRAY, "history"),
    ), (
        move("review", "確認を終える", "Finish the review", "draft", "reviewed", OFFICE, needs=("framework", "version_no"), sets=soa.reviewed),
        move("approve", "承認する", "Approve", "reviewed", "approved", ("ciso",), approves=True, sets=rules.approved_today,
             guards=(soa.every_control_decided, soa.approved_by_another), effects=(soa.superseding,)),
        move("lay_out", "管理策の行をそろえる", "Make the entries", "draft", None, OFFICE, needs=("framework",), effects=(soa.lay_out,)),
        move("send_back", "作成に戻す", "Back to draft", "reviewed", "draft", ("ciso", *OFFICE), reason=True),
        move("new_version", "新しい版を作る", "Begin a new version", "approved", None, OFFICE, guards=(soa.one_at_work,), effects=(soa.next_version,)),
    ), closed=("approved",)),
    digests=(Digest(Text("前の版とのちがい", "What differs from the version before"), soa.HEADINGS, "soa-entries", soa.since_the_former),),
    charts=(stacked("適用宣言書の版（適用範囲別、件）", "Versions of the statement by scope", by("scope"), by("status")),),
)


class SoaEntry(Entry, table=True):
    """適用宣言書の管理策: whether a control applies, why, and how far it is carried out."""

    __tablename__ = "soa_entries"

    statement_id: int | None = ref("soa-statements", "適用宣言書", "Statement", required=True, synonyms=("適用宣言書の版",))
    control_id: int | None = ref("controls", "管理策番号", "Control", required=True, synonyms=("項番", "番号", "規格項番", "附属書A"))
    control_label: str | None = field("管理策", "Control in words", search=True, synonyms=("管理策名", "名称", "管理策の名称"))
    applicable: bool | None = field("適用", "Applies", FLAG, synonyms=("適用の有無", "適用可否", "採否"))
    justification: str | None = field("理由", "Justification", LONG_TEXT, synonyms=("適用理由", "採否の理由", "適用・除外の理由", "選択理由", "除外理由"))
    implementation: str | None = field("実施状況", "Implementation", IMPLEMENTATION, synonyms=("実施", "対応状況", "実施の状況"))
    planned_on: date | None = field("実施予定日", "To be done by", DATE, synonyms=("実施予定", "予定日"))
    basis: str | None = field("根拠", "Basis", BASIS, synonyms=("選択の根拠", "根拠区分"))
    document_ref: str | None = field("規程・文書", "Document", synonyms=("関連文書", "規程", "文書名", "関連規程"))
    decided: bool | None = field("決定済み", "Decided", FLAG, derive=soa.decided)


SOA_ENTRIES = Register(
    SoaEntry, slug="soa-entries", domain=ISMS, title=Text("適用宣言書の管理策", "Entries of the statement"), code="ISM-SOA", name="control_label",
    columns=("code", "control_id", "control_label", "statement_id", "applicable", "implementation", "planned_on", "decided", "status"),
    filters=("statement_id", "applicable", "implementation", "decided"), keys=(("statement_id", "control_id"),),
    links=(link("risks", "risks", "関連するリスク", "Risks"),),
    compounds=(Compound(("適用", "適用/適用除外", "適用・適用除外", "適用の有無", "適用可否", "採否"), ("applicable",), soa.applies),),
    guards=(soa.of_a_draft, soa.once_in_a_statement, soa.unfinished_has_a_day), reserved=soa.kept_with_its_statement, may=may(*OFFICE), workflow=KEPT,
    charts=(stacked("適用宣言書の実施状況（テーマ別、件）", "Implementation of the statement by theme", by("control_id.theme"), by("implementation"),
                    where={"applicable": True, "statement_id.status": "approved"}),
            bars("管理策の実施率（適用宣言書別、%）", "Controls carried out, by statement (%)", by("statement_id"),
                 value=share("implementation", "done"), where={"applicable": True}, target=95, unit=("%", "%"))),
)


class ExceptionReview(Row, table=True):
    """期限前の見直し: whether an exception is still needed before its term ends."""

    __tablename__ = "security_exception_reviews"

    reviewed_on: date | None = field("見直し日", "Reviewed on", DATE, required=True)
    result: str | None = field("見直しの内容", "What was found", required=True)
    proposal: str | None = field("提案", "Proposal", PROPOSAL, required=True)
    end_after: date | None = field("新しい終了日", "New end", DATE)


class SecurityException(Entry, table=True):
    """例外措置: leave for a while not to keep to the body's own security standard (統一基準群 例外措置)."""

    __tablename__ = "security_exceptions"

    title: str | None = field("件名", "Subject", required=True, search=True, synonyms=("例外措置の内容", "申請件名", "名称"))
    standard: str | None = field("対象の基準", "Standard", search=True, synonyms=("対象基準", "対象規程", "適用除外とする基準", "規程・条項"))
    control_id: int | None = ref("controls", "管理策", "Control")
    system_id: int | None = ref("systems", "情報システム", "System", synonyms=("対象システム", "システム"))
    justification: str | None = field("理由", "Reason", LONG_TEXT, synonyms=("申請理由", "例外の理由"))
    alternative: str | None = field("代替措置", "Compensating measure", LONG_TEXT, synonyms=("代替策", "代替の対策"))
    residual_risk: str | None = field("残るリスク", "Remaining risk", LONG_TEXT, synonyms=("残留リスク",))
    start_on: date | None = field("開始日", "Start", DATE, section=Text("期間と承認", "Term and approval"), synonyms=("適用開始日", "期間/自", "期間(自)"))
    end_on: date | None = field("終了日", "End", DATE, deadline=True, synonyms=("適用終了日", "期限", "期間/至", "期間(至)", "有効期限"))
    approved_on: date | None = field("承認日", "Approved on", DATE)
    approved_by: str | None = field("承認者", "Approved by", synonyms=("許可権限者",))
    renewed_on: date | None = field("更新日", "Renewed on", DATE)
    closed_on: date | None = field("終了を確認した日", "Ended on", DATE, synonyms=("解消日",))


EXCEPTION_NEEDS = ("standard", "justification", "alternative", "start_on", "end_on")

SECURITY_EXCEPTIONS = Register(
    SecurityException, slug="security-exceptions", domain=ISMS, title=Text("例外措置台帳", "Security exceptions"), code="ISM-EXC", name="title",
    columns=("code", "title", "standard", "unit_id", "system_id", "start_on", "end_on", "status"), filters=("unit_id", "system_id"),
    keys=(("title", "unit_id", "start_on"),), links=(link("risks", "risks", "関連するリスク", "Risks"),),
    rows=(rows("reviews", ExceptionReview, "見直しの記録", "Reviews", append_only=True),),
    guards=(rules.term, rules.as_approved), may=may(*OFFICE, units=True), initial="approved",
    workflow=Workflow((
        DRAFT, SUBMITTED, RETURNED, state("approved", "承認", "Approved", Tone.GREEN, "check_circle"),
        state("reviewed", "更新の承認待ち", "Renewal awaits approval", Tone.VIOLET, "approval"),
        state("refused", "不承認", "Refused", Tone.GRAY, "block"), state("closed", "終了", "Ended", Tone.GRAY, "task_alt"),
    ), (
        move("submit", "申請する", "Apply", ("draft", "returned"), "submitted", UNITS, needs=EXCEPTION_NEEDS),
        move("approve", "承認する", "Approve", "submitted", "approved", ("ciso",), needs=EXCEPTION_NEEDS, approves=True, sets=rules.approved_today),
        move("return", "差し戻す", "Send back", "submitted", "returned", ("ciso", *OFFICE), reason=True),
        move("refuse", "承認しない", "Refuse", "submitted", "refused", ("ciso",), reason=True, approves=True),
        move("review", "見直しを記録する", "Record a review", "approved", "reviewed", UNITS, appends="reviews", guards=(rules.before_its_end,)),
        move("renew", "更新を承認する", "Approve the renewal", "reviewed", "approved", ("ciso",), approves=True, guards=(rules.renewable,), sets=rules.renewed),
        move("close", "終了する", "End", ("approved", "reviewed"), "closed", UNITS, reason=True, sets=stamped("closed_on")),
    )),
    charts=(gantt("例外措置の期間", "Terms of security exceptions", "start_on", "end_on", where={"status": ("submitted", "approved", "reviewed")}),
            stacked("例外措置（部門・状態別、件）", "Security exceptions by unit and state", by("unit_id"), by("status"))),
)

REGISTERS = (INFORMATION_ASSETS, CONTROLS, SOA_STATEMENTS, SOA_ENTRIES, SECURITY_EXCEPTIONS)
