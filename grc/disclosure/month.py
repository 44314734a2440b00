"""The acts on a month: build → check → approve → publish, each through the door's spine.

A month is built from the records whose month it is, as they stand; a second person approves exactly what was built; what
is published is frozen for good. The database refuses to change a snapshot.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from grc import calendar, people, settings, trail
from grc.changes.four_eyes import four_eyes
from grc.changes.spine import Act, act
from grc.disclosure import draft, memory, site
from grc.disclosure.checks import two_persons
from grc.disclosure.draft import CHECKERS, MAKERS, STATES, Finding, acknowledgements, months, spelled
from grc.disclosure.memory import SLUG, snapshots
from grc.disclosure.overview import Month, board, check, show, waiting
from grc.disclosure.row import DisclosureRow
from grc.disclosure.snapshot import Snapshot, canonical
from grc.disclosure.verify import verify as verify_site
from grc.disclosure.verify import verify_folder
from grc.office import Office
from grc.permissions import OPERATOR, ROLES, Actor, require_role
from grc.problem import Problem, Severity
from grc.refusal import Forbidden, NotAllowedNow, Unknown
from grc.register import publishing
from grc.text import Text


def build(office: Office, actor: Actor, month: str, *, none: bool = False) -> Month:
    """Make a month from the records as they stand; what was approved before must be approved again.

    ``none``: the month is meant to have no contracts (該当なし). Raises ``Forbidden``, ``NotAllowedNow`` (published, no contracts,
    or said to have none before it has ended), ``Misuse``.
    """
    spelled(month)
    with act(office.db, actor) as doing:
        require_role(actor, *MAKERS, OPERATOR, to=Text("月次公表を作成する", "build a month"))
        before = draft.row_of(doing.conn, month)
        if before is not None and before.state == "published":
            raise NotAllowedNow(Text(f"{calendar.japanese_month(month)}分は公表済みなので、作り直せません。",
                                     f"{month} is published and cannot be built again."))
        if none and calendar.today() <= calendar.month_bounds(month)[1]:
            raise NotAllowedNow(Text(f"{calendar.japanese_month(month)}はまだ終わっていないので、該当なしとして作成できません。",
                                     f"{month} has not ended yet, so it cannot be built as a month without contracts."))
        rows = draft.rows_of(doing.conn, month, settings.read(doing.conn))
        if not rows and not none:
            raise NotAllowedNow(Text(
                f"{calendar.japanese_month(month)}分の契約は1件もありません。取り込んだ月を確かめてください。該当なしとして公表するときは、その旨を指定してください（--none）。",
                f"There are no contracts in {month}. Check what was imported; to publish that there were none, say so (--none)."))
        total = sum(r.amount or 0 for r in rows)
        values = {"version": 1, "state": "built", "rows": canonical([r.to_json() for r in rows]).decode(), "sha256": draft.digest(rows),
                  "row_count": len(rows), "total": total, "built_by": actor.name, "built_at": doing.at,
                  "approved_by": None, "approved_at": None}
        if before is None:
            doing.conn.execute(sa.insert(months).values(month=month, **values))
        else:
            doing.conn.execute(sa.update(months).where(months.c.month == month).values(values))
        doing.note("build", SLUG, month, {"rows": [before.sha256 if before else None, values["sha256"]],
                                          "count": [before.row_count if before else None, len(rows)],
                                          "total": [before.total if before else None, total]})
    return show(office, actor, month)


def acknowledge(office: Office, actor: Actor, month: str, code: str, reason: str, password: str) -> None:
    """Write down that the warnings of one check, as they stand now, were looked at, and why they may stay.

    Raises ``Forbidden`` (role, password), ``NotAllowedNow`` (no such warning, no reason).
    """
    _signed(office, actor, password)
    if not reason.strip():
        raise NotAllowedNow(Text("確認した理由を書いてください。", "Write why it may stay as it is."))
    with act(office.db, actor) as doing:
        require_role(actor, *MAKERS, to=Text("警告を確認する", "acknowledge warnings"))
        row = draft.built(doing.conn, month)
        if row.state == "published":
            raise NotAllowedNow(Text("公表済みの月なので、もう確認は要りません。", "The month is published; nothing more needs to be acknowledged."))
        warned = draft.warned((f.problem for f in draft.findings(doing.conn, row)), code)
        if not warned:
            raise NotAllowedNow(Text(f"{calendar.japanese_month(month)}分に {code} の警告はありません。検査の結果を見直してください。",
                                     f"There is no warning {code} in {month}. Look at the checks again."))
        doing.conn.execute(sa.insert(acknowledgements).values(month=month, version=row.version, code=code,
                                                              problems=json.dumps(sorted(warned), ensure_ascii=False), reason=reason.strip(),
                                                              by=actor.name, at=doing.at))
        doing.note("acknowledge", SLUG, month, {"check": [None, code]}, reason.strip())


def approve(office: Office, actor: Actor, month: str, password: str) -> Month:
    """Approve a month exactly as built, by a second person with their password.

    Raises ``Forbidden`` (role, password, four eyes), ``NotAllowedNow`` (errors, unread warnings, records changed since).
    """
    _signed(office, actor, password)
    with act(office.db, actor) as doing:
        require_role(actor, *CHECKERS, to=Text("月次公表を承認する", "approve a month"))
        row = draft.built(doing.conn, month)
        if row.state != "built":
            raise NotAllowedNow(Text(f"いまは「{STATES[row.state].label.ja}」なので、承認できません。",
                                     f'It is "{STATES[row.state].label.en}" now and cannot be approved.'))
        if row.built_by == actor.name:
            raise Forbidden(Text("承認できません。作成したのがあなただからです。ほかの契約責任者に頼んでください。",
                                 "You cannot approve this, because you built it. Ask another head of procurement."))
        _unchanged(doing, row)
        stops = [f.problem for f in draft.findings(doing.conn, row) if f.stops]
        if stops:
            errors = sum(p.severity is Severity.ERROR for p in stops)
            raise NotAllowedNow(Text(
                f"まだ承認できません。エラー{errors}件、確認していない警告{len(stops) - errors}件が残っています。",
                f"It cannot be approved yet: {errors} errors and {len(stops) - errors} warnings not acknowledged."), stops)
        codes = [r["record_id"] for r in json.loads(row.rows)]
        after = _last_approval(doing.conn, month)
        four_eyes(doing.conn, actor, publishing()[0].slug, [*codes, *_passed(doing.conn, month, after)], after=after)
        _steered(doing.conn, actor, month, after)
        doing.conn.execute(sa.update(months).where(months.c.month == month).values(
            state="approved", approved_by=actor.name, approved_at=doing.at))
        doing.note("approve", SLUG, month, {"rows": [None, row.sha256], "state": [row.state, "approved"]})
    return show(office, actor, month)


def publish(office: Office, actor: Actor, month: str, password: str) -> Month:
    """Freeze an approved month and publish it; a published month is put on the site again, as it was frozen.

    Raises as :func:`approve`, and ``NotAllowedNow`` where the database's record of what was published was altered.
    """
    _signed(office, actor, password)
    with act(office.db, actor) as doing:
        require_role(actor, *CHECKERS, to=Text("月次公表を公表する", "publish a month"))
        row = draft.built(doing.conn, month)
        altered = memory.altered(doing.conn)
        if altered:
            raise NotAllowedNow(Text("公表できません。公表した内容の記録が書き換えられています。",
                                     "It cannot be published: the record of what was published was altered."), altered)
        if row.state == "published":
            _restore(office, doing, month)
        else:
            _publish(office, doing, row)
    return show(office, actor, month)


def _publish(office: Office, doing: Act, row: sa.Row[Any]) -> None:
    if row.state != "approved":
        raise NotAllowedNow(Text(f"いまは「{STATES[row.state].label.ja}」です。承認してから公表してください。",
                                 f'It is "{STATES[row.state].label.en}" now. It must be approved before it is published.'))
    _unchanged(doing, row)
    unsigned = two_persons(row.built_by, row.approved_by)
    if unsigned:
        raise Forbidden(unsigned[0].message)
    body = settings.read(doing.conn)
    rows = tuple(replace(DisclosureRow.from_json(r), revision=row.version, revision_type="new") for r in json.loads(row.rows))
    snapshot = Snapshot(
        row.month, row.version, body.body_name, rows, prepared_by=_post(doing.conn, row.built_by, MAKERS),
        approved_by=_post(doing.conn, row.approved_by, CHECKERS), published_on=calendar.tokyo(doing.at).date(),
        wording=body.form_wording)
    known = memory.remembered(doing.conn)
    versions = [*memory.frozen(doing.conn, row.month), snapshot]
    doing.conn.execute(sa.insert(snapshots).values(
        month=row.month, version=row.version, canonical=snapshot.canonical.decode(), sha256=snapshot.sha256,
        approved_by=row.approved_by, published_by=doing.actor.name, published_at=doing.at))
    doing.conn.execute(sa.update(months).where(months.c.month == row.month).values(state="published"))
    files = _put(office, doing, row.month, versions, known)  # last: if it cannot be written, nothing of this stands
    doing.note("publish", SLUG, row.month, {
        "version": [None, snapshot.version], "snapshot": [None, snapshot.sha256], "files": [None, files],
        "state": ["approved", "published"], "count": [None, snapshot.count], "total": [None, snapshot.total]})


def _restore(office: Office, doing: Act, month: str) -> None:
    """The whole site as the database has it: what is damaged or lost is written again, all else stays."""
    files = _put(office, doing, month, memory.frozen(doing.conn), memory.remembered(doing.conn))
    doing.note("restore", SLUG, month, {"files": [None, files]})


def _put(office: Office, doing: Act, month: str, versions: Sequence[Snapshot], known: site.Remembered) -> str:
    now = site.publish(office.site, versions, known).files
    return memory.keep_files(doing.conn, month, {path: told for path, told in now.items() if known.files.get(path) != told})


def verify(office: Office, month: str | None = None) -> list[Problem]:
    """What is no longer as it was published: the database's own record, and the site, or what one month has on it.

    Raises ``Misuse`` (no month), ``Unknown`` (not published).
    """
    with office.db.read() as conn:
        if month:
            spelled(month)
            if month not in memory.published(conn):
                raise Unknown(Text(f"{month} はまだ公表していません。", f"{month} has not been published."))
        altered = memory.altered(conn)
        if memory.altered_files(conn):  # then only the site itself is left to ask
            return [*altered, *verify_folder(office.site)]
        return [*altered, *verify_site(office.site, memory.files(conn), month, _paths(conn, month))]


def _paths(conn: sa.Connection, month: str | None) -> set[str]:
    """Where a month's files lie; without the pages of its contracts if its record was altered beyond reading."""
    try:
        return site.paths(memory.frozen(conn, month)) if month else set()
    except (ValueError, LookupError, TypeError, AttributeError, sa.exc.DatabaseError):
        return set()


