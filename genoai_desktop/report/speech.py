"""Documents that are made of the program's messages, in a language of their own.

German is the window's catalogue. Spanish and French have one of documents alone, below
``resources/translations/documents``; what it does not hold stays English.
"""

from contextlib import AbstractContextManager

from genoai_desktop.domain.text import languages, speaking
from genoai_desktop.knowledge.locations import resources


def documents_in(language: str) -> AbstractContextManager[None]:
    """Inside, messages are said in ``language`` (ISO 639-1), in this thread."""
    folder = resources() / "translations"
    return speaking(language, folder if language in languages(folder) else folder / "documents")
