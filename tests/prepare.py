"""Makes this machine ready for the browser tests: a Chromium and a Japanese font, from Debian where we may install.

``python -m tests.prepare`` (``make test`` calls it) says in one line what it found. Where nothing is to be had the
browser tests are skipped, and one loud line says so; ``GRC_REQUIRE_BROWSER=1`` (CI) makes that a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium-headless-shell", "chromium", "google-chrome")
PACKAGES = ("chromium", "fonts-ipafont-gothic", "fontconfig", "libatomic1")  # the last is for Playwright's driver
MISSING = (
    "NO BROWSER TESTS: no Chromium that Playwright can drive here. Name one with GRC_CHROMIUM, or put one of "
    f"{', '.join(NAMES)} on the PATH (Debian: apt-get install {' '.join(PACKAGES)})."
)


def find_browser() -> str | None:
    """The path of the Chromium to test with: ``GRC_CHROMIUM`` first, then the usual names on the PATH."""
    wanted = os.environ.get("GRC_CHROMIUM")
    return shutil.which(wanted) if wanted else next(filter(None, map(shutil.which, NAMES)), None)


def browser_required() -> bool:
    """Whether a missing browser is a failure and not a skip."""
    return os.environ.get("GRC_REQUIRE_BROWSER") == "1"


def has_japanese_font() -> bool:
    """Whether fontconfig knows a font for Japanese; without one the screenshots are rows of boxes."""
    fc_list = shutil.which("fc-list")
    found = fc_list and subprocess.run([fc_list, ":lang=ja"], capture_output=True, text=True, check=False).stdout
    return bool(found and found.strip())


def driver_starts() -> bool:
    """Whether Playwright's own driver runs here; on a bare Debian it lacks a library."""
    return subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True, check=False,
                          ).returncode == 0


def may_install() -> bool:
    """Whether we are root on a system with apt."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def install() -> bool:
    """Install what is missing with apt; False where that failed, with apt's own words on standard error."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = (["update", "-qq"], ["install", "-qq", "--no-install-recommends", *PACKAGES])
    return all(subprocess.run(["apt-get", "-y", *step], env=quiet, stdout=sys.stderr, check=False).returncode == 0
               for step in steps)


def main() -> int:
    """Prepare and say so; the exit status is 1 only where a browser is required and there is none."""
    if not (find_browser() and has_japanese_font() and driver_starts()) and may_install():
        install()
    browser = find_browser() if driver_starts() else None
    if browser is None:
        print(f"\n*** {MISSING} ***\n", file=sys.stderr)
        return 1 if browser_required() else 0
    print(f"Browser tests run in {browser}" + ("" if has_japanese_font() else "; NO JAPANESE FONT was found"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
