"""Cases in which something is missing, for the states of the pages. Nobody's."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl
from sample_case import Opened, annotated, sample_case, table
from test_criteria_editor import judged

from genoai_desktop.domain.case import Scope, Sex
from genoai_desktop.domain.failed import FailedAnalysis, Part
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.genome import Build, VariantKey
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


def declining(*scopes: Scope) -> Callable[[], Opened]:
    """The sample case with everything but these covered by consent; nothing of them is in the result."""

    def made() -> Opened:
        opened = sample_case(scopes=frozenset(Scope) - set(scopes))
        risk = opened.result.risk
        if risk is None:
            return opened
        kinds = {one.value for one in scopes}
        kept = replace(
            risk,
            findings=tuple(one for one in risk.findings if one.scope not in kinds),
            polygenic=() if Scope.POLYGENIC in scopes else risk.polygenic,
        )
        withheld = tuple(one.value for one in scopes)
        return replace(opened, result=replace(opened.result, risk=kept, withheld=withheld))

    return made


def failing(part: Part) -> Callable[[], Opened]:
    """The sample case with one analysis that failed in the program."""
    gone = {Part.QUALITY: "quality", Part.RARE: "rare", Part.PGX: "pgx", Part.RISK: "risk"}
    failed = FailedAnalysis(part, "A fault of the program: KeyError at analysis/steps.py:12.")

    def made() -> Opened:
        opened = sample_case()
        empty: dict[str, Any] = {gone[part]: None} if part in gone else {}
        if part is Part.QUALITY:
            empty["coverage"] = ()
        findings = (failed.finding, *opened.result.findings)
        return replace(opened, result=replace(opened.result, **empty, failed=(failed,), findings=findings))

    return made


def unstated_sex() -> Opened:
    """Neither sex nor ancestry of the patient is known."""
    made = sample_case()
    person = replace(made.case.index, sex=Sex.UNKNOWN, age_years=None)
    others = tuple(one for one in made.case.persons if one.id != person.id)
    made = changed(made, persons=(person, *others))
    quality, risk = made.result.quality, made.result.risk
    assert quality is not None
    assert risk is not None
    sample = replace(
        quality.samples[0], stated_sex=Sex.UNKNOWN, inferred_sex=Sex.UNKNOWN, x_heterozygosity=None
    )
    scores = tuple(replace(one, z=None, percentile=None, reference="") for one in risk.polygenic)
    result = replace(
        made.result,
        quality=replace(quality, samples=(sample,)),
        risk=replace(risk, findings=(), ancestry=None, polygenic=scores),
    )
    return replace(made, result=result)


def structural() -> Opened:
    """A deletion of several exons is the first candidate's variant, and is in the table of variants."""
    made = full()
    rare = made.result.rare
    assert rare is not None
    first = rare.candidates[0]
    variant = replace(
        first.variants[0],
        key=VariantKey("8", 60_741_400, "C", "<DEL>", Build.GRCH38),
        hgvs_c="",
        hgvs_p="",
        hgvs_g="NC_000008.11:g.60741401_60778492del",
        consequence="feature_truncation",
        consequence_source="structure",
        region="exons 2 to 9 of 38",
        clinvar=None,
        remarks=("The ends of the change are known to 50 bases.",),
    )
    first = replace(first, variants=(variant,))
    frame = made.table.frame.with_columns(
        pl.when(pl.col("record") == 3).then(pl.lit("<DEL>")).otherwise(pl.col("alt")).alias("alt"),
        pl.when(pl.col("record") == 3).then(pl.col("pos") + 37_092).otherwise(pl.col("end")).alias("end"),
    )
    table = replace(made.table, frame=frame)
    notes = type(made.annotated)(
        table=table, effects=made.annotated.effects, variants=made.annotated.variants, findings=()
    )
    result = replace(made.result, rare=replace(rare, candidates=(first, *rare.candidates[1:])))
    return replace(made, table=table, annotated=notes, result=result)
