"""A small text file as a person may have saved it: UTF-8 or, from a spreadsheet, UTF-16."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.reasons import reason_of
from genoai_desktop.domain.text import tr


def plain_text(path: Path, most: int, remedy: str, code: str) -> str:
    """The whole text. ``most``: bytes that such a file may have; ``remedy``: which file to choose.

    Raises:
        UserError: it cannot be opened, is too large, is no text, or has letters of another encoding, with
            the line of the first of them.
    """
    try:
        if path.stat().st_size > most:
            what = tr("The file is far too large for a pedigree.")
            raise UserError(what, where=file_where(path), remedy=remedy, code=code)
        data = path.read_bytes()
    except OSError as error:
        what = tr("The file cannot be opened ({reason}).", reason=reason_of(error))
        raise UserError(what, where=file_where(path), remedy=remedy, code=code) from None
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        what = tr("The file is not text.")
        raise UserError(what, where=file_where(path), remedy=remedy, code=code)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = tr("A letter is not in UTF-8, so it cannot be read with certainty.")
        save = tr("Open the file in a text editor and save it with the encoding UTF-8.")
        raise UserError(what, where=file_where(path, line), remedy=save, code=code) from None
