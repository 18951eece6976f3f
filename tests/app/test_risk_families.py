"""CanRisk families through the BRCA1/2 model."""

import tarfile
from pathlib import Path

import pytest
from known import bundled_knowledge

from genoai_desktop.app.canrisk import read_canrisk
from genoai_desktop.app.risk_families import family_carriers

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"


@pytest.mark.real_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="reference data absent")
def test_published_families_give_probabilities(tmp_path: Path) -> None:
    with tarfile.open(SHARED / "samples/pedigree/canrisk_examples.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    tables = bundled_knowledge().risk
    families = 0
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        for family in read_canrisk(path)[:3]:
            result = family_carriers(family, tables)
            for member in family.members:
                total = result.brca1[member.id] + result.brca2[member.id] + result.neither[member.id]
                assert 1 - 1e-9 <= total < 1.5  # a member may carry both
                if member.tests.get("BRCA1") == ("S", "P"):
                    assert result.brca1[member.id] == pytest.approx(1.0)
            families += 1
    assert families > 41
