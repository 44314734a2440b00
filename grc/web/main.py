"""What Streamlit runs for each person and click; everything is in :mod:`grc.web.shell`."""

from grc.web.shell import run

run()
