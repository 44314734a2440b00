"""The demo's crisis management: a year of incidents with one grave leak at a processor, reports, reviews, drills, continuity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from grc import calendar
from grc.cli.demo.stage import YEAR, Made, Stage

REPORT: dict[str, Any] = {
    "items": "氏名、住所、電話番号、受付番号", "people": 1350, "cause": "委託先の端末で、更新の遅れていた閲覧ソフトの弱点を突かれた。",
    "secondary_harm": "現在まで確認されていない。不審な連絡への注意を呼び掛けた。", "response": "対象者へ書面で通知し、専用の窓口を設けた。",
    "publication": "令和7年9月5日に報道発表し、ホームページに掲載した。", "prevention": "委託先の端末を管理端末に限り、更新の状況を月次で確かめる。",
    "other": "警察に相談した。"}
SMALL = REPORT | {"items": "氏名、所属、メールアドレス", "people": 12, "cause": "宛先欄への入力を1人で行っていた。", "publication": "公表していない。",
                  "response": "全員へ謝罪し、削除を確かめた。", "prevention": "送信前の2人での確認と、送信の保留の設定。", "other": "なし"}
NO: dict[str, Any] = {name: False for name in ("is_sensitive", "financial_risk", "malicious_suspected", "strong_encryption", "entrusted", "is_specific_pi",
                               "my_number_system", "public_exposure")}


def fill(stage: Stage) -> None:
    """Fiscal year 2025."""
    made = _incidents(stage)
    _grave(stage)
    _reviews(stage, made)
    _drills(stage)
    _continuity(stage)


def day(month: int, number: int) -> date:
    """A day of the fiscal year."""
    return date(YEAR + (month < 4), month, number)


def at(on: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in Japan."""
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=calendar.TOKYO).astimezone(UTC)


def _entry(moment: datetime, event: str) -> dict[str, Any]:
    return {"at": moment, "event": event, "by_whom": None}


def _some(stage: Stage, slug: str, *names: str) -> list[Made]:
    """The records of these names, as far as the other domains made them."""
    found = {row.get("name"): row for row in stage.find(slug)} if names else {}
    return [Made(slug, row["code"], row["version"], row["id"]) for name in names if (row := found.get(name))]


def _plan(stage: Stage, number: str) -> dict[str, Any]:
    """The commitment of the yearly plan that a record fulfils, where the plan is there."""
    row = next((row for row in stage.find("plan-items") if row.get("number") == number), None)
    return {"plan_item_id": row["id"]} if row else {}


# ------------------------------------------------------------------------------------------------------------- incidents


def _incident(stage: Stage, title: str, by: str, kind: str, severity: str, known: datetime, *, systems: Sequence[str] = (), minutes: int | None = None,
              found_after: int = 20, **values: Any) -> Made:
    on = calendar.tokyo(known).date()
    return stage.add("incidents", by, on, title=title, kind=kind, severity=severity, occurred_at=known - timedelta(minutes=found_after), known_at=known,
                     systems=_some(stage, "systems", *systems), downtime_min=minutes, **values)


def _through(stage: Stage, made: Made, by: str, known: datetime, restored: int, *, close: date | None = None, told: int | None = None) -> Made:
    """An incident as most go: triage, response, recovery after so many minutes, closed some days later."""
    on = calendar.tokyo(known).date()
    made = stage.move(made, "triage", by="tanaka", on=on)
    if told is not None:
        made = stage.move(made, "report", by="tanaka", on=on, row=_entry(known + timedelta(minutes=told), "首脳へ電話で報告した。"))
    made = stage.move(made, "respond", by=by, on=on, row=_entry(known + timedelta(minutes=5), "担当者を集め、切り分けを始めた。"))
    made = stage.move(made, "recover", by=by, on=on, row=_entry(known + timedelta(minutes=restored), "復旧し、正常に動くことを確かめた。"))
    return made if close is None else stage.move(made, "close", by="tanaka", on=close, row=_entry(at(close, 10), "対応をすべて終えた。"))