def _unchanged(doing: Act, row: sa.Row[Any]) -> None:
    """Raise ``NotAllowedNow`` unless the rows kept are those that were built, and the records still say the same."""
    kept = hashlib.sha256(row.rows.encode()).hexdigest()
    if kept != row.sha256 or not draft.fresh(doing.conn, row, settings.read(doing.conn)):
        raise NotAllowedNow(Text("作成した後で契約が変わりました。もう一度作成してください。",
                                 "A contract changed after the month was built. Build it again."))


def _last_approval(conn: sa.Connection, month: str) -> int:
    t = trail.table.c
    found = conn.scalar(sa.select(sa.func.max(t.seq)).where(t.register == SLUG, t.record == month, t.action == "approve"))
    return found or 0


def _passed(conn: sa.Connection, month: str, after: int) -> list[str]:
    """The records that came into the month or left it since an entry of the trail, and those that stand in it retired."""
    source, t = draft.source(), trail.table.c
    name, table = source.publication.month, source.register.table
    retired = conn.scalars(sa.select(table.c.code).where(source.month == month, sa.not_(source.live)))
    told = conn.execute(sa.select(t.record, t.changes).where(
        t.register == source.register.slug, t.seq > after, t.changes.contains(f'"{month}"', autoescape=True)))
    return sorted({*retired, *(record for record, changes in told if month in json.loads(changes).get(name, ()))})


