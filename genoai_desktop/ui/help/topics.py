"""The topics of the guide: Markdown files in ``resources/help`` (``help/de`` …), found by words."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.help.glossary import folder, terms

OF_PAGE = {
    "cases": "store",
    "ledger": "ledger",
    "overview": "start",
    "phenotype": "phenotype",
    "pedigree": "pedigree",
    "quality": "quality",
    "variants": "variants",
    "candidates": "candidates",
    "medicines": "medicines",
    "risks": "risks",
    "similar": "candidates",
    "locus": "locus",
    "consent": "consent",
    "report": "report",
}
"""Which topic explains which page."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of the guide. ``text`` is Markdown."""

    id: str
    title: str
    text: str


def topics() -> tuple[Topic, ...]:
    """Every topic in reading order, the glossary last, in the language of the window."""
    return _topics(folder())


@cache
def _topics(place: Path) -> tuple[Topic, ...]:
    found = []
    for path in sorted(place.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        found.append(Topic(path.stem.split("-", 1)[1], text.partition("\n")[0].lstrip("# "), text))
    return (*found, _glossary())


def topic(wanted: str) -> Topic:
    """The topic with that id, the first one for an unknown id."""
    return next((one for one in topics() if one.id == wanted), topics()[0])


def search(words: str) -> list[Topic]:
    """Topics that hold every word (or its beginning), those with the word in the title first."""
    wanted = words.casefold().split()
    hits = []
    for place, one in enumerate(topics()):
        text = one.text.casefold()
        if all(re.search(rf"(?<!\w){re.escape(word)}", text) for word in wanted):
            titled = sum(word in one.title.casefold() for word in wanted)
            count = sum(text.count(word) for word in wanted)
            hits.append((-titled, -count, place, one))
    return [hit[3] for hit in sorted(hits, key=lambda hit: hit[:3])]


def _glossary() -> Topic:
    lines = [f"- **{term}**: {meaning}" for term, meaning in sorted(terms().items(), key=_alphabetical)]
    title = tr("Glossary")
    return Topic("glossary", title, f"# {title}\n\n" + "\n".join(lines) + "\n")


def _alphabetical(entry: tuple[str, str]) -> str:
    return entry[0].casefold()