def _incidents(stage: Stage) -> dict[str, Made]:
    made: dict[str, Made] = {}
    for on, title, kind, by, cause in ((day(4, 14), "宛先を誤ったメールの送信取消し", "misdelivery", "suzuki", "human"),
                                       (day(10, 7), "手順書の版の取り違え（実施前に気付いた）", "other", "mori", "procedure")):
        near = _incident(stage, title, by, kind, "0", at(on, 9, 20), cause=cause, pi_involved=False)
        near = stage.move(near, "triage", by="tanaka", on=on)
        stage.move(near, "close", by="tanaka", on=on + timedelta(days=3), row=_entry(at(on, 9, 30), "朝礼で共有した。"))
    known = at(day(5, 8), 10, 5)
    mail = _incident(stage, "研修案内メールの宛先誤り", "suzuki", "misdelivery", "1", known, affected_people=12, cause="human", root_cause="宛先を1人で入力していた。",
                     correction="受信者に削除を依頼した。", **NO | {"pi_involved": True})
    mail = _decide(stage, mail, day(5, 8), "appi", sent=(None, day(5, 30)), report=SMALL)
    _through(stage, mail, "suzuki", known, 95, close=day(6, 4))
    for on, title, by, kind, severity, systems, minutes, cause, close in (
            (day(6, 17), "統計処理の遅れ", "mori", "outage", "2", ("地方税情報処理システム",), 130, "software", day(6, 25)),
            (day(10, 21), "外部の電子メール配信サービスの障害", "mori", "service", "2", (), 210, "network", day(10, 28))):
        known = at(on, 13, 40)
        outage = _incident(stage, title, by, kind, severity, known, systems=systems, minutes=minutes, pi_involved=False, cause=cause, correction="切り離しと再起動")
        _through(stage, outage, by, known, minutes, close=close)
    known = at(day(7, 22), 2, 31)
    halt = _incident(stage, "証明書交付の一時停止", "mori", "outage", "3", known, systems=("証明書交付センター",), minutes=47, found_after=16,
                     pi_involved=False, affected_bodies=38, cause="software", root_cause="接続の解放もれ", summary="夜間の処理の後、交付の要求に応答しなくなった。",
                     permanent_actions="処理の後の自動確認を加える。", published_on=day(7, 22))
    made["halt"] = _decide(stage, _through(stage, halt, "mori", known, 31, told=40), day(7, 22), sent=(day(7, 22), day(8, 20)))
    alarm = _incident(stage, "監視装置が知らせた不審な通信", "ishii", "intrusion", "2", at(day(9, 10), 16, 2))
    stage.move(alarm, "dismiss", by="ishii", on=day(9, 11), reason="脆弱性診断の通信であることを確かめた。")
    usb = _incident(stage, "暗号化した外部記憶媒体の紛失", "suzuki", "loss", "2", at(day(9, 29), 18, 10), found_after=540, affected_people=240, **NO | {
        "pi_involved": True, "strong_encryption": True, "is_sensitive": True})
    usb = stage.move(usb, "triage", by="tanaka", on=day(9, 30))
    _decide(stage, usb, day(9, 30), "appi")
    _lowered(stage)
    known = at(day(11, 18), 9, 15)
    probe = _incident(stage, "保守用の利用者識別での不審な接続", "ishii", "intrusion", "3", known, systems=("LGWAN-ASPポータルサイト",), found_after=720,
                      pi_involved=False, cause="attack", root_cause="使われなくなった識別が残っていた。", permanent_actions="識別の棚卸しと、多要素の認証。")
    made["probe"] = _through(stage, probe, "ishii", known, 1510, told=185)
    paper = _incident(stage, "特定個人情報を含む書類の誤交付", "suzuki", "misdelivery", "2", at(day(12, 9), 11, 30), found_after=60, affected_people=1, cause="human",
                      root_cause="封入の前の照合を省いた。", **NO | {"pi_involved": True, "is_specific_pi": True})
    paper = _decide(stage, paper, day(12, 10), "appi", "my_number", sent=(None, day(12, 26)), report=SMALL | {"people": 1, "items": "個人番号、氏名"})
    _through(stage, paper, "suzuki", at(day(12, 9), 11, 30), 200, close=day(1, 9))
    known = at(day(2, 3), 8, 50)
    flood = stage.move(_incident(stage, "公開サイトへの大量の通信", "ishii", "attack", "2", known, minutes=85, found_after=8), "triage", by="ishii", on=day(2, 3))
    flood = stage.move(flood, "respond", by="ishii", on=day(2, 3), row=_entry(at(day(2, 3), 9), "通信の制限を依頼した。"))
    stage.move(flood, "contain", by="ishii", on=day(2, 3), row=_entry(at(day(2, 3), 10, 15), "制限により応答が戻った。"))
    sheet = _incident(stage, "公開した資料への個人情報の混入", "mori", "leak", "3", at(day(3, 10), 15), found_after=2880, affected_people=420,
                      affected_people_max=800, **NO | {"pi_involved": True, "financial_risk": True})
    sheet = stage.move(sheet, "triage", by="tanaka", on=day(3, 10))
    sheet = stage.move(sheet, "decide", by="fujita", on=day(3, 11))
    for report in _reports(stage, sheet)[:1]:  # confirmed, and its preliminary report not sent: the late clock
        stage.move(report, "confirm", by="okada", on=day(3, 12))
    _incident(stage, "印刷物の置き忘れ（すぐに回収した）", "suzuki", "loss", "0", at(day(3, 17), 17, 5))
    _incident(stage, "統合端末の起動の不調", "mori", "outage", "1", at(day(3, 26), 8, 35), systems=("住民基本台帳ネットワークシステム",))
    return made


