"""What requests of data subjects and certifications ask beyond a declaration.

Sources: 個人情報保護法 (76条以下), the Privacy Mark regulation (プライバシーマーク付与の規約: term, window of renewal,
changes to report), ISO/IEC 17021-1 (the cycle of an ISMS certificate). What none of them names is a setting or a proposal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from grc import calendar, settings
from grc.case import Case, Change, Consequence, Create
from grc.text import Text
from registers.rules.spans import months_later

Values = Mapping[str, Any]
REQUEST_DAYS = 14
REQUEST_LIMIT = settings.declare("privacy_request_days", REQUEST_DAYS, "開示等の請求・苦情に回答するまでの日数（受付日から）",
                                 "Days from receipt to the answer of a request or complaint")

# ---------------------------------------------------------------------------------------------------------- requests


def request_due(values: Values) -> date | None:
    """回答期限: the internal limit from the day of receipt, or as prolonged."""
    if values["received_on"] is None:
        return None
    longer = [row["until"] for row in values["extensions"] if row.get("until")]
    return max(longer) if longer else calendar.add_days(values["received_on"], values["limit_days"] or REQUEST_DAYS)


def set_limit(case: Case) -> Iterable[Consequence]:
    """A new request keeps the limit that the body had set on the day it came in."""
    limit = int(case.facts.setting(REQUEST_LIMIT))
    if case.is_new and case.values["limit_days"] is None and limit != REQUEST_DAYS:
        yield Change("subject-requests", case.values["id"], Text("回答までの日数の設定による", "By the setting of the limit"), {"limit_days": limit})


def identity_checked(case: Case) -> Text | None:
    """本人確認: before a request is looked at, it is known who asks (個人情報保護法77条2項). A complaint needs none."""
    if case.values["kind"] == "complaint" or case.values["identity_checked_on"] is not None:
        return None
    return Text("本人確認がまだです。確認した日と方法を記入し、「本人確認を記録する」をしてから審査を始めてください。",
                "The person's identity is not checked yet. Record the day and the way it was checked, then begin the review.")


def answered_in_order(case: Case) -> Text | None:
    """An answer is not older than the request."""
    received, answered = case.values["received_on"], case.values["answered_on"]
    if case.loading or received is None or answered is None or received <= answered:
        return None
    return Text(f"回答日が受付日（{calendar.japanese(received)}）より前です。後の日付にしてください。",
                f"The answer is dated before the request ({received:%d %B %Y}). Enter a later date.")


# ---------------------------------------------------------------------------------------------------- certifications

TERM_YEARS = {"privacy_mark": 2, "isms": 3}
"""プライバシーマークの有効期間は2年; an ISMS certificate is valid for three years (ISO/IEC 17021-1)."""


class Window(NamedTuple):
    """When a certification's renewal can begin, when people are reminded, and when it is too late."""

    opens: date
    reminder: date
    alert: date
    closes: date


def privacy_mark_window(valid_until: date) -> Window:
    """更新申請の期間: from eight to four months before the mark expires; reminders at six months and at four and a half
    (Privacy Mark regulation). Half a month is fifteen days."""
    closes = months_later(valid_until, -4)
    return Window(months_later(valid_until, -8), months_later(valid_until, -6), calendar.add_days(closes, -15), closes)


def isms_window(due: date) -> Window:
    """An ISMS audit is prepared from 90 days before it is due, with reminders at 60 and 30 (proposal)."""
    return Window(calendar.add_days(due, -90), calendar.add_days(due, -60), calendar.add_days(due, -30), due)


def window(values: Values) -> Window | None:
    """The window of renewal of a certification."""
    end = values["valid_until"]
    if end is None:
        return None
    return privacy_mark_window(end) if values["kind"] == "privacy_mark" else isms_window(end)


def renewal(day: str) -> Callable[[Values], date | None]:
    """更新申請の開始日・最終警告日・期限: that day of the window of renewal."""
    def of(values: Values) -> date | None:
        found = window(values)
        return getattr(found, day) if found else None

    return of


def next_surveillance(values: Values) -> date | None:
    """維持審査: due each year of an ISMS certificate, until its renewal audit takes the last one's place."""
    begins, ends = values["valid_from"], values["valid_until"]
    if values["kind"] != "isms" or begins is None or ends is None:
        return None
    held = sum(row["kind"] == "surveillance" for row in values["surveillances"])
    due = months_later(begins, 12 * (held + 1))
    return due if due < ends else None


def changes_to_report(values: Values) -> int:
    """How many changes are not reported to the certification body yet."""
    return sum(row.get("reported_on") is None for row in values["reportable_changes"])


def term_fits(case: Case) -> Text | None:
    """A mark is valid for two years, an ISMS certificate for three at most."""
    begins, ends, years = case.values["valid_from"], case.values["valid_until"], TERM_YEARS.get(case.values["kind"])
    if case.loading or begins is None or ends is None or not case.changed("kind", "valid_from", "valid_until"):
        return None
    if ends <= begins:
        return Text("有効期間の満了日が開始日より前です。日付を確かめてください。", "It expires before it begins. Check the dates.")
    if years is None or ends <= months_later(begins, 12 * years):
        return None
    return Text(f"有効期間は{years}年までです。開始日と満了日を確かめてください。", f"It is valid for {years} years at most. Check the dates.")


def applied_in_window(case: Case) -> Text | None:
    """A renewal is applied for within its window; a late application says why it is late."""
    applied, found = case.values["renewal_applied_on"], window(case.values)
    if applied is None or found is None or case.values["kind"] != "privacy_mark":
        return None
    if applied < found.opens:
        return Text(f"更新の申請は{calendar.japanese(found.opens)}からできます。申請日を確かめてください。",
                    f"A renewal can be applied for from {found.opens:%d %B %Y}. Check the day of application.")
    if applied > found.closes and not (case.reason or "").strip():
        return Text(f"申請期限（{calendar.japanese(found.closes)}）を過ぎています。遅れた理由と審査機関との調整を理由欄に書いてください。",
                    f"The window closed on {found.closes:%d %B %Y}. Give the reason, and what was agreed with the certification body.")
    return None


def expired_by_now(case: Case) -> Text | None:
    """What still runs has not expired."""
    end = case.values["valid_until"]
    if end is None or end < case.today:
        return None
    return Text(f"有効期間は{calendar.japanese(end)}まで残っています。返上したときは「返上を記録する」を使ってください。",
                f"It is valid until {end:%d %B %Y}. If it was given back, record that instead.")


def successor(case: Case) -> Iterable[Consequence]:
    """更新: the next term is a record of its own, from the day after the old one ends."""
    v = case.values
    years = TERM_YEARS.get(v["kind"])
    if v["valid_until"] is None or years is None:
        return
    begins = calendar.add_days(v["valid_until"], 1)
    yield Create("certifications", {
        **{name: v[name] for name in ("name", "kind", "registration_no", "scope", "body", "unit_id", "owner", "plan_item_id")},
        "valid_from": begins, "valid_until": calendar.add_days(months_later(begins, 12 * years), -1),
    }, Text(f"{v['code']} の更新による", f"Renewal of {v['code']}"), status="valid")
