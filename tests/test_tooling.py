"""What the checkout promises of itself: locked dependencies, a safe configuration, imports that point one way."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("requirements.lock", "requirements-dev.lock")


def direct(*extras: str) -> list[str]:
    """The pinned requirements that pyproject.toml names, without their own extras: ``name==version``."""
    project = PROJECT["project"]
    found = [*project["dependencies"], *(r for extra in extras for r in project["optional-dependencies"][extra])]
    return [re.sub(r"\[.*?\]", "", requirement) for requirement in found]


def locked(lock: str) -> dict[str, list[str]]:
    """The packages of a lock file, ``name==version`` in lower case, each with its hashes."""
    text = (ROOT / lock).read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {line.split()[0].lower(): line.split()[1:] for line in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_file_names_no_host_and_no_folder(lock: str) -> None:
    assert re.findall(r"://|--(?:index|extra|find|trusted)\S*|\s@\s|\s/\S+", (ROOT / lock).read_text()) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_a_hash(lock: str) -> None:
    packages = locked(lock)
    assert len(packages) > 40
    assert [p for p, hashes in packages.items() if "==" not in p or not hashes] == []
    every = [h for hashes in packages.values() for h in hashes]
    assert [h for h in every if not re.fullmatch("--hash=sha256:[0-9a-f]{64}", h)] == []


def test_locks_hold_what_the_project_names_and_agree() -> None:
    run, dev = (locked(lock) for lock in LOCKS)
    backend = PROJECT["build-system"]["requires"]
    assert [r for r in [*direct(), *backend] if _plain(r) not in map(_plain, run)] == []
    assert [r for r in direct("dev") if _plain(r) not in map(_plain, dev)] == []
    assert run.items() <= dev.items()


def test_every_direct_dependency_says_what_it_is_for() -> None:
    lines = (ROOT / "docs/dependencies.md").read_text().splitlines()
    told = {_plain(m[1]) for line in lines if (m := re.match(r"\| `([^`]+)` \| .{20,} \| .{20,} \|$", line))}
    assert told == {_plain(r).partition("==")[0] for r in [*direct("dev"), *PROJECT["build-system"]["requires"]]}


def test_both_readmes_show_the_same_commands() -> None:
    code = re.compile(r"`([^`\n]+)`|^((?:make|python3|export|\.venv)[^#\n]*?) *(?:#|$)", re.ASCII | re.MULTILINE)
    ja, en = ({a or b for a, b in code.findall((ROOT / name).read_text())} for name in ("README.ja.md", "README.md"))
    assert len(en) > 25
    assert ja == en


def test_ci_runs_lint_and_test_and_requires_the_browser() -> None:
    script = (ROOT / ".ci/run").read_text()
    assert [line for line in script.splitlines() if line and not line.startswith("#")] == [
        "set -eu", "export GRC_REQUIRE_BROWSER=1", "make lint", "make test"]


def test_shipped_configuration_is_the_safe_one() -> None:
    """security.md S5, as Streamlit itself reads the file."""
    read = "import json; from streamlit import config; print(json.dumps({k: config.get_option(k) for k in %r}))"
    wanted: dict[str, Any] = {
        "server.enableXsrfProtection": True, "server.enableCORS": True, "server.enableStaticServing": False,
        "server.enableAgentApi": False, "server.fileWatcherType": "none", "server.maxUploadSize": 50,
        "client.showErrorDetails": "none", "client.toolbarMode": "viewer", "client.disableDataExport": True,
        "browser.gatherUsageStats": False, "server.address": "127.0.0.1", "theme.base": "light",
    }
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    done = subprocess.run([sys.executable, "-c", read % (list(wanted),)], cwd=ROOT, env=clean, check=True,
                          capture_output=True, text=True)
    assert json.loads(done.stdout) == wanted


@pytest.fixture
def house(tmp_path: Path) -> Callable[..., str]:
    """A small house with our contracts: give it ``{file: source}`` and get back what the import check prints."""
    rooms = {"grc/text.py": "", "grc/cli/serve.py": "import grc.web.main, registers, imports.load",
             "grc/web/main.py": "import streamlit, grc.ui.form, registers", "grc/ui/form.py": "import streamlit",
             "grc/migrations/env.py": "import registers", "imports/load.py": "import grc.text",
             "registers/plan.py": "import grc.text", "pages/home.py": "import streamlit, grc.ui.form, imports.load"}

    def check(changes: dict[str, str]) -> str:
        for name, source in {**rooms, **changes}.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(source)
            for folder in file.relative_to(tmp_path).parents:
                if str(folder) not in (".", "pages"):
                    (tmp_path / folder / "__init__.py").touch()
        (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
        lint = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
        # -S leaves out the editable install: its pages would stand beside those of the small house.
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), sysconfig.get_path("purelib")])}
        return subprocess.run([sys.executable, "-S", "-c", lint], cwd=tmp_path, env=env, check=False,
                              capture_output=True, text=True).stdout

    return check


def test_imports_that_point_downwards_are_kept(house: Callable[..., str]) -> None:
    assert "7 kept, 0 broken" in house({})


@pytest.mark.parametrize(("room", "source"), [
    ("grc/text.py", "import streamlit"),
    ("grc/text.py", "def later():\n    import registers.plan"),
    ("grc/text.py", "from imports import load"),
    ("grc/changes/create.py", "import grc.ui.form"),
    ("grc/changes/create.py", "import grc.web.main"),
    ("grc/web/gate.py", "from grc.cli import serve"),
    ("grc/ui/form.py", "import registers"),
    ("grc/ui/form.py", "import imports.load"),
    ("imports/load.py", "import registers.plan"),
    ("imports/load.py", "import grc.ui.form"),
    ("registers/plan.py", "import imports.load"),
    ("registers/plan.py", "import streamlit"),
    ("grc/ui/form.py", "import pages.home"),
    ("pages/home.py", "import grc.web.main"),
])
def test_an_import_that_points_upwards_is_refused(house: Callable[..., str], room: str, source: str) -> None:
    assert "6 kept, 1 broken" in house({room: source})


def test_database_fixture_is_fresh_and_keeps_what_is_written(database_url: str) -> None:
    engine = sa.create_engine(database_url)
    table = sa.Table("contracts", sa.MetaData(), sa.Column("subject", sa.Text))
    assert sa.inspect(engine).get_table_names() == []
    with engine.begin() as conn:
        table.create(conn)
        conn.execute(table.insert(), [{"subject": "清掃業務"}])
    with engine.connect() as conn:
        assert conn.execute(sa.select(table.c.subject)).scalars().all() == ["清掃業務"]
    engine.dispose()


def test_two_databases_of_one_server_do_not_meet(postgres_url: str) -> None:
    from tests.postgres import create_database, drop_database

    other = create_database()
    try:
        with sa.create_engine(other).begin() as conn:
            conn.execute(sa.text("create table only_there (n int)"))
        assert sa.inspect(sa.create_engine(postgres_url)).get_table_names() == []
    finally:
        drop_database(other)


def test_shared_data_is_the_folder_beside_the_checkout(shared_data: Path) -> None:
    assert (shared_data / "systems.csv").is_file()


def _plain(requirement: str) -> str:
    """A requirement's name as package registries compare them."""
    return requirement.lower().replace("_", "-")
