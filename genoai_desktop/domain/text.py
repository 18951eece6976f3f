"""Translation of everything a person reads, without Qt.

Catalogues are gettext ``.mo`` files below ``resources/translations/<language>/LC_MESSAGES``.
English is the source language; a message without a translation appears in English.

A language holds for the thread that chose it, which is the window's. Workers keep English, so that
results, documents and reports, whose language is chosen by itself, never follow the window's.
"""

import gettext
import threading
from pathlib import Path

_DOMAIN = "genoai"


class _Chosen(threading.local):
    """The catalogue of one thread."""

    catalogue: gettext.NullTranslations = gettext.NullTranslations()


_chosen = _Chosen()


def use_language(language: str, folder: Path) -> None:
    """Make ``tr`` answer in ``language`` (ISO 639-1) in this thread, falling back to English."""
    _chosen.catalogue = gettext.translation(_DOMAIN, folder, languages=[language], fallback=True)


def languages(folder: Path) -> tuple[str, ...]:
    """English and every language that there is a catalogue of, by ISO 639-1 code."""
    found = {path.parent.parent.name for path in folder.glob(f"*/LC_MESSAGES/{_DOMAIN}.mo")}
    return ("en", *sorted(found - {"en"}))


def tr(message: str, **values: object) -> str:
    """The message in the window's language, with ``{name}`` placeholders filled in."""
    translated = _chosen.catalogue.gettext(message) if message else message
    return translated.format(**values) if values else translated