def _lowered(stage: Stage) -> None:
    """A lost pass that was found on the same day: two persons lower the severity."""
    known = at(day(11, 4), 16, 20)
    card = _incident(stage, "入館証の紛失（同日に発見）", "suzuki", "loss", "2", known, found_after=0, pi_involved=False, proposed_severity="1", cause="human")
    card = stage.move(card, "ask_lowering", by="tanaka", on=day(11, 5), reason="同じ日に庁舎内で見つかり、使われていない。")
    card = stage.move(card, "approve_lowering", by="sato", on=day(11, 5))
    _through(stage, card, "suzuki", known, 70, close=day(11, 10))


def _reports(stage: Stage, incident: Made) -> list[Made]:
    return [Made("breach-reports", row["code"], row["version"], row["id"]) for row in stage.find("breach-reports", incident_id=incident.id)]


def _decide(stage: Stage, incident: Made, on: date, *none: str, sent: tuple[date | None, date | None] = (None, None),
            report: dict[str, Any] = REPORT) -> Made:
    """The privacy manager decides, the chief risk officer confirms (``none``: regimes without a report); what was sent is recorded."""
    incident = stage.move(incident, "decide", by="fujita", on=on)
    first, final = sent
    for row in stage.find("breach-reports", incident_id=incident.id):
        made = Made("breach-reports", row["code"], row["version"], row["id"])
        made = stage.move(made, "confirm_none" if row["regime"] in none else "confirm", by="okada", on=on)
        if row["regime"] in none:
            continue
        if first or final:
            made = stage.change(made, "fujita", first or on + timedelta(days=3), **report, outline=f"{on.month}月{on.day}日に把握した事案の概要と、現在までの対応。",
                                notified_on=final and final - timedelta(days=4))
        if first and row["preliminary_due_on"]:
            made = stage.move(made, "send_preliminary", by="fujita", on=first)
        if final and row["final_due_on"]:
            made = stage.move(made, "send_final", by="fujita", on=final)
        if final and report is REPORT:
            stage.move(made, "close", by="fujita", on=final + timedelta(days=7))
    return incident


