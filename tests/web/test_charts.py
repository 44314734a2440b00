"""A chart's figures leave by our own route, for whom they are, and with an entry in the trail."""

from __future__ import annotations

import pytest

from grc import trail
from tests.serve import Server
from tests.web.conftest import Client


def signed_in(server: Server, name: str) -> Client:
    client = Client(server.port)
    assert client.sign_in(name).status == 303
    return client


def test_a_chart_goes_out_as_csv_and_is_written_down(server: Server, buyer: Client) -> None:
    answer = buyer.get("/exports/contracts/charts/0.csv?lang=en&fy=2025")
    assert answer.status == 200 and answer.body.startswith("\ufeff".encode()) and b"\r\n" in answer.body
    assert answer.headers["content-type"].startswith("text/csv") and "attachment" in answer.headers["content-disposition"]
    with server.office.db.read() as conn:
        last = next(trail.since(conn, trail.table.c.action == "export"))
    assert (last.actor, last.register) == ("kobayashi", "contracts") and "chart" in last.changes


def test_a_board_goes_out_to_who_may_see_it(server: Server) -> None:
    assert signed_in(server, "sasaki").get("/exports/boards/CM-04/0.csv").status == 200
    for name in ("iin", "kobayashi", "kanri"):
        assert signed_in(server, name).get("/exports/boards/CM-04/0.csv").status == 404, name


@pytest.mark.parametrize("path", ["contracts/charts/99.csv", "contracts/charts/-1.csv", "contracts/charts/x.csv", "nothing/charts/0.csv", "units/charts/0.csv",
                                  "boards/CM-99/0.csv", "boards/CM-04/99.csv", "contracts/charts/0.csv?fy=99999999999999999999"])
def test_what_is_not_there_is_not_found(buyer: Client, path: str) -> None:
    assert buyer.get(f"/exports/{path}").status in ((200,) if "fy=" in path else (404,))


def test_who_may_not_see_the_register_gets_nothing(server: Server) -> None:
    assert signed_in(server, "iin").get("/exports/contracts/charts/0.csv").status == 404


def test_a_stranger_gets_nothing(stranger: Client) -> None:
    for path in ("/exports/contracts/charts/0.csv", "/exports/boards/CM-04/0.csv", "/board", "/board?id=CM-02"):
        assert stranger.get(path, Accept="*/*").status == 401, path
