"""The operating system: why it could not read or write a file, in the user's language."""

from __future__ import annotations

import errno
from os.path import lexists  # which says no of a name that no file can have
from typing import Final

from itakit.wording import Message, say

_REASONS: Final = {
    errno.ENOENT: "os-absent",
    errno.EACCES: "os-forbidden",
    errno.EPERM: "os-forbidden",
    errno.EISDIR: "os-folder",
    errno.ENOTDIR: "os-no-folder",
    errno.ENAMETOOLONG: "os-long-name",
    errno.ENOSPC: "os-full",
    errno.EROFS: "os-read-only",
}


def reason(error: Exception) -> Message | str:
    """Why; what is not known here is passed on in the system's own words."""
    if isinstance(error, ValueError):
        return say("os-nul")  # which each version of Python says in other words
    if isinstance(error, OSError) and error.errno in _REASONS:
        return say(_REASONS[error.errno])
    return (getattr(error, "strerror", None) or str(error)).lower()


def unreadable(error: Exception) -> Message:
    """That a file cannot be read, and why."""
    return say("unreadable-file", reason=reason(error))


def absent(path: str) -> Message | None:
    """That there is no such file; `None` where there is one."""
    return None if lexists(path) else say("unreadable-file", reason=say("os-absent"))
