"""Every bad file at hand: refused in plain words, or loaded with every record accounted for."""

import tarfile
from pathlib import Path

import pytest

from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.vcf import load
from genoai_desktop.vcf.table import VariantTable

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
ARCHIVES = sorted((SHARED / "badinput").glob("*.tar.gz"))
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not ARCHIVES, reason="../shared/data/badinput is absent"),
]


def _outcome(path: Path) -> VariantTable | UserError:
    try:
        return load(path, Silent())
    except UserError as refused:
        return refused


@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda path: path.name.split(".")[0])
def test_nothing_crashes_and_nothing_is_lost(archive: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    seen = 0
    for path in sorted(tmp_path.rglob("*")):
        if not path.name.endswith((".vcf", ".gz", ".bgz", ".bcf")):
            continue
        seen += 1
        outcome = _outcome(path)
        if isinstance(outcome, UserError):
            assert outcome.remedy, path.name
            assert path.name in outcome.where
            assert "passed" not in path.parts, f"{path.name}: {outcome}"
            continue
        assert outcome.records_read == outcome.records_loaded + outcome.records_reported, path.name
        if "failed" in path.parts:
            assert any(f.code != "vcf.build-unknown" for f in outcome.findings), path.name
    assert seen