def _grave(stage: Stage) -> None:
    """Severity 4: malware at a processor, 1,350 persons; every regime asks for its report."""
    known = at(day(8, 27), 11)
    made = _incident(
        stage, "委託先の端末のマルウェア感染による個人情報の漏えい", "tanaka", "processor", "4", known, found_after=2700, affected_people=1350,
        affected_people_max=1350, unit_id=stage.unit("個人番号センター"), summary="委託先の作業端末が感染し、発送名簿が外へ送られたおそれがある。",
        assets=[Made(r, row["code"], row["version"], row["id"]) for r in ("personal-data-assets",) for row in stage.find(r)[:1]],
        permanent_actions="委託先の端末の管理と、月次の点検。", published_on=day(9, 5), publication_url="https://www.example.jp/news/20250905",
        processor_id=next((row["id"] for row in stage.find("processors")), None), **NO | {"pi_involved": True, "malicious_suspected": True, "entrusted": True})
    made = stage.move(made, "triage", by="tanaka", on=day(8, 27))
    made = stage.move(made, "report", by="tanaka", on=day(8, 27), row=_entry(known + timedelta(minutes=25), "理事長へ報告し、対策本部を置いた。"))
    made = stage.move(made, "respond", by="ishii", on=day(8, 27), row=_entry(known + timedelta(minutes=40), "委託先に端末の切り離しを指示した。"))
    made = _decide(stage, made, day(8, 28), sent=(day(8, 30), day(10, 20)))
    made = stage.move(made, "contain", by="ishii", on=day(8, 28), row=_entry(at(day(8, 28), 17), "委託先の全端末を調べ、感染は1台に限られることを確かめた。"))
    made = stage.move(made, "recover", by="ishii", on=day(9, 4), row=_entry(at(day(9, 4), 9, 30), "新しい端末で業務を再開した。"))
    made = stage.change(made, "tanaka", day(9, 12), cause="processor", root_cause="委託先の端末の更新を、契約で求めていなかった。",
                        corrective_actions=[Made("corrective-actions", r["code"], r["version"], r["id"]) for r in stage.find("corrective-actions")[:2]])
    made = stage.move(made, "review", by="tanaka", on=day(9, 12))
    review = stage.made("incident-reviews", title=f"{stage.find('incidents', id=made.id)[0]['title']}　報告会")
    review = stage.change(review, "tanaka", day(9, 26), planned_on=day(9, 26), held_on=day(9, 26), chronology="8月25日に感染し、27日に委託先から連絡があった。",
                          went_well="報告を受けて25分で首脳へ届いた。", problems="委託先の端末の状況をつかんでいなかった。", conclusion="契約の書式を改める。",
                          units=[Made("units", "", 0, stage.unit(name)) for name in ("個人番号センター", "総務部", "システム統括室")],
                          lessons=[_lesson("委託先の端末の更新を契約で求める。", "個人番号センター・総務部", day(12, 26), day(12, 12)),
                                   _lesson("委託先からの第一報の窓口を一つにする。", "全部門", day(11, 28), day(11, 20)),
                                   _lesson("発送名簿を渡す前に項目を減らす。", "個人番号センター", day(3, 31), None)], **_plan(stage, "1-2-2-4c"))
    review = stage.move(review, "hold", by="tanaka", on=day(9, 26))
    stage.move(review, "approve_minutes", by="okada", on=day(10, 3))
    if stage.find("corrective-actions"):
        stage.move(made, "close", by="tanaka", on=day(11, 7), row=_entry(at(day(10, 31), 17), "専用の窓口を閉じた。"))


def _lesson(lesson: str, units: str, due: date, spread: date | None) -> dict[str, Any]:
    return {"lesson": lesson, "units": units, "due_on": due, "spread_on": spread}


