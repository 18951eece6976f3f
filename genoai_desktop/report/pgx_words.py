"""Phenotypes, strengths and populations in a document's language (``resources/phrases/pgx_words.json``)."""

from genoai_desktop.domain.text import language_in_use
from genoai_desktop.report.phrases import table


def pgx_said(words: str) -> str:
    """A closed list's word, or several parted by “; ”; what the table does not know stays as it is."""
    known, language = table("pgx_words.json"), language_in_use()
    return "; ".join(known.get(one, {}).get(language, one) for one in words.split("; "))
