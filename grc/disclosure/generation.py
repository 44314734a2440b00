"""A folder that changes all at once: readers see the old site or the new one, never half of either.

``site`` is a symbolic link into ``site-generations/``. A change is made in a new generation, in which every unchanged
file is the old one (a hard link); when it is whole and on the disk, the link is swapped by one rename.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grc.disclosure.render.data import Entry, entry
from grc.refusal import NotAllowedNow
from grc.text import Text

KEPT = 3
"""How many generations stay on the disk, the present one among them."""


class Generation:
    """A site in the making: read what stands, write what changes. Paths are relative, with ``/``.

    ``written``: what was put into it, by path.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: dict[str, Entry] = {}

    def read(self, path: str) -> bytes | None:
        """The file as it stands in this generation; ``None`` where there is none."""
        try:
            return (self.folder / path).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None

    def write(self, path: str, body: bytes) -> None:
        """Put a new, read-only file there; the older generations keep theirs."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            shutil.rmtree(target)
        target.unlink(missing_ok=True)
        with target.open("xb") as file:
            file.write(body)
        target.chmod(0o444)
        self.written[path] = entry(body)


@contextmanager
def new_generation(site: Path) -> Iterator[Generation]:
    """A copy of ``site`` to change; it becomes the site when the block ends, and nothing happens if the block fails.

    One at a time: a second caller waits. ``NotAllowedNow`` where ``site`` is a folder with files of somebody else's.
    """
    store = site.parent / f"{site.name}-generations"
    store.mkdir(parents=True, exist_ok=True)
    with (store / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if site.is_dir() and not site.is_symlink() and any(site.iterdir()):
            raise NotAllowedNow(Text(f"「{site}」には別のファイルがあります。空にするか、別の場所にしてください。",
                                     f'"{site}" holds other files. Empty it, or choose another place.'))
        for rest in store.glob(".building-*"):  # left behind by a power cut
            shutil.rmtree(rest)
        number = max(_numbers(store), default=0) + 1
        building = store / f".building-{number:06d}"
        try:
            if site.is_dir() and site.is_symlink():  # the link may lead nowhere: then all is new
                shutil.copytree(site.resolve(), building, copy_function=_link)
            else:
                building.mkdir()
            yield Generation(building)
            _swap(site, building, store / f"{number:06d}")
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        for old in sorted(_numbers(store))[:-KEPT]:
            shutil.rmtree(store / f"{old:06d}")


def _numbers(store: Path) -> list[int]:
    return [int(entry.name) for entry in store.iterdir() if entry.name.isdigit()]


def _link(source: str, target: str) -> str:
    """A hard link; a true copy on a disk that has none."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _swap(site: Path, building: Path, final: Path) -> None:
    os.sync()  # thousands of small files and folders at once: one flush of all is quicker than one each
    building.rename(final)
    _flush(final.parent)
    following = site.parent / f".{site.name}-next"
    following.unlink(missing_ok=True)
    following.symlink_to(Path(final.parent.name) / final.name)
    if site.is_dir() and not site.is_symlink():
        site.rmdir()
    following.replace(site)
    _flush(site.parent)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
