"""The web: one process serves the pages, sign-in, files, exports and the public site, all behind one gate.

A composition root: it imports everything, and nothing but the command line imports it.
"""
