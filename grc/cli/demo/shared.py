"""The demo's risks, training, and what was found and corrected outside audits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from grc.cli.demo.stage import Made, Stage

CENTRE, OPERATIONS, GENERAL, SYSTEMS = "個人番号センター", "運用管理本部", "総務部", "システム統括室"
HANDS = {CENTRE: ("suzuki", "aoki"), OPERATIONS: ("mori", "hayashi"), GENERAL: ("tanaka", "fujita"), SYSTEMS: ("ishii", "maeda")}
"""Of each unit: who does the work, and who answers for it."""
HEADCOUNT = {GENERAL: 62, CENTRE: 118, OPERATIONS: 96, "情報化支援戦略部": 54, "教育研修部": 31, "住民基本台帳ネットワークシステム全国センター": 104,
             "総合行政ネットワーク全国センター": 83, "ICTイノベーションセンター": 40, SYSTEMS: 38, "監査室": 9}


def fill(stage: Stage) -> None:
    """Fiscal year 2025."""
    _risks(stage)
    _training(stage)
    _findings(stage)


def plan(stage: Stage, number: str) -> int | None:
    """The commitment of the plan with that number, where the plan is there."""
    return _commitments(stage).get(number)


@cache
def unit_of(stage: Stage, name: str) -> int:
    """The unit of that name, asked for once."""
    return stage.unit(name)


@cache
def _commitments(stage: Stage) -> Mapping[str, int]:
    return {str(item.get("number")): int(item["id"]) for item in stage.find("plan-items")}


def some(stage: Stage, slug: str, n: int = 0) -> list[tuple[str, int]]:
    """One record of a register to link to, the ``n``-th; none where it has none."""
    found = stage.find(slug)
    return [(slug, int(found[n % len(found)]["id"]))] if found else []


# ------------------------------------------------------------------------------------------------ リスク

@dataclass(frozen=True, slots=True)
class R:
    """A risk of the demo: how far it came (``reach``) and with which marks."""

    name: str
    area: str
    unit: str
    cause: str
    marks: tuple[int, int]
    action: str
    residual: tuple[int, int]
    reach: str
    more: tuple[tuple[str, Any], ...] = ()


_STEPS = ("identified", "assessed", "treating", "pending", "accepted", "monitored")
_RISKS = (
    R("発送委託先での個人番号通知書の誤封入", "privacy", CENTRE, "宛名と内容物の突合が目視のみ", (3, 5), "封入の重量検査と二次元コード突合を導入", (1, 4),
      "monitored", (("lifecycle", "entrust"),)),
    R("問合せ記録の保存期限を過ぎた残置", "privacy", CENTRE, "消去の実行者が決まっていない", (4, 3), "消去を月次作業とし、記録を残す", (2, 2), "accepted",
      (("lifecycle", "dispose"),)),
    R("コールセンターでの本人確認の省略", "privacy", CENTRE, "繁忙時に手順を飛ばす", (3, 4), "確認項目を画面の必須入力にする", (2, 4), "pending",
      (("lifecycle", "acquire"),)),
    R("職員の人事資料の共有フォルダでの過剰な公開", "privacy", GENERAL, "権限の棚卸しが年1回", (3, 3), "権限を四半期ごとに棚卸しする", (2, 2), "accepted",
      (("lifecycle", "keep"),)),
    R("受講者名簿の電子メールでの誤送信", "privacy", "教育研修部", "宛先の自動補完", (4, 3), "名簿の送付を共有サイトに変更", (2, 3), "treating",
      (("lifecycle", "transfer"),)),
    R("採用応募書類の返却漏れ", "privacy", GENERAL, "返却の期限を管理していない", (2, 3), "返却一覧を作り期限を管理", (1, 2), "closed", (("lifecycle", "dispose"),)),
    R("特権IDの共用による操作者の不明", "isms", SYSTEMS, "共用IDの廃止が未完了", (4, 4), "個人IDへの切替と操作記録の取得", (2, 4), "treating",
      (("affects_c", True), ("affects_i", True))),
    R("サポート終了OSの継続利用", "isms", OPERATIONS, "業務ソフトの対応遅れ", (4, 5), "更改までの分離と仮想パッチ", (3, 5), "pending",
      (("affects_c", True), ("affects_a", True))),
    R("可搬媒体からのマルウェア感染", "isms", OPERATIONS, "持込媒体の検査漏れ", (3, 4), "受付での検疫端末を必須とする", (2, 3), "monitored", (("affects_i", True),)),
    R("クラウド設定の誤りによる公開", "isms", "ICTイノベーションセンター", "設定の第三者確認がない", (3, 5), "設定診断を月次で実施", (1, 5), "accepted",
      (("affects_c", True),)),
    R("委託先の保守回線からの侵入", "isms", SYSTEMS, "回線の常時接続", (3, 5), "都度接続と録画に変更", (2, 5), "treating", (("affects_c", True), ("affects_a", True))),
    R("バックアップからの復元の失敗", "isms", OPERATIONS, "復元試験の未実施", (3, 5), "半期ごとの復元試験", (2, 3), "reopened", (("affects_a", True),)),
    R("入札情報の事業者への漏えい", "compliance", GENERAL, "仕様書作成時の事業者との面談記録がない", (2, 5), "面談を2人以上とし記録を残す", (1, 4), "accepted",
      (("compliance_kind", "conflict"),)),
    R("時間外労働の上限超過", "compliance", OPERATIONS, "システム更改期の集中", (4, 3), "要員の応援計画と勤怠警告", (3, 3), "treating",
      (("compliance_kind", "labour"),)),
    R("ハラスメント相談の放置", "compliance", GENERAL, "相談窓口が知られていない", (2, 4), "外部窓口の設置と周知", (1, 3), "monitored",
      (("compliance_kind", "harassment"),)),
    R("研修教材での著作物の無断利用", "compliance", "教育研修部", "引用の確認手順がない", (3, 2), "教材の公開前確認を手順化", (1, 2), "assessed",
      (("compliance_kind", "copyright"),)),
    R("首都直下地震による主センターの停止", "crisis", SYSTEMS, "拠点の集中", (2, 5), "副センターでの縮退運転の訓練", (2, 4), "monitored"),
    R("大規模障害時の自治体への連絡遅れ", "crisis", "総合行政ネットワーク全国センター", "連絡先の更新漏れ", (3, 4), "連絡先の四半期確認と一斉連絡の自動化", (2, 3),
      "accepted"),
    R("感染症による監視要員の不足", "crisis", OPERATIONS, "代替要員の資格不足", (2, 4), "交代要員の資格取得", (1, 3), "identified"),
    R("証明発行サービスの繁忙期の遅延", "operation", CENTRE, "処理能力の余裕不足", (4, 3), "3月の臨時増強", (2, 3), "treating"),
    R("通知の発送14日以内を超過", "operation", CENTRE, "印刷委託先の障害", (3, 3), "予備の印刷委託先の確保", (2, 2), "accepted"),
    R("一者応札の継続による価格の高止まり", "procurement", GENERAL, "仕様の特殊性", (4, 3), "仕様の見直しと公告期間の延長", (3, 3), "assessed"),
    R("再委託先の把握漏れ", "procurement", GENERAL, "承諾後の変更届がない", (3, 4), "半期ごとの再委託一覧の提出", (2, 3), "identified"),
)
_CONSEQUENCES = {"privacy": "本人の権利利益が損なわれ、漏えい等の報告が要る", "isms": "情報の漏えい、改ざん又は業務の停止", "compliance": "処分、損害賠償、信用の失墜",
                 "crisis": "自治体へのサービスの停止", "operation": "住民と自治体への対応の遅れ", "procurement": "競争性と透明性の低下"}
_PLAN = {"privacy": "1-2-2-1c", "isms": "1-2-2-2d", "compliance": "1-2-2-3c"}


def _risks(stage: Stage) -> None:
    for n, r in enumerate(_RISKS):
        _risk(stage, n, r)
    scoreless = stage.add("risks", "ishii", date(2026, 2, 3), name="生成AIサービスへの秘密情報の入力", area="isms", identified_on=date(2026, 2, 2))
    stage.change(scoreless, "ishii", date(2026, 2, 4), owner="石井 翔")


def _risk(stage: Stage, n: int, r: R) -> None:
    by = HANDS[r.unit][0] if r.unit in HANDS else "tanaka"
    day = date(2025, 6, 2) + timedelta(days=3 * n)
    settled = r.reach in ("closed", "reopened")
    upto = _STEPS.index("accepted" if settled else r.reach)
    found = some(stage, {"privacy": "personal-data-assets", "isms": "information-assets", "procurement": "contracts"}.get(r.area, "systems"), n)
    treated: dict[str, Any] = {"res_likelihood": r.residual[0], "res_impact": r.residual[1]}
    due = date(2025, 12, 26) if r.reach != "treating" else date(2026, 2, 27) + timedelta(days=n)
    made = stage.add("risks", by, day, name=r.name, area=r.area, unit_id=unit_of(stage, r.unit), cause=r.cause, identified_on=day, number=f"R7-{n + 1:02d}",
                     plan_item_id=plan(stage, _PLAN.get(r.area, "")), subjects=[*found, ("units", unit_of(stage, r.unit))],
                     consequence=_CONSEQUENCES[r.area], existing_controls="規程と手順書", likelihood=r.marks[0], impact=r.marks[1], treatment="reduce",
                     actions=[{"action": r.action, "due_on": due, "assignee": by}] if upto > 1 else [], **dict(r.more))
    moves = ("assess", "plan")[:upto]
    if moves:
        made = stage.move(made, *moves, by=by, on=day + timedelta(days=14))
    if upto < 3:
        return
    done = date(2025, 12, 1) + timedelta(days=n)
    made = stage.change(made, by, done, actions=[{"action": r.action, "due_on": due, "assignee": by, "done_on": done}], **treated)
    made = stage.move(made, "propose", by=by, on=done + timedelta(days=3))
    if upto < 4:
        return
    score = r.residual[0] * r.residual[1]
    head = HANDS[r.unit][1] if r.unit in HANDS and score < 5 else "okada" if score >= 15 else "maeda" if r.area in ("isms", "crisis") else "fujita"
    made = stage.move(made, "accept", by=head, on=done + timedelta(days=10))
    if upto > 4:
        stage.move(made, "monitor", by=by, on=done + timedelta(days=20))
    elif r.reach == "closed":
        stage.move(made, "close", by="tanaka", on=date(2026, 2, 20), reason="対象の業務が電子応募に替わり、紙の書類がなくなったため。")
    elif r.reach == "reopened":
        stage.move(made, "reopen", by=by, on=date(2026, 2, 12), reason="2月の復元試験で一部の業務が戻らなかったため。")


# ------------------------------------------------------------------------------------------------ 教育

_COURSES: tuple[dict[str, Any], ...] = (
    {"name": "個人情報保護研修", "area": "privacy", "audience": "全職員（派遣・常駐委託を含む）", "mandatory": True, "method": "e_learning", "pass_score": 80,
     "planned_months": "6月"},
    {"name": "情報セキュリティ研修", "area": "isms", "audience": "全職員（派遣・常駐委託を含む）", "mandatory": True, "method": "e_learning", "pass_score": 80,
     "planned_months": "7月"},
    {"name": "コンプライアンス研修", "area": "compliance", "audience": "管理職", "mandatory": True, "method": "classroom", "pass_score": 70, "planned_months": "9月"},
    {"name": "標的型メール訓練", "area": "isms", "audience": "全職員", "mandatory": False, "method": "mail_drill", "planned_months": "10月、2月"},
    {"name": "危機管理研修", "area": "crisis", "audience": "危機管理要員", "mandatory": True, "method": "tabletop", "planned_months": "11月"},
    {"name": "新任者研修", "area": "newcomers", "audience": "新規採用・中途・異動者", "mandatory": True, "method": "classroom", "pass_score": 80,
     "planned_months": "4月、10月", "within_days": 30},
    {"name": "内部監査員養成研修", "area": "audit", "audience": "監査員候補", "mandatory": False, "method": "external", "planned_months": "5月"},
)
_SESSIONS: tuple[tuple[int, date, str, str, tuple[int, int, int, int] | None, str], ...] = (
    # course, day, title, by, (targets, excused, attended, passed), how far
    (5, date(2025, 4, 3), "新任者研修（4月）", "tanaka", (58, 0, 58, 58), "reported"),
    (6, date(2025, 5, 15), "内部監査員養成研修", "tanaka", (8, 0, 8, 7), "completed"),
    (0, date(2025, 6, 16), "個人情報保護研修（全職員）", "fujita", None, "reported"),
    (0, date(2025, 6, 20), "個人情報保護研修（コールセンター委託先）", "fujita", (140, 4, 136, 136), "completed"),
    (1, date(2025, 7, 1), "情報セキュリティ研修（全職員）", "ishii", None, "reported"),
    (1, date(2025, 8, 20), "情報セキュリティ研修（システム管理者）", "ishii", (44, 1, 43, 43), "completed"),
    (2, date(2025, 9, 12), "コンプライアンス研修（管理職）", "tanaka", (72, 2, 68, 68), "follow_up"),
    (5, date(2025, 10, 2), "新任者研修（10月）", "tanaka", (21, 0, 20, 19), "follow_up"),
    (3, date(2025, 10, 20), "標的型メール訓練（上期）", "ishii", (640, 0, 640, 602), "completed"),
    (4, date(2025, 11, 5), "危機管理研修", "tanaka", (45, 0, 41, 41), "closing"),
    (2, date(2025, 12, 9), "コンプライアンス研修（調達担当）", "tanaka", (26, 1, 25, 25), "reported"),
    (3, date(2026, 2, 17), "標的型メール訓練（下期）", "ishii", (638, 0, 638, 611), "closing"),
    (0, date(2026, 3, 10), "個人情報保護研修（異動者）", "fujita", (34, 0, 12, 11), "open"),
    (4, date(2026, 3, 24), "危機管理研修（新任の要員）", "tanaka", None, "planned"),
)


def _training(stage: Stage) -> None:
    items = {"privacy": "1-2-2-1d", "isms": "1-2-2-2e", "compliance": "1-2-2-3b", "crisis": "1-2-2-4a"}
    courses = [stage.add("training-courses", "tanaka", date(2025, 4, 2), fiscal_year=2025, cadence="annual", plan_item_id=plan(stage, items.get(c["area"], "")), **c)
               for c in _COURSES]
    for course, day, title, by, numbers, reach in _SESSIONS:
        values: dict[str, Any] = {n: v for n, v in _COURSES[course].items() if n in ("area", "audience", "method", "pass_score")}
        made = stage.add("training-sessions", by, day - timedelta(days=30), title=title, course_id=courses[course], planned_on=day,
                         plan_item_id=plan(stage, items.get(values["area"], "")), **values)
        if reach == "planned":
            continue
        made = stage.move(made, "open", by=by, on=day)
        end = min(day + timedelta(days=21), date(2026, 3, 30))
        if numbers:
            told: dict[str, Any] = dict(zip(("target_stated", "excused_stated", "attended_stated", "passed_stated"), numbers, strict=True))
            told |= {"excused_reason": "休職又は長期出張（所属からの届出による）", "follow_up_due_on": end + timedelta(days=90)} if numbers[1] else {}
        else:
            told = {"results": _by_unit(stage, end + timedelta(days=90))}
        made = stage.change(made, by, end, held_on=day, period_end=end, **told)
        if reach == "open":
            continue
        made = stage.move(made, "close_entries", by=by, on=end)
        if reach == "follow_up":
            made = stage.change(made, by, end, follow_up="所属長を通じて受講を促し、録画で補講する。")
            stage.move(made, "follow", by=by, on=end)
        elif reach in ("completed", "reported"):
            made = stage.move(made, "complete", by=by, on=end + timedelta(days=7))
            if reach == "reported":
                made = stage.change(made, by, end + timedelta(days=8), reported_to="リスク管理委員会")
                stage.move(made, "report", by=by, on=end + timedelta(days=20))


def _by_unit(stage: Stage, follow_up: date) -> list[dict[str, Any]]:
    found = []
    for unit, heads in HEADCOUNT.items():
        away = stage.chance.choice((0, 0, 1, 2))
        found.append({"unit": unit, "target": heads, "excused": away, "attended": heads - away, "passed": heads - away,
                      **({"reason": "休職・長期出張", "follow_up_on": follow_up} if away else {})})
    return found


# ------------------------------------------------------------------------------------------------ 指摘と是正

REACH = ("issued", "acknowledged", "planned", "approved", "implementing", "completed", "verified", "effective")
"""How far a correction came."""


def correct(stage: Stage, made: Made, unit: str, day: date, reach: str, cause: str, action: str, *, checker: str = "sasaki", plan_by: str = "shimizu",
            days: int = 45) -> Made:
    """Take a corrective action so far: the unit plans and acts, the chief approves the plan, an auditor verifies and later checks."""
    who, head = HANDS[unit]
    upto = REACH.index(reach)
    if upto > 0:
        made = stage.move(made, "acknowledge", by=who, on=day + timedelta(days=4))
    if upto > 1:
        made = stage.change(made, who, day + timedelta(days=10), root_cause=cause, action=action, correction="該当分を直ちに是正し、同種の有無を確認した。",
                            cause_method="whys", owner=stage.actor(who).called, horizontal="他の業務に同じ手順がないか確認する。")
        made = stage.move(made, "analyse", "plan", by=who, on=day + timedelta(days=11))
    if upto > 2:
        made = stage.move(made, "approve_plan", by=plan_by, on=day + timedelta(days=15))
    if upto > 3:
        made = stage.move(made, "implement", by=who, on=day + timedelta(days=18))
    if upto > 4:
        stage.attach(made, who, day + timedelta(days=days), "是正の記録.txt", f"{made.code} 是正の記録\n{action}\n")
        made = stage.move(made, "complete", by=head, on=day + timedelta(days=days))
    if upto > 5:
        made = stage.move(made, "verify", by=checker, on=day + timedelta(days=days + 6))
    if upto > 6:
        made = stage.move(made, "confirm_effect", by=checker, on=day + timedelta(days=days + 95), row={"found": "その後3か月の記録を抽出して確かめ、再発がなかった。"})
    return made


def finding(stage: Stage, by: str, day: date, unit: str, name: str, source: str, classification: str, fact: str, **more: Any) -> Made:
    """A finding, made and issued on one day."""
    made = stage.add("findings", by, day, name=name, source=source, classification=classification, fact=fact, unit_id=unit_of(stage, unit), **more)
    return stage.move(made, "issue", by=by, on=day)


def correction_of(stage: Stage, found: Made) -> Made:
    """The corrective action that a finding opened."""
    return stage.made("corrective-actions", finding_id=found.id)


def _findings(stage: Stage) -> None:
    isms, privacy = plan(stage, "1-2-2-2h"), plan(stage, "1-2-2-1g")
    system = some(stage, "systems")
    found = finding(stage, "tanaka", date(2025, 5, 12), CENTRE, "窓口で受けた苦情への回答が期限を超えた", "complaint", "minor",
                    "受付から回答まで21日かかった事案が1件あった。",
                    plan_item_id=privacy)
    correct(stage, correction_of(stage, found), CENTRE, date(2025, 5, 12), "effective", "回答の期限を管理する担当が決まっていない",
            "苦情台帳で期限を管理し、毎週確認する")
    found = stage.move(stage.made("findings", id=found.id), "acknowledge", by="suzuki", on=date(2025, 5, 14))
    stage.move(found, "close", by="shimizu", on=date(2025, 10, 15))
    found = finding(stage, "ishii", date(2025, 10, 6), OPERATIONS, "自己点検で端末の施錠の未実施が複数あった", "self_check", "minor",
                    "点検48台のうち5台で施錠していなかった。", repeated=True,
                    plan_item_id=isms, subjects=system)
    correct(stage, correction_of(stage, found), OPERATIONS, date(2025, 10, 6), "verified", "施錠用ワイヤーの配備漏れ", "配備し、月次の巡回で確認する")
    found = finding(stage, "ishii", date(2025, 11, 10), SYSTEMS, "外部公開サーバに期限切れの証明書が残っていた", "vulnerability", "major",
                    "検証用の1台で証明書の期限が切れていた。",
                    plan_item_id=isms, subjects=system)
    made = correct(stage, correction_of(stage, found), SYSTEMS, date(2025, 11, 10), "implementing", "検証用機器が台帳に載っていない",
                   "全機器を台帳に載せ、期限を自動で通知する")
    stage.move(made, "extend", by="shimizu", on=date(2025, 12, 25), row={"due_on": date(2026, 2, 27), "reason": "台帳との突合に外部の協力が要るため。"})
    found = finding(stage, "fujita", date(2025, 12, 3), CENTRE, "委託先の秘密保持誓約書が1社分そろっていない", "processor_evaluation", "minor",
                    "再委託先の誓約書が未提出だった。",
                    plan_item_id=privacy)
    correct(stage, correction_of(stage, found), CENTRE, date(2025, 12, 3), "approved", "再委託の承諾時に確認していない", "承諾の条件に誓約書の提出を加える")
    found = finding(stage, "tanaka", date(2025, 12, 18), SYSTEMS, "委員会で、復旧手順書の版の不一致を指摘された", "committee", "observation",
                    "副センターの手順書が1版古い。")
    found = stage.move(found, "decide_act", by="maeda", on=date(2025, 12, 22))
    stage.move(found, "report_done", by="ishii", on=date(2026, 1, 16), reason="手順書を最新版に差し替え、版を台帳で管理することとした。")
    found = finding(stage, "tanaka", date(2026, 1, 20), OPERATIONS, "訓練の講評が文書で残っていない", "drill", "opportunity", "講評を口頭だけで行っていた。")
    stage.move(found, "decide_none", by="hayashi", on=date(2026, 1, 26), reason="講評は訓練実施報告書に含めることとし、別の文書は作らない。")
    stage.add("findings", "tanaka", date(2026, 3, 16), name="問合せ窓口の案内が古い", source="complaint", owner="田中 恵子")
    _direct(stage, system)


def _direct(stage: Stage, system: Sequence[tuple[str, int]]) -> None:
    """Corrections that no finding opened: after an incident and a drill; one had no effect and was begun anew."""
    day = date(2025, 7, 14)
    made = stage.add("corrective-actions", "tanaka", day, name="夜間の障害で一斉連絡が届かなかった", source="incident", classification="minor", issued_on=day,
                     unit_id=unit_of(stage, OPERATIONS), fact="連絡先の更新漏れにより2団体へ届かなかった。", subjects=list(system),
                     plan_item_id=plan(stage, "1-2-2-4d"))
    made = correct(stage, made, OPERATIONS, day, "verified", "連絡先の更新を年1回しか行っていない", "連絡先を四半期ごとに確認する", checker="tanaka")
    stage.move(made, "deny_effect", by="hara", on=date(2025, 12, 8), row={"found": "10月の訓練でも1団体へ届かなかった。", "result": "partly"})
    day = date(2025, 10, 30)
    made = stage.add("corrective-actions", "tanaka", day, name="切替訓練で復旧目標を12分超えた", source="drill", classification="minor", issued_on=day,
                     unit_id=unit_of(stage, SYSTEMS), fact="起動の順序を人が判断した。", subjects=list(system), plan_item_id=plan(stage, "1-2-2-4d"))
    correct(stage, made, SYSTEMS, day, "completed", "起動順序の自動化がない", "起動の手順を自動化する", days=80)
    made = stage.add("corrective-actions", "tanaka", date(2026, 3, 2), name="誤送信の疑いの報告が翌日になった", source="incident", classification="minor",
                     issued_on=date(2026, 3, 2), unit_id=unit_of(stage, CENTRE))
    stage.move(made, "acknowledge", by="suzuki", on=date(2026, 3, 5))
