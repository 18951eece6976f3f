"""Why the system refused a file, in words that can be translated; the system's own are in its language."""

import errno
import os

from genoai_desktop.domain.text import tr


def _words() -> dict[int, str]:
    """Error numbers of POSIX (IEEE Std 1003.1, errno.h) that a disk, a stick or a share can answer with."""
    return {
        errno.ENOENT: tr("there is no such file or folder"),
        errno.EACCES: tr("this account may not"),
        errno.EPERM: tr("this account may not"),
        errno.EISDIR: tr("it is a folder"),
        errno.ENOTDIR: tr("a part of the path is no folder"),
        errno.EEXIST: tr("it exists already"),
        errno.ENOSPC: tr("the disk is full"),
        errno.EDQUOT: tr("this account's share of the disk is used up"),
        errno.EFBIG: tr("the disk does not take files this large"),
        errno.EROFS: tr("the disk is read-only"),
        errno.EIO: tr("the device failed"),
        errno.ENODEV: tr("the device is gone"),
        errno.ENXIO: tr("the device is gone"),
        errno.EBUSY: tr("another program uses it"),
        errno.ENAMETOOLONG: tr("the name is too long"),
        errno.EMFILE: tr("too many files are open"),
    }


def reason_of(error: BaseException) -> str:
    """The reason of an ``OSError``; of anything else that it is damaged, as unpacking ends that way."""
    if not isinstance(error, OSError) or error.errno is None:
        return tr("it is damaged, or ends too early")
    if error.strerror and error.strerror != os.strerror(error.errno):  # our own, which says more
        return error.strerror
    return _words().get(error.errno) or error.strerror or tr("unknown reason")
