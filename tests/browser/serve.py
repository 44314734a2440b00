"""The app under test in a process of its own, with the toy register beside those of the house."""

from __future__ import annotations

import sys

from tests import toy  # noqa: F401  puts the toy into the catalogue

if __name__ == "__main__":
    from grc.web import app

    app.run("127.0.0.1", int(sys.argv[1]))
