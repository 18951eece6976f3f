"""Run one command and turn what happened into an exit status.

0 done; 1 done, with Findings a person should read; 2 the input was refused; 3 a fault of the
program; 130 interrupted.
"""

import argparse
import contextlib
import errno
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, Self

from genoai_desktop.cli.files import check_files, standard_input_as_file
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import Cancelled, UserError
from genoai_desktop.domain.faults import is_failure, place_of
from genoai_desktop.domain.reasons import reason_of
from genoai_desktop.domain.text import tr
from genoai_desktop.jobs.context import Terminal


class Exit(IntEnum):
    """Exit statuses, as the command-line contract has them."""

    DONE = 0
    FINDINGS = 1
    REFUSED = 2
    FAULT = 3
    INTERRUPTED = 130


_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
OpenWindow = Callable[[Path | None, bool], int]


def main(arguments: Sequence[str], open_window: OpenWindow | None = None) -> int:
    """Run one command and return the exit status.

    ``open_window`` (a file to open or None; whether to open the demo case) is called when no command
    is given.
    """
    given = list(arguments)
    if given[:1] == ["--quiet"]:
        given = [*given[1:], "--quiet"]
    if open_window is not None and _plainly_for_the_window(given):
        return _open(given, open_window)
    parser = _parser()
    known = parser.get_default("commands")
    if not given or (given[0] not in known and given[0] not in ("-h", "--help", "--version")):
        return _open(given, open_window)
    options = parser.parse_args(given)
    _open_closed_streams()
    _any_name_can_be_printed()
    context: Silent = Silent() if options.quiet else Terminal()
    with _Interrupts(context) as interrupts:
        try:
            status = _run(options, context)
        except BrokenPipeError:
            _drop_standard_output()
            return Exit.DONE
        # A library may turn an interruption into an error of its own.
        failed = status in (Exit.FAULT, Exit.REFUSED)
        return Exit.INTERRUPTED if failed and interrupts.seen else status


def _drop_standard_output() -> None:
    """What is still in its buffer would fail again when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_closed_streams() -> None:
    """What the caller closed is empty, or goes nowhere; else the next file opened would take its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - for good


def _any_name_can_be_printed() -> None:
    """UTF-8 everywhere, and file names that are no text are written with escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class _Interrupts:
    """Remembers that the person interrupted; a request to end (SIGTERM) is taken as an interruption too.

    The job is cancelled as well: a library may swallow the interruption.
    """

    def __init__(self, context: Silent) -> None:
        self.seen = False
        self._context = context
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        with contextlib.suppress(ValueError):  # not the main thread: signals are somebody else's
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._interrupt)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _interrupt(self, *_: object) -> None:
        self.seen = True
        self._context.cancel()
        raise KeyboardInterrupt


def _plainly_for_the_window(given: list[str]) -> bool:
    """Whether no command can be meant: the commands' libraries would cost the window a second."""
    return given in ([], ["--demo"]) or (
        len(given) == 1 and bool(Path(given[0]).suffix) and not given[0].startswith("-")
    )


def _parser() -> argparse.ArgumentParser:
    from genoai_desktop.cli.parser import build_parser

    return build_parser()


def _run(options: argparse.Namespace, context: Context) -> int:
    try:
        check_files(options)
        with standard_input_as_file(options):
            findings: bool = options.run(options, context)
        sys.stdout.flush()
    except UserError as error:
        _say(tr("Refused: {error}", error=error))
        return Exit.REFUSED
    except FileNotFoundError as error:
        _say(tr("Refused: there is no file {name}.", name=_bare(error.filename)))
        return Exit.REFUSED
    except BrokenPipeError:  # who reads the output has had enough
        raise
    except OSError as error:
        if error.filename is None and error.errno in _NO_SPACE:
            _say(tr("Refused: standard output cannot be written ({reason}).", reason=reason_of(error)))
            _drop_standard_output()
            return Exit.REFUSED
        if error.filename is None:
            return _fault(error)
        _say(tr("Refused: {name}: {reason}.", name=_bare(error.filename), reason=reason_of(error)))
        return Exit.REFUSED
    except (KeyboardInterrupt, Cancelled):
        _say(tr("Interrupted; nothing was left half-written."))
        return Exit.INTERRUPTED
    except BaseException as error:
        if not is_failure(error):
            raise
        return _fault(error)
    return Exit.FINDINGS if findings else Exit.DONE


def _bare(name: object) -> str:
    """The name without its folders, which may be a patient's."""
    return Path(os.fsdecode(name)).name if isinstance(name, str | bytes) else str(name)


def _fault(error: BaseException) -> int:
    """Where in the program it happened, without the exception's text: that could quote the file."""
    _say(tr("A fault of the program ({place}). Please report it.", place=place_of(error)))
    if os.environ.get("GENOAI_DEBUG"):
        traceback.print_exception(error)
    return Exit.FAULT


def _open(arguments: list[str], open_window: OpenWindow | None) -> int:
    if arguments and arguments[0].startswith("-") and arguments != ["--demo"]:
        _parser().error(tr("unknown option {option}", option=arguments[0]))
    if len(arguments) > 1 or (arguments and _is_mistyped(arguments[0])):
        _parser().error(tr("there is no command {name}", name=arguments[0]))
    if open_window is None:
        _parser().error(tr("a command is needed"))
    if arguments == ["--demo"]:
        return open_window(None, True)
    return open_window(Path(arguments[0]) if arguments else None, False)


def _is_mistyped(name: str) -> bool:
    """A plain word that is no file: a command with a slip, not something to open."""
    return name[:1] != "-" and name.replace("-", "").isalpha() and not Path(name).exists()


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - the command line's voice
