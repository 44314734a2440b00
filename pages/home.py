"""きょうの仕事: the home page."""

from grc.ui import home, month_page  # noqa: F401 - the month page adds its tasks
from grc.ui.viewer import viewer

home.show(viewer())
