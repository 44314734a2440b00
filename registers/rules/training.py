"""Training: how many were to come, came and passed, and when a session is complete.

Everybody who works for the body is trained, and what was not attended is followed up (JIS Q 15001:2023 7.2, 7.3;
ISO/IEC 27001 7.2, 7.3; the body's plan 1(2)2). The days are proposals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from grc import calendar, settings
from grc.case import Case
from grc.text import Text

Values = Mapping[str, Any]

FOLLOW_UP_DAYS = settings.declare("training_follow_up_days", 30, "未受講者をフォローする日数", "Days to follow up who did not attend")

_OUTCOMES: Mapping[str, tuple[str, ...]] = {"target": ("passed", "failed", "absent", "excused"), "excused": ("excused",),
                                            "attended": ("passed", "failed"), "passed": ("passed",)}
"""Which outcomes of one person count as what."""


def counted(what: str) -> Callable[[Values], int | None]:
    """How many: the sum over the results, where there are some, else as the ledger says; none where nothing says it.

    A result is of one person (its outcome counts as one) or of a unit (its own numbers).
    """
    def of(values: Values) -> int | None:
        if not values["results"]:
            found: int | None = values[f"{what}_stated"]
            return found
        said = [n for row in values["results"] if (n := _of(row, what)) is not None]
        return sum(said) if said else None

    return of


def _of(row: Values, what: str) -> int | None:
    if row.get("outcome"):
        return int(row["outcome"] in _OUTCOMES[what])
    found: int | None = row.get(what)
    return found


def expected(values: Values) -> int | None:
    """Who was to attend: the target group without those who are excused."""
    return None if values["target_count"] is None else max(0, values["target_count"] - (values["excused_count"] or 0))


def next_due(values: Values) -> date | None:
    """The planned day until it is held, then the day by which who missed it is followed up."""
    due: date | None = values["follow_up_due_on"] if values["held_on"] else values["planned_on"]
    return due


def missing(values: Values) -> int:
    """How many of the target group neither passed (attended, where nothing is to be passed) nor are excused."""
    done = values["passed_count"] if values["passed_count"] is not None else values["attended_count"]
    return max(0, (values["expected_count"] or 0) - (done or 0))


def whole(case: Case) -> Text | None:
    """A mandatory course is complete when everybody of the target group passed or is excused."""
    course = case.facts.one("training-courses", case.values["course_id"])
    left = missing(case.values)
    if course is None or not course["mandatory"] or not left:
        return None
    return Text(f"必須の研修で、合格も除外もしていない対象者が{left}人います。受講を済ませるか、理由を付けて除外してからもう一度どうぞ。",
                f"{left} of the target group of this mandatory course neither passed nor are excused. Let them attend, or excuse them with a reason.")


def excuses(case: Case) -> Text | None:
    """Who is excused is so for a reason (leave, long absence on duty), and is followed up by a day (domain.md §3.4)."""
    v = case.values
    excused = [(row.get("reason"), row.get("follow_up_on")) for row in v["results"] if _of(row, "excused")]
    if not v["results"] and v["excused_count"]:
        excused = [(v["excused_reason"], v["follow_up_due_on"])]
    if all(reason and day for reason, day in excused):
        return None
    return Text("除外した人の理由（休職、長期出張など）とフォロー期限を記入してください。",
                "Enter why those who are excused are (leave, long absence), and by when they are followed up.")


def followed(case: Case) -> Values:
    """The day by which those who did not attend are followed up, unless one was chosen."""
    due = case.values["follow_up_due_on"] or calendar.add_days(case.today, case.facts.setting(FOLLOW_UP_DAYS))
    return {"follow_up_due_on": due}
