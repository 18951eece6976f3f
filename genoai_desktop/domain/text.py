"""Translation of everything a person reads, without Qt.

Catalogues are gettext ``.mo`` files below ``resources/translations/<language>/LC_MESSAGES``.
English is the source language; a message without a translation appears in English.
"""

import gettext
from pathlib import Path

_DOMAIN = "genoai"
_current: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str, folder: Path) -> None:
    """Make ``tr`` answer in ``language`` (ISO 639-1), falling back to English."""
    global _current  # noqa: PLW0603 - the one piece of process-wide state gettext needs
    _current = gettext.translation(_DOMAIN, folder, languages=[language], fallback=True)


def tr(message: str, **values: object) -> str:
    """The message in the window's language, with ``{name}`` placeholders filled in."""
    translated = _current.gettext(message) if message else message
    return translated.format(**values) if values else translated
