"""Structural variants and repeats in the ranking, from their VCF to the explained candidate."""

from pathlib import Path

import pytest

from genoai_desktop.analysis.annotation.annotated import Annotated, annotate
from genoai_desktop.analysis.rare_disease import fate, rank
from genoai_desktop.domain.case import Affected, Case, ObservedTerm, Person, Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.rare import Candidate, RareDiseaseResult
from genoai_desktop.domain.variant import Zygosity
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.vcf import load, merge, read_ped

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
TRIO = SHARED / "samples" / "trio"
DRAVET = ("HP:0002373", "HP:0001250", "HP:0001263")
HUNTINGTON = ("HP:0002072", "HP:0000726", "HP:0001268")
HEAD = "##fileformat=VCFv4.2\n" + "".join(
    f"##contig=<ID=chr{name},assembly=GRCh38>\n" for name in (*range(1, 23), "X", "Y", "M")
)
FORMATS = {"GT": ("1", "String"), "CN": ("1", "Integer"), "REPCN": ("1", "String"), "MC": (".", "String")}


def opened(folder: Path, knowledge: Knowledge, samples: str, *lines: str) -> Annotated:
    path = folder / "large.vcf"
    head = HEAD + "".join(
        f'##FORMAT=<ID={name},Number={number},Type={kind},Description="{name}">\n'
        for name, (number, kind) in FORMATS.items()
    )
    for name, kind in (("END", "Integer"), ("SVLEN", "Integer"), ("SVTYPE", "String"), ("RU", "String")):
        head += f'##INFO=<ID={name},Number=1,Type={kind},Description="{name}">\n'
    for name in ("REPID", "TRID", "MOTIFS"):
        head += f'##INFO=<ID={name},Number=1,Type=String,Description="{name}">\n'
    columns = f"#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT {samples}"
    path.write_text(head + "\n".join(line.replace(" ", "\t") for line in (columns, *lines)) + "\n")
    return annotate(load(path, Silent(), build=Build.GRCH38), knowledge, Silent())


def case(terms: tuple[str, ...], *relatives: Person, sex: Sex = Sex.UNKNOWN) -> Case:
    parents = {p.id: p.id for p in relatives}
    child = Person(
        "child", "child", sex=sex, affected=Affected.YES,
        mother=parents.get("mother"), father=parents.get("father"),
    )  # fmt: skip
    return Case("c", "child", (child, *relatives), Build.GRCH38, tuple(ObservedTerm(t) for t in terms))


def parent(name: str, affected: Affected = Affected.NO) -> Person:
    sex = Sex.FEMALE if name == "mother" else Sex.MALE
    return Person(name, name, sex=sex, affected=affected)


def with_variant(result: RareDiseaseResult, gene: str) -> Candidate:
    return next(c for c in result.candidates if c.gene == gene and c.variants)


def strength(result: RareDiseaseResult, gene: str) -> float:
    """What variant and inheritance say for the best disease of a gene."""
    return max(
        sum(part.log_odds for part in c.contributions if part.kind in ("variant", "inheritance"))
        for c in result.candidates
        if c.gene == gene and c.variants
    )


