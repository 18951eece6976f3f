"""Ranking: families, compound heterozygotes, the waterfall, and scores that add up."""

import itertools
import math

import polars as pl
import pytest

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.rare_disease import Memory, fate, rank, weighing
from genoai_desktop.analysis.rare_disease.suggestions import ask_next
from genoai_desktop.domain.case import Affected, Case, ObservedTerm, Person, Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.rare import Candidate, RareDiseaseResult
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.vcf.table import BuildGuess, Kind, VariantTable

PFEIFFER = ("HP:0001156", "HP:0001363", "HP:0011304", "HP:0010055")
CYSTIC_FIBROSIS = ("HP:0002110", "HP:0001738", "HP:0004401")
ABSENT, MEASURED = 0, 2


def variant(
    gene: str,
    chrom: int,
    pos: int,
    genotypes: list[str],
    *,
    consequence: str = "missense_variant",
    impact: int = 2,
    frequency: float | None = None,
    clinvar: int = 0,
    quality: int = 60,
    reads: list[tuple[int, int]] | None = None,
) -> dict[str, object]:
    """One row of table, annotation and effects together."""
    row: dict[str, object] = {
        "record": pos,
        "allele": 1,
        "chrom": chrom,
        "contig": 0,
        "pos": pos,
        "end": pos,
        "ref": "A",
        "alt": "G",
        "kind": int(Kind.SNV),
        "rsid": None,
        "qual": 50.0,
        "filter": "PASS",
        "freq_kind": MEASURED if frequency is not None else ABSENT,
        "freq_max": frequency,
        "freq_all": frequency,
        "freq_source": None,
        "clinvar_class": clinvar,
        "clinvar_stars": 2 if clinvar else 0,
        "clinvar_index": -1,
        "clinvar_dated": False,
        "gene": gene,
        "consequence": consequence,
        "impact": impact,
    }
    for i, text in enumerate(genotypes):
        alleles = text.replace("|", "/").split("/")
        called = [a for a in alleles if a != "."]
        strand = sum(1 << k for k, a in enumerate(alleles) if a == "1") if "|" in text else 0
        row[f"s{i}_dosage"] = called.count("1") if called else None
        row[f"s{i}_called"] = len(called)
        row[f"s{i}_ploidy"] = len(alleles)
        row[f"s{i}_strand"] = strand
        row[f"s{i}_ps"] = None
        row[f"s{i}_dp"] = 40
        row[f"s{i}_gq"] = quality if i == 0 else 60
        low, high = reads[i] if reads else (20, 20) if called.count("1") == 1 else (40, 0)
        row[f"s{i}_ad_ref"], row[f"s{i}_ad_alt"] = low, high
    return row


VARIANT_COLUMNS = [
    "freq_kind", "freq_max", "freq_all", "freq_source", "clinvar_class", "clinvar_stars", "clinvar_index",
    "clinvar_dated", "gene", "consequence", "impact",
]  # fmt: skip


def annotated(rows: list[dict[str, object]], samples: tuple[str, ...]) -> Annotated:
    types = {"freq_max": pl.Float32, "freq_all": pl.Float32, "freq_source": pl.String, "rsid": pl.String}
    frame = pl.DataFrame(rows, schema_overrides=types, infer_schema_length=None)
    ps = {f"s{i}_ps": pl.Int32 for i in range(len(samples))}
    frame = frame.cast(ps)
    table = VariantTable(
        "x.vcf",
        Build.GRCH38,
        BuildGuess(Build.GRCH38, 1.0, ""),
        samples,
        ("chr",),
        frame.drop(VARIANT_COLUMNS),
        len(rows),
        len(rows),
        0,
    )
    effects = frame.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
        "gene",
        "consequence",
        pl.col("impact").cast(pl.UInt8),
    )
    return Annotated(table, effects, frame.select(VARIANT_COLUMNS))


def trio_case(
    terms: tuple[str, ...], *, sex: Sex = Sex.UNKNOWN, parents: tuple[str, ...] = (), **more: bool
) -> Case:
    persons = [Person("child", "child", sex=sex, affected=Affected.YES, mother="mother", father="father")]
    if "mother" in parents:
        persons.append(Person("mother", "mother", sex=Sex.FEMALE, affected=Affected.NO))
    if "father" in parents:
        persons.append(Person("father", "father", sex=Sex.MALE, affected=Affected.NO))
    return Case("c", "child", tuple(persons), Build.GRCH38, tuple(ObservedTerm(t) for t in terms), **more)


def run(case: Case, data: Annotated | None, knowledge: Knowledge) -> RareDiseaseResult:
    return rank(case, data, knowledge, Silent())


def of_gene(result: RareDiseaseResult, gene: str) -> Candidate:
    return next(c for c in result.candidates if c.gene == gene)


def value(candidate: Candidate, kind: str) -> float:
    return sum(c.log_odds for c in candidate.contributions if c.kind == kind)


