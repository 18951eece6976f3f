"""The files that a command names, looked at before the work: is the output in order, is ``-`` an input?"""

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

STANDARD = Path("-")
_STREAMED = ("file", "vcf", "score", "outside", "ped", "phenopacket")
"""Options whose readers want a file that can be read twice; tables read standard input themselves."""
_BESIDE = ("reads", "partner", "callable", "ped", "phenopacket", "reference", "outside", "score")
"""Options read after minutes of work on the first file: a slip in their name is said before."""


def check_files(options: argparse.Namespace) -> None:
    """Refuse an output that could not be written, or that would replace an input.

    Raises:
        UserError: names the option.
    """
    inputs = [path for _, path in _inputs(options)]
    if sum(path == STANDARD for path in inputs) > 1:
        raise _refused("-", tr("Only one input can be standard input."), tr("Give the others as files."))
    for name in _BESIDE:
        path = getattr(options, name, None)
        if isinstance(path, Path) and path != STANDARD and not path.exists():
            raise _refused(f"--{name}", tr("There is no such file."), tr("Check the path."))
    out = getattr(options, "out", None)
    if not isinstance(out, Path) or out == STANDARD:
        return
    if any(_same(out, path) for path in inputs):
        raise _refused("--out", tr("The result would replace the input."), tr("Choose another name."))
    if getattr(options, "out_is_folder", False):
        if out.exists() and not out.is_dir():
            raise _refused("--out", tr("This is a file."), tr("Name a folder."))
        return
    if not out.name or out.is_dir():
        raise _refused("--out", tr("This is a folder."), tr("Name a file in it."))
    if not out.parent.is_dir():
        raise _refused("--out", tr("The folder does not exist."), tr("Make it, or choose another."))


def _inputs(options: argparse.Namespace) -> list[tuple[str, Path]]:
    found = []
    for name, value in vars(options).items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, Path) and name != "out":
                found.append((name, item))
    return found


def _same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _refused(where: str, what: str, remedy: str) -> UserError:
    return UserError(what, where=where, remedy=remedy)


@contextlib.contextmanager
def standard_input_as_file(options: argparse.Namespace) -> Iterator[None]:
    """Where an option is ``-`` and its reader wants a file, let it read what standard input holds.

    The data stay in memory (an anonymous file of the kernel); the folder holds a link to it alone.

    Raises:
        UserError: this system has no such files.
    """
    names = [name for name, path in _inputs(options) if path == STANDARD and name in _STREAMED]
    if not names:
        yield
        return
    if not hasattr(os, "memfd_create"):
        raise _refused("-", tr("Standard input cannot be read here."), tr("Give the name of a file."))
    folder = Path(tempfile.mkdtemp())
    handle = -1
    try:
        handle = os.memfd_create("input")
        with open(handle, "wb", closefd=False) as memory:
            shutil.copyfileobj(sys.stdin.buffer, memory, 1 << 20)
        link = folder / "standard-input"
        link.symlink_to(f"/proc/{os.getpid()}/fd/{handle}")
        value = getattr(options, names[0])
        several = [link if path == STANDARD else path for path in value] if isinstance(value, list) else None
        setattr(options, names[0], several or link)
        yield
    finally:
        if handle >= 0:
            os.close(handle)
        shutil.rmtree(folder, ignore_errors=True)
