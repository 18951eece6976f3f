"""The compiled pharmacogene tables say what their sources say."""

import gzip
import html
import json
import re
from pathlib import Path

import pytest

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import OTHER, PgxDefinitions

SOURCE = Path(__file__).resolve().parents[2] / "../shared/data/knowledge/pgx"
PGX = PgxDefinitions(Bundle())
SWAPPED = {"rs1801265", "rs776746", "rs3758581", "rs1135840", "rs16947", "rs1058164"}
ISSUE_GENES = {
    "ABCG2",
    "CACNA1S",
    "CFTR",
    "CYP1A2",
    "CYP2A6",
    "CYP2B6",
    "CYP2C8",
    "CYP2C9",
    "CYP2C19",
    "CYP2D6",
    "CYP3A4",
    "CYP3A5",
    "CYP4F2",
    "DPYD",
    "G6PD",
    "IFNL3",
    "MT-RNR1",
    "NAT2",
    "NUDT15",
    "RYR1",
    "SLCO1B1",
    "TPMT",
    "UGT1A1",
    "VKORC1",
}
NUMBER = re.compile(r"\d+(?:\.\d+)?")
DOSE = re.compile(r"\d+(?:\.\d+)?(?=\s*-?\s*(?:%|mg|fold|times (?:the|recommended)|ng/m|µg))")


def source_json(path: Path) -> object:
    with gzip.open(path) as handle:
        return json.load(handle)


def test_every_gene_of_the_issue_can_be_called() -> None:
    assert set(PGX.genes) == ISSUE_GENES | {"CYP2C cluster"}  # rs12777823, which CPIC asks for (warfarin)


def test_the_usual_allele_of_every_gene_has_a_result() -> None:
    for name, gene in PGX.genes.items():
        usual = gene.alleles[gene.baseline]
        found = PGX.phenotype(name, usual, None if gene.haploid else usual).name
        assert found != "Indeterminate", name
    assert PGX.phenotype("MT-RNR1", "Reference").name.startswith("normal risk")


def test_every_site_has_a_position_on_both_builds() -> None:
    for gene in PGX.genes.values():
        for site in gene.sites:
            assert all(site.positions[build] > 0 for build in Build), (gene.name, site.name)
            assert all(site.bit(site.references[build]) != OTHER for build in Build), (gene.name, site.name)


def test_swapped_reference_bases_are_exactly_the_known_ones() -> None:
    found = {
        site.name
        for gene in PGX.genes.values()
        for site in gene.sites
        if gene.source == "CPIC" and site.references[Build.GRCH37] != site.references[Build.GRCH38]
    }
    assert found == SWAPPED


def test_every_allele_of_a_gene_is_apart_from_every_other() -> None:
    for gene in PGX.genes.values():
        rows = {tuple(mask) for mask in gene.masks}
        assert len(rows) == len(gene.alleles), gene.name


@pytest.mark.real_data
@pytest.mark.skipif(not SOURCE.is_dir(), reason="source tables are not here")
def test_every_diplotype_of_cpic_gets_its_phenotype() -> None:
    tables = source_json(SOURCE / "cpic_1.60/cpic-v1.60.0.json.gz")["tables"]  # type: ignore[index]
    lookup = dict(tables["gene_result_lookup"])
    result = {row[0]: (row[1], row[2]) for row in tables["gene_result"]}
    wrong, count = [], 0
    for _, key, diplotype in tables["gene_result_diplotype"]:
        gene, phenotype = result[lookup[key]]
        first, _, second = diplotype.partition("/")
        count += 1
        if PGX.phenotype(gene, first, second or None).name != phenotype:
            wrong.append((gene, diplotype))
    assert count == 112_820
    assert wrong == []


@pytest.mark.real_data
@pytest.mark.skipif(not SOURCE.is_dir(), reason="source tables are not here")
@pytest.mark.parametrize(
    "path",
    [
        "pharmcat_3.1.1/phenotype/CYP2C9.json.gz",
        "pharmcat_3.1.1/phenotype/DPYD.json.gz",
        "pharmcat_older_phenotypes/CYP2D6_2024-08-27_c8100ec.json.gz",
    ],
)
def test_activity_scores_are_those_of_the_source(path: str) -> None:
    table = source_json(SOURCE / path)
    gene = Path(path).name.split(".")[0].split("_")[0]
    for row in table["diplotypes"]:  # type: ignore[index]
        first, _, second = row["diplotype"].partition("/")
        wanted = row["activityScore"] or ""
        assert PGX.phenotype(gene, first, second).activity == wanted.replace("n/a", ""), row["diplotype"]