def _steered(conn: sa.Connection, actor: Actor, month: str, after: int) -> None:
    """Raise ``Forbidden`` if the actor moved a record of the month into a state that is published, or out of one."""
    source, t = draft.source(), trail.table.c
    states, table = source.publication.states, source.register.table
    moves = conn.execute(sa.select(t.record, t.changes).join(table, table.c.code == t.record).where(
        t.register == source.register.slug, t.seq > after, t.actor == actor.name, t.action.startswith("move:"), source.month == month))
    for record, changes in moves:
        before, now = json.loads(changes)["status"]
        if states and (before in states) != (now in states):
            raise Forbidden(Text(
                f"承認できません。{record} を公表の対象にした、または対象から外したのがあなただからです。ほかの人に頼んでください。",
                f"You cannot approve this, because you moved {record} into or out of publication. Ask somebody else."))


def _post(conn: sa.Connection, name: str, posts: Sequence[str]) -> str:
    """Who signed, as the public reads it: the office held, never an account; a plain word where none is held now."""
    held = {u.name: u.roles for u in people.everybody(conn)}.get(name, ())
    return next((ROLES[p].ja for p in posts if p in held), "担当者" if posts == MAKERS else "責任者")


def _signed(office: Office, actor: Actor, password: str) -> None:
    if actor.user_id is None:
        raise Forbidden(Text("確認・承認・公表は、利用者本人（--as）とパスワードが要ります。",
                             "To acknowledge, approve or publish takes a person (--as) and their password."))
    people.check_password(office.db, actor, password)
    with office.db.read() as conn:
        if people.by_name(conn, actor.name).must_change:
            raise Forbidden(Text("仮のパスワードのままでは署名できません。先に自分だけが知っているパスワードに変えてください。",
                                 "You cannot sign with a temporary password. First change it to one that only you know."))


__all__ = ["CHECKERS", "MAKERS", "STATES", "Finding", "Month", "acknowledge", "acknowledgements", "approve", "board", "build", "check", "months",
           "publish", "show", "snapshots", "spelled", "verify", "waiting"]