def _reviews(stage: Stage, incidents: dict[str, Made]) -> None:
    lesson = _lesson("接続の数を監視の項目に加える。", "運用管理本部・システム統括室", day(10, 31), day(10, 20))
    for name, held, chronology, problems, lessons in (
            ("halt", day(8, 19), "午前2時15分に止まり、3時2分に戻った。", "夜間の連絡に16分かかった。", [
                lesson, _lesson("夜間の連絡網を月次で試す。", "全部門", day(9, 30), day(9, 12))]),
            ("probe", day(12, 15), "11月17日の夜に接続があり、翌朝に気付いた。", "首脳への報告が期限を過ぎた。", [
                _lesson("使わない識別を四半期ごとに消す。", "システム統括室", day(2, 27), None),
                _lesson("判断に迷うときも1時間で報告する。", "全部門", day(1, 30), day(1, 23))])):
        review = next(Made("incident-reviews", r["code"], r["version"], r["id"]) for r in stage.find("incident-reviews")
                      if r["title"].startswith(stage.find("incidents", id=incidents[name].id)[0]["title"]))
        review = stage.change(review, "tanaka", held, held_on=held, chronology=chronology, problems=problems, lessons=lessons, went_well="切り分けの手順が役に立った。",
                              **_plan(stage, "1-2-2-4c"))
        review = stage.move(review, "hold", by="tanaka", on=held)
        if name == "halt":
            stage.move(review, "approve_minutes", by="sato", on=held + timedelta(days=7))
    titles = {row["title"]: Made("incidents", row["code"], row["version"], row["id"]) for row in stage.find("incidents")}
    for title, names, planned, held_on in (
            ("第1回インシデント報告会（上半期の軽微な事案）", ("研修案内メールの宛先誤り", "統計処理の遅れ"), day(7, 15), day(7, 15)),
            ("第2回インシデント報告会（ヒヤリハット）", ("宛先を誤ったメールの送信取消し", "手順書の版の取り違え（実施前に気付いた）"), day(11, 20), day(11, 20)),
            ("第3回インシデント報告会（下半期の軽微な事案）", ("特定個人情報を含む書類の誤交付",), day(3, 24), None)):
        told: dict[str, Any] = {} if held_on is None else {
            "held_on": held_on, "chronology": "各部門から経過を聞いた。", "problems": "気付いてから相談するまでに時間がかかる。",
            "lessons": [_lesson("相談の窓口を各部門に置く。", "全部門", held_on + timedelta(days=60), held_on + timedelta(days=40))]}
        review = stage.add("incident-reviews", "sato", held_on or planned - timedelta(days=14), title=title, planned_on=planned, due_on=planned,
                           incidents=[titles[name] for name in names], **told, **_plan(stage, "1-2-2-4c"))
        if held_on:
            review = stage.move(review, "hold", by="sato", on=held_on)
            stage.move(review, "approve_minutes", by="tanaka", on=held_on + timedelta(days=6))


# ---------------------------------------------------------------------------------------------------------------- drills

RATED = ("rating_contact", "rating_response", "rating_decision", "rating_recovery", "rating_publicity")


def _better(text: str, assignee: str, due: date, done: date | None = None, replanned: bool = False) -> dict[str, Any]:
    return {"text": text, "assignee": assignee, "due_on": due, "done_on": done, "next_check_on": None, "replanned": replanned or None}


