"""Classifying tables of variants: criteria of real variants, and no look at the answers."""

import random
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from known import bundled_knowledge

from genoai_desktop.app.acmg_files import classify_file, evaluate_acmg
from genoai_desktop.app.acmg_names import place
from genoai_desktop.app.acmg_score import score_acmg
from genoai_desktop.app.variant_list import read_sites
from genoai_desktop.domain.context import Silent
from genoai_desktop.knowledge import Knowledge

PANEL = Path(__file__).resolve().parents[2] / "../shared/data/benchmarks/acmg/clingen_erepo_dev.tsv.gz"
ANSWERS = ["assertion", "codes_met", "codes_not_met", "panel", "clinvar_id"]
ADDED = ["class", "points", "codes_met", "codes_not_met", "codes_not_assessed", "note"]
AD, AR = "Autosomal dominant inheritance", "Autosomal recessive inheritance"
SIDES = ["Pathogenic", "Likely pathogenic", "Uncertain significance", "Likely benign", "Benign", ""]


@pytest.fixture(scope="module")
def panel() -> pl.DataFrame:
    return pl.read_csv(PANEL, separator="\t", infer_schema=False, quote_char=None)


def classified(frame: pl.DataFrame, folder: Path, knowledge: Knowledge) -> pl.DataFrame:
    frame.write_csv(folder / "in.tsv", separator="\t", quote_style="never")
    classify_file(folder / "in.tsv", folder / "out.tsv", knowledge, Silent())
    return pl.read_csv(folder / "out.tsv", separator="\t", infer_schema=False, quote_char=None)


CASES = [
    ("NM_004360.5(CDH1):c.187C>T (p.Arg63Ter)", "CDH1", AD, {"PVS1", "PM2"}, {"PP3", "BA1", "BP7"}),
    ("NM_000546.5(TP53):c.743G>A (p.Arg248Gln)", "TP53", AD, {"PM1", "PM5", "PP3"}, {"PVS1", "BP4"}),
    ("NM_000152.5(GAA):c.1841C>A (p.Thr614Lys)", "GAA", AR, {"PM2"}, {"PVS1", "BS1"}),
    ("NM_001754.4(RUNX1):c.300C>G (p.Ser100=)", "RUNX1", AD, {"BP4", "BP7"}, {"PM1", "PP3", "PVS1"}),
    ("NM_004360.5(CDH1):c.48+1G>A", "CDH1", AD, {"PVS1"}, {"PP3", "BP7"}),
    ("NM_004360.5(CDH1):c.2076T>C (p.Ala692=)", "CDH1", AD, {"BA1", "BP7"}, {"PM2", "BS1"}),
]


@pytest.mark.real_data
def test_criteria_of_known_variants(tmp_path: Path, knowledge: Knowledge) -> None:
    frame = pl.DataFrame(
        [case[:3] for case in CASES], schema=["variant", "gene", "inheritance"], orient="row"
    )
    for row, case in zip(classified(frame, tmp_path, knowledge).iter_rows(named=True), CASES, strict=True):
        met = {code.split("_")[0] for code in (row["codes_met"] or "").split(";")}
        assert case[3] <= met, (case[0], row)
        assert not case[4] & met, (case[0], row)
        assert {"PS3", "BS3", "PP1"} <= set(row["codes_not_assessed"].split(";"))
        assert not {"PP5", "BP6"} & met


@pytest.mark.real_data
@pytest.mark.skipif(not PANEL.exists(), reason="needs the shared data")
def test_answers_are_never_read(tmp_path: Path, knowledge: Knowledge, panel: pl.DataFrame) -> None:
    some = panel.sample(150, seed=7)
    mixed = some.with_columns(pl.col(name).shuffle(seed=1) for name in ANSWERS)
    first = classified(some, tmp_path, knowledge).select(ADDED)
    assert classified(some.drop(ANSWERS), tmp_path, knowledge).select(ADDED).equals(first)
    assert classified(mixed, tmp_path, knowledge).select(ADDED).equals(first)


