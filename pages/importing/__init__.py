"""The steps of the import page, one a module; :mod:`pages.importing.kept` is what passes from one to the next."""
