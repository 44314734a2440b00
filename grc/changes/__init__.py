"""The door: the only way in which a register's tables change. One act a file, over one spine.

permission → version → rules → write → trail → commit, in one transaction; see :mod:`grc.changes.spine`.
"""

from grc.changes.attach import attach, detach
from grc.changes.confirm import confirm
from grc.changes.create import create
from grc.changes.load import load
from grc.changes.retire import archive, void
from grc.changes.spine import Act, Saved, act
from grc.changes.transition import transition
from grc.changes.update import update

__all__ = ["Act", "Saved", "act", "archive", "attach", "confirm", "create", "detach", "load", "transition", "update", "void"]
