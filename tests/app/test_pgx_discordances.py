"""The record of differences from the consensus and the rivals is complete and says what the file shows."""

import importlib
import sys
from pathlib import Path

import pytest
from known import bundled_knowledge

from genoai_desktop.analysis.pharmacogenomics.genotypes import observe
from genoai_desktop.app.pgx_files import call_samples
from genoai_desktop.domain.context import Silent
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.vcf import load
from genoai_desktop.vcf.table import VariantTable

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
record = importlib.import_module("pgx_differences")
sys.path.remove(str(BENCHMARKS))
VCF = record.DATA / "getrm_1kgp_grch38_dev.vcf"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not VCF.is_file(), reason="benchmark data is not here"),
]
TEXT = record.RECORD.read_text(encoding="utf-8")


class Knowledge:
    pgx = PgxDefinitions(Bundle())


@pytest.fixture(scope="module")
def table() -> VariantTable:
    return load(VCF, Silent())


@pytest.fixture(scope="module")
def calls(table: VariantTable) -> dict[str, tuple[object, ...]]:
    found: dict[str, tuple[object, ...]] = call_samples(table, bundled_knowledge(), Silent())
    return found


def test_every_difference_has_its_line_and_no_line_is_stale(calls: dict[str, object]) -> None:
    truth = record.table(record.DATA / "getrm_truth_dev.tsv.gz")
    peers = record.table(record.DATA / "peer_calls_dev.tsv.gz")
    rows = record.recorded(TEXT, record.HEAD)
    assert {(row[0], row[1]): row[:6] for row in rows} == record.differences(calls, truth, peers)
    assert len(rows) == len({(row[0], row[1]) for row in rows})


def test_every_line_says_who_is_right_and_why() -> None:
    rows = record.recorded(TEXT, record.HEAD)
    assert rows
    for row in rows:
        assert row[6] in ("call", "truth", "open"), row
        assert len(row[7]) > 40, row


def test_genes_that_the_file_does_not_cover_are_listed_with_every_person(calls: dict[str, object]) -> None:
    peers = record.table(record.DATA / "peer_calls_dev.tsv.gz")
    rows = record.recorded(TEXT, record.UNCOVERED_HEAD)
    listed = {row[0]: tuple(cell.split(", ") if cell else [] for cell in row[1:3]) for row in rows}
    assert listed == record.uncovered(calls, peers)
    assert all(row[3] and row[4] for row in rows)


def test_a_new_difference_would_be_noticed(calls: dict[str, object]) -> None:
    truth = record.table(record.DATA / "getrm_truth_dev.tsv.gz")
    peers = record.table(record.DATA / "peer_calls_dev.tsv.gz")
    found = record.differences(calls, truth, peers)
    key = next(iter(found))
    again = record.bring_up_to_date(TEXT, {k: v for k, v in found.items() if k != key}, {})
    assert key not in {(row[0], row[1]) for row in record.recorded(again, record.HEAD)}
    back = record.bring_up_to_date(again, found, {})
    (row,) = [row for row in record.recorded(back, record.HEAD) if (row[0], row[1]) == key]
    assert row[6:] == ["", ""]


def test_the_variants_named_for_a_difference_are_in_the_file(table: VariantTable) -> None:
    checked = 0
    for row in record.recorded(TEXT, record.HEAD):
        if "[seen: " not in row[7]:
            continue
        definition = Knowledge.pgx.genes[row[0]]
        seen = observe(table, {row[0]: definition}, [table.sample_index(row[1])])[row[0]]
        for entry in row[7].split("[seen: ")[1].split("]")[0].split(";"):
            name, stated = entry.split(maxsplit=1)
            index = next(i for i, site in enumerate(definition.sites) if site.name == name)
            states = (int(seen.first[index, 0]), int(seen.second[index, 0]))
            reference = int(definition.masks[definition.reference, index])
            found = "|".join("0" if state & reference else "1" for state in states)
            assert stated == ("no record" if 0 in states else found), (row[:2], name)
            checked += 1
    assert checked > 80
