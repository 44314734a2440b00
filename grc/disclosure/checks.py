"""What is looked at before a month is published: one small entry a check, in one ordered list.

An error stops the month, a warning wants a written acknowledgement. Months before the body's first own month were
published by others, or by us in another time: there the checks of ``AS_PUBLISHED`` only warn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from grc.calendar import japanese, japanese_month, month_of
from grc.disclosure.row import BY_ID, METHODS, DisclosureRow
from grc.kinds import is_valid, right_first_digit
from grc.problem import Problem, Severity, define
from grc.text import Text

Rows = Sequence[DisclosureRow]


@dataclass(frozen=True, slots=True)
class Around:
    """What a check may know beside the rows: the month that is published, and what day it is in Japan."""

    month: str
    today: date


@dataclass(frozen=True, slots=True)
class Check:
    """One check: the code of its sort of problem, what it looks at in words, and the function that finds."""

    code: str
    title: Text
    find: Callable[[Rows, Around], Iterable[Problem]]


CHECKS: list[Check] = []
AS_PUBLISHED = frozenset({"C-07", "C-08", "C-10", "C-12", "C-13", "C-15", "C-16", "C-35"})


def check(code: str, ja: str, en: str) -> Callable[[Callable[[Rows, Around], Iterable[Problem]]], Check]:
    """Put the decorated function into the list of checks, under its code and in words."""
    def add(find: Callable[[Rows, Around], Iterable[Problem]]) -> Check:
        CHECKS.append(Check(code, Text(ja, en), find))
        return CHECKS[-1]

    return add


def run_checks(rows: Rows, month: str, *, today: date, first_own_month: str = "") -> list[Problem]:
    """Every problem of the month's rows, in the order of ``CHECKS``; each names its record (公表ID).

    ``month`` and ``first_own_month`` are ``YYYY-MM``; an empty ``first_own_month`` means that every month is our own.
    """
    inherited = month < first_own_month
    found = [problem for one in CHECKS for problem in one.find(rows, Around(month, today))]
    return [replace(p, severity=Severity.WARNING) if inherited and p.code in AS_PUBLISHED and
            p.severity is Severity.ERROR else p for p in found]


# C-04, C-05: the date


DATE = define("C-04", Severity.ERROR,
              Text("{field}「{value}」は{fault}。", '{field} "{value}": {fault}.'),
              Text("正しい日付にしてください。", "Enter the right date."))


@check("C-04", "契約日が実在し、未来でない", "The date signed exists and is not in the future")
def real_date(rows: Rows, around: Around) -> Iterable[Problem]:
    """A date that could not be read, or one that has not come yet."""
    for row in rows:
        if row.contract_date is None and row.printed.get("contract_date"):
            yield _at(DATE, row, "contract_date", row.printed["contract_date"],
                      fault=Text("日付として読めません", "it cannot be read as a date"))
        elif row.contract_date and row.contract_date > around.today:
            yield _at(DATE, row, "contract_date", japanese(row.contract_date),
                      fault=Text("まだ来ていない日です", "that day has not come yet"))


MONTH = define("C-05", Severity.WARNING,
               Text("{field}「{value}」は、公表する月（{month}）の日ではありません。",
                    '{field} "{value}" is not a day of the month that is published ({iso}).'),
               Text("日付か月を確かめてください。このまま公表するときは理由を書いてください。",
                    "Check the date and the month; to publish it as it is, write down why."))


@check("C-05", "契約日が公表する月の中にある", "The date signed lies in the month")
def in_month(rows: Rows, around: Around) -> Iterable[Problem]:
    """Signed in another month, perhaps in another fiscal year."""
    for row in rows:
        if row.contract_date and month_of(row.contract_date) != around.month:
            yield _at(MONTH, row, "contract_date", japanese(row.contract_date), iso=around.month,
                      month=japanese_month(around.month))


# C-07: the corporate number


JCN = define("C-07", Severity.ERROR,
             Text("{field}「{value}」{fault}。", '{field} "{value}": {fault}.'),
             Text("{advice}", "{advice}"))


@check("C-07", "法人番号は13桁で検査数字が合い、1つの欄に1つ", "A corporate number has 13 digits, right and alone")
def corporate_number(rows: Rows, around: Around) -> Iterable[Problem]:
    """The number that was read and, before it, the cell as printed."""
    for row in rows:
        value = row.printed.get("supplier_jcn") or row.supplier_jcn
        fault = _jcn_fault(unicodedata.normalize("NFKC", value))
        if fault:
            yield _at(JCN, row, "supplier_jcn", value, fault=fault[0], advice=fault[1])


def _jcn_fault(text: str) -> tuple[Text, Text] | None:
    """What is wrong with a number and what to do; nothing for a blank or a dash (that is C-08's)."""
    if not re.sub(r"[\s\-‐‑‒–—―−ー]", "", text) or is_valid(text):
        return None
    runs = re.findall(r"[0-9]+", text)
    thirteen = [run for run in runs if len(run) == 13]
    if len(thirteen) > 1:
        return (Text(f"には番号が{len(thirteen)}つあります", f"it holds {len(thirteen)} numbers"),
                Text("1つの欄には1つだけ入れてください。", "Enter one only."))
    if len(runs) != 1 or runs[0] != text:
        kept = thirteen[0] if len(runs) == 1 and thirteen and is_valid(thirteen[0]) else None
        advice = (Text(f"{kept} とだけ入れてください。", f"Enter {kept} only.") if kept else
                  Text("13桁の数字だけを入れてください。", "Enter 13 digits only."))
        return Text("に数字でない文字があります", "it holds characters that are no digits"), advice
    if len(text) != 13:
        return (Text(f"は{len(text)}桁です", f"it has {len(text)} digits"),
                Text("法人番号は13桁です。", "A corporate number has 13."))
    digit = right_first_digit(text)
    return (Text("の検査数字が合いません", "the check digit is wrong"),
            Text(f"最初の桁が {digit} なら正しい番号です。", f"It would be right if the first digit were {digit}."))


# C-10: the amounts


AMOUNT = define("C-10", Severity.ERROR,
                Text("{field}{value}{fault}。", "{field} {value}{fault}."),
                Text("円を単位とする整数だけを入れてください。単価契約のときは単価の内訳を書いてください。",
                     "Enter whole yen only; for a unit-price contract enter the prices."))
_BELOW = Text("は0円以下です", " is not above nought")
_TEXT = Text("は数字だけではありません", " is not a number alone")


@check("C-10", "契約金額と予定価格は円単位の正の整数", "The amounts are whole numbers of yen above nought")
def whole_yen(rows: Rows, around: Around) -> Iterable[Problem]:
    """The contract amount, and the estimate where it is given and published: the cell as printed, then the number.

    A unit-price contract may speak in words of both; a number that it gives must still be above nought.
    """
    for row in rows:
        yield from _yen(row, "amount")
        if row.amount is None and not row.printed.get("amount") and not (row.unit_price and row.unit_price_text):
            yield _at(AMOUNT, row, "amount", "", fault=Text("が空です", "is empty"))
        if row.estimate_status != "withheld":
            yield from _yen(row, "estimated_price")


def _yen(row: DisclosureRow, name: str) -> Iterable[Problem]:
    printed, value = row.printed.get(name), getattr(row, name)
    if printed and not row.unit_price:
        yield _at(AMOUNT, row, name, printed, shown=True, fault=_TEXT)
    elif value is not None and value <= 0:
        yield _at(AMOUNT, row, name, f"{value:,}", shown=True, fault=_BELOW)


# C-35: what a published row cannot do without


REQUIRED = ("title", "officer", "contract_date", "supplier_name")
EMPTY = define("C-35", Severity.ERROR,
               Text("{field}{fault}。", "{field} {fault}."),
               Text("契約の記録に入れてください。", "Enter it in the record of the contract."))
_KIND = Text("契約の種類（工事か物品役務等か）", "Kind of contract (works or goods)")
_IS_EMPTY = Text("が空です", "is empty")
_NO_FORM = Text("{what}（様式が決まりません）", "{what} (the form cannot be chosen)")


@check("C-35", "公表に必要な欄が埋まっている", "Nothing that must be published is missing")
def filled(rows: Rows, around: Around) -> Iterable[Problem]:
    """The columns that nothing can stand for, and the form: without a readable method and kind none can be chosen."""
    for row in rows:
        for name in REQUIRED:
            if not getattr(row, name) and not row.printed.get(name):
                yield _at(EMPTY, row, name, "", fault=_IS_EMPTY)
        if row.form is None:
            yield _formless(row)


def _formless(row: DisclosureRow) -> Problem:
    """Whichever of method and kind of contract is to blame; of a method, the cell that could not be read."""
    if row.method in METHODS:
        return _at(EMPTY, row, "form", "", label=_KIND, fault=_NO_FORM.format(what=_IS_EMPTY))
    printed = " ".join(row.printed.get("method", "").split())
    what = Text(f"「{printed}」が読めません", f'"{printed}" cannot be read') if printed else _IS_EMPTY
    return _at(EMPTY, row, "method", printed, fault=_NO_FORM.format(what=what))


# C-31: two persons (judged at publication)


TWO_PERSONS = define("C-31", Severity.ERROR, Text("{fault}。", "{fault}."), Text("{advice}。", "{advice}."))
_ASK = Text("別の人に承認を頼んでください", "Ask somebody else to approve it")
_FIRST = Text("作成と承認を済ませてから公表してください", "Publish after it has been prepared and approved")


def two_persons(prepared_by: str | None, approved_by: str | None) -> list[Problem]:
    """What is wrong with the two signatures: one is missing, or both are one person's (C-31)."""
    if not prepared_by:
        return [TWO_PERSONS(advice=_FIRST,
                            fault=Text("作成した人の記録がありません", "It is not recorded who prepared it"))]
    if not approved_by:
        return [TWO_PERSONS(advice=_FIRST,
                            fault=Text("承認した人の記録がありません", "It is not recorded who approved it"))]
    if prepared_by == approved_by:
        fault = Text("作成した人と承認した人が同じです（{name}）", "One person prepared and approved it ({name})")
        return [TWO_PERSONS(value=approved_by, advice=_ASK, fault=fault.format(name=approved_by))]
    return []


def _at(sort: Callable[..., Problem], row: DisclosureRow, name: str, value: str, *, label: Text | None = None,
        shown: bool = False, **words: Any) -> Problem:
    """A problem of ``sort`` at a field of a row; ``shown`` puts the value in brackets of its own."""
    line = " ".join(value.split())
    problem = sort(field=label or BY_ID[name].label, value=Text(f"「{line}」", f'"{line}"') if shown else line,
                   record=row.record_id, **words)
    return replace(problem, field=name, value=value)
