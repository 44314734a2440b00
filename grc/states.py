"""The one vocabulary of states: words, tone (a colour role), icon. Badge, list, chart, print and export all use it.

Colour never speaks alone: each tone stands beside an icon and a word (ui.md §4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from grc.text import Text


class Tone(StrEnum):
    """What a colour means; the theme gives it text and ground."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    VIOLET = "violet"
    GRAY = "gray"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class State:
    """One state as people see it; ``icon`` is the name of a Material Symbol."""

    id: str
    label: Text
    tone: Tone
    icon: str


def state(id: str, ja: str, en: str, tone: Tone, icon: str) -> State:
    """A state, in one line of a declaration."""
    return State(id, Text(ja, en), tone, icon)


DRAFT = state("draft", "下書き", "Draft", Tone.GRAY, "edit_note")
NOT_STARTED = state("not_started", "未着手", "Not started", Tone.GRAY, "radio_button_unchecked")
IN_PROGRESS = state("in_progress", "対応中", "In progress", Tone.BLUE, "pending")
UNDER_REVIEW = state("under_review", "点検中", "Under review", Tone.BLUE, "pending")
CHECKED = state("checked", "検査中", "Being checked", Tone.BLUE, "fact_check")
SUBMITTED = state("submitted", "承認待ち", "Awaiting approval", Tone.VIOLET, "approval")
RETURNED = state("returned", "差し戻し", "Sent back", Tone.ORANGE, "undo")
CORRECTED = state("corrected", "訂正", "Corrected", Tone.ORANGE, "history_edu")
IN_FORCE = state("in_force", "有効", "In force", Tone.GREEN, "check_circle")
DONE = state("done", "完了", "Done", Tone.GREEN, "check_circle")
PUBLISHED = state("published", "公表済み", "Published", Tone.GREEN, "public")

ARCHIVED = state("archived", "保管", "Archived", Tone.GRAY, "inventory_2")
VOID = state("void", "取消", "Void", Tone.GRAY, "block")
PROVISIONAL = state("provisional", "仮登録", "Provisional", Tone.YELLOW, "help")
LOADED = state("loaded", "取込・未確認", "Imported, not yet looked at", Tone.YELLOW, "upload_file")

ERROR = state("E", "エラー", "Error", Tone.RED, "error")
WARNING = state("W", "警告", "Warning", Tone.ORANGE, "warning")
NOTE = state("I", "参考", "Note", Tone.BLUE, "info")
PASS = state("pass", "適合", "Pass", Tone.GREEN, "check_circle")
SEVERITIES = {s.id: s for s in (ERROR, WARNING, NOTE)}

VERIFIED = state("verified", "一致", "Verified", Tone.GREEN, "verified")
ALTERED = state("altered", "不一致", "Altered", Tone.RED, "gpp_bad")


def deadline(due: date, today: date) -> State:
    """How near a deadline is: late, today, within 7 days, within 30 days, or further off (plain)."""
    days = (due - today).days
    if days < 0:
        return state("late", f"{-days}日超過", f"{-days} days late", Tone.RED, "error")
    if days == 0:
        return state("today", "本日まで", "Due today", Tone.ORANGE, "alarm")
    tone, icon = ((Tone.ORANGE, "alarm") if days <= 7 else (Tone.YELLOW, "schedule") if days <= 30
                  else (Tone.PLAIN, ""))
    return state("ahead", f"あと{days}日", f"{days} days left", tone, icon)
