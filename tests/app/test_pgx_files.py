"""Tables and evaluations of the command line: columns, wholeness, agreement, warfarin."""

import csv
import gzip
import importlib
import time
from pathlib import Path

import pytest
from known import bundled_knowledge

from genoai_desktop.analysis.pharmacogenomics.dosing import (
    check_limits,
    eu_pact_loading,
    fluoropyrimidine_factor,
    iwpc_mg_week,
    tacrolimus_start,
    warfarin_dose,
    with_calls,
)
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.pgx import CallStatus, GeneCall
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.locations import models
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.models.warfarin import WarfarinPatient, load_warfarin
from genoai_desktop.vcf import load

files = importlib.import_module("genoai_desktop.app.pgx_files")
SHARED = Path(__file__).resolve().parents[2] / "../shared/data/benchmarks/pgx"
VCF = SHARED / "getrm_1kgp_grch38_dev.vcf"
real = pytest.mark.skipif(not VCF.is_file(), reason="benchmark data is not here")


class Knowledge:
    pgx = PgxDefinitions(Bundle())


MODEL = load_warfarin(models() / "warfarin")
DOSING = Knowledge.pgx.dosing
ADULT = WarfarinPatient(5, 175, 80, True, "White", "", 1, ("*1", "*2"))


def table_rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt") as handle:
        return list(csv.DictReader(handle, delimiter="\t"))


@pytest.fixture(scope="module")
def calls() -> dict[str, tuple[object, ...]]:
    found: dict[str, tuple[object, ...]] = files.call_samples(
        load(VCF, Silent()), bundled_knowledge(), Silent()
    )
    return found


@real
@pytest.mark.real_data
def test_calls_and_advice_tables_have_the_columns_of_the_contract(
    calls: dict[str, object], tmp_path: Path
) -> None:
    files.write_calls_tsv(calls, tmp_path / "CALLS.tsv")
    files.write_advice_tsv(calls, bundled_knowledge(), tmp_path / "ADVICE.tsv", ["Codeine", "nosuchdrug"])
    unknown = files.unknown_drugs(["Codeine", "nosuchdrug"], bundled_knowledge())
    header, *rows = (tmp_path / "CALLS.tsv").read_text().splitlines()
    assert header == (
        "sample\tgene\tdiplotype\talternatives\tphenotype\tactivity_score\tstatus\tpositions_tested\t"
        "positions_missing\tnote"
    )
    assert len(rows) == 59 * 27
    assert unknown == ["nosuchdrug"]
    advice = (tmp_path / "ADVICE.tsv").read_text().splitlines()
    assert advice[0].startswith(
        "sample\tdrug\timplication\taction\tdose_factor\tstrength\tguideline\tversion"
    )
    assert {line.split("\t")[1] for line in advice[1:]} == {"codeine"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ADVICE.tsv", "CALLS.tsv"]


@real
@pytest.mark.real_data
def test_agreement_on_the_dev_people_is_as_recorded(calls: dict[str, object]) -> None:
    truth = table_rows(SHARED / "getrm_truth_dev.tsv.gz")
    totals, _ = files.evaluate_pgx(calls, truth)
    assert totals == {
        "CYP2B6": (48, 50), "CYP2C19": (50, 50), "CYP2C9": (50, 50), "CYP2D6": (35, 50), "CYP3A4": (49, 50),
        "CYP3A5": (50, 50), "CYP4F2": (34, 50), "SLCO1B1": (38, 50), "TPMT": (50, 50),
    }  # fmt: skip


@real
@pytest.mark.real_data
def test_no_gene_is_worse_than_pharmcat(calls: dict[str, object]) -> None:
    totals, _ = files.evaluate_pgx(calls, table_rows(SHARED / "getrm_truth_dev.tsv.gz"))
    rival: dict[str, int] = {}
    for row in table_rows(SHARED / "peer_calls_dev.tsv.gz"):
        if row["tool"].startswith("PharmCAT"):
            rival[row["gene"]] = rival.get(row["gene"], 0) + int(row["harmonised"])
    assert {gene: totals[gene][0] - right for gene, right in rival.items() if totals[gene][0] < right} == {}


@real
@pytest.mark.real_data
def test_all_genes_of_59_people_take_less_than_two_seconds() -> None:
    table = load(VCF, Silent())
    start = time.perf_counter()
    files.call_samples(table, bundled_knowledge(), Silent())
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("1/1", {("1", "1")}), ("1(27)/6", {("1", "6"), ("27", "6")}), ("2/(15,35)", {("15", "2"), ("2", "35")}),
     ("1/7;5/(6,9?)", {("1", "7"), ("5", "6"), ("5", "9")}), ("", set())],
)  # fmt: skip
def test_consensus_notation(text: str, wanted: set[tuple[str, str]]) -> None:
    assert files.truth_options("CYP2B6", text) == {tuple(sorted(pair)) for pair in wanted}


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        files.write_rows([], ["a"], tmp_path / "none" / "t.tsv")
    assert list(tmp_path.iterdir()) == []


