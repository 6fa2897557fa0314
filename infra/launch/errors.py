"""The one error a launch ends with when a person has to mend something."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MENDING = {
    errno.EACCES: "is not writable for this user. Give this user the folder (chown) or set DATA to another one.",
    errno.EPERM: "is not writable for this user. Give this user the folder (chown) or set DATA to another one.",
    errno.EROFS: "is on a read-only disk. Set DATA to a folder on a disk that can be written.",
    errno.ENOSPC: "is on a disk that is full. Free some space, or set DATA to a folder on another disk.",
    errno.EDQUOT: "is over its disk quota. Free some space, or set DATA to a folder on another disk.",
    errno.ENOTDIR: "is not a folder, or something above it is a file. Set DATA to another folder.",
    errno.EEXIST: "exists but is not a folder. Move it away or set DATA to another folder.",
}


class LaunchError(Exception):
    """One paragraph that says what is wrong, that nothing was lost, and how to mend it. Exit code 2."""


@contextmanager
def told_for(folder: Path) -> Iterator[None]:
    """Turn the operating system's refusals while we write into `folder` into a LaunchError that names the mend."""
    try:
        yield
    except OSError as error:
        mend = MENDING.get(error.errno or 0)
        if mend is None:
            raise
        raise LaunchError(
            f"The data folder {folder} {mend} Nothing in it was changed. (The system said: {error})"
        ) from error