@pytest.mark.real_data
@pytest.mark.skipif(not PANEL.exists(), reason="needs the shared data")
def test_names_are_placed_where_the_panel_places_them(knowledge: Knowledge, panel: pl.DataFrame) -> None:
    known = panel.filter(pl.col("hgvs_grch38").str.contains(r"g\.\d+[ACGT]>[ACGT]$"))
    sites, _ = read_sites(known)
    placed = [place(row["variant"], row["gene"], knowledge) for row in known.iter_rows(named=True)]
    pairs = [(site, sites[index]) for index, site in enumerate(placed) if site is not None]
    assert len(pairs) > 0.5 * known.height
    assert all(found == stated for found, stated in pairs)


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("NM_004360.5(CDH1):c.436_437TC[1] (p.Pro147fs)", (3, 1)),
        ("NM_004360.5(CDH1):c.32_34TGC[6] (p.Leu15dup)", (1, 4)),
        ("NM_004360.5(CDH1):c.32_34TGC[4] (p.Leu15del)", (4, 1)),
        ("NM_004360.5(CDH1):c.32_34TGC[4] (p.Leu15fs)", None),  # three bases shift no frame
        ("NM_004360.5(CDH1):c.436_437TC[1]", None),
    ],
)
def test_a_repeat_is_placed_as_its_protein_name_says(
    name: str, sizes: tuple[int, int] | None, knowledge: Knowledge
) -> None:
    site = place(name, "CDH1", knowledge)
    assert (site and (len(site.ref), len(site.alt))) == sizes