def test_phenotype_alone_explains_itself_and_adds_up(knowledge: Knowledge) -> None:
    result = run(trio_case(PFEIFFER), None, knowledge)
    assert "OMIM:101600" in [c.disease_id for c in result.candidates[:5]]
    for candidate in result.candidates:
        assert math.isclose(candidate.score, sum(c.log_odds for c in candidate.contributions), abs_tol=1e-4)
    chances = [c.probability for c in result.candidates]
    assert all(chance is not None and 0 <= chance <= 0.85 for chance in chances)
    assert result.versions


def test_scores_fall_with_the_rank(knowledge: Knowledge) -> None:
    scores = [c.score for c in run(trio_case(PFEIFFER), None, knowledge).candidates]
    assert all(a >= b - 1e-4 for a, b in itertools.pairwise(scores))


def test_a_change_of_terms_does_not_weigh_the_variants_again(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What makes ranking again quick (``tests/benchmarks/bench_vcf.py --hpo`` measures it)."""
    data = annotated([variant("FGFR2", 10, 121517363, ["0/1"])], ("child",))
    memory, more = Memory(), trio_case((*PFEIFFER, "HP:0000316"))
    fresh = rank(more, data, knowledge, Silent())
    rank(trio_case(PFEIFFER), data, knowledge, Silent(), memory=memory)

    def again(*_: object, **__: object) -> None:
        raise AssertionError("the variants were weighed again")

    for step in ("run_filters", "missense_reasons", "fits"):
        monkeypatch.setattr(weighing, step, again)
    assert rank(more, data, knowledge, Silent(), memory=memory) == fresh


def test_an_excluded_feature_never_helps(knowledge: Knowledge) -> None:
    case = trio_case(PFEIFFER)
    plain = {c.disease_id: c.score for c in run(case, None, knowledge).candidates}
    excluded = Case(
        "c", "child", case.persons, case.build, (*case.terms, ObservedTerm("HP:0011800", excluded=True))
    )
    for candidate in run(excluded, None, knowledge).candidates:
        if candidate.disease_id in plain:
            assert candidate.score <= plain[candidate.disease_id] + 1e-4


def test_no_terms_and_no_variants_rank_nothing(knowledge: Knowledge) -> None:
    result = run(trio_case(()), None, knowledge)
    assert result.candidates == ()
    assert result.notes


def test_a_causal_variant_brings_its_gene_to_the_first_place(knowledge: Knowledge) -> None:
    rows = [
        variant("FGFR2", 10, 121517363, ["0/1"]),
        variant("TTN", 2, 178600000, ["0/1"]),
        variant("CFTR", 7, 117559590, ["0/1"], clinvar=5, frequency=0.013),
    ]
    result = run(trio_case(PFEIFFER), annotated(rows, ("child",)), knowledge)
    assert result.candidates[0].gene == "FGFR2"
    assert result.candidates[0].variants[0].row == 0
    for candidate in result.candidates:
        assert math.isclose(candidate.score, sum(c.log_odds for c in candidate.contributions), abs_tol=1e-3)


def test_every_removed_variant_names_its_step(knowledge: Knowledge) -> None:
    rows = [
        variant("FGFR2", 10, 1000, ["0/1"]),
        variant("FGFR2", 10, 2000, ["0/0"]),
        variant("FGFR2", 10, 3000, ["0/1"], frequency=0.2),
        variant("FGFR2", 10, 4000, ["0/1"], quality=3),
        variant("FGFR2", 10, 5000, ["0/1"], consequence="synonymous_variant", impact=1),
        variant("NOTAGENE", 10, 6000, ["0/1"], frequency=0.005),
        variant("CFTR", 7, 7000, ["0/1"], frequency=0.02, clinvar=5),
    ]
    data, case = annotated(rows, ("child",)), trio_case(PFEIFFER)
    fates = [fate(data, case, row, knowledge) for row in range(len(rows))]
    assert [step.id if step else None for step in fates] == [
        None, "carried", "frequency", "quality", "effect", "gene", None,
    ]  # fmt: skip
    steps = run(case, data, knowledge).waterfall
    assert steps[0].entered == len(rows)
    assert sum(step.removed for step in steps) == 5
    assert all(a.entered - a.removed == b.entered for a, b in itertools.pairwise(steps))


def compound(first: list[str], second: list[str], samples: tuple[str, ...]) -> Annotated:
    return annotated([variant("CFTR", 7, 117559590, first), variant("CFTR", 7, 117587778, second)], samples)


def test_compound_heterozygote_is_found_without_parents(knowledge: Knowledge) -> None:
    result = run(trio_case(CYSTIC_FIBROSIS), compound(["0/1"], ["0/1"], ("child",)), knowledge)
    best = of_gene(result, "CFTR")
    assert len(best.variants) == 2


def test_one_parent_never_hides_a_compound_heterozygote(knowledge: Knowledge) -> None:
    data = compound(["0/1", "0/1"], ["0/1", "0/0"], ("child", "mother"))
    result = run(trio_case(CYSTIC_FIBROSIS, parents=("mother",)), data, knowledge)
    assert len(of_gene(result, "CFTR").variants) == 2
    alone = run(trio_case(CYSTIC_FIBROSIS), compound(["0/1"], ["0/1"], ("child",)), knowledge)
    assert of_gene(result, "CFTR").score > of_gene(alone, "CFTR").score


def test_two_parents_with_one_variant_each_are_in_trans(knowledge: Knowledge) -> None:
    samples = ("child", "mother", "father")
    case = trio_case(CYSTIC_FIBROSIS, parents=("mother", "father"))
    trans = of_gene(
        run(case, compound(["0/1", "0/1", "0/0"], ["0/1", "0/0", "0/1"], samples), knowledge), "CFTR"
    )
    cis = of_gene(
        run(case, compound(["0/1", "0/1", "0/0"], ["0/1", "0/1", "0/0"], samples), knowledge), "CFTR"
    )
    assert trans.score > cis.score + 2


def test_phase_in_the_file_tells_cis_from_trans(knowledge: Knowledge) -> None:
    case = trio_case(CYSTIC_FIBROSIS)
    trans = of_gene(run(case, compound(["0|1"], ["1|0"], ("child",)), knowledge), "CFTR")
    cis = of_gene(run(case, compound(["0|1"], ["0|1"], ("child",)), knowledge), "CFTR")
    assert trans.score > cis.score + 2


def test_a_phased_child_and_mother_with_a_reference_father_stay_candidates(knowledge: Knowledge) -> None:
    samples = ("child", "mother", "father")
    data = compound(["0|1", "0|1", "0/0"], ["0|1", "0|1", "0/0"], samples)
    result = run(trio_case(CYSTIC_FIBROSIS, parents=("mother", "father")), data, knowledge)
    assert of_gene(result, "CFTR").variants


def test_uniparental_homozygote_stays_a_candidate_and_is_marked(knowledge: Knowledge) -> None:
    data = annotated([variant("CFTR", 7, 117559590, ["1/1", "0/1", "0/0"])], ("child", "mother", "father"))
    result = run(trio_case(CYSTIC_FIBROSIS, parents=("mother", "father")), data, knowledge)
    best = of_gene(result, "CFTR")
    assert best.variants
    assert any("uniparental" in c.text for c in best.contributions)


def test_hemizygous_boy_beats_carrier_girl(knowledge: Knowledge) -> None:
    terms = ("HP:0003560", "HP:0003236")
    data = annotated([variant("DMD", 23, 32000000, ["1/1"], consequence="stop_gained", impact=3)], ("child",))
    boy = of_gene(run(trio_case(terms, sex=Sex.MALE), data, knowledge), "DMD")
    data = annotated([variant("DMD", 23, 32000000, ["0/1"], consequence="stop_gained", impact=3)], ("child",))
    girl = of_gene(run(trio_case(terms, sex=Sex.FEMALE), data, knowledge), "DMD")
    assert boy.score > girl.score + 2


def test_carrier_mother_does_not_speak_against_a_hemizygous_son(knowledge: Knowledge) -> None:
    rows = [variant("DMD", 23, 32000000, ["1/1", "0/1"], consequence="stop_gained", impact=3)]
    case = trio_case(("HP:0003560",), sex=Sex.MALE, parents=("mother",))
    best = of_gene(run(case, annotated(rows, ("child", "mother")), knowledge), "DMD")
    assert not any("unaffected relative" in c.text for c in best.contributions)


def test_new_variant_gains_and_inherited_from_healthy_parent_loses(knowledge: Knowledge) -> None:
    samples = ("child", "mother", "father")
    case = trio_case(PFEIFFER, parents=("mother", "father"))
    new = of_gene(
        run(case, annotated([variant("FGFR2", 10, 1000, ["0/1", "0/0", "0/0"])], samples), knowledge), "FGFR2"
    )
    data = annotated([variant("FGFR2", 10, 1000, ["0/1", "0/1", "0/0"])], samples)
    inherited = of_gene(run(case, data, knowledge), "FGFR2")
    assert new.score > inherited.score + 4
    open_case = trio_case(PFEIFFER, parents=("mother", "father"), incomplete_penetrance=True)
    assert of_gene(run(open_case, data, knowledge), "FGFR2").score > inherited.score


def test_mosaic_parent_is_not_taken_for_a_healthy_carrier(knowledge: Knowledge) -> None:
    reads = [(20, 20), (37, 3), (40, 0)]
    data = annotated(
        [variant("FGFR2", 10, 1000, ["0/1", "0/1", "0/0"], reads=reads)], ("child", "mother", "father")
    )
    best = of_gene(run(trio_case(PFEIFFER, parents=("mother", "father")), data, knowledge), "FGFR2")
    assert any("mosaic" in c.text for c in best.contributions)
    assert not any("unaffected relative" in c.text for c in best.contributions)


def test_cancel_stops_the_ranking(knowledge: Knowledge) -> None:
    context = Silent()
    context.cancel()
    with pytest.raises(Cancelled):
        rank(trio_case(PFEIFFER), None, knowledge, context)


def test_suggestions_are_open_questions_that_split_the_candidates(knowledge: Knowledge) -> None:
    case = trio_case(PFEIFFER)
    found = ask_next(case, run(case, None, knowledge), knowledge)
    assert len(found) == 8
    assert not {s.term for s in found} & set(PFEIFFER)
    assert all(s.information > 0 and s.expected_in for s in found)