def _drills(stage: Stage) -> None:
    common = _plan(stage, "1-2-2-4b")
    for name, kind, scope, form, on, target, actual, people, issues, better, last in (
            ("第1回安否確認訓練", "safety", "全職員", "live", day(5, 15), 60, 72, 618, "休暇中の職員の応答が遅い。",
             [_better("応答の方法を携帯端末にも広げる。", "総務部", day(7, 31), day(7, 10))], "closed"),
            ("LGWAN障害復旧訓練", "recovery", "LGWAN", "on_system", day(6, 12), 120, 95, 42, "連絡網の一部不達",
             [_better("連絡網を作り直す。", "総合行政ネットワーク全国センター", day(7, 31), day(7, 25))], "closed"),
            ("大規模災害想定訓練", "switchover", "カード管理システム", "switchover", day(9, 1), 240, 310, 66, "切替手順の版違い",
             [_better("手順書を1か所で管理する。", "運用管理本部", day(10, 31), day(10, 24)),
              _better("切替の判断者を2人にする。", "運用管理本部", day(11, 28), day(11, 21)),
              _better("通信回線の切替を自動にする。", "システム統括室", day(3, 31), replanned=True)], "closed"),
            ("標的型メール訓練（第1回）", "phishing", "全職員", "live", day(9, 18), None, None, 640, "開封した後の報告が少ない。",
             [_better("報告の仕方を研修に加える。", "情報化支援戦略部", day(12, 26), day(12, 19))], "closed"),
            ("サイバー攻撃対応机上訓練", "cyber_tabletop", "全部門", "tabletop", day(10, 23), None, None, 85, "報告様式の重複",
             [_better("様式を一つにする。", "システム統括室", day(1, 30), day(1, 22)), _better("外部への照会先の一覧を作る。", "総務部", day(2, 27))], "improving"),
            ("公的個人認証サービス切替訓練", "switchover", "公的個人認証サービス", "on_system", day(11, 13), 180, 150, 31, "確認の項目が多い。", [], "evaluated"),
            ("LGWAN障害復旧訓練（第2回）", "recovery", "LGWAN", "on_system", day(1, 22), 120, 88, 40, "特になし", [], "closed"),
            ("第2回安否確認訓練", "safety", "全職員", "live", day(1, 16), 60, 55, 640, "特になし", [], "closed"),
            ("業務継続計画の机上訓練", "bcp", "事務局", "tabletop", day(2, 17), None, None, 24, "代替の執務場所の鍵の受渡し", [], "executed")):
        lgwan = {**common, **_plan(stage, "7-1-1b")} if scope == "LGWAN" else common
        systems = {"LGWAN": "総合行政ネットワーク", "カード管理システム": "マイナンバーカード管理システム"}
        made = stage.add("drills", "tanaka", on, name=name, kind=kind, scope=scope, format=form, planned_on=on, held_on=on, target_count=people + 12,
                         participants=people, scenario="想定と進め方は実施要領による。", systems=_some(stage, "systems", systems.get(scope, scope)),
                         rto_target_min=target, rto_actual_min=actual, **lgwan)
        ratings: dict[str, Any] = {r: stage.chance.randint(3, 5) for r in RATED}
        made = stage.move(made, "execute", by="tanaka", on=on)
        if last == "executed":  # its report is late
            continue
        made = stage.change(made, "tanaka", on + timedelta(days=20), issues=issues, improvements=better, improvement_count=len(better), **ratings)
        made = stage.move(made, "evaluate", by="tanaka", on=on + timedelta(days=21))
        if last == "improving":
            made = stage.move(made, "improve", by="tanaka", on=on + timedelta(days=30))
        if last == "closed":
            stage.move(made, "close", by="tanaka", on=max([on + timedelta(days=30), *(b["done_on"] for b in better if b["done_on"])]))
    _sector_wide(stage)
    late = stage.add("drills", "mori", day(12, 1), name="証明書交付センター障害復旧訓練", kind="recovery", scope="証明書交付センター", format="on_system",
                     planned_on=day(1, 29), postponed_to=day(3, 19), rto_target_min=90, scenario="基幹装置の停止", **common)
    late = stage.move(late, "postpone", by="hayashi", on=day(1, 20), reason="システムの更改と重なるため。")
    stage.move(late, "replan", by="hayashi", on=day(1, 21))
    stage.add("drills", "tanaka", day(2, 2), name="標的型メール訓練（第2回）", kind="phishing", scope="全職員", format="live", planned_on=day(2, 26), **common)
    gone = stage.add("drills", "mori", day(7, 1), name="自治体との合同連絡訓練", kind="emergency", scope="自治体", format="joint", planned_on=day(8, 21))
    stage.move(gone, "cancel", by="hayashi", on=day(8, 12), reason="台風の接近により、参加団体が災害対応に当たるため。")


