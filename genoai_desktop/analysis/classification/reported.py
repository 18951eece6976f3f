"""Give reported variants their ACMG/AMP class, from everything the case itself can say."""

from dataclasses import replace
from typing import Any

import polars as pl

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.classification.assess import assess
from genoai_desktop.analysis.classification.edits import edited
from genoai_desktop.analysis.classification.family import (
    FamilyFacts,
    gather_family,
    in_trans,
    known_partner,
)
from genoai_desktop.analysis.classification.gather import Gatherer
from genoai_desktop.domain.acmg import Classification, Verdict
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.quality import QualityResult
from genoai_desktop.domain.rare import Candidate
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.derived import kept_with_tables

_ERRORS_AT_MOST = 0.01
_SITES_AT_LEAST = 200
"""Parentage counts as confirmed when Mendelian errors are this rare over this many sites."""


@kept_with_tables()
def _gatherer(knowledge: Knowledge) -> Gatherer:
    """Kept from one analysis to the next: its tables take most of a second to read."""
    return Gatherer(knowledge)


class Classifier:
    """Classifies the variants of one case; each is judged once."""

    def __init__(
        self, case: Case, annotated: Annotated, quality: QualityResult | None, knowledge: Knowledge
    ) -> None:
        self._case, self._annotated = case, annotated
        self._gatherer = _gatherer(knowledge)
        self._confirmed = _parents_confirmed(quality)
        self._made: dict[tuple[int, str, str], Classification | None] = {}

    def classification(
        self, variant: ReportedVariant, candidate: Candidate | None = None
    ) -> Classification | None:
        """Every criterion with its reason; None where the variant has no effect on a transcript.

        ``candidate``: the disease in question, for its inheritance, phenotype and other variants.
        """
        key = (variant.row, variant.transcript, candidate.disease_id if candidate else "")
        if key not in self._made:
            self._made[key] = self._judge(variant, candidate)
        return self._made[key]

    def reported(self, variant: ReportedVariant, candidate: Candidate | None = None) -> ReportedVariant:
        """The variant with its class, the codes that are met and every criterion, edits applied."""
        found = self.classification(variant, candidate)
        if found is None:
            return variant
        final = edited(found, [edit for edit in self._case.criterion_edits if edit.variant == variant.key])
        return replace(
            variant,
            classification=str(final.reported),
            acmg_codes=final.codes(Verdict.MET),
            acmg=final,
        )

    def _judge(self, variant: ReportedVariant, candidate: Candidate | None) -> Classification | None:
        effects = self._annotated.effects
        if effects.is_empty() or not variant.transcript:
            return None
        own = effects.filter((pl.col("row") == variant.row) & (pl.col("transcript") == variant.transcript))
        if own.is_empty():
            return None
        table = self._annotated.table
        site = table.frame.row(variant.row, named=True)
        known = self._annotated.variants.row(variant.row, named=True) | site
        facts = self._gatherer.facts(
            own.row(0, named=True) | {"pos": site["pos"]},
            known,
            table.build,
            recessive=_recessive(candidate),
            de_novo=self._de_novo(site),
            parents_confirmed=self._confirmed,
            family=self._family(variant, candidate, site),
            disease=candidate.disease_name if candidate else "",
        )
        return assess(facts, self._gatherer.rules)

    def _family(
        self, variant: ReportedVariant, candidate: Candidate | None, site: dict[str, Any]
    ) -> FamilyFacts:
        table = self._annotated.table
        found = gather_family(self._case, table.samples, site, variant, candidate)
        partner = known_partner(variant, candidate.variants) if candidate else None
        if partner is None:
            return found
        other = table.frame.row(partner.row, named=True)
        trans = in_trans(self._case, table.samples, site, other)
        return replace(found, partner=partner.hgvs_c or partner.hgvs_g, in_trans=trans)

    def _de_novo(self, site: dict[str, Any]) -> bool | None:
        """In the patient and in neither parent; None unless both parents are called there."""
        person = self._case.index
        samples = self._annotated.table.samples
        parents = [self._case.person(name).sample for name in (person.mother, person.father) if name]
        if len(parents) != 2 or any(sample is None or sample not in samples for sample in parents):
            return None
        dosages = [site.get(f"s{samples.index(sample)}_dosage") for sample in parents if sample]
        if any(dosage is None for dosage in dosages):
            return None
        return not any(dosages)


def _recessive(candidate: Candidate | None) -> bool | None:
    """By the candidate's inheritance where it has one kind alone; else the gene's modes decide."""
    modes = set(candidate.inheritance) if candidate else set()
    return True if modes == {"AR"} else False if modes == {"AD"} else None


def _parents_confirmed(quality: QualityResult | None) -> bool:
    if quality is None:
        return False
    return any(
        check.sites >= _SITES_AT_LEAST and check.errors <= check.sites * _ERRORS_AT_MOST
        for check in quality.mendelian
    )
