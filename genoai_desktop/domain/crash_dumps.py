"""A program that crashes leaves no picture of its memory on the disk: patients' data would be in it."""

import contextlib
import sys
from pathlib import Path

_NO_SEGMENT = "0"
_NO_WINDOWS_REPORT = 0x0001 | 0x0002 | 0x8000
"""SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX (Windows SDK, errhandlingapi.h)."""


def forbid_crash_dumps() -> None:
    """For this process and those that it starts: no core file, and no memory in what a crash handler gets.

    Linux hands a dump to a handler such as systemd-coredump whatever the size limit says (core(5)); the
    filter of memory segments holds there as well. On Windows no error report is made. What this cannot do:
    keep the system from writing memory to its swap space; that has to be encrypted with the disk.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        if sys.platform.startswith("linux"):
            Path("/proc/self/coredump_filter").write_text(_NO_SEGMENT, encoding="ascii")
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(_NO_WINDOWS_REPORT)
