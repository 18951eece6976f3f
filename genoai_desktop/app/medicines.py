"""What the Medicines page asks: medicines with what speaks about them, what if, results from elsewhere."""

from dataclasses import dataclass, replace
from pathlib import Path

from genoai_desktop.analysis.pharmacogenomics import (
    ConcernEntry,
    Relation,
    concern_list,
    conversions_with,
    matching_drugs,
    read_outside,
    what_if,
)
from genoai_desktop.analysis.pharmacogenomics.analysis import HasPgx
from genoai_desktop.analysis.pharmacogenomics.checked import review_text
from genoai_desktop.analysis.pharmacogenomics.outside import apply_outside, check_stated, outside_genes
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.outside import OutsideCall
from genoai_desktop.domain.pgx import (
    CallStatus,
    Concern,
    DoseAdvice,
    DrugAdvice,
    GeneCall,
    PgxResult,
    PhenoConversion,
)
from genoai_desktop.domain.text import tr


@dataclass(frozen=True, slots=True)
class MedicineView:
    """One medicine: its entry by concern, the doses calculated for it, and the gene results behind it."""

    entry: ConcernEntry
    doses: tuple[DoseAdvice, ...] = ()
    calls: tuple[GeneCall, ...] = ()
    conversions: tuple[PhenoConversion, ...] = ()
    review: str = ""

    @property
    def drug(self) -> str:
        """Name, in lower case."""
        return self.entry.drug


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a prescription that nobody wrote yet would mean.

    ``drugs``: what the typed text may stand for, empty when no table knows it: that is no all-clear.
    """

    typed: str
    drugs: tuple[str, ...] = ()
    advice: tuple[DrugAdvice, ...] = ()
    conversions: tuple[PhenoConversion, ...] = ()
    doses: tuple[DoseAdvice, ...] = ()
    calls: tuple[GeneCall, ...] = ()
    review: str = ""

    @property
    def concern(self) -> Concern:
        """The most serious of the advice; unknown only where nothing else is said."""
        order = list(Concern)
        found = [one.concern for one in self.advice if one.concern is not Concern.UNKNOWN]
        return min(found, key=order.index) if found else Concern.UNKNOWN


@dataclass(frozen=True, slots=True)
class OutsideOptions:
    """What can be stated: genes, and the phenotypes that guidelines know by gene (none for HLA)."""

    genes: tuple[str, ...]
    phenotypes: dict[str, tuple[str, ...]]
    counted: tuple[str, ...]
    """Genes whose copies can be stated."""


def medicine_views(result: PgxResult, case: Case) -> tuple[MedicineView, ...]:
    """Medicines by concern, the patient's first within one level; those with a dose alone come last."""
    entries = concern_list(result, case)
    known = {entry.drug for entry in entries}
    dosed = sorted({dose.drug for dose in result.doses} - known)
    entries += [ConcernEntry(drug, Relation.OTHER, Concern.UNKNOWN, (), ()) for drug in dosed]
    return tuple(_view(entry, result) for entry in entries)


def _view(entry: ConcernEntry, result: PgxResult) -> MedicineView:
    genes = {gene for one in entry.advice for gene in one.genes}
    return MedicineView(
        entry,
        tuple(one for one in result.doses if one.drug == entry.drug),
        tuple(call for call in result.calls if call.gene in genes),
        tuple(one for one in result.conversions if one.gene in genes),
        result.review,
    )


def try_medicine(result: PgxResult, case: Case, text: str, knowledge: HasPgx, context: Context) -> WhatIf:
    """What a new prescription would mean, without adding it. The variants are not read again."""
    typed = " ".join(text.split())
    drugs = matching_drugs(typed, knowledge.pgx)
    context.check()
    advice = tuple(what_if(result, typed, case, knowledge))
    found = [one for drug in drugs for one in conversions_with(result, drug, case, knowledge)]
    genes = {gene for one in advice for gene in one.genes}
    return WhatIf(
        typed,
        drugs,
        advice,
        tuple(dict.fromkeys(found)),
        tuple(dose for dose in result.doses if dose.drug in drugs),
        tuple(call for call in result.calls if call.gene in genes),
        result.review,
    )


def review_words(knowledge: HasPgx) -> str:
    """How far a person of the profession has reviewed what this program says about medicines."""
    return review_text(knowledge.pgx.review)


def outside_options(knowledge: HasPgx, context: Context) -> OutsideOptions:
    """Genes and phenotypes for the form of results from elsewhere."""
    context.check()
    definitions = knowledge.pgx
    genes = outside_genes(definitions)
    phenotypes = {gene: definitions.phenotype_names(gene) for gene in genes}
    counted = tuple(gene for gene in genes if gene in definitions.genes and definitions.genes[gene].deletion)
    return OutsideOptions(genes, phenotypes, counted)


def stated_result(call: OutsideCall, knowledge: HasPgx, context: Context) -> tuple[OutsideCall, GeneCall]:
    """What a person typed, tidied, and the result that it stands for.

    Raises:
        UserError: ``where`` names the field that cannot be used.
    """
    context.check()
    checked = check_stated(call, knowledge.pgx)
    made = apply_outside((), (checked,), "", knowledge.pgx)
    if made:
        return checked, made[0]
    note = tr("The alleles come from the file; the copies from the laboratory.")
    return checked, GeneCall(call.gene, "", (), "", "", CallStatus.CALLED, 0, (), (note,))


def read_stated(path: Path, sample: str, knowledge: HasPgx, context: Context) -> tuple[OutsideCall, ...]:
    """The results for the proband in a file from another laboratory.

    Raises:
        UserError: the file cannot be used, or holds nothing for this sample.
    """
    context.check()
    found = read_outside(path, knowledge.pgx)
    mine = [replace(call, sample="") for call in found if call.sample in ("", sample)]
    if not mine:
        raise UserError(
            tr("The file holds no result for this patient's sample."),
            where=file_where(path),
            remedy=tr("Check the column “sample”, or enter the results by hand."),
            code="pgx.outside",
        )
    return tuple(check_stated(call, knowledge.pgx) for call in mine)
