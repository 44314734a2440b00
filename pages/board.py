"""委員会の図表: the board of one committee."""

from grc.ui import board_page
from grc.ui.viewer import viewer

board_page.show(viewer())
