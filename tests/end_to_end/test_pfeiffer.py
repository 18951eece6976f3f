"""A real exome through the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "samples"
TERMS = "HP:0001156,HP:0001363,HP:0011304,HP:0010055"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not SAMPLES.is_dir(), reason="../shared/data/samples is absent: real exome NOT tested"
    ),
]


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> dict:
    out = tmp_path_factory.mktemp("pfeiffer")
    command = [sys.executable, "-m", "genoai_desktop", "analyse", "--vcf"]
    command += [str(SAMPLES / "germline" / "Pfeiffer.vcf.gz"), "--hpo", TERMS, "--out", str(out), "--quiet"]
    run = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"GENOAI_DEBUG": "1"}
    )
    assert run.returncode in (0, 1), run.stderr
    return json.loads((out / "result.json").read_text())


def test_fgfr2_is_first(result: dict) -> None:
    first = result["rare"]["candidates"][0]
    assert first["gene"] == "FGFR2"
    assert first["variants"][0]["key"]["position"] == 123256215


def test_without_consent_nothing_secondary_is_in_the_result(result: dict) -> None:
    assert result["pgx"] is None
    assert result["risk"] is None
    assert "secondary" in result["withheld"]
