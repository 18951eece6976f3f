"""Why the system refused a file, in words that can be translated; the system's own are in its language."""

import errno
import os

from genoai_desktop.domain.text import later, tr

_WORDS = {
    errno.ENOENT: later("there is no such file or folder"),
    errno.EACCES: later("this account may not"),
    errno.EPERM: later("this account may not"),
    errno.EISDIR: later("it is a folder"),
    errno.ENOTDIR: later("a part of the path is no folder"),
    errno.EEXIST: later("it exists already"),
    errno.ENOSPC: later("the disk is full"),
    errno.EDQUOT: later("this account's share of the disk is used up"),
    errno.EFBIG: later("the disk does not take files this large"),
    errno.EROFS: later("the disk is read-only"),
    errno.EIO: later("the device failed"),
    errno.ENODEV: later("the device is gone"),
    errno.ENXIO: later("the device is gone"),
    errno.EBUSY: later("another program uses it"),
    errno.ENAMETOOLONG: later("the name is too long"),
    errno.EMFILE: later("too many files are open"),
}
"""Error numbers of POSIX (IEEE Std 1003.1, errno.h) that a disk, a stick or a share can answer with."""


def reason_of(error: BaseException) -> str:
    """The reason of an ``OSError``; of anything else that it is damaged, as unpacking ends that way."""
    if not isinstance(error, OSError) or error.errno is None:
        return tr("it is damaged, or ends too early")
    if error.strerror and error.strerror != os.strerror(error.errno):  # our own, which says more
        return error.strerror
    return tr(_WORDS.get(error.errno, "")) or error.strerror or tr("unknown reason")