def test_a_deletion_of_a_dosage_sensitive_gene_is_ranked_first_and_explained(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    line = "chr2 165900000 . N <DEL> 99 PASS SVTYPE=DEL;END=166200000;SVLEN=-300000 GT 0/1"
    data = opened(tmp_path, knowledge, "child", line)
    result = rank(case(DRAVET), data, knowledge, Silent())
    first = result.candidates[0]
    assert first.gene == "SCN1A"
    texts = " ".join(part.text for part in first.contributions)
    assert "pHaplo" in texts
    assert "300.0 kb" in texts
    assert abs(first.score - sum(part.log_odds for part in first.contributions)) < 1e-4
    assert fate(data, case(DRAVET), 0, knowledge) is None


def test_a_duplication_of_a_gene_that_bears_a_third_copy_counts_less_than_its_deletion(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    place = "chr2 165900000 . N <{kind}> 99 PASS SVTYPE={kind};END=166200000 GT 0/1"
    lost, gained = (
        rank(case(DRAVET), opened(tmp_path, knowledge, "child", place.format(kind=kind)), knowledge, Silent())
        for kind in ("DEL", "DUP")
    )
    assert strength(lost, "SCN1A") > strength(gained, "SCN1A") + 1


@pytest.mark.parametrize(
    "record",
    [
        "chr2 165990000 . N <INV> 99 PASS SVTYPE=INV;END=167500000 GT 0/1",
        "chr2 165990000 . N N]chr7:5000000] 99 PASS SVTYPE=BND GT 0/1",
        "chr2 165900000 . N <CNV> 99 PASS SVTYPE=CNV;END=166200000 GT:CN ./.:1",
        "chr2 165900000 . N <DEL> 99 PASS SVTYPE=DEL;END=166200000 GT:CN .:1",
    ],
)
def test_inversions_breakends_and_copy_numbers_without_genotype_are_ranked(
    record: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    data = opened(tmp_path, knowledge, "child", record)
    result = rank(case(DRAVET), data, knowledge, Silent())
    assert with_variant(result, "SCN1A").rank <= 3


def test_a_copy_number_of_two_is_not_carried(tmp_path: Path, knowledge: Knowledge) -> None:
    line = "chr2 165900000 . N <DEL> 99 PASS SVTYPE=DEL;END=166200000 GT:CN ./.:2"
    data = opened(tmp_path, knowledge, "child", line)
    step = fate(data, case(DRAVET), 0, knowledge)
    assert step is not None
    assert step.id == "carried"


def test_a_new_deletion_gains_and_one_of_a_healthy_parent_loses_and_stays(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    line = "chr2 165900000 . N <DEL> 99 PASS SVTYPE=DEL;END=166200000 GT 0/1 {} 0/0"
    family = (parent("mother"), parent("father"))
    new, inherited = (
        rank(
            case(DRAVET, *family),
            opened(tmp_path, knowledge, "child mother father", line.format(mother)),
            knowledge,
            Silent(),
        )
        for mother in ("0/0", "0/1")
    )
    assert strength(new, "SCN1A") > strength(inherited, "SCN1A") + 2
    assert with_variant(inherited, "SCN1A").against


def test_a_deletion_unmasks_a_variant_on_the_other_copy(tmp_path: Path, knowledge: Knowledge) -> None:
    small = "chr7 117559590 . ATCT A 99 PASS . GT 1/1 0/1 0/0"
    large = "chr7 117550000 . N <DEL> 99 PASS SVTYPE=DEL;END=117600000 GT 0/1 0/0 0/1"
    data = opened(tmp_path, knowledge, "child mother father", large, small)
    result = rank(
        case(("HP:0002110", "HP:0001738"), parent("mother"), parent("father")), data, knowledge, Silent()
    )
    found = with_variant(result, "CFTR")
    assert {v.row for v in found.variants} == {0, 1}
    assert any("looks homozygous" in part.text for part in found.contributions)


HTT = "chr4 3074876 . C {alt} . PASS {info} {form} {value}"


@pytest.mark.parametrize(
    ("alt", "info", "form", "value"),
    [
        ("<STR45>", "SVTYPE=STR;END=3074933;RU=CAG;REPID=HTT", "GT:REPCN", "0/1:19/45"),
        ("C" + "CAG" * 26, "END=3074933;RU=cag", "GT:REPCN", "0/1:19,45"),
        ("C" + "CAG" * 26, "END=3074933;TRID=HTT_CAG;MOTIFS=CAG,CCG", "GT:MC", "0/1:19_7,45_7"),
    ],
)
def test_a_long_repeat_is_ranked_whatever_the_caller(
    alt: str, info: str, form: str, value: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    line = HTT.format(alt=alt, info=info, form=form, value=value)
    data = opened(tmp_path, knowledge, "child", line)
    result = rank(case(HUNTINGTON), data, knowledge, Silent())
    first = result.candidates[0]
    assert first.disease_id == "OMIM:143100"
    assert any("19 / 45 units, pathogenic" in part.text for part in first.contributions)
    assert first.variants[0].consequence == "repeat_expansion"
    assert first.variants[0].zygosity is Zygosity.HETEROZYGOUS
    others = [c for c in result.candidates if c.gene == "HTT" and c.variants and c.rank > 1]
    assert {c.disease_id for c in others} <= {"ORPHA:248111"}, "a repeat speaks for its own diseases alone"


def test_a_normal_repeat_is_removed_in_the_waterfall_and_one_without_length_is_not_assessed(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    normal = HTT.format(
        alt="<STR21>", info="END=3074933;RU=CAG;REPID=HTT", form="GT:REPCN", value="0/1:19/21"
    )
    silent = "chr12 6936716 . C <STR40> . PASS END=6936773;RU=CAG;REPID=ATN1 GT:REPCN 0/1:."
    data = opened(tmp_path, knowledge, "child", normal, silent)
    result = rank(case(HUNTINGTON), data, knowledge, Silent())
    step = next(step for step in result.waterfall if step.id == "repeat")
    assert step.removed == 2
    assert any("ATN1" in note and "not assessed" in note for note in result.notes)
    assert not any(c.variants for c in result.candidates)


def test_a_premutation_speaks_for_other_diseases_than_the_full_mutation(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    line = "chrX 147912050 . C <STR90> . PASS END=147912110;RU=CGG;REPID=FMR1 GT:REPCN 1:90"
    terms = ("HP:0002066", "HP:0001337", "HP:0000726")
    result = rank(case(terms, sex=Sex.MALE), opened(tmp_path, knowledge, "child", line), knowledge, Silent())
    by_id = {
        c.disease_id: sum(p.log_odds for p in c.contributions if p.kind == "variant")
        for c in result.candidates
        if c.gene == "FMR1" and c.variants
    }
    assert by_id["OMIM:300623"] > 2
    assert all(value <= 0 for name, value in by_id.items() if name not in ("OMIM:300623", "OMIM:311360"))


@pytest.mark.real_data
@pytest.mark.skipif(not TRIO.is_dir(), reason="shared data absent")
def test_the_clinical_trio_is_read_whole(knowledge: Knowledge) -> None:
    names = ("643594.clinical.vcf.gz", "643594.clinical.SV.vcf.gz", "643594.clinical.str.stranger.vcf.gz")
    tables = [load(TRIO / name, Silent()) for name in names]
    data = annotate(merge(tables), knowledge, Silent())
    assert data.table.records_read == 680 + 19 + 80
    persons = read_ped(TRIO / "643594.ped")
    persons = tuple(
        Person(p.id, p.id, sex=p.sex, affected=p.affected, mother=p.mother, father=p.father) for p in persons
    )
    trio = Case("c", "ADM1059A2", persons, Build.GRCH37, (ObservedTerm("HP:0001250"),))
    result = rank(trio, data, knowledge, Silent())
    steps = {step.id: step for step in result.waterfall}
    assert steps["repeat"].removed > 20
    assert result.waterfall[0].entered == data.table.height
    later = [step.entered - step.removed for step in result.waterfall]
    assert [step.entered for step in result.waterfall[1:]] == later[:-1]
    rfc1 = [c for c in result.candidates if c.gene == "RFC1" and c.variants]
    assert all(any("the sequence decides" in p.text for p in c.contributions) for c in rfc1)
