"""How much one session may upload (security.md S4): 60 files and 200 MB at a time, 100 files a minute.

Streamlit keeps uploads in memory until their page is closed; ``held`` asks it what is still there.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from streamlit import runtime

from grc import calendar
from grc.text import Text

ROUTE = "/_stcore/upload_file/"
FILES, BYTES, A_MINUTE = 60, 200 * 1024 * 1024, 100

TOO_MANY = Text("一度に選べるのは60ファイル、合わせて200MBまでです。", "At most 60 files and 200 MB at a time.")
TOO_FAST = Text("ファイルが続けて送られすぎています。1分待ってからやり直してください。", "Too many files in a row. Wait a minute, then try again.")


@dataclass
class _Use:
    kept: dict[str, int] = field(default_factory=dict)
    coming: dict[str, int] = field(default_factory=dict)
    lately: deque[datetime] = field(default_factory=deque)


class Meter:
    """What each session has sent. ``held(path)``: whether the file sent to that path is still in memory."""

    def __init__(self, held: Callable[[str], bool]) -> None:
        self._held = held
        self._uses: defaultdict[str, _Use] = defaultdict(_Use)

    def ask(self, session_hash: str, path: str, size: int) -> Text | None:
        """Take note of a file of ``size`` bytes that is about to come; a sentence where it may not.

        Where it may, :meth:`done` has to follow.
        """
        now = calendar.now()
        self._forget(now)
        use = self._uses[session_hash]
        if len(use.lately) >= A_MINUTE:
            return TOO_FAST
        sizes = [*use.kept.values(), *use.coming.values()]
        if len(sizes) >= FILES or sum(sizes) + size > BYTES:
            return TOO_MANY
        use.lately.append(now)
        use.coming[path] = size
        return None

    def done(self, session_hash: str, path: str) -> None:
        """The request is over; what did not arrive will not be counted."""
        use = self._uses[session_hash]
        use.kept[path] = use.coming.pop(path, 0)

    def _forget(self, now: datetime) -> None:
        for key, use in list(self._uses.items()):
            while use.lately and now - use.lately[0] > timedelta(minutes=1):
                use.lately.popleft()
            use.kept = {path: size for path, size in use.kept.items() if self._held(path)}
            if not (use.lately or use.kept or use.coming):
                del self._uses[key]


def held_by_streamlit(path: str) -> bool:
    """Whether Streamlit has the file that was sent to ``…/upload_file/{its session}/{file}``."""
    session_id, _, file_id = path.partition(ROUTE)[2].partition("/")
    return bool(runtime.get_instance().uploaded_file_mgr.get_files(session_id, [file_id]))
