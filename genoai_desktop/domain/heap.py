"""How the C library's allocator keeps what is freed: settings for a program that runs all day.

The numbers of the parameters are those of glibc's ``malloc.h``; what they do is in mallopt(3) and in the
GNU C Library's manual, "Malloc Tunable Parameters".
"""

import ctypes
import sys
from typing import Final

_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
MIB: Final = 1 << 20
SETTINGS: Final = (
    (_M_ARENA_MAX, 2),
    (_M_MMAP_THRESHOLD, MIB),
    (_M_TRIM_THRESHOLD, 8 * MIB),
)
"""Parameter and value, and why:

- Every new thread that meets a busy heap gets one of its own, up to eight a core, and a file is read in a
  thread of its own: after twenty cases eleven heaps each kept 9 MB for nobody. Two are enough, because
  Python runs one thread at a time.
- A large table is to go back to the system when it is freed. Left alone, glibc raises the size from which
  it asks the system, up to 32 MiB, each time such a table is freed; the next ones then lie in the heap,
  which ends in holes. A value that is set stays.
- Setting that one also stops the raising of the next: what may stay free at the end of the heap before it is
  given back. 128 KiB would be taken and given back all the time.
"""


def keep_little() -> bool:
    """Apply ``SETTINGS`` to this process; False where the C library is not glibc. Before threads start."""
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None)
    if not hasattr(library, "gnu_get_libc_version"):  # musl takes no parameters
        return False
    return all(library.mallopt(parameter, value) == 1 for parameter, value in SETTINGS)
