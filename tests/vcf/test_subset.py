"""Taking samples out of a table leaves nothing of theirs."""

from pathlib import Path

from genoai_desktop.domain.context import Silent
from genoai_desktop.vcf import load
from genoai_desktop.vcf.subset import without_samples

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo" / "family.vcf.gz"


def test_the_others_count_anew_and_keep_their_values() -> None:
    whole = load(DEMO, Silent())
    first, second, third = whole.samples
    table = without_samples(whole, {second})
    assert table.samples == (first, third)
    assert table.frame["s1_dosage"].to_list() == whole.frame["s2_dosage"].to_list()
    assert table.frame["s0_gq"].to_list() == whole.frame["s0_gq"].to_list()
    assert not [name for name in table.frame.columns if name.startswith("s2_")]
    assert without_samples(whole, {"nobody"}) is whole
