"""Callable regions that a laboratory states make a position without a record reference, and nothing else."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from known import bundled_knowledge
from pgx_table_helper import make_table

from genoai_desktop.analysis.pharmacogenomics import analyse, call_genes
from genoai_desktop.domain.case import Case, Person
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.pgx import CallStatus, GeneCall
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.vcf.callable import CallableRegions, read_callable


class Knowledge:
    pgx = PgxDefinitions(Bundle())


PGX = Knowledge.pgx
NUDT15 = [site.positions[Build.GRCH38] for site in PGX.genes["NUDT15"].sites]
ELSEWHERE = ("1", 1, "A", "G", ["0/1"])


def bed(folder: Path, *rows: tuple[str, int, int]) -> Path:
    path = folder / "callable.bed"
    path.write_text("track name=x\n" + "".join(f"{c}\t{s}\t{e}\n" for c, s, e in rows))
    return path


def nudt15(regions: CallableRegions, *records: object) -> GeneCall:
    table = make_table([ELSEWHERE, *records], ["S"])  # type: ignore[list-item]
    (calls,) = call_genes(table, PGX, Silent(), samples=[0], regions=regions)
    return next(call for call in calls if call.gene == "NUDT15")


def test_a_gene_inside_the_regions_is_called_without_a_record(tmp_path: Path) -> None:
    call = nudt15(read_callable(bed(tmp_path, ("chr13", min(NUDT15) - 1, max(NUDT15) + 40))))
    assert (call.diplotype, call.status, call.positions_missing) == ("*1/*1", CallStatus.CALLED, ())


def test_bed_is_half_open(tmp_path: Path) -> None:
    low, high = min(NUDT15), max(NUDT15)
    short = nudt15(read_callable(bed(tmp_path, ("13", low, high + 40))))
    assert [one.position for one in short.positions_missing] == [low]
    assert short.status is not CallStatus.CALLED


def test_neighbouring_intervals_are_one(tmp_path: Path) -> None:
    middle = sorted(NUDT15)[len(NUDT15) // 2]
    rows = (("13", middle, max(NUDT15) + 40), ("13", min(NUDT15) - 1, middle))
    assert nudt15(read_callable(bed(tmp_path, *rows))).status is CallStatus.CALLED


def test_other_genes_stay_not_covered(tmp_path: Path) -> None:
    regions = read_callable(bed(tmp_path, ("13", min(NUDT15) - 1, max(NUDT15) + 40)))
    (calls,) = call_genes(make_table([ELSEWHERE], ["S"]), PGX, Silent(), samples=[0], regions=regions)
    assert {call.gene for call in calls if call.status is not CallStatus.NOT_COVERED} == {"NUDT15"}


def test_a_stated_no_call_stays_missing(tmp_path: Path) -> None:
    site = PGX.genes["NUDT15"].sites[-1]
    alt = next(state for state in site.states[1:] if len(state) == len(site.states[0]) == 1)
    record = ("13", site.positions[Build.GRCH38], site.states[0], alt, ["./."])
    call = nudt15(read_callable(bed(tmp_path, ("13", min(NUDT15) - 1, max(NUDT15) + 40))), record)
    assert [one.name for one in call.positions_missing] == [site.name]


def test_a_case_says_so_in_its_notes(tmp_path: Path) -> None:
    path = bed(tmp_path, ("13", min(NUDT15) - 1, max(NUDT15) + 40))
    case = Case("c", "S", (Person("S", "S"),), Build.GRCH38)
    table = make_table([ELSEWHERE], ["S"])
    bare = analyse(case, table, bundled_knowledge(), Silent())
    found = analyse(replace(case, callable_regions=str(path)), table, bundled_knowledge(), Silent())
    assert any("callable regions that were stated (callable.bed)" in note for note in found.notes)
    assert not any("callable" in note for note in bare.notes)
    assert all(str(tmp_path) not in note for note in found.notes)


def test_a_gzipped_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "callable.bed.gz"
    path.write_bytes(gzip.compress(b"# made\nchr13\t10\t20\nchrUn_1\t1\t2\n"))
    assert set(read_callable(path).intervals) == {13}


@pytest.mark.parametrize(
    ("text", "line"),
    [("13\tten\t20\n", "line 1"), ("#x\n13\t20\t20\n", "line 2"), ("13\t5\n", "line 1"), ("", ""),
     ("chrUn\t1\t2\n", "")],
)  # fmt: skip
def test_a_file_that_is_no_bed_is_refused_with_its_line(tmp_path: Path, text: str, line: str) -> None:
    path = tmp_path / "callable.bed"
    path.write_text(text)
    with pytest.raises(UserError) as refused:
        read_callable(path)
    assert refused.value.where.startswith("callable.bed")
    assert line in refused.value.where
    assert refused.value.remedy


def test_a_missing_file_is_refused_without_its_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        read_callable(tmp_path / "none.bed")
    assert str(tmp_path) not in str(refused.value)
