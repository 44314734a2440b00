"""``grc disclose``: maker and checker are two people with their passwords, and what was published proves itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.command import PASSWORD, Done, Grc

MONTH = "2025-10"


@pytest.fixture(scope="module")
def office(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a month of contracts, its maker and its checker."""
    grc = Grc(tmp_path_factory.mktemp("office") / "home")
    shutil.copytree(prepared, grc.home)
    for name, role in (("maker", "procurement"), ("checker", "procurement_head"), ("both", "procurement_head")):
        assert grc("user", "add", name, "--role", role, password=PASSWORD).code == 0
    assert grc("settings", "set", "first_own_month", "2026-10").code == 0
    assert grc("import", "contracts", grc.ledger()).code == 0
    return grc.home


@pytest.fixture
def desk(office: Path, tmp_path: Path) -> Grc:
    shutil.copytree(office, tmp_path / "home")
    return Grc(tmp_path / "home")


def by(grc: Grc, who: str, verb: str, *args: str, password: str = PASSWORD) -> Done:
    """A verb done by a person, with their password."""
    return grc("disclose", verb, MONTH, *args, "--as", who, "--json", password=password)


def approved(grc: Grc) -> None:
    """A month built, its warnings acknowledged, approved."""
    assert by(grc, "maker", "build").json["count"] == 3
    for code in {p["code"] for p in by(grc, "maker", "check").json["problems"] if p["severity"] == "W"}:
        assert by(grc, "maker", "acknowledge", code, "--reason", "台帳のとおり").code == 0
    assert by(grc, "checker", "approve").json["state"] == "approved"


def test_a_month_goes_from_the_ledger_to_the_site_and_a_changed_byte_is_named(desk: Grc) -> None:
    approved(desk)
    published = by(desk, "checker", "publish")
    assert published.code == 0 and published.json["state"] == "published" and published.json["approved_by"] == "checker"
    folder = desk.home / "site" / "2025" / "10"
    for what in ((), (MONTH,), (str(folder),)):
        assert desk("disclose", "verify", *what, "--json").json["problems"] == []
    target = (folder / "contracts.csv").resolve()
    target.chmod(0o644)
    body = bytearray(target.read_bytes())
    body[len(body) // 2] ^= 1
    target.write_bytes(body)
    for what in ((), (MONTH,), (str(folder),)):
        done = desk("disclose", "verify", *what)
        assert done.code == 1 and "contracts.csv" in done.out
    assert desk("trail", "verify").code == 0


def test_a_changed_byte_in_any_published_file_is_named_and_what_was_published_is_put_again(desk: Grc) -> None:
    approved(desk)
    assert by(desk, "checker", "publish").code == 0
    site = desk.home / "site"
    record = next(path.relative_to(site).as_posix() for path in sorted(site.glob("record/*/index.html")))
    before = {name: (site / name).read_bytes() for name in ("manifest.json", "2025/10/v1/manifest.json", record)}
    for name, body in before.items():
        target = (site / name).resolve()
        target.chmod(0o644)
        target.write_bytes(bytes([body[0] ^ 1]) + body[1:])
        assert [p["value"] for p in desk("disclose", "verify", "--json").json["problems"]] == [name]
        assert desk("disclose", "verify", MONTH).code == int(name != "manifest.json"), "the site's own manifest is no month's"
        done = by(desk, "checker", "publish")
        assert done.code == 0 and done.json["state"] == "published"
        assert (site / name).read_bytes() == body and desk("disclose", "verify").code == 0
    assert by(desk, "maker", "publish").code == 1
    assert desk("trail", "verify").code == 0


def test_what_is_no_month_is_told_as_by_every_other_verb(desk: Grc, tmp_path: Path) -> None:
    for wrong in ("2024-13", "2024-8", "202408"):
        done = desk("disclose", "verify", wrong, "--json")
        assert done.code == 2 and done.json == desk("disclose", "show", wrong, "--json").json
    assert desk("disclose", "verify", "2024-08").code == 1, "a month that was not published"
    assert desk("disclose", "verify", tmp_path / "nowhere").code == 1


def test_a_copy_is_verified_without_any_database(desk: Grc, tmp_path: Path) -> None:
    approved(desk)
    assert by(desk, "checker", "publish").code == 0
    copy = shutil.copytree(desk.home / "site" / "2025" / "10" / "v1", tmp_path / "copy")
    stranger = Grc(tmp_path / "nowhere")
    assert stranger("disclose", "verify", copy).code == 0
    (copy / "contracts.json").unlink()
    done = stranger("disclose", "verify", copy)
    assert done.code == 1 and "contracts.json" in done.out


def test_a_month_that_the_office_published_may_not_vanish(desk: Grc) -> None:
    approved(desk)
    assert by(desk, "checker", "publish").code == 0
    (desk.home / "site").unlink()
    assert desk("disclose", "verify").code == 1


def test_who_made_a_month_does_not_approve_it(desk: Grc) -> None:
    assert by(desk, "both", "build").code == 0
    done = by(desk, "both", "approve")
    assert done.code == 1 and done.json["error"]["code"] == "forbidden"
    assert desk("disclose", "show", MONTH, "--json").json["state"] == "built"


def test_the_operator_may_build_and_check_and_never_sign(desk: Grc) -> None:
    assert desk("disclose", "build", MONTH).code == 0
    assert desk("disclose", "check", MONTH).code == 0
    for verb in (("approve", MONTH), ("publish", MONTH), ("acknowledge", MONTH, "C-35", "--reason", "x")):
        assert desk("disclose", *verb, "--json").json["error"]["code"] == "forbidden"


def test_a_signature_takes_the_right_password(desk: Grc) -> None:
    by(desk, "maker", "build")
    for verb in ("approve", "build", "check", "show"):
        assert by(desk, "checker", verb, password="wrong").code == 1
    missing = desk("disclose", "approve", MONTH, "--as", "checker", "--json")
    assert missing.code == 2 and "--password-stdin" in missing.json["error"]["message"]
    nobody = desk("disclose", "build", MONTH, "--json", password=PASSWORD)
    assert nobody.code == 2 and "--as" in nobody.json["error"]["message"]


def test_check_has_the_keys_of_the_design_and_ends_with_1_while_errors_remain(desk: Grc) -> None:
    desk("settings", "set", "first_own_month", "2025-04")
    desk("disclose", "build", MONTH)
    done = desk("disclose", "check", MONTH, "--json")
    assert done.code == 1
    assert set(done.json) == {"month", "version", "state", "problems"} and done.json["state"] == "built"
    assert all(set(p) == {"code", "severity", "message", "record", "acknowledged"} for p in done.json["problems"])
    assert "E" in {p["severity"] for p in done.json["problems"]}
    assert "エラー" in desk("disclose", "check", MONTH).out


def test_a_month_without_contracts_is_built_only_when_that_is_said(desk: Grc) -> None:
    refused = desk("disclose", "build", "2025-11")
    assert refused.code == 1 and "--none" in refused.err
    assert desk("disclose", "build", "2025-11", "--none", "--json").json["count"] == 0
