"""What an analysis found, short, by the consent scope that it needs; and the words to search by."""

from collections.abc import Iterable, Iterator
from typing import Any

from genoai_desktop.domain.case import Case, Scope
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.variant import ReportedVariant

MOST_CANDIDATES = 20


def summary(result: CaseResult) -> dict[str, Any]:
    """By scope: candidates of the question asked, medicines, risk findings, scores. JSON types.

    A part that consent does not allow is not in ``result``; nothing relies on it here.
    """
    allows = result.case.consent.allows
    found: dict[str, Any] = {}
    if result.rare is not None and allows(Scope.PRIMARY):
        found[Scope.PRIMARY.value] = [
            {
                "rank": item.rank,
                "gene": item.gene,
                "disease": item.disease_name,
                "id": item.disease_id,
                "probability": None if item.probability is None else round(item.probability, 4),
                "variants": [_variant(variant) for variant in item.variants],
            }
            for item in result.rare.candidates[:MOST_CANDIDATES]
        ]
    if result.pgx is not None and allows(Scope.PGX):
        found[Scope.PGX.value] = [
            {"gene": call.gene, "diplotype": call.diplotype, "phenotype": call.phenotype}
            for call in result.pgx.calls
        ]
    if result.risk is not None:
        for finding in result.risk.findings:
            entry = {
                "gene": finding.gene,
                "disease": finding.condition,
                "variants": [_variant(variant) for variant in finding.variants],
            }
            if finding.scope in {scope.value for scope in Scope if allows(scope)}:
                found.setdefault(finding.scope, []).append(entry)
    return found


def _variant(variant: ReportedVariant) -> dict[str, str]:
    return {
        "id": str(variant.key),
        "hgvs_c": variant.hgvs_c,
        "hgvs_p": variant.hgvs_p,
        "classification": variant.classification,
        "clinvar": variant.clinvar.classification if variant.clinvar else "",
    }


def search_words(case: Case, found: dict[str, Any], status: str) -> Iterator[tuple[str, str]]:
    """(kind, word) pairs: name, gene, variant, term, status. Every word of a phrase on its own."""
    yield from _split("name", case.id)
    for person in case.persons:
        yield from _split("name", person.name)
        yield from _split("name", person.id)
        yield from _split("name", person.sample or "")
    yield from _split("name", case.indication)
    for term in case.terms:
        yield "term", term.id
        yield from _split("term", term.label)
    for entry in _entries(found):
        if entry.get("gene"):
            yield "gene", str(entry["gene"])
        yield from _split("term", str(entry.get("disease", "")))
        for variant in entry.get("variants", ()):
            yield from _split("variant", variant["id"])
            for name in ("hgvs_c", "hgvs_p"):
                whole = variant[name]
                yield from (("variant", part) for part in (whole, whole.rpartition(":")[2]) if part)
    yield from _split("status", status)


def _entries(found: dict[str, Any]) -> Iterable[dict[str, Any]]:
    return (entry for entries in found.values() if isinstance(entries, list) for entry in entries)


def _split(kind: str, text: str) -> Iterator[tuple[str, str]]:
    yield from ((kind, word) for word in text.replace(",", " ").split())
