"""Phenotype in: a term with its neighbours, a pasted letter, what to ask next, phenopackets."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from genoai_desktop.analysis.rare_disease.free_text import Recognised, recognise
from genoai_desktop.analysis.rare_disease.suggestions import Suggestion, ask_next
from genoai_desktop.app.phenopackets import Packet, read_phenopacket, write_phenopacket
from genoai_desktop.app.request import OpenCase
from genoai_desktop.domain.case import Case, ObservedTerm
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge

ONSET, SEVERITY = "HP:0003674", "HP:0012824"
LONGEST_LETTER = 200_000
"""Characters of a letter that are looked through; a longer text is a mistake of the clipboard."""

Choice = tuple[str, str]
"""Identifier and label of a term."""


@dataclass(frozen=True, slots=True)
class TermDetails:
    """A term with the words for it and the terms above and below, each as (identifier, label)."""

    id: str
    label: str
    words: tuple[str, ...]
    broader: tuple[Choice, ...]
    narrower: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """What can be said about a term beside that it is there, in the ontology's order."""

    onset: tuple[Choice, ...]
    severity: tuple[Choice, ...]


def term_details(term: str, knowledge: Knowledge, context: Context) -> TermDetails | None:
    """The term, None when HPO has none of that identifier."""
    context.check()
    found = knowledge.phenotypes.term(term)
    if found is None:
        return None
    label = knowledge.phenotypes.label
    words = tuple(dict.fromkeys((*found.lay_terms, *found.synonyms)))
    broader = tuple((parent, label(parent)) for parent in found.parents)
    narrower = tuple(sorted(((child, label(child)) for child in found.children), key=lambda pair: pair[1]))
    return TermDetails(found.id, found.name, words, broader, narrower)


def qualifiers(knowledge: Knowledge, context: Context) -> Qualifiers:
    """HPO's own terms of onset (with their finer ones) and severity."""
    context.check()
    return Qualifiers(_below(ONSET, knowledge), _below(SEVERITY, knowledge))


def _below(top: str, knowledge: Knowledge) -> tuple[Choice, ...]:
    found: dict[str, str] = {}
    waiting = [top]
    while waiting:
        term = knowledge.phenotypes.term(waiting.pop(0))
        if term is None:
            continue
        if term.id != top:
            found.setdefault(term.id, term.name)
        waiting = [*term.children, *waiting]
    return tuple(found.items())


def recognised(text: str, knowledge: Knowledge, context: Context) -> tuple[Recognised, ...]:
    """Every term that a letter names, with whose it is; nothing of the text is kept."""
    context.check()
    return recognise(text[:LONGEST_LETTER], knowledge.phenotypes, context)


def suggestions(opened: OpenCase, knowledge: Knowledge, context: Context) -> tuple[Suggestion, ...]:
    """What to ask about next, by what the answer would tell of the first candidates."""
    context.check()
    rare = opened.result.rare
    return ask_next(opened.case, rare, knowledge, 6) if rare is not None else ()


def imported(path: Path, knowledge: Knowledge, context: Context) -> Packet:
    """A phenopacket's terms under their current identifiers, and what of it was not understood."""
    context.check()
    packet = read_phenopacket(path)
    terms, findings = known_terms(packet.terms, knowledge)
    return replace(packet, terms=terms, findings=packet.findings + findings)


def known_terms(
    terms: tuple[ObservedTerm, ...], knowledge: Knowledge
) -> tuple[tuple[ObservedTerm, ...], tuple[Finding, ...]]:
    """Terms with obsolete HPO identifiers replaced, each once; those that HPO does not have are reported."""
    kept: dict[tuple[str, bool], ObservedTerm] = {}
    findings: list[Finding] = []
    for term in terms:
        current = knowledge.phenotypes.resolve(term.id)
        if current is None:
            text = tr("{term} is not in the bundled HPO release and was not used.", term=term.id)
            findings.append(Finding(Severity.WARNING, "hpo.unknown", Where(field="HPO"), text))
        else:
            named = replace(term, id=current, label=knowledge.phenotypes.label(current))
            kept.setdefault((current, term.excluded), named)
    return tuple(kept.values()), tuple(findings)


def exported(case: Case, path: Path, knowledge: Knowledge, context: Context) -> Path:
    """Write the phenotype of the proband as a phenopacket."""
    context.check()
    release = knowledge.bundle.tables["hpo_terms"].release
    write_phenopacket(case, path, partial(_label, knowledge), release)
    return path


def _label(knowledge: Knowledge, term: str) -> str:
    return knowledge.phenotypes.label(term)