@pytest.mark.real_data
@pytest.mark.skipif(not PANEL.exists(), reason="needs the shared data")
def test_given_codes_reach_the_panels_class(
    tmp_path: Path, knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluate_acmg(PANEL, tmp_path / "out.tsv", knowledge, Silent(), given_codes=True)
    said = capsys.readouterr()
    assert "Agreement with the panels" in said.out
    assert not said.err
    result = score_acmg(
        pl.read_csv(tmp_path / "out.tsv", separator="\t", infer_schema=False, quote_char=None)
    )
    assert result.accuracy is not None
    assert result.accuracy > 0.93


@given(st.lists(st.tuples(st.sampled_from(SIDES[:-1]), st.sampled_from(SIDES)), max_size=12), st.randoms())
def test_the_score_counts_every_row_once(pairs: list[tuple[str, str]], order: random.Random) -> None:
    def score(rows: list[tuple[str, str]]) -> tuple[int, float | None, int]:
        data = [(panel, given, "PM2_Supporting;PP3", "PM2;PP4") for panel, given in rows]
        columns = dict.fromkeys(("assertion", "class", "codes_met", "given_codes_met"), pl.String)
        found = score_acmg(pl.DataFrame(data, schema=columns, orient="row"))
        assert found.jaccard is None or found.jaccard == pytest.approx(0.5)
        assert sum(found.confusion.values()) == found.rows
        return found.rows, found.accuracy, found.jaccard_rows

    mixed = list(pairs)
    order.shuffle(mixed)
    assert score(pairs) == score(mixed)
    assert score(pairs)[0] == len(pairs)


def test_the_score_counts_each_criterion() -> None:
    rows = [("Pathogenic", "Pathogenic", "PVS1;PM2_Supporting;PS3", "PVS1, PP3, PM3")]
    columns = dict.fromkeys(("assertion", "class", "codes_met", "given_codes_met"), pl.String)
    found = {
        code: counts
        for code, *counts in score_acmg(pl.DataFrame(rows, schema=columns, orient="row")).criteria
    }
    assert (found["PVS1"], found["PP3"], found["PM2"]) == ([1, 0, 0], [0, 1, 0], [0, 0, 1])
    assert "PM3" not in found


def test_an_effect_on_a_neighbour_says_nothing_of_the_gene_asked(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    variants, out = tmp_path / "in.tsv", tmp_path / "out.tsv"
    variants.write_text(
        "variant\tgene\nNC_012920.1:m.7445A>G\tMT-TS1\nNC_012920.1:m.7445A>G\tMT-CO1\n", encoding="utf-8"
    )
    classify_file(variants, out, knowledge, Silent())
    asked, own = pl.read_csv(out, separator="\t", infer_schema=False).iter_rows(named=True)
    assert not asked["codes_met"]
    assert "BP7" in asked["codes_not_assessed"].split(";")
    assert "BP7" in own["codes_met"].split(";")


def test_a_known_founder_is_not_called_benign_for_being_common(tmp_path: Path, knowledge: Knowledge) -> None:
    variants, out = tmp_path / "in.tsv", tmp_path / "out.tsv"
    # CFTR F508del and a change of POLG are pathogenic and listed among common variants.
    variants.write_text(
        "chrom\tpos\tref\talt\tbuild\tgene\tinheritance\n"
        f"7\t117559590\tATCT\tA\tGRCh38\tCFTR\t{AD}\n"
        f"15\t89323423\tA\tG\tGRCh38\tPOLG\t{AD}\n",
        encoding="utf-8",
    )
    classify_file(variants, out, knowledge, Silent())
    for row in pl.read_csv(out, separator="\t", infer_schema=False).iter_rows(named=True):
        assert {"BA1", "BS1"} <= set(row["codes_not_assessed"].split(";")), row
        assert row["class"] == "Uncertain significance"
    evaluate_acmg(variants, out, knowledge, Silent())
    table = pl.read_csv(out, separator="\t", infer_schema=False)
    blind = {row["gene"]: row for row in table.iter_rows(named=True)}
    assert "BS1_Moderate" in blind["CFTR"]["codes_met"].split(";")
    # The panel of POLG counts from 0.5 % on, which being listed does not say.
    assert "BS1" in blind["POLG"]["codes_not_assessed"].split(";")


def test_mitochondrial_names_and_places_outside_transcripts_are_uncertain(tmp_path: Path) -> None:
    variants, out = tmp_path / "in.tsv", tmp_path / "out.tsv"
    variants.write_text(
        "variant\tgene\n"
        "NC_012920.1(MT-ATP6):m.8993T>G\tMT-ATP6\n"
        "m.7471dup\tMT-TS1\n"
        "NC_012920.1:m.9205_9206del\tMT-ATP6\n"
        "m.9206_9205del\tMT-ATP6\n",
        encoding="utf-8",
    )
    assert classify_file(variants, out, bundled_knowledge(), Silent())
    rows = list(pl.read_csv(out, separator="\t", infer_schema=False).iter_rows(named=True))
    assert [row["class"] for row in rows] == ["Uncertain significance"] * 3 + [None]
    assert not rows[0]["codes_met"]
    assert {"PM2", "BS1"} <= set(rows[0]["codes_not_assessed"].split(";"))
    assert rows[3]["note"]


def test_homozygosity_counts_in_recessive_disease(tmp_path: Path) -> None:
    variants, out = tmp_path / "in.tsv", tmp_path / "out.tsv"
    name = "NM_000152.5(GAA):c.1935C>A (p.Asp645Glu)"
    rows = [f"{name}\tGAA\t{AR}\thomozygous", f"{name}\tGAA\t{AR}\theterozygous"]
    header = "variant\tgene\tinheritance\tzygosity\n"
    variants.write_text(header + "\n".join(rows) + "\n", encoding="utf-8")
    classify_file(variants, out, bundled_knowledge(), Silent())
    table = pl.read_csv(out, separator="\t", infer_schema=False)
    assert ["PM3_Supporting" in codes for codes in table["codes_met"]] == [True, False]
