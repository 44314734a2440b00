"""月ごとの公表: the board of a fiscal year, and one month on its way from the ledger to the public."""

import streamlit as st

from grc.ui import month_page
from grc.ui.viewer import viewer

month = st.query_params.get("month", "")
if month:
    month_page.show(viewer(), month)
else:
    month_page.board(viewer(), st.query_params.get("fy", ""))
