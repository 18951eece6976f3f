"""Cases in which something is missing, for the states of the pages. Nobody's."""

from dataclasses import replace
from typing import Any

from sample_case import Opened, annotated, sample_case, table
from test_criteria_editor import judged

from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.genome import Build
from genoai_desktop.vcf.table import BuildGuess


def full() -> Opened:
    """Everything is there, criteria of ACMG included."""
    return judged(sample_case())


def changed(opened: Opened, **case: Any) -> Opened:
    """The case with other parts."""
    made = replace(opened.case, **case)
    return replace(opened, case=made, result=replace(opened.result, case=made))


def without_phenotype() -> Opened:
    return changed(sample_case(), terms=(), indication="")


def without_variants() -> Opened:
    """A file of records without one alternate allele."""
    made = sample_case()
    none = replace(made.table, frame=made.table.frame.clear(), records_loaded=0, records_reported=402)
    notes = annotated(table(4))
    empty = type(notes)(
        table=none, effects=notes.effects.clear(), variants=notes.variants.clear(), findings=()
    )
    rare = made.result.rare
    assert rare is not None
    bare = tuple(replace(one, variants=()) for one in rare.candidates)
    quality = made.result.quality
    assert quality is not None
    sample = replace(
        quality.samples[0],
        variants=0,
        transition_transversion=None,
        het_hom=None,
        mean_depth=None,
        mean_genotype_quality=None,
        depth_histogram=(),
        quality_histogram=(),
        x_heterozygosity=None,
    )
    result = replace(
        made.result,
        rare=replace(rare, candidates=bare, waterfall=()),
        quality=replace(quality, samples=(sample,), mendelian=(), kinship=(), passing=0),
    )
    return replace(made, table=none, annotated=empty, result=result)


def declined() -> Opened:
    return sample_case(scopes=frozenset())


def build_uncertain() -> Opened:
    made = sample_case()
    reason = "Nothing in the file says which build it is on."
    guess = BuildGuess(None, 0.0, reason)
    text = f"The build is not known ({reason}); GRCh37 was assumed. State the build."
    told = Finding(Severity.ERROR, "vcf.build-unknown", Where("family.vcf"), text)
    made = replace(made, result=replace(made.result, findings=(told, *made.result.findings)))
    return replace(changed(made, build=Build.GRCH37), table=replace(made.table, build_guess=guess))


def no_candidates() -> Opened:
    made = sample_case()
    rare = made.result.rare
    assert rare is not None
    return replace(made, result=replace(made.result, rare=replace(rare, candidates=(), waterfall=())))


def unmeasured() -> Opened:
    made = sample_case()
    return replace(made, result=replace(made.result, quality=None, findings=(), coverage=()))
