"""Daicho's engine: registers, the one door for changes, the trail, disclosure. It knows no register and no page."""
