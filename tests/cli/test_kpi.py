"""``grc kpi``: every indicator that the registers can say is measured, once a month, and what a person typed stands."""

from __future__ import annotations

from typing import Any

from registers.rules.indicators import INDICATORS
from tests.cli.command import Grc, contract

MEASURED = sum(one.measured for one in INDICATORS)


def values(grc: Grc) -> dict[str, dict[str, Any]]:
    return {row["kpi_id"]["name"]: row for row in grc("export", "kpi-values", "-o", "-").json}


def test_a_month_is_measured_once_and_again_without_a_change(grc: Grc) -> None:
    grc("import", "contracts", grc.ledger("l.csv", contract(1), contract(2, 契約方式="随意契約")))
    done = grc("kpi", "measure", "2025-10", "--json")
    assert (done.code, done.json["created"], len(done.json["values"])) == (0, MEASURED, MEASURED)
    found = {v["number"]: v for v in done.json["values"]}
    assert (found["K23"]["numerator"], found["K23"]["denominator"], found["K23"]["value"]) == ("1", "2", "50")
    assert (found["K01"]["value"], found["K01"]["light"], found["K12"]["value"], found["K12"]["light"]) == (None, None, "0", "bad")
    again = grc("kpi", "measure", "2025-10", "--json").json
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, MEASURED)
    grc("import", "contracts", grc.ledger("m.csv", contract(3)))
    assert [v["number"] for v in grc("kpi", "measure", "2025-10", "--json").json["values"] if v["fate"] == "updated"] == ["K22", "K22-2", "K23", "K23-2"]
    assert values(grc)["競争性のない随意契約の割合（件数）"]["value"] == "33.3333"


def test_nothing_to_divide_by_shows_a_dash(grc: Grc) -> None:
    out = grc("kpi", "measure", "2025-10").out
    assert "K01　個人情報台帳の見直し率　―　―" in out and "K12　例月監査の実施率　0%　未達" in out


def test_what_a_person_typed_is_left_alone(grc: Grc) -> None:
    assert len(grc("kpi", "define", "--json").json["created"]) == len(INDICATORS)
    typed = grc.file("v.csv", "指標,年月,分子（値）,分母,値の出所,値の求め方\n宿題の期限内回答率,2025-10,9,10,入力,割合\n".encode("utf-8-sig"))
    assert grc("import", "kpi-values", typed).code == 0
    assert [v["number"] for v in grc("kpi", "measure", "2025-10", "--json").json["values"] if v["fate"] == "typed"] == ["K26"]
    assert values(grc)["宿題の期限内回答率"]["value"] == "90"


def test_a_month_to_come_is_refused_and_no_month_is_misuse(grc: Grc) -> None:
    assert grc("kpi", "measure", "2199-04").code == 1
    assert grc("kpi", "measure", "秋").code == 2
    assert grc("export", "kpi-values", "-o", "-").json == []


def test_somebody_without_the_right_measures_nothing(grc: Grc) -> None:
    grc("user", "add", "sasaki", "--role", "auditor")
    done = grc("kpi", "measure", "2025-10", "--as", "sasaki", "--json")
    assert done.code == 1 and done.json["error"]["code"] == "forbidden"
