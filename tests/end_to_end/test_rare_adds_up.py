"""Published cases with their variants: the reasons of every candidate add up to its score."""

import gzip
import itertools
import math
from pathlib import Path

import pytest
from known import bundled_knowledge

from genoai_desktop.analysis.annotation.annotated import Annotated, annotate
from genoai_desktop.analysis.rare_disease import rank
from genoai_desktop.domain.case import Affected, Case, ObservedTerm, Person
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.vcf import load

CASES = Path(__file__).resolve().parents[2] / "../shared/data/benchmarks/rare/cases_dev.tsv.gz"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not CASES.is_file(), reason="../shared/data is absent: published cases NOT tested"),
]
EVERY, COUNT = 113, 24
HEAD = '##fileformat=VCFv4.2\n##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n' + "".join(
    f"##contig=<ID=chr{name},assembly=GRCh38>\n" for name in (*range(1, 23), "X", "Y", "M")
)
ORDER = [*map(str, range(1, 23)), "X", "Y", "M"]


def published() -> list[dict[str, str]]:
    with gzip.open(CASES, "rt", encoding="utf-8") as handle:
        names = handle.readline().rstrip("\n").split("\t")
        rows = [dict(zip(names, line.rstrip("\n").split("\t"), strict=True)) for line in handle]
    return [row for row in rows if "hg38" in row["variants"]][::EVERY][:COUNT]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Knowledge, Annotated]:
    """One exome with the variants of all the cases, so that each case has genes of others beside its own."""
    lines: dict[tuple[int, int, str, str], str] = {}
    for row in published():
        for entry in row["variants"].split(";"):
            if entry.startswith("hg38:"):
                place, zygosity = entry.removeprefix("hg38:").rsplit(":", 1)
                chrom, pos, ref, alt = place.rsplit("-", 3)
                name = chrom.removeprefix("chr").replace("MT", "M")
                called = "0/1" if zygosity == "heterozygous" else "1/1"
                key = (ORDER.index(name), int(pos), ref, alt)
                lines[key] = f"chr{name}\t{pos}\t.\t{ref}\t{alt}\t60\tPASS\t.\tGT\t{called}"
    path = tmp_path_factory.mktemp("published") / "all.vcf"
    head = HEAD + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tpatient\n"
    path.write_text(head + "\n".join(lines[key] for key in sorted(lines)) + "\n")
    knowledge = bundled_knowledge()
    return knowledge, annotate(load(path, Silent(), build=Build.GRCH38), knowledge, Silent())


@pytest.mark.parametrize("row", published() if CASES.is_file() else [], ids=lambda row: row["id"])
def test_reasons_add_up_and_order_and_chances_follow(
    row: dict[str, str], opened: tuple[Knowledge, Annotated]
) -> None:
    knowledge, data = opened
    terms = [ObservedTerm(t) for t in row["obs"].split(";") if t]
    terms += [ObservedTerm(t, excluded=True) for t in row["exc"].split(";") if t]
    person = Person("p", "patient", affected=Affected.YES)
    case = Case("c", "p", (person,), Build.GRCH38, tuple(terms))
    result = rank(case, data, knowledge, Silent())
    assert any(one.variants for one in result.candidates)
    for one in result.candidates:
        assert math.isclose(one.score, sum(part.log_odds for part in one.contributions), abs_tol=2e-3)
    listed = [one.score for one in result.candidates][:90]  # the ten gene rows may come after
    assert all(a >= b - 2e-3 for a, b in itertools.pairwise(listed))
    chances = [one.probability or 0.0 for one in result.candidates]
    assert 0 <= sum(chances) + (result.unknown or 0) <= 1.001
