"""Names as a letter says them: conditions and medicines in its language where a source has one."""

import re
import unicodedata
from collections.abc import Iterable

from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import RiskFigure
from genoai_desktop.knowledge.condition_names import in_sentence, named, titled
from genoai_desktop.knowledge.medicine_names import medicines_meant, tidy
from genoai_desktop.knowledge.translated_names import condition_in, medicine_in
from genoai_desktop.report.figure_words import figure_words
from genoai_desktop.report.phrases import table

_LONGEST = 150
_MODE = re.compile(r",?\s*\b(?:autosomal|X-linked)(?: (?:recessive|dominant))?\b", re.IGNORECASE)
_TURNED = re.compile(
    r"([^,]+), (familial|hereditary|congenital|juvenile|infantile|dilated|hypertrophic|restrictive)"
    r"(?:,? (\d+\w?))?",
    re.IGNORECASE,
)
"""Names that a catalogue has turned round: “Cardiomyopathy, dilated, 1A”."""


def condition_headed(name: str, language: str) -> str:
    """The condition by its name in that language, else by its English one in plain words; for headings."""
    return titled(condition_in(name, language) or plain_words(name))


def condition_said(name: str, language: str) -> str:
    """The same within a sentence: its first word is small unless it is a proper name, except in German."""
    known = condition_in(name, language)
    if known is not None or language == "de":
        return in_sentence(known or plain_words(name), language)
    return in_sentence(plain_words(name), "en")


def condition_forms(name: str, language: str) -> set[str]:
    """What a letter may call the condition: in a heading, and within a sentence."""
    return {condition_headed(name, language), condition_said(name, language)}


def medicine_said(name: str, language: str) -> str:
    """The medicine by its name in that language, else as it is written."""
    return medicine_in(name, language) or plain_words(name)


def named_medicine(typed: str, language: str) -> str:
    """A medicine as it was typed, with what it stands for in that language where the two differ."""
    meant = medicines_meant(typed)
    if meant == {tidy(typed)}:
        return medicine_said(typed, language)
    names = sorted(medicine_said(one, language) for one in meant)
    told = [one for one in names if tidy(one) not in tidy(typed)]
    return f"{typed.strip()} ({', '.join(told)})" if told else typed.strip()


def alphabetical(name: str) -> str:
    """What names are sorted by: neither capitals nor accents move one to the end."""
    return "".join(
        one for one in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(one)
    )


def english_names(conditions: Iterable[str], medicines: Iterable[str], language: str) -> frozenset[str]:
    """The names among these that stay English, as a letter in that language says them; none in English."""
    if language == "en":
        return frozenset()
    stay = [one for one in conditions if not condition_in(one, language)]
    left = {form for one in stay for form in condition_forms(one, language)}
    return frozenset(left | {plain_words(one) for one in medicines if not medicine_in(one, language)}) - {""}


def letter_names(result: CaseResult, language: str) -> tuple[str, ...]:
    """Names that stand in a patient's letter and cannot be worded more simply."""
    names: set[str] = {result.case.index.name, result.case.id}
    names |= {candidate.gene for candidate in result.rare.candidates} if result.rare else set()
    names |= {finding.gene for finding in result.risk.findings} if result.risk else set()
    names |= {call.gene for call in result.pgx.calls} if result.pgx else set()
    names |= {form for name in _conditions(result) for form in condition_forms(name, language)}
    names |= {medicine_said(name, language) for name in _medicines(result)}
    names |= {named_medicine(medicine.name, language) for medicine in result.case.medicines}
    names |= {figure_title(figure, language) for figure in _figures(result)}
    return tuple(sorted(names - {""}))


def letter_english(result: CaseResult, language: str) -> frozenset[str]:
    """The names in a patient's letter that have none in its language."""
    titles = {figure.title for figure in _figures(result) if not figure_words(figure.title, language)}
    told = {plain_words(title) for title in titles}
    return english_names({*_conditions(result), *told}, _medicines(result), language)


def _conditions(result: CaseResult) -> set[str]:
    ranked = {candidate.disease_name for candidate in result.rare.candidates} if result.rare else set()
    return ranked | ({finding.condition for finding in result.risk.findings} if result.risk else set())


def _medicines(result: CaseResult) -> set[str]:
    return {advice.drug for advice in result.pgx.advice} if result.pgx else set()


def _figures(result: CaseResult) -> tuple[RiskFigure, ...]:
    if result.risk is None:
        return ()
    return (*result.risk.figures, *(one for finding in result.risk.findings for one in finding.figures))


def figure_title(figure: RiskFigure, language: str) -> str:
    """The figure's title in the words of a letter: “chance” takes the place of “risk”."""
    return figure_said(figure.title, language)


def figure_said(words: str, language: str) -> str:
    """A figure's title, horizon or comparison as a letter says it."""
    said = condition_headed if words[:1].isupper() else condition_said
    return figure_words(words, language) or said(plain_words(words), language)


def plain_words(words: str) -> str:
    """A name as a letter says it.

    ``risk of X`` becomes ``chance of X``; a trailing “risk” goes, and so does the mode of inheritance
    (``Deafness, autosomal recessive 1A`` becomes ``Deafness 1A``); a name that a catalogue has turned round
    is turned back where a source writes it so (``Cardiomyopathy, dilated, 1A`` becomes
    ``Dilated cardiomyopathy 1A``); very long names
    are cut.
    """
    shorter = re.sub(r"\s+risk$", "", _MODE.sub("", words.strip()).strip(" ,"), flags=re.IGNORECASE)
    changed = re.sub(r"\brisks\b", "chances", shorter, flags=re.IGNORECASE)
    changed = re.sub(r"\brisk\b", "chance", changed, flags=re.IGNORECASE)
    changed = named(_upright(changed))
    cased = changed[:1].upper() + changed[1:] if words[:1].isupper() else changed
    return cased if len(cased) <= _LONGEST else cased[: _LONGEST - 1].rstrip() + "…"


def _upright(name: str) -> str:
    """As another source writes it (``packaging/upright_names.py``); else by the adjectives that are safe."""
    if name in (known := table("upright_names.json")):
        return str(known[name])
    found = _TURNED.fullmatch(name)
    if found is None:
        return name
    noun, adjective, number = found.groups()
    if not noun[1:2].isupper():
        noun = noun[:1].lower() + noun[1:]
    return f"{adjective} {noun} {number or ''}".strip()
