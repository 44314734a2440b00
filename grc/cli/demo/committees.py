"""The demo's committees: members, a year of meetings with their papers and decisions, consultations, self-assessments.

The committees themselves are those of the body's plan; where they were not loaded there is nothing to fill.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from grc.calendar import TOKYO
from grc.cli.demo.stage import YEAR, Made, Stage

CHAIRS = {"CM-01": "okada", "CM-02": "okada", "CM-03": "maeda", "CM-04": "okada", "CM-05": "inoue", "CM-06": "inoue"}
"""Who chairs and has an account; the chairs of the other two protection committees do not sign in yet."""
RULES: dict[str, dict[str, Any]] = {
    "CM-01": {"quorum_rule": "majority", "proxies_count": True}, "CM-02": {"quorum_rule": "majority", "proxies_count": True},
    "CM-03": {"quorum_rule": "majority", "proxies_count": True}, "CM-04": {"quorum_rule": "half"}, "CM-05": {"quorum_rule": "number", "quorum_num": 2},
    "CM-06": {"quorum_rule": "majority"}, "CM-07": {"quorum_rule": "majority"}, "CM-08": {"quorum_rule": "two_thirds"}}
MEMBERS = (
    ("CM-01", "岡田 進", "chair", "理事（最高統括リスク管理責任者）", "okada"), ("CM-01", "前田 隆", "member", "システム統括室長", "maeda"),
    ("CM-01", "青木 美樹", "member", "個人番号センター長", None), ("CM-01", "林 久美子", "member", "運用管理本部長", None),
    ("CM-01", "上田 桂", "secretary", "総務部", "ueda"),
    ("CM-02", "岡田 進", "chair", "理事（最高統括リスク管理責任者）", "okada"), ("CM-02", "藤田 亮", "member", "個人情報保護管理者", "fujita"),
    ("CM-02", "前田 隆", "member", "システム統括室長", "maeda"), ("CM-02", "林 久美子", "member", "運用管理本部長", None),
    ("CM-02", "田中 恵子", "secretary", "総務部", "tanaka"),
    ("CM-03", "前田 隆", "chair", "最高情報セキュリティ責任者", "maeda"), ("CM-03", "西 真理", "member", "情報セキュリティ大学校 教授", "nishi"),
    ("CM-03", "林 久美子", "member", "運用管理本部長", None), ("CM-03", "石井 翔", "secretary", "システム統括室", "ishii"),
    ("CM-04", "岡田 進", "chair", "理事", "okada"), ("CM-04", "山本 由美", "member", "総務部長", "yamamoto"), ("CM-04", "林 久美子", "member", "運用管理本部長", None),
    ("CM-05", "井上 学", "chair", "みずほの大学 法学部教授", "inoue"), ("CM-05", "長谷川 文子", "member", "公認会計士", None),
    ("CM-05", "大西 康平", "member", "弁護士", None),
    ("CM-06", "井上 学", "chair", "みずほの大学 法学部教授", "inoue"), ("CM-06", "西 真理", "member", "情報セキュリティ大学校 教授", "nishi"),
    ("CM-06", "村上 玲子", "member", "元市長", None), ("CM-06", "坂本 徹", "member", "弁護士", None),
    ("CM-07", "竹内 正樹", "chair", "電子認証研究所 所長", None), ("CM-07", "吉川 葉子", "member", "弁護士", None),
    ("CM-07", "野口 剛", "member", "県 情報政策課長", None),
    ("CM-08", "黒田 雅子", "chair", "青空大学 名誉教授", None), ("CM-08", "平野 誠", "member", "弁護士", None), ("CM-08", "三浦 香", "member", "消費生活相談員", None))
MEETINGS: tuple[tuple[Any, ...], ...] = (
    # committee, number, day, days to the draft, disclosure, who was away, items: (kind, title, presenter, conclusion)
    ("CM-01", 1, date(2025, 5, 28), 9, "summary", (), (
        ("deliberation", "令和7年度の内部統制活動の計画", "総務部", "計画のとおり進める。"), ("report", "令和6年度の統制自己評価の結果", "総務部", "報告を受けた。"))),
    ("CM-01", 2, date(2026, 2, 25), 12, "summary", ("青木 美樹",), (
        ("report", "令和7年度の統制自己評価の結果", "総務部", "弱い評価の4件は改善計画を次回に確かめる。"),
        ("approval", "内部統制の規程の一部改正", "総務部", "承認する。"))),
    ("CM-02", 1, date(2025, 6, 12), 10, "closed", (), (
        ("deliberation", "重要リスクの見直し", "総務部", "委託先の事故を重要リスクに加える。"), ("report", "訓練の年間計画", "運用管理本部", "報告を受けた。"))),
    ("CM-02", 2, date(2025, 9, 11), 21, "closed", ("林 久美子",), (("report", "インシデントの発生状況（上半期）", "総務部", "報告を受けた。"),)),
    ("CM-02", 3, date(2025, 12, 11), 8, "closed", (), (
        ("deliberation", "高い残留リスクの受容", "運用管理本部", "期限を付けて受け入れる。"), ("report", "個人情報の取扱状況", "総務部", "報告を受けた。"))),
    ("CM-02", 4, date(2026, 3, 12), 13, "closed", (), (("approval", "令和8年度のリスク対応計画", "総務部", "承認する。"),)),
    ("CM-03", 1, date(2025, 6, 24), 7, "closed", (), (
        ("deliberation", "情報セキュリティ対策の方針の改定", "システム統括室", "改定案のとおり決める。"),
        ("report", "脆弱性診断の計画", "システム統括室", "報告を受けた。"))),
    ("CM-03", 2, date(2025, 10, 21), 10, "closed", (), (
        ("approval", "例外措置の承認基準", "システム統括室", "承認する。"), ("report", "自己点検の実施状況", "システム統括室", "報告を受けた。"))),
    ("CM-03", 3, date(2026, 2, 17), 18, "closed", ("林 久美子",), (("report", "適用宣言書の改訂", "システム統括室", "報告を受けた。"),)),
    ("CM-04", 1, date(2025, 10, 2), 6, "closed", (), (
        ("deliberation", "一者応札を減らす取組", "総務部", "仕様書の事前の意見招請を広げる。"), ("deliberation", "共同調達の対象の拡大", "総務部", "否とする。"))),
    ("CM-05", 1, date(2025, 7, 15), 10, "summary", (), (("deliberation", "令和6年度下半期の契約の点検", "総務部", "4件について意見を付ける。"),)),
    ("CM-05", 2, date(2025, 12, 16), 9, "summary", ("大西 康平",), (
        ("deliberation", "令和7年度上半期の契約の点検", "総務部", "2件について意見を付ける。"), ("report", "前回の意見への対応", "総務部", "報告を受けた。"))),
    ("CM-06", 1, date(2025, 7, 29), 11, "summary", ("坂本 徹",), (
        ("deliberation", "本人確認情報の提供先の追加", "個人番号センター", "適当と認める。"),
        ("report", "利用と提供の状況（令和6年度）", "個人番号センター", "報告を受けた。"))),
    ("CM-06", 2, date(2026, 2, 3), 14, "summary", (), (
        ("deliberation", "附票本人確認情報の安全管理", "個人番号センター", "記録の点検を月次にすることを条件に適当と認める。"),)),
    ("CM-07", 1, date(2025, 8, 5), 10, "summary", (), (("deliberation", "認証業務の委託先の変更", "個人番号センター", "適当と認める。"),)),
    ("CM-07", 2, date(2026, 2, 10), 12, "summary", ("竹内 正樹", "野口 剛"), (
        ("deliberation", "失効情報の保存期間の見直し", "個人番号センター", None), ("report", "認証業務の運用状況", "個人番号センター", "報告を受けた。"))),
    ("CM-08", 1, date(2025, 8, 26), 9, "summary", (), (("deliberation", "特定個人情報の取扱いの評価", "個人番号センター", "適当と認める。"),)),
    ("CM-08", 2, date(2026, 3, 10), None, "summary", ("三浦 香",), (("report", "委託先の点検の結果", "個人番号センター", None),)),
)
LAST_STEPS = {("CM-02", 4): "review", ("CM-03", 3): "draft", ("CM-07", 1): "review", ("CM-07", 2): "draft", ("CM-08", 1): "review"}
"""Minutes that went no further: without a chair who signs in, or still being written."""
RESOLUTIONS: tuple[tuple[Any, ...], ...] = (
    # title of the agenda item, text, votes, how it ended, conditions
    ("令和7年度の内部統制活動の計画", "令和7年度の内部統制活動の計画を別紙のとおり決定する。", (4, 0, 0), "adopt", None),
    ("内部統制の規程の一部改正", "内部統制規程の一部を改正し、令和8年4月1日から施行する。", (3, 0, 0), "adopt", None),
    ("重要リスクの見直し", "重要リスクの一覧を別紙のとおり改める。", (4, 0, 0), "adopt", None),
    ("高い残留リスクの受容", "残留リスク2件を令和8年9月末まで受け入れる。", (3, 1, 0), "adopt_on_conditions", "四半期ごとに状況を報告すること。"),
    ("情報セキュリティ対策の方針の改定", "情報セキュリティ対策の方針を改定する。", (3, 0, 0), "adopt", None),
    ("例外措置の承認基準", "例外措置の承認基準を定める。", (2, 0, 1), "adopt", None),
    ("共同調達の対象の拡大", "共同調達の対象を物品全般に広げる。", (1, 2, 0), "reject", None),
    ("本人確認情報の提供先の追加", "諮問のとおりとすることを適当と認める。", (3, 0, 0), "adopt", None),
    ("附票本人確認情報の安全管理", "条件を付けて適当と認める。", (4, 0, 0), "adopt_on_conditions", "記録の点検を月次で行うこと。"),
    ("令和8年度のリスク対応計画", "令和8年度のリスク対応計画を別紙のとおりとする。", (None, None, None), None, None),
)
ACTIONS: tuple[tuple[Any, ...], ...] = (
    # agenda item, what is asked for, unit, who answers, due, answered, how it went on
    ("令和7年度の内部統制活動の計画", "各部門の責任者の一覧を示すこと。", "総務部", "ueda", date(2025, 6, 30), date(2025, 6, 20), "confirm"),
    ("令和6年度の統制自己評価の結果", "評価が低い部門への支援策を示すこと。", "総務部", "ueda", date(2025, 9, 30), date(2025, 10, 9), "confirm"),
    ("重要リスクの見直し", "委託先の事故の事例を集めて示すこと。", "個人番号センター", "suzuki", date(2025, 9, 1), date(2025, 8, 28), "confirm"),
    ("訓練の年間計画", "夜間の訓練を加える案を示すこと。", "運用管理本部", "mori", date(2025, 9, 5), date(2025, 9, 3), "confirm"),
    ("インシデントの発生状況（上半期）", "誤送付の原因を部門別に示すこと。", "個人番号センター", "suzuki", date(2025, 11, 28), date(2025, 12, 5), "confirm"),
    ("高い残留リスクの受容", "代替手段の費用を示すこと。", "運用管理本部", "mori", date(2026, 2, 27), date(2026, 2, 20), "answer"),
    ("個人情報の取扱状況", "廃棄記録の様式をそろえること。", "総務部", None, date(2026, 3, 6), None, "start"),
    ("情報セキュリティ対策の方針の改定", "職員向けの要約を作ること。", "システム統括室", None, date(2025, 9, 30), None, "carry_over"),
    ("脆弱性診断の計画", "前年度に残った所見の状況を示すこと。", "システム統括室", "ueda", date(2025, 10, 10), date(2025, 10, 8), "confirm"),
    ("自己点検の実施状況", "未回答の部門に理由を確かめること。", "システム統括室", None, date(2026, 1, 30), None, None),
    ("一者応札を減らす取組", "他法人の事例を調べること。", "総務部", "ueda", date(2026, 1, 16), date(2026, 1, 15), "answer"),
    ("令和6年度下半期の契約の点検", "入札に加わらなかった者の声を集めること。", "総務部", "ueda", date(2025, 11, 28), date(2025, 11, 20), "confirm"),
    ("本人確認情報の提供先の追加", "提供先の安全管理の確認結果を示すこと。", "個人番号センター", "suzuki", date(2026, 1, 30), date(2026, 1, 22), "confirm"),
    ("失効情報の保存期間の見直し", "他国の保存期間を調べること。", "個人番号センター", None, date(2026, 3, 31), None, None),
    ("適用宣言書の改訂", "適用しない管理策の理由を見直すこと。", "システム統括室", None, None, None, None),
)
CONSULTATIONS: tuple[tuple[Any, ...], ...] = (
    # committee, meeting that replied, subject, question, consulted, reply asked for by, replied, reply, what was done
    ("CM-06", 1, "本人確認情報の提供先の追加について", "法令の改正で加わる提供先への提供の方法は適当か。", date(2025, 6, 20), date(2025, 8, 31), date(2025, 7, 29),
     "適当と認める。提供の記録を年1回点検すること。", "点検の手順を定め、令和7年10月から行っている。"),
    ("CM-06", 2, "附票本人確認情報の安全管理について", "保管と消去の方法は適当か。", date(2025, 12, 15), date(2026, 2, 28), date(2026, 2, 3),
     "記録の点検を月次で行うことを条件に適当と認める。", None),
    ("CM-07", 1, "認証業務の委託先の変更について", "新しい委託先の安全管理措置は適当か。", date(2025, 6, 30), date(2025, 8, 31), date(2025, 8, 5),
     "適当と認める。", "令和7年10月に切り替えた。"),
    ("CM-07", None, "失効情報の保存期間の見直しについて", "保存期間を延ばすことは適当か。", date(2025, 12, 22), date(2026, 3, 31), None, None, None),
    ("CM-08", 1, "特定個人情報の取扱いの評価について", "評価書の案は適当か。", date(2025, 7, 1), date(2025, 9, 30), date(2025, 8, 26), "適当と認める。", None),
    ("CM-08", None, "委託先の監督の方法について", "実地の確認の回数は適当か。", date(2026, 3, 16), date(2026, 6, 30), None, None, None),
)
SCOPES = {"CM-06": "identity_info", "CM-07": "cert_info", "CM-08": "specific_pi"}
ELEMENTS = ("environment", "risk", "activities", "communication", "monitoring", "ict")
QUESTIONS = {"environment": ("行動の基準を職員に知らせているか", "権限と責任を文書で定めているか"), "risk": ("重要な業務のリスクを毎年洗い出しているか",),
             "activities": ("承認と実施を別の者が行っているか", "手順書が実際と合っているか"), "communication": ("悪い知らせが上に届くか",),
             "monitoring": ("日常の点検の結果を記録しているか",), "ict": ("利用者の権限を定期に見直しているか", "委託先の作業を確かめているか")}
ANSWERING = {"個人番号センター": "aoki", "運用管理本部": "hayashi", "情報化支援戦略部": "cli", "教育研修部": None}
"""Who answers for a unit; the answers of one came on paper, those of another are still missing."""


def fill(stage: Stage) -> None:
    """Fiscal year 2025."""
    committees = {row["number"]: int(row["id"]) for row in stage.find("committees")}
    if not set(RULES) <= committees.keys():
        return
    _members(stage, committees)
    meetings, items = _meetings(stage, committees)
    _resolutions(stage, items)
    _actions(stage, items)
    _consultations(stage, committees, meetings)
    _self_assessments(stage, meetings["CM-01", 2])


def _members(stage: Stage, committees: dict[str, int]) -> None:
    for number, rule in RULES.items():
        stage.change(stage.made("committees", number=number), "ueda", date(2025, 4, 1), **rule)
    for number, name, role, affiliation, account in MEMBERS:
        outside = number in ("CM-05", *SCOPES)
        bound = [{"subject": "認証業務の委託先", "reason": "候補者の顧問であるため"}] if name == "野口 剛" else []
        stage.add("committee-members", "ueda", date(2025, 4, 2), name=name, committee_id=committees[number], role=role, affiliation=affiliation, account=account,
                  term_start=date(2025, 4, 1) if outside else None, term_end=date(2027, 3, 31) if outside else None, recusals=bound)
    left = stage.add("committee-members", "ueda", date(2025, 4, 2), name="小山 清", committee_id=committees["CM-07"], role="member", affiliation="元技術監",
                     term_start=date(2023, 4, 1))
    stage.move(left, "retire", by="ueda", on=date(2025, 6, 30), reason="任期の途中で辞任した。")


def _meetings(stage: Stage, committees: dict[str, int]) -> tuple[dict[tuple[str, int], Made], dict[str, tuple[Made, Made, int]]]:
    """The meetings by committee and number; the agenda items by title, each with its meeting and committee."""
    names = {row["id"]: row["name"] for row in stage.find("committees")}
    meetings = {(number, n): stage.add(
        "meetings", "ueda", date(2025, 4, 10), name=f"{names[committees[number]]}（令和7年度第{n}回）", committee_id=committees[number], number=n, planned_on=day,
        format="hybrid" if number in SCOPES else "in_person", disclosure=disclosure, place="本部 第1会議室") for number, n, day, _, disclosure, *_ in MEETINGS}
    items: dict[str, tuple[Made, Made, int]] = {}
    for number, n, day, draft, disclosure, away, agenda in MEETINGS:
        key, after = (number, n), day + timedelta(days=1)
        meetings[key] = meeting = stage.move(stage.change(
            meetings[key], "ueda", after, held_at=datetime.combine(day, time(14), tzinfo=TOKYO).astimezone(UTC), attendance=_attendance(number, away),
            papers="\n".join(f"資料{k}　{title}" for k, (_, title, *_) in enumerate(agenda, 1))), "hold", by="ueda", on=after)
        for k, (kind, title, presenter, conclusion) in enumerate(agenda, 1):
            item = stage.add("agenda-items", "ueda", after, title=title, committee_id=committees[number], meeting_id=meeting, number=k, kind=kind,
                             presenter=presenter, papers=f"資料{k}", conclusion=conclusion)
            if conclusion:
                stage.move(item, "conclude", by="ueda", on=after)
            elif draft:
                stage.move(item, "continue", by="ueda", on=after, reason="出席者が定足数に足りないため、次回に審議する。")
            items[title] = (item, meeting, committees[number])
        if draft:
            meetings[key] = _minutes(stage, meeting, key, day + timedelta(days=draft), disclosure, agenda)
    stage.attach(meetings["CM-01", 1], "ueda", date(2025, 5, 29), "資料1.txt", "令和7年度の内部統制活動の計画（案）")
    stage.attach(meetings["CM-06", 1], "ueda", date(2025, 7, 30), "資料1.txt", "本人確認情報の提供先の追加について")
    off = stage.add("meetings", "ueda", date(2025, 4, 10), name=f"{names[committees['CM-04']]}（令和7年度第2回）", committee_id=committees["CM-04"], number=2,
                    planned_on=date(2026, 2, 5))
    stage.move(off, "cancel", by="ueda", on=date(2026, 1, 28), reason="議題がないため。")
    shared = stage.add("meetings", "ueda", date(2025, 11, 6), name=f"{names[committees['CM-09']]}（令和7年度第1回）", committee_id=committees["CM-09"], number=1,
                       held_at=datetime(2025, 11, 5, 5, tzinfo=UTC), attended=14, format="online", disclosure="closed", papers="事案3件の経過と再発防止策")
    stage.move(shared, "hold", by="ueda", on=date(2025, 11, 6))
    return meetings, items


def _attendance(number: str, away: tuple[str, ...]) -> list[dict[str, Any]]:
    there = [(name, "observer" if role == "secretary" else "absent" if name in away else "present") for committee, name, role, *_ in MEMBERS if committee == number]
    return [{"name": name, "attendance": how} for name, how in there]


def _minutes(stage: Stage, meeting: Made, key: tuple[str, int], day: date, disclosure: str, agenda: tuple[tuple[Any, ...], ...]) -> Made:
    """The minutes of a meeting, as far as they went."""
    text = "\n".join(f"{k}　{title}：{conclusion or '次回に審議する。'}" for k, (_, title, _, conclusion) in enumerate(agenda, 1))
    meeting = stage.move(stage.change(meeting, "ueda", day, minutes=text, summary=text if disclosure == "summary" else None), "draft", by="ueda", on=day)
    last = LAST_STEPS.get(key, "publish")
    if last != "draft":
        meeting = stage.move(meeting, "review", by="tanaka", on=day + timedelta(days=3))
    if last == "publish":
        meeting = stage.move(meeting, "approve", by=CHAIRS[key[0]], on=day + timedelta(days=10))
        if disclosure == "summary":
            meeting = stage.move(meeting, "publish", by="ueda", on=day + timedelta(days=14))
    return meeting


def _resolutions(stage: Stage, items: dict[str, tuple[Made, Made, int]]) -> None:
    for title, text, (yes, no, abstain), end, conditions in RESOLUTIONS:
        item, meeting, committee = items[title]
        on = stage.find("meetings", id=meeting.id)[0]["held_on"] + timedelta(days=1)
        made = stage.add("resolutions", "ueda", on, title=f"{title}について", committee_id=committee, meeting_id=meeting, agenda_item_id=item, text=text,
                         votes_for=yes, votes_against=no, votes_abstain=abstain, conditions=conditions, effective_on=date(2026, 4, 1) if "施行" in text else None)
        if end:
            stage.move(made, end, by="ueda", on=on)


def _actions(stage: Stage, items: dict[str, tuple[Made, Made, int]]) -> None:
    for title, asked, unit, who, due, answered, end in ACTIONS:
        item, meeting, committee = items[title]
        on = stage.find("meetings", id=meeting.id)[0]["held_on"] + timedelta(days=1)
        made = stage.add("action-items", "ueda", on, title=asked, committee_id=committee, meeting_id=meeting, agenda_item_id=item, unit_id=stage.unit(unit),
                         due_on=due, asked_by="委員")
        if answered:
            made = stage.move(stage.change(made, who, answered, answer="資料のとおり取りまとめた。"), "answer", by=who, on=answered)
        if end == "confirm":
            stage.move(made, "confirm", by="okada" if who == "ueda" else "ueda", on=answered + timedelta(days=12))
        elif end == "start":
            stage.move(made, "start", by="ueda", on=on + timedelta(days=20))
        elif end == "carry_over":
            stage.move(made, "carry_over", by="ueda", on=due, row={"due_after": date(2026, 3, 31), "reason": "方針の改定の施行に合わせるため。"})


def _consultations(stage: Stage, committees: dict[str, int], meetings: dict[tuple[str, int], Made]) -> None:
    assets = stage.find("personal-data-assets")
    for number, n, subject, question, asked, due, replied, reply, done in CONSULTATIONS:
        flag = f"is_{SCOPES[number]}"
        made = stage.add("consultations", "ueda", asked, subject=subject, committee_id=committees[number], protected_scope=SCOPES[number], consulted_on=asked,
                         question=question, reply_due_on=due, assets=[("personal-data-assets", a["id"]) for a in assets if a.get(flag)][:2])
        if asked < date(2026, 3, 1):
            made = stage.move(made, "deliberate", by="ueda", on=asked + timedelta(days=7))
        if replied:
            made = stage.move(stage.change(made, "ueda", replied + timedelta(days=2), answered_on=replied, answer=reply, meeting_id=meetings[number, n]),
                              "answer", by="ueda", on=replied + timedelta(days=2))
        if done:
            stage.move(stage.change(made, "ueda", date(2025, 11, 4), follow_up=done, acted_on=date(2025, 10, 31)), "act_on", by="ueda", on=date(2025, 11, 4))


def _self_assessments(stage: Stage, reported_at: Made) -> None:
    for n, (unit, head) in enumerate(ANSWERING.items()):
        for k, element in enumerate(ELEMENTS):
            scores = [stage.chance.choice((2, 3, 3, 3, 4, 4)) for _ in QUESTIONS[element]]
            weak = min(scores) <= 2
            made = stage.add("control-self-assessments", "sato", date(2025, 9, 1), element=element, fiscal_year=YEAR, unit_id=stage.unit(unit),
                             due_on=date(2025, 10, 31), purpose_effectiveness=True, purpose_compliance=element in ("environment", "activities"),
                             purpose_assets=element == "ict", purpose_reporting=element == "communication", basis="規程、点検の記録、職員への聞き取り",
                             questions=[{"question": q, "design": 3, "operation": s} for q, s in zip(QUESTIONS[element], scores, strict=True)],
                             issue="手順書と実際の作業が違うところがある。" if weak else None, improvement="令和8年6月までに手順書を改める。" if weak else None)
            if head is None or (n == 1 and k == 5):
                continue
            made = stage.move(made, "answer", by=head, on=date(2025, 10, 20 + k))
            if n == 1 and k > 2:
                continue
            made = stage.move(made, "review", by="tanaka", on=date(2025, 11, 17))
            if k % 3 == 0 and n < 2:
                made = stage.move(made, "sample", by="sasaki", on=date(2026, 1, 20), row={
                    "sampled_on": date(2026, 1, 20), "agrees": k == 0, "remark": "記録を確かめた。"})
            if n == 0:
                stage.move(stage.change(made, "ueda", date(2026, 2, 26), meeting_id=reported_at), "report", by="ueda", on=date(2026, 2, 26))
