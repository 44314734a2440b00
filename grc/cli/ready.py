"""Opening the office for a command: only where ``grc init`` has been, and at the newest migration."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.script import ScriptDirectory

import registers  # noqa: F401  fills the catalogue
from grc import migrate
from grc.office import Office
from grc.refusal import NotAllowedNow
from grc.settings import Place
from grc.text import Text

NOT_YET = Text("まだ準備されていません。grc init を実行してください。", "This is not set up yet. Run grc init.")
OLDER = Text("データベースが古い形のままです。grc init をもう一度実行してください（データはそのまま新しい形になります）。",
             "The database has an older shape. Run grc init again; it upgrades and keeps the data.")
NEWER = Text("データベースは、より新しい版のものです。プログラムを新しくしてください。",
             "The database belongs to a newer version. Update the program.")
UNREACHABLE = Text("データベースを開けません。GRC_HOME と GRC_DATABASE_URL を確かめてください。",
                   "The database cannot be opened. Check GRC_HOME and GRC_DATABASE_URL.")


def office() -> Office:
    """The office of the environment. Raises ``NotAllowedNow`` where it is not ready."""
    place = Place()
    if database_file_missing(place):
        raise NotAllowedNow(NOT_YET)
    opened, stands = at(place)
    if stands is None:
        raise NotAllowedNow(NOT_YET)
    versions = ScriptDirectory(str(migrate.FOLDER))
    if stands != versions.get_current_head():
        known = {script.revision for script in versions.walk_revisions()}
        raise NotAllowedNow(OLDER if stands in known else NEWER)
    return opened


def at(place: Place) -> tuple[Office, str | None]:
    """The office there and the migration that its database stands at. Raises ``NotAllowedNow`` where it cannot be opened."""
    try:
        opened = Office.open(place)
        return opened, migrate.current(opened.db)
    except (OSError, sa.exc.DBAPIError, sa.exc.ArgumentError, sa.exc.NoSuchModuleError):
        raise NotAllowedNow(UNREACHABLE) from None


def database_file_missing(place: Place) -> bool:
    """Whether the database would be a file that is not there: asking must not make one."""
    try:
        url = sa.engine.make_url(place.database)
    except sa.exc.ArgumentError:
        return False
    from pathlib import Path

    return url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file()