def _sector_wide(stage: Stage) -> None:
    """全分野一斉演習: preparation and the day are over, the follow-up is going on."""
    made = stage.add("drills", "tanaka", day(10, 1), name="全分野一斉演習", kind="sector_wide", scope="全部門", format="joint", planned_on=day(12, 4), target_count=40,
                     scenario="重要な委託先からの連絡が途絶える。", phases=[{"phase": "preparation", "content": "前回の課題の洗い出し", "done_on": day(11, 14)}],
                     **_plan(stage, "11-2-1-3"))
    made = stage.move(made, "prepare", by="sato", on=day(11, 17))
    made = stage.change(made, "sato", day(12, 4), held_on=day(12, 4), participants=38, phases=[
        {"phase": "preparation", "content": "前回の課題の洗い出し", "done_on": day(11, 14)}, {"phase": "day", "content": "演習と振り返り", "done_on": day(12, 4)},
        {"phase": "follow_up", "content": "アンケートと改善の計画", "done_on": None}])
    made = stage.move(made, "execute", by="sato", on=day(12, 4))
    made = stage.change(made, "sato", day(12, 22), issues="外部照会の窓口不明確", improvement_count=1, rating_contact=3, rating_response=4, rating_decision=3,
                        improvements=[_better("外部照会の窓口を決め、一覧にする。", "総務部", day(3, 13))])
    stage.move(made, "evaluate", "improve", by="sato", on=day(12, 24))


# ------------------------------------------------------------------------------------------------------------ continuity


def _continuity(stage: Stage) -> None:
    drilled = {row["name"]: row["id"] for row in stage.find("drills")}
    for name, system, priority, impact, hours, tested, drill, unit in (
            ("マイナンバーカードの発行", "マイナンバーカード管理システム", "critical", "12344", (24, 4, 0), day(9, 1), "大規模災害想定訓練", "運用管理本部"),
            ("公的個人認証サービス", "公的個人認証サービス", "critical", "23444", (12, 3, 0), day(11, 13), "公的個人認証サービス切替訓練", "運用管理本部"),
            ("証明書のコンビニ交付", "証明書交付センター", "high", "12334", (24, 8, 1), date(2024, 11, 21), None, "運用管理本部"),
            ("本人確認情報の提供", "住民基本台帳ネットワークシステム", "critical", "13444", (12, 2, 0), date(2025, 3, 6), None, "個人番号センター"),
            ("総合行政ネットワークの運用", "総合行政ネットワーク", "critical", "23444", (8, 2, 0), day(1, 22), "LGWAN障害復旧訓練（第2回）", "運用管理本部"),
            ("自治体中間サーバーの運用", "自治体中間サーバー・プラットフォーム", "high", "12344", (24, 6, 1), date(2025, 2, 13), None, "個人番号センター"),
            ("研修の申込みと受講", "学習管理システム", "low", "11123", (168, 72, 24), None, None, "個人番号センター"),
            ("契約と支払", None, "medium", "11234", (120, 48, 24), day(2, 17), "業務継続計画の机上訓練", "運用管理本部"),
            ("職員への連絡と安否の確認", None, "high", "22334", (24, 1, 0), day(1, 16), "第2回安否確認訓練", "個人番号センター")):
        mtpd, rto, rpo = (60 * n for n in hours)
        keeper, head = ("mori", "hayashi") if unit == "運用管理本部" else ("suzuki", "aoki")
        on = tested + timedelta(days=14) if drill and tested else day(6, 20)
        made = stage.add(
            "continuity-items", keeper, on, name=name, system_id=next((m.id for m in _some(stage, "systems", system or "")), None),
            priority=priority, **dict(zip(("impact_1h", "impact_4h", "impact_24h", "impact_3d", "impact_7d"), impact, strict=True)), mtpd_min=mtpd,
            rto_min=rto, rpo_min=rpo, resources="要員、端末、通信回線", alternative="紙の様式による受付と、復旧の後の入力",
            backup_site="第2センター" if priority == "critical" else None, last_tested_on=tested, drill_id=drilled.get(drill or ""),
            **_plan(stage, "4-1-2a"))
        if priority != "low":
            stage.move(made, "approve", by=head, on=on + timedelta(days=10))
