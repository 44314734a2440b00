"""Files that a command reads and writes: a clear sentence where that fails, and never half a file."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from grc.refusal import NotAllowedNow, Unreadable
from grc.text import Text, same

_WHY = {errno.ENOENT: Text("フォルダがありません", "there is no such folder"), errno.EACCES: Text("許可がありません", "not permitted"),
        errno.EPERM: Text("許可がありません", "not permitted"), errno.EISDIR: Text("フォルダです", "it is a folder"),
        errno.ENOTDIR: Text("フォルダではないものが途中にあります", "part of the path is no folder"),
        errno.EROFS: Text("読み取り専用です", "read-only"), errno.ENOSPC: Text("空きがありません", "the disk is full")}


def why(fault: OSError) -> Text:
    """What the system says of a file, in the person's words."""
    return _WHY.get(fault.errno or 0) or same(fault.strerror or type(fault).__name__)


def read(path: Path) -> bytes:
    """The file's bytes. Raises ``Unreadable`` for none, a folder, a device, or one that may not be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable(Text(f"「{path}」はファイルではありません。", f'"{path}" is no file.'))
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(Text(f"「{path}」というファイルはありません。", f'There is no file "{path}".')) from None
    except OSError as fault:
        said = Text("「{path}」を読めません（{why}）。", '"{path}" cannot be read ({why}).')
        raise Unreadable(said.format(path=path, why=why(fault))) from None


def write(path: Path, chunks: Iterable[bytes]) -> None:
    """Write the file whole, or leave what stood there. Raises ``NotAllowedNow`` where the place will not take it."""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
        try:
            with os.fdopen(handle, "wb") as out:
                for chunk in chunks:
                    out.write(chunk)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as fault:
        said = Text("「{path}」に書き出せません（{why}）。", '"{path}" cannot be written ({why}).')
        raise NotAllowedNow(said.format(path=path, why=why(fault))) from None
