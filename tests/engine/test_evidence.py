"""Evidence: kept under its hash, checked whenever it is read, opened only through a record."""

from __future__ import annotations

import hashlib

import pytest

from grc import changes, evidence
from grc.office import Office
from grc.refusal import Forbidden, NotAllowedNow, Unknown
from tests.engine.actors import AUDITOR, OFFICER

PDF = b"%PDF-1.7\nevidence"


@pytest.fixture
def code(office: Office) -> str:
    return changes.create(office.db, OFFICER, "toy-books", {"title": "本"}).code


def attached(office: Office, code: str) -> list[evidence.Attached]:
    with office.db.read() as conn:
        return evidence.attached(conn, office.store, "toy-books", code)


def test_a_file_is_kept_once_under_its_hash_with_the_name_as_data(office: Office, code: str) -> None:
    sha = changes.attach(office.db, office.store, OFFICER, "toy-books", code, "../../etc/passwd.pdf", PDF)
    changes.attach(office.db, office.store, OFFICER, "toy-books", code, "again.pdf", PDF)
    assert sha == hashlib.sha256(PDF).hexdigest()
    assert [p for p in office.place.evidence.rglob("*") if p.is_file()] == [office.store.path(sha)]
    (one,) = attached(office, code)
    assert (one.name, one.media_type, one.intact) == ("../../etc/passwd.pdf", "application/pdf", True)


def test_the_type_is_the_contents_and_never_the_names(office: Office, code: str) -> None:
    for name, data, kind in (("a.pdf", b"<html>hello</html>", "text/plain"), ("b.txt", PDF, "application/pdf"), ("c.png", b"\x00\x01\xfe", "application/octet-stream")):
        changes.attach(office.db, office.store, OFFICER, "toy-books", code, name, data)
        assert attached(office, code)[-1].media_type == kind


def test_an_altered_or_missing_file_is_found_and_never_handed_out(office: Office, code: str) -> None:
    sha = changes.attach(office.db, office.store, OFFICER, "toy-books", code, "a.pdf", PDF)
    path = office.store.path(sha)
    path.chmod(0o644)
    path.write_bytes(b"%PDF-1.7\nsomething")
    assert not attached(office, code)[0].intact
    with pytest.raises(Unknown):
        office.store.get(sha)
    with office.db.read() as conn:
        assert [p.code for p in evidence.verify(conn, office.store)[1]] == ["evidence-altered"]
    path.unlink()
    with office.db.read() as conn:
        assert [p.code for p in evidence.verify(conn, office.store)[1]] == ["evidence-missing"]


def test_an_auditor_changes_no_evidence(office: Office, code: str) -> None:
    with pytest.raises(Forbidden):
        changes.attach(office.db, office.store, AUDITOR, "toy-books", code, "a.pdf", PDF)
    assert not office.place.evidence.exists()


def test_detaching_needs_a_reason_and_keeps_the_file(office: Office, code: str) -> None:
    sha = changes.attach(office.db, office.store, OFFICER, "toy-books", code, "a.pdf", PDF)
    with pytest.raises(NotAllowedNow):
        changes.detach(office.db, OFFICER, "toy-books", code, sha, reason="")
    changes.detach(office.db, OFFICER, "toy-books", code, sha, reason="取り違え")
    assert attached(office, code) == []
    assert office.store.get(sha) == PDF


@pytest.mark.parametrize("data", [b"", b"x" * (50 * 1024 * 1024 + 1)])
def test_an_empty_or_too_large_file_is_refused(office: Office, code: str, data: bytes) -> None:
    with pytest.raises(NotAllowedNow):
        changes.attach(office.db, office.store, OFFICER, "toy-books", code, "a", data)
