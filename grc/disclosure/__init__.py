"""The monthly disclosure of contracts: one row, four official forms, checks, a frozen snapshot, a static site.

Pure: nothing here but ``month.py`` and ``memory.py`` knows a database, and nothing knows the register that a contract comes from.
"""
