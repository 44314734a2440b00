"""The words of crisis management: kinds, severities, causes, regimes, formats, and what ledgers call the states."""

from __future__ import annotations

from grc.kinds import Choice, Integer, Option

KIND = Choice(
    "incident-kind", Option("outage", "システム障害", "System outage", ("障害", "機器障害", "ネットワーク障害")),
    Option("attack", "サイバー攻撃", "Cyber attack", ("DDoS攻撃", "標的型攻撃", "フィッシング", "phishing", "DoS", "brute force")),
    Option("intrusion", "不正アクセスのおそれ", "Suspected intrusion", ("不正アクセス", "不正侵入", "unauthorised access", "unauthorized access")),
    Option("malware", "マルウェア", "Malware", ("ウイルス感染", "マルウェア感染", "ウイルス", "ランサムウェア")),
    Option("leak", "漏えい", "Leak", ("情報漏えい", "漏洩", "情報漏洩", "個人情報漏えい", "data leak")),
    Option("misdelivery", "誤送信・誤交付", "Misdelivery", ("誤送信", "誤交付", "誤送付", "誤配布", "メール誤送信", "FAX誤送信", "誤廃棄")),
    Option("loss", "紛失・盗難", "Loss or theft", ("紛失", "盗難", "置き忘れ", "亡失", "lost device")),
    Option("insider", "内部不正", "Insider misconduct", ("不正持出し", "目的外利用")),
    Option("disaster", "災害", "Disaster", ("自然災害", "地震", "停電", "火災")),
    Option("processor", "委託先事故", "Incident at a processor", ("委託先での事故", "委託先インシデント")),
    Option("service", "外部サービス障害", "Outage of an external service", ("クラウド障害", "回線障害")),
    Option("other", "その他", "Other", ("misconfiguration",)))
SEVERITY = Choice(
    "incident-severity", Option("0", "0 ヒヤリハット", "0 Near miss", ("ヒヤリハット", "レベル0", "Lv0", "level 0", "near miss")),
    Option("1", "1 軽微", "1 Minor", ("軽微", "低", "レベル1", "Lv1", "level 1", "low", "minor")),
    Option("2", "2 中", "2 Medium", ("中", "レベル2", "Lv2", "level 2", "medium", "moderate")),
    Option("3", "3 高", "3 High", ("高", "レベル3", "Lv3", "level 3", "high")),
    Option("4", "4 重大", "4 Critical", ("重大", "レベル4", "Lv4", "level 4", "critical")))
CAUSE = Choice(
    "incident-cause", Option("human", "人為", "Human error", ("人的ミス", "ヒューマンエラー", "操作ミス", "人為ミス")),
    Option("procedure", "設定・手順", "Settings or procedure", ("設定ミス", "手順不備", "設定", "手順")),
    Option("software", "ソフト不具合", "Software fault", ("ソフトウェア不具合", "プログラム不具合", "バグ")),
    Option("hardware", "機器", "Hardware", ("機器故障", "ハードウェア")), Option("network", "回線", "Network", ("通信回線", "ネットワーク")),
    Option("attack", "外部攻撃", "Attack from outside", ("サイバー攻撃",)), Option("processor", "委託先", "Processor", ("委託先起因",)),
    Option("disaster", "災害", "Disaster", ("自然災害", "停電")), Option("unknown", "不明", "Unknown"))
REGIME = Choice(
    "breach-regime", Option("appi", "個情法26条", "APPI Art. 26", ("個人情報保護法", "個人情報保護法26条", "個情法")),
    Option("my_number", "番号法29条の4", "My Number Act Art. 29-4", ("番号法", "マイナンバー法")),
    Option("my_number_guideline", "番号法ガイドライン", "My Number guideline", ("番号法ガイドライン（行政機関等編）",)),
    Option("p_mark", "プライバシーマーク", "PrivacyMark", ("Pマーク", "プライバシーマーク制度")),
    Option("designated", "指定法人・所管省庁", "Rules for designated bodies", ("所管省庁", "主務省", "NISC")),
    Option("entruster", "委託元への通知", "Notice to the entruster", ("委託元",)))
DRILL_KIND = Choice(
    "drill-kind", Option("emergency", "緊急時対応", "Emergency response", ("緊急時対応訓練", "初動対応訓練", "大規模災害想定訓練")),
    Option("recovery", "障害復旧", "Recovery from failure", ("障害復旧訓練", "復旧訓練")),
    Option("switchover", "切替", "Switch-over", ("切替訓練", "バックアップ切替訓練")),
    Option("cyber_tabletop", "サイバー机上", "Cyber tabletop", ("サイバー攻撃対応机上訓練", "サイバー机上訓練", "机上訓練", "CSIRT訓練")),
    Option("safety", "安否確認", "Safety confirmation", ("安否確認訓練", "防災訓練")),
    Option("sector_wide", "全分野一斉演習", "Sector-wide exercise", ("分野横断的演習", "NISC演習")),
    Option("phishing", "標的型メール", "Targeted e-mail", ("標的型メール訓練", "標的型攻撃メール訓練")), Option("bcp", "BCP", "Continuity", ("BCP訓練", "業務継続訓練")))
FORMAT = Choice(
    "drill-format", Option("tabletop", "机上", "Tabletop", ("机上訓練",)), Option("live", "実動", "Live", ("実働", "実地")),
    Option("on_system", "実機", "On the system", ("実機訓練",)), Option("switchover", "切替", "Switch-over", ("実切替",)),
    Option("joint", "合同演習", "Joint exercise", ("NISC演習", "合同", "演習")))
PHASE = Choice("drill-phase", Option("preparation", "事前準備", "Preparation", ("課題洗い出し",)), Option("day", "当日", "On the day"),
               Option("follow_up", "事後改善", "Follow-up", ("フォローアップ", "アンケート")))
MET = Choice("drill-met", Option("met", "達成", "Met", ("○", "〇", "◎", "達成済", "達成済み", "有", "yes")),
             Option("missed", "未達", "Missed", ("×", "✕", "未達成", "不達成", "達成せず", "no")))
RATING = Integer(1, 5)
HARM = Choice("continuity-impact", Option("1", "1 小", "1 Small", ("小", "軽微")), Option("2", "2 中", "2 Medium", ("中",)),
              Option("3", "3 大", "3 Large", ("大",)), Option("4", "4 甚大", "4 Severe", ("甚大", "重大")))
PRIORITY = Choice("continuity-priority", Option("critical", "最重要", "Critical", ("最優先", "S")), Option("high", "重要", "High", ("高", "A")),
                  Option("medium", "通常", "Medium", ("中", "B")), Option("low", "低", "Low", ("C",)))
INCIDENT_WORDS = {
    "detected": "発生 受付 新規 報告 未着手 open new", "triaged": "判定済み 調査前", "responding": "調査中 処理中 対処中 inprogress investigating",
    "contained": "封じ込め 応急対応済み 応急復旧", "recovered": "復旧済み 復旧完了 完全復旧 resolved", "reviewing": "報告会待ち 振り返り 原因調査中",
    "closed": "完了 対応完了 対応済 対応済み 解決 解決済み 収束 終息 終了 クローズ 済 done", "false_alarm": "誤検知 非該当 対象外 falsepositive"}
DRILL_WORDS = {"planned": "予定 計画中 未実施 未", "executed": "実施済 実施済み 実施 済 済み 完了", "postponed": "延期中", "cancelled": "取りやめ 未実施（中止）"}
"""What ledgers call the states, by state."""