@real
@pytest.mark.real_data
def test_warfarin_beats_iwpc_and_never_reads_the_dose() -> None:
    patients = table_rows(SHARED / "iwpc_warfarin_dev.tsv.gz")
    rows, errors = files.evaluate_warfarin(patients, bundled_knowledge(), MODEL)
    blind = [{k: v for k, v in row.items() if k != "Therapeutic.Dose"} for row in patients]
    again, none = files.evaluate_warfarin(blind, bundled_knowledge(), MODEL)
    assert [r["predicted_mg_week"] for r in rows] == [r["predicted_mg_week"] for r in again]
    assert none == []
    mean = {(e["model"], e["ancestry"]): float(e["mae_mg_week"]) for e in errors}
    for group in ("all", "White", "Asian", "Black or African American", "Unknown"):
        assert mean["own", group] < mean["IWPC 2009", group]
        assert MODEL.error[group]["own"] < MODEL.error[group]["iwpc"]
    assert MODEL.error["all"]["own"] <= 8.2
    assert MODEL.error["all"]["own_within_20"] >= 48


def test_iwpc_gives_the_published_example() -> None:
    reference = WarfarinPatient(6, 170, 75, True, "White", "", 0, ("*1", "*1"))
    root = 5.6044 - 0.2614 * 6 + 0.0087 * 170 + 0.0128 * 75
    assert iwpc_mg_week(reference, DOSING) == pytest.approx(root**2)


def test_the_genotype_comes_from_calls_that_can_be_relied_on() -> None:
    def call(gene: str, diplotype: str, status: CallStatus = CallStatus.CALLED) -> GeneCall:
        return GeneCall(gene, diplotype, (), "", "", status, 1, ())

    bare = WarfarinPatient(5, 175, 80, True, "White")
    vkorc1 = call("VKORC1", "rs9923231 reference (C)/rs9923231 variant (T)")
    found = with_calls(bare, [vkorc1, call("CYP2C9", "*1/*3")])
    assert (found.vkorc1_a, found.cyp2c9) == (1, ("*1", "*3"))
    open_call = call("CYP2C9", "*1/*1", CallStatus.INDETERMINATE)
    assert with_calls(bare, [open_call]).cyp2c9 is None


def test_an_interval_holds_the_dose() -> None:
    estimate = warfarin_dose(ADULT, DOSING, MODEL)
    assert estimate.low < estimate.mg_week < estimate.high
    assert estimate.model.startswith("GenoAI")


@pytest.mark.parametrize(
    "change", [{"age_decades": 0}, {"height_cm": 17.5}, {"weight_kg": 800}, {"target_inr": 9}]
)
def test_inputs_outside_the_limits_give_no_dose(change: dict[str, float]) -> None:
    fields = {name: getattr(ADULT, name) for name in ADULT.__dataclass_fields__}
    with pytest.raises(UserError, match="No warfarin dose"):
        check_limits(WarfarinPatient(**(fields | change)), DOSING)


def test_loading_doses_fall_to_maintenance_and_need_a_known_genotype() -> None:
    doses = eu_pact_loading(ADULT, 35, DOSING)
    assert doses.days[0] > doses.days[1] > doses.days[2] > doses.maintenance_mg_day == 5
    unknown = WarfarinPatient(5, 175, 80, True, "White", "", 1, ("*1", "*8"))
    with pytest.raises(UserError, match="No loading doses"):
        eu_pact_loading(unknown, 35, DOSING)


def test_tacrolimus_and_fluoropyrimidine() -> None:
    low, high = tacrolimus_start("Normal Metabolizer", 70, DOSING)
    assert (low, high) == pytest.approx((21, 21))
    with pytest.raises(UserError):
        tacrolimus_start("Indeterminate", 70, DOSING)
    assert [fluoropyrimidine_factor(s, DOSING) for s in ("2.0", "1.5", "1.0", "0.5", "0.0")] == [
        1,
        0.5,
        0.5,
        0,
        0,
    ]
    with pytest.raises(UserError):
        fluoropyrimidine_factor("n/a", DOSING)


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    for name in ("warfarin.json", "warfarin.json.sha256"):
        (tmp_path / name).write_bytes((models() / "warfarin" / name).read_bytes())
    load_warfarin(tmp_path)
    (tmp_path / "warfarin.json").write_bytes(b"{}")
    with pytest.raises(UserError, match="damaged"):
        load_warfarin(tmp_path)


def advised(call: GeneCall, drugs: list[str] | None, folder: Path) -> list[dict[str, str]]:
    files.write_advice_tsv({"S": (call,)}, Knowledge, folder / "ADVICE.tsv", drugs)
    with (folder / "ADVICE.tsv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle, delimiter="\t"))


def test_the_table_has_cautions_for_alleles_seen_in_a_gene_not_read_in_full(tmp_path: Path) -> None:
    seen = GeneCall(
        "DPYD", "Reference/c.2846A>T", (), "Indeterminate", "", CallStatus.INDETERMINATE, 1, ("x",)
    )
    rows = advised(seen, ["Fluorouracil"], tmp_path)
    assert {row["concern"] for row in rows} == {"caution"}
    assert all("If a full test confirms" in row["action"] for row in rows)


@pytest.mark.parametrize(("drugs", "told"), [(None, False), (["Ivacaftor"], True)])
def test_the_table_warns_of_ivacaftor_only_where_it_is_asked_for(
    drugs: list[str] | None, told: bool, tmp_path: Path
) -> None:
    usual = "ivacaftor non-responsive CFTR sequence"
    result = "ivacaftor non-responsive in CF patients"
    call = GeneCall("CFTR", f"{usual}/{usual}", (), result, "", CallStatus.CALLED, 1, ())
    assert any(row["drug"] == "ivacaftor" for row in advised(call, drugs, tmp_path)) is told
