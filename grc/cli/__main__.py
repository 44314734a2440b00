"""``python -m grc.cli``: the same as ``grc``."""

from grc.cli import main

main()
