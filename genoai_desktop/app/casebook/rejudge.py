"""A ledger judged again by other knowledge, from what is stored: no VCF is needed."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import polars as pl

from genoai_desktop.analysis.annotation.annotated import Annotated, enrich
from genoai_desktop.analysis.classification.assess import assess
from genoai_desktop.analysis.classification.combining import classify
from genoai_desktop.analysis.classification.edits import edited
from genoai_desktop.analysis.classification.gather import Gatherer
from genoai_desktop.analysis.pharmacogenomics import advise, advise_seen, for_everybody
from genoai_desktop.app.casebook.ledger import OWN_CRITERIA, advice_of, diseases_of
from genoai_desktop.app.variant_list import Site, variant_table
from genoai_desktop.domain.acmg import Classification, Criterion, Evidence, Verdict
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.ledger import Ledger, LedgerCall, LedgerEntry, OwnCriterion
from genoai_desktop.domain.pgx import GeneCall
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import FrequencyKind
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.frequency import frequency
from genoai_desktop.knowledge.medicine_names import listed_as

_BASES = set("ACGTN")


class Rejudge:
    """Holds what is loaded once for many cases."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._gatherer = Gatherer(knowledge)

    def ledger(self, ledger: Ledger, case: Case, context: Context) -> Ledger:
        """ClinVar, frequencies, class, diseases of the genes and advice as the knowledge says it now.

        What rests on the patient and the family, and a person's edits of criteria, stay as they are.

        Raises:
            Cancelled: the person stopped the job.
        """
        entries = list(ledger.entries)
        for build in Build:
            chosen = {i: entry for i, entry in enumerate(entries) if _placed(entry, build)}
            for index, entry in self._of_build(chosen, build, case, context).items():
                entries[index] = entry
        known = {gene: diseases_of(gene, self._knowledge) for gene in {entry.gene for entry in entries}}
        return replace(
            ledger,
            entries=tuple(replace(entry, gene_diseases=known[entry.gene]) for entry in entries),
            advice=self._advice(ledger, case),
        )

    def _advice(self, ledger: Ledger, case: Case) -> Any:
        if not ledger.calls:
            return ledger.advice
        calls, definitions = [*map(_call, ledger.calls)], self._knowledge.pgx
        told = (*advise(calls, definitions), *advise_seen(calls, definitions))
        before = {one.drug.lower() for one in ledger.advice}
        own = before | listed_as(*(medicine.name for medicine in case.medicines))
        return advice_of(for_everybody(told, own), ledger.own_drugs)

    def _of_build(
        self, chosen: Mapping[int, LedgerEntry], build: Build, case: Case, context: Context
    ) -> dict[int, LedgerEntry]:
        if not chosen:
            return {}
        sites = {index: _site(entry) for index, entry in chosen.items()}
        table, order = variant_table(sites, build)
        found = enrich(table, pl.DataFrame(), (), self._knowledge, Silent())
        made = {}
        for row, index in enumerate(order):
            context.check()
            made[index] = self._entry(chosen[index], found, row, case)
        return made

    def _entry(self, entry: LedgerEntry, found: Annotated, row: int, case: Case) -> LedgerEntry:
        known = found.variants.row(row, named=True) | found.table.frame.row(row, named=True)
        index = known["clinvar_index"]
        record = self._knowledge.clinvar.entry(index) if index >= 0 else None
        seen = frequency(known["freq_kind"], known["freq_max"], known["freq_all"], known["freq_source"] or "")
        judged = self._judged(entry, known, case)
        return replace(
            entry,
            clinvar=record.classification if record else "",
            clinvar_stars=record.stars if record else 0,
            clinvar_release=record.release if record else "",
            frequency_kind=seen.kind.value,
            frequency=seen.highest,
            classification=str(judged.reported) if judged else entry.classification,
            points=judged.points if judged else entry.points,
            codes=judged.codes(Verdict.MET) if judged else entry.codes,
        )

    def _judged(self, entry: LedgerEntry, known: Mapping[str, Any], case: Case) -> Classification | None:
        if entry.effect is None or not entry.classification:
            return None
        place = {"gene": entry.gene, "pos": entry.variant.position, "hgvs_c": entry.hgvs_c.rpartition(":")[2]}
        effect = asdict(entry.effect) | place
        modes = set(entry.inheritance)
        recessive = True if modes == {"AR"} else False if modes == {"AD"} else None
        facts = self._gatherer.facts(effect, known, entry.variant.build, recessive=recessive)
        bare = assess(facts, self._gatherer.rules)
        own = {item.code: _criterion(item) for item in entry.own}
        if facts.frequency_kind is not FrequencyKind.ABSENT:
            own.pop("PM3", None)  # counts only for what no population has
        judged = classify(
            [own.get(item.code, item) if item.code in OWN_CRITERIA else item for item in bare.criteria]
        )
        return edited(judged, [edit for edit in case.criterion_edits if edit.variant == entry.variant])


def _placed(entry: LedgerEntry, build: Build) -> bool:
    key = entry.variant
    return key.build is build and set(key.ref + key.alt) <= _BASES and bool(key.ref + key.alt)


def _site(entry: LedgerEntry) -> Site:
    key = entry.variant
    return Site(key.chromosome, key.position, key.ref, key.alt, key.build)


def _criterion(own: OwnCriterion) -> Criterion:
    evidence = Evidence(own.code, own.strength) if own.strength is not None else None
    return Criterion(own.code, own.verdict, tr("As at the analysis of the case."), evidence)


def _call(call: LedgerCall) -> GeneCall:
    return GeneCall(call.gene, call.diplotype, (), call.phenotype, call.activity_score, call.status, 0, ())
