"""Titles, horizons and comparisons of chances in the language of a letter; results have them in English."""

import re
from functools import cache

from genoai_desktop.report.phrases import table

_PLACE = re.compile(r"\\\{(\w+)\\\}")


def figure_words(words: str, language: str) -> str | None:
    """What the result says, as a letter says it; None for words that the table does not know."""
    for pattern, entry in _sentences():
        found = pattern.fullmatch(words)
        if found is not None:
            values = {name: _value(name, said, language) for name, said in found.groupdict().items()}
            if None not in values.values():
                made = entry[language].format(**values)
                return made[:1].upper() + made[1:] if words[:1].isupper() else made
    return None


def _value(name: str, said: str, language: str) -> str | None:
    """A cancer by its name in that language, None for one that the table does not name."""
    if name != "cancer":
        return said
    entry = table("figures.json")["cancers"].get(said)
    return None if entry is None else str(entry[language])


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    return tuple(
        (re.compile(_PLACE.sub(r"(?P<\1>.+)", re.escape(entry["source"]))), entry)
        for entry in table("figures.json")["sentences"]
    )
