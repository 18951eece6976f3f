"""Reasons of the system in words of our own, in the language of the window."""

import errno
import os
import zlib

import pytest

from genoai_desktop.domain.reasons import reason_of
from genoai_desktop.domain.text import tr, use_language
from genoai_desktop.knowledge.locations import resources


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOENT, "no such file"),
        (errno.ENOSPC, "full"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "failed"),
    ],
)
def test_a_known_number_has_words(number: int, words: str) -> None:
    assert words in reason_of(OSError(number, os.strerror(number)))


def test_what_we_said_ourselves_is_kept() -> None:
    assert reason_of(IsADirectoryError(errno.EISDIR, "results is a folder")) == "results is a folder"


def test_an_unknown_number_keeps_the_words_of_the_system() -> None:
    assert reason_of(OSError(errno.ELOOP, os.strerror(errno.ELOOP))) == os.strerror(errno.ELOOP)


@pytest.mark.parametrize("error", [EOFError(), zlib.error("x"), OSError("Not a gzipped file")])
def test_what_cannot_be_unpacked_is_damaged(error: Exception) -> None:
    assert "damaged" in reason_of(error)


def test_a_german_window_says_it_in_german() -> None:
    said = tr(
        "The file cannot be opened ({reason}).",
        reason=reason_of(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))),
    )
    use_language("de", resources() / "translations")
    try:
        assert "voll" in said.say()
        assert "voll" in reason_of(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    finally:
        use_language("en", resources() / "translations")
