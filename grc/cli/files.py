"""Files that a command reads and writes: a clear sentence where that fails, and never half a file."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from grc.refusal import NotAllowedNow, Unreadable
from grc.text import Text


def read(path: Path) -> bytes:
    """The file's bytes. Raises ``Unreadable`` for none, a folder, a device, or one that may not be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable(Text(f"「{path}」はファイルではありません。", f'"{path}" is no file.'))
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(Text(f"「{path}」というファイルはありません。", f'There is no file "{path}".')) from None
    except OSError as fault:
        raise Unreadable(Text(f"「{path}」を読めません（{fault.strerror}）。", f'"{path}" cannot be read ({fault.strerror}).')) from None


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
        raise NotAllowedNow(Text(f"「{path}」に書き出せません（{fault.strerror}）。", f'"{path}" cannot be written ({fault.strerror}).')) from None