@pytest.mark.real_data
@pytest.mark.skipif(not SOURCE.is_dir(), reason="source tables are not here")
def test_every_row_has_every_dose_figure_of_its_source_and_no_other() -> None:
    rows = {row.identifier: row for row in PGX.guideline_rows}
    count = 0
    for path in sorted((SOURCE / "guidelines_2024-04").glob("*.json.gz")):
        for raw in source_json(path)["recommendations"]:  # type: ignore[index]
            row = rows[raw["id"]]
            text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", raw["text"]["html"])).split())
            main = text.split("Other Considerations")[0]
            stated = set(DOSE.findall(main))
            kept = {
                number for figure in row.figures for number in NUMBER.findall(figure.text.replace("m2", ""))
            }
            assert stated <= kept, (raw["id"], stated - kept, main)
            assert kept <= set(NUMBER.findall(main)), (raw["id"], kept)
            count += 1
    assert count == len(PGX.guideline_rows) == 2583


@pytest.mark.real_data
@pytest.mark.skipif(not SOURCE.is_dir(), reason="source tables are not here")
def test_no_sentence_of_the_guidelines_is_carried_over() -> None:
    text = json.dumps(Bundle().document("pgx_guidelines"))
    sentences: set[str] = set()
    for path in sorted((SOURCE / "guidelines_2024-04").glob("*.json.gz")):
        for raw in source_json(path)["recommendations"]:  # type: ignore[index]
            plain = html.unescape(re.sub(r"<[^>]+>", " ", raw["text"]["html"]))
            sentences |= {s.strip() for s in plain.split(".") if len(s.split()) >= 6}
    assert [sentence for sentence in sentences if sentence in text] == []


def test_dose_factors_agree_with_the_figures_they_come_from() -> None:
    for row in PGX.recommendations:
        if row.dose_factor:
            assert row.figures or row.dose_factor in ("2", "0.5"), row.identifier
            values = [float(part) for part in row.dose_factor.split("-")]
            assert all(0.05 <= value <= 5 for value in values), (row.identifier, row.dose_factor)
            if row.action == "reduce":
                assert max(values) < 1, (row.identifier, row.dose_factor)
            if row.action == "increase":
                assert min(values) >= 1, (row.identifier, row.dose_factor)


def test_tables_stay_small() -> None:
    bundle = Bundle()
    total = sum(len(bundle.raw(name)) for name in bundle.tables if name.startswith("pgx_"))
    assert total < 4_000_000


@pytest.mark.real_data
@pytest.mark.skipif(not SOURCE.is_dir(), reason="source tables are not here")
def test_no_row_that_its_source_flags_for_dosing_or_alternatives_is_called_usual() -> None:
    rows = {row.identifier: row for row in PGX.guideline_rows}
    for path in sorted((SOURCE / "guidelines_2024-04").glob("*.json.gz")):
        for raw in source_json(path)["recommendations"]:  # type: ignore[index]
            row = rows[raw["id"]]
            if raw["dosingInformation"] or raw["alternateDrugAvailable"]:
                assert row.action not in ("usual", "none"), (row.drugs, row.when)


PUBLISHED_FIGURES = {
    "https://doi.org/10.1002/cpt.668": {"5-10 %", "10-25 %", "15-30 %", "20-40 %"},
    "https://doi.org/10.1038/clpt.2013.203": {"70 %", "30 %"},
    "https://www.clinpgx.org/guideline/PA166251442": {"20-50 %"},
    "https://doi.org/10.1002/cpt.2309": set(),
}


def test_rows_written_from_papers_have_the_figures_of_those_papers_and_no_other() -> None:
    """Warfarin 2017 figure 2; peginterferon 2014 table 2; thiopurines 2024; aminoglycosides 2022."""
    annotated = {row.identifier for row in PGX.guideline_rows}
    found: dict[str, set[str]] = {}
    for row in PGX.recommendations:
        if row.identifier not in annotated:
            found.setdefault(row.url, set()).update(figure.text for figure in row.figures)
    assert found == PUBLISHED_FIGURES
