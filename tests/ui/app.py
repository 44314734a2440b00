"""A page of the app in Streamlit's own test bench, drawn for a person who is signed in."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from grc.office import Office
from grc.permissions import Actor


def _draw(page, office, actor, lang):  # its source is run elsewhere, where our names are not known
    import runpy
    from pathlib import Path

    import grc
    from grc.ui import look, register_page
    from grc.ui.viewer import Viewer, set_viewer

    set_viewer(Viewer(office, actor, lang, "test-session"))
    look.style()
    file = Path(grc.__file__).resolve().parents[1] / "pages" / f"{page}.py"
    if file.exists():
        runpy.run_path(str(file))
    else:
        register_page.show(page)


def draw(page: str, office: Office, actor: Actor, lang: str = "ja", **params: str) -> AppTest:
    """Draw a page (a file of ``pages/`` or a register's slug) at an address; the test fails on any exception."""
    at = AppTest.from_function(_draw, args=(page, office, actor, lang), default_timeout=20)
    for name, value in params.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception, at.exception
    return at


def bench(page: str, office: Office, actor: Actor, **params: str) -> Callable[[], AppTest]:
    """The page drawn once, and a function that draws it again: what a visit costs the server."""
    at = draw(page, office, actor, **params)
    return lambda: at.run()


def words(at: AppTest) -> str:
    """Everything that the page says."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success")
    said = [str(element.value) for kind in kinds for element in at.get(kind)]
    said += [str(getattr(element, "label", "")) for kind in ("button", "text_input", "selectbox", "text_area", "multiselect") for element in at.get(kind)]
    said += [str(cell) for table in at.table for cell in [*table.value.columns, *table.value.to_numpy().ravel()]]
    return "\n".join(said)
