"""What the list of laws and the whistleblowing cases ask beyond a declaration.

Sources: JIS Q 15001:2023 4.1 (laws are listed and reviewed), 公益通報者保護法 with its guidelines (令和3年内閣府告示
第118号: named handlers, conflicts of interest, notice of receipt and of the outcome). What neither names is a proposal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from grc import calendar, settings
from grc.case import Case, Change, Consequence
from grc.text import Text
from registers.rules.spans import months_later

Values = Mapping[str, Any]
ENABLED = settings.declare("whistleblowing_enabled", False, "内部通報の台帳を使う", "Use the register of whistleblowing cases")
ACKNOWLEDGE_DAYS = 20
ACKNOWLEDGE_LIMIT = settings.declare("whistleblowing_acknowledge_days", ACKNOWLEDGE_DAYS, "内部通報の受領を通知するまでの日数（受付日から）",
                                     "Days from receipt to the notice of receipt of a whistleblowing case")

# -------------------------------------------------------------------------------------------------------------- laws


def review_due(values: Values) -> date | None:
    """見直し期限: a year after the last review; an amendment since then makes it due when it takes effect, or at once."""
    last, amended = values["last_reviewed_on"], values["amended_on"]
    yearly = months_later(last, 12) if last else None
    if amended is None or (last is not None and amended <= last):
        return yearly
    return min(day for day in (yearly, max(amended, values["effective_on"] or amended)) if day is not None)


def measures_planned(case: Case) -> Text | None:
    """What is complied with in part or not at all names what will be done, and by when."""
    v = case.values
    if v["compliance"] not in ("partly", "not") or (v["measures"] is not None and v["measures_due_on"] is not None):
        return None
    return Text("順守していない点があるので、対応策とその期限が要ります。記入してからもう一度どうぞ。",
                "It is not fully complied with: say what will be done, and by when.")


def reviewed(case: Case) -> Values:
    """A review is done today."""
    return {"last_reviewed_on": case.today}


# ----------------------------------------------------------------------------------------------------- whistleblowing

HANDLING = frozenset({"risk_officer", "kanji"})
"""The roles from which handlers (公益通報対応業務従事者) are named."""


def handlers_named(case: Case) -> Text | None:
    """At least one handler, each of them somebody who can open the register; who enters a case is one of them."""
    accounts = [row["account"] for row in case.values["handlers"]]
    if not accounts:
        return Text("取扱者を1人以上決めてください。取扱者だけがこの記録を見られます。",
                    "Name at least one handler. Only handlers see this record.")
    if case.is_new and case.actor.name not in accounts:
        return Text(f"登録する人（{case.actor.name}）を取扱者に入れてください。入っていないと、登録したあと自分でも見られません。",
                    f"Add yourself ({case.actor.name}) to the handlers, or you will not see the record yourself.")
    for account in accounts if case.changed("handlers") and not case.loading else ():
        person = case.facts.person(account)
        if person is None or person.name != account or not person.roles & HANDLING:
            return Text(f"取扱者「{account}」は、この台帳を扱える利用者のログイン名ではありません。リスク管理担当か監事のログイン名を入れてください。",
                        f'"{account}" is no sign-in name of somebody who may handle cases. Enter that of a risk officer or a kanji.')
    return None


def no_conflict(case: Case) -> Text | None:
    """利益相反の排除: nobody handles a case that concerns them (告示第118号 第4 1(4))."""
    if case.values["conflict_checked"]:
        return None
    return Text("取扱者が事案に関係していないことを確かめ、「利益相反の確認」を○にしてください。",
                "Make sure that no handler is concerned by the case, and mark the check of conflicts of interest.")


def acknowledge_due(values: Values) -> date | None:
    """受領通知の期限: 20 days after receipt unless the body set another limit; none where nobody can be told."""
    if values["received_on"] is None or values["channel"] == "anonymous":
        return None
    return calendar.add_days(values["received_on"], values["limit_days"] or ACKNOWLEDGE_DAYS)


def set_limit(case: Case) -> Iterable[Consequence]:
    """A new case keeps the limit that the body had set on the day it came in."""
    limit = int(case.facts.setting(ACKNOWLEDGE_LIMIT))
    if case.is_new and case.values["limit_days"] is None and limit != ACKNOWLEDGE_DAYS:
        yield Change("whistleblowing-cases", case.values["id"], Text("受領通知の日数の設定による", "By the setting of the limit"), {"limit_days": limit})


def acknowledged(case: Case) -> Text | None:
    """受領の通知 comes before a decision, unless the person is not known (公益通報者保護法の指針)."""
    if case.values["acknowledged_on"] is not None or case.values["channel"] == "anonymous":
        return None
    return Text("通報者への受領の通知がまだです。通知した日を記入してからもう一度どうぞ。",
                "The person has no notice of receipt yet. Enter the day of the notice first.")


def remedied_and_told(case: Case) -> Text | None:
    """A case ends when what was found is remedied and the person was told the outcome (告示第118号 第4 3(2))."""
    v = case.values
    if v["finding"] in ("confirmed", "partly") and v["remedied_on"] is None:
        return Text("事実が認められたので、是正が要ります。「是正を記録する」をしてから終了してください。",
                    "The facts were confirmed and call for a remedy. Record it, then close the case.")
    if v["notified_on"] is None and v["channel"] != "anonymous":
        return Text("通報者への結果の通知がまだです。通知した日を記入してからもう一度どうぞ。",
                    "The person was not told the outcome yet. Enter the day of the notice first.")
    return None


def something_found(case: Case) -> Text | None:
    """A remedy follows from facts."""
    if case.values["finding"] in ("confirmed", "partly"):
        return None
    return Text("調査で事実が認められていないので、是正の記録はありません。そのまま終了できます。",
                "No facts were confirmed, so there is nothing to remedy. The case can be closed.")
