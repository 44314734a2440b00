"""``grc settings``: what the body decided."""

from __future__ import annotations

from typing import Annotated

import typer

from grc.cli.shared import Desk, command, group
from grc.text import Text

app = group("組織の設定 / The body's settings")


@command(app, "show", "設定の一覧 / All settings")
def show(desk: Desk) -> None:
    """Every setting as it stands; what an environment variable decides is marked."""
    import registers  # noqa: F401  declares settings too
    from grc.settings import from_environment

    values, fixed = desk.office.body().everything(), from_environment()
    mark = Text("　（環境変数）", "  (environment)")
    desk.answer(values, [Text(f"{k} = {v}{mark.ja if k in fixed else ''}", f"{k} = {v}{mark.en if k in fixed else ''}") for k, v in values.items()])


@command(app, "set", "設定を変える / Change a setting", acts=True)
def set_(desk: Desk, key: Annotated[str, typer.Argument(metavar="KEY", help="設定の名前 / Setting", show_default=False)],
         value: Annotated[str, typer.Argument(metavar="VALUE", help="値 / Value", show_default=False)]) -> None:
    """Change a setting, with an entry in the trail."""
    import registers  # noqa: F401  declares settings too
    from grc.changes.set_setting import set_setting

    set_setting(desk.office.db, desk.actor, key, value)
    desk.answer({key: value}, [f"{key} = {value}"])
