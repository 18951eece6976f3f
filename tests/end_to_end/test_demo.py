"""The main job, whole: the demo family through the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of one run of ``genoai-desktop demo`` in a process of its own."""
    out = tmp_path_factory.mktemp("demo")
    run = subprocess.run(
        [sys.executable, "-m", "genoai_desktop", "demo", "--out", str(out), "--quiet"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"GENOAI_DEBUG": "1"},
    )
    assert run.returncode in (0, 1), run.stderr
    assert run.stdout == ""
    return out


@pytest.fixture(scope="module")
def result(outputs: Path) -> dict:
    return json.loads((outputs / "result.json").read_text())


def test_everything_that_was_asked_for_is_there(outputs: Path) -> None:
    assert {path.name for path in outputs.iterdir()} == {"result.json", "report.pdf", "letter.pdf"}
    for name in ("report.pdf", "letter.pdf"):
        assert (outputs / name).read_bytes().startswith(b"%PDF")


def test_the_solved_diagnosis_is_first(result: dict) -> None:
    first = result["rare"]["candidates"][0]
    assert first["gene"] == "CHD7"
    assert "CHARGE" in first["disease_name"].upper()


def test_the_carrier_and_the_secondary_finding_are_found(result: dict) -> None:
    found = {(finding["scope"], finding["gene"]) for finding in result["risk"]["findings"]}
    assert ("carrier", "CFTR") in found
    assert ("secondary", "LDLR") in found


def test_the_medicine_findings_are_found(result: dict) -> None:
    calls = {call["gene"]: call for call in result["pgx"]["calls"]}
    assert calls["CYP2C19"]["diplotype"] == "*2/*2"
    assert "Poor" in calls["CYP2C19"]["phenotype"]
    assert any(advice["drug"] == "clopidogrel" for advice in result["pgx"]["advice"])


def test_what_was_not_covered_is_said(result: dict) -> None:
    calls = {call["gene"]: call for call in result["pgx"]["calls"]}
    assert calls["UGT1A1"]["positions_missing"]
    assert any(line["missing"] for line in result["coverage"])


def test_the_family_fits_itself(result: dict) -> None:
    assert all(check["errors"] <= check["sites"] * 0.005 for check in result["quality"]["mendelian"])
    assert result["case"]["synthetic"] is True
