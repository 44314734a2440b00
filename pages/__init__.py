"""One page a task: thin, composed of :mod:`grc.ui`; no SQL, no rules."""
