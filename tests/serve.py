"""The app under test in a process of its own, with the toy register beside those of the house."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grc.office import Office

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Server:
    """The app as it runs: its address and its office."""

    base: str
    office: Office

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.base.rpartition(":")[2])


def run(office: Office, **environment: str) -> Iterator[Server]:
    """Start the app for an office whose database is made; stop it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    around = {**os.environ, "GRC_HOME": str(office.place.home), "GRC_DATABASE_URL": office.db.url, "PYTHONPATH": str(ROOT), **environment}
    with (office.place.home / "serve.log").open("w") as log:
        running = subprocess.Popen([sys.executable, "-m", "tests.serve", str(port)], env=around, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait(f"http://127.0.0.1:{port}", running)
            yield Server(f"http://127.0.0.1:{port}", office)
        finally:
            running.terminate()
            running.wait(20)


def _wait(base: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert running.poll() is None, "the app ended before it answered"
        try:
            urllib.request.urlopen(f"{base}/healthz", timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the app did not answer")


def main() -> None:
    """Serve on the port given; ``GRC_TEST_FAST`` makes the gate look every half second, an empty ``GRC_TEST_TOY`` leaves the toy out."""
    from grc.web import app, gate

    if os.environ.get("GRC_TEST_TOY", "1"):
        from tests import toy  # noqa: F401  puts the toy into the catalogue
    if os.environ.get("GRC_TEST_FAST"):
        gate.EVERY, gate.FRESH = 0.5, 0.2
    app.run("127.0.0.1", int(sys.argv[1]))


if __name__ == "__main__":
    main()
