"""Keeps ``None``, ``True`` and ``False`` alive under PySide6 6.12 on Python 3.11.

That release is built as if these objects were immortal, which they are from Python 3.12 on only:
every emitted signal takes one reference from ``True``, many setters one from ``None``. After some
thousand calls Python 3.11 would end with "deallocating True or False". Giving each object more
references than a program can ever lose is what immortality comes to; ``tests/ui/test_singletons.py``
shows the loss and that it no longer matters.

Not mended here: where Python calls Qt and Qt calls an override of ours (``adjustSize`` a ``sizeHint``), an
error that C code raised in it and no Python frame caught (``len(3)``) ends the program, as that release
reads it as if it were an exception already (``PepException_GetArgs`` of a plain string). An error raised
by ``raise``, or caught and raised again, is told of as it should be. Not tried with Python 3.12.
"""

import ctypes
import sys

_PLENTY = 1 << (40 if sys.maxsize > 1 << 32 else 28)


def protect() -> None:
    """Give the singletons plenty of references; does nothing from Python 3.12 on."""
    if sys.version_info >= (3, 12) or sys.getrefcount(None) >= _PLENTY:
        return
    for one in (None, True, False, NotImplemented):
        ctypes.c_ssize_t.from_address(id(one)).value += _PLENTY
