"""The same person alone or among others gets the same ancestry: the file decides, not who is loaded."""

from pathlib import Path

import pytest
from known import bundled_knowledge

from genoai_desktop.analysis.ancestry import estimate
from genoai_desktop.domain.context import Silent
from genoai_desktop.vcf import load

TRIO = Path(__file__).resolve().parents[2] / "../shared/data/samples/trio/ashk-trio.vcf.gz"


@pytest.mark.real_data
@pytest.mark.skipif(not TRIO.exists(), reason="shared data are not here")
def test_a_trio_read_whole_or_one_by_one() -> None:
    knowledge = bundled_knowledge()
    together = load(TRIO, Silent())
    for index, name in enumerate(together.samples):
        among = estimate(together, index, knowledge, Silent())
        alone = estimate(load(TRIO, Silent(), samples=[name]), 0, knowledge, Silent())
        assert alone == among
        assert among.best == "EUR"
