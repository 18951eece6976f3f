"""An index is believed only when it belongs to the file."""

import shutil
import sys
from pathlib import Path

import pysam
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from vcf_text import codes, vcf, write

from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build, Locus
from genoai_desktop.vcf import fetch, load
from genoai_desktop.vcf.index import belongs, usable_index

LOCUS = Locus("1", 5000, 5200, Build.GRCH38)


def _packed(folder: Path, name: str, step: int) -> Path:
    records = [f"chr1 {100 + i * step} . A G . PASS DP=3 GT 0/1" for i in range(6000)]
    plain = write(folder, vcf(*records), f"{name}.vcf")
    packed = folder / f"{name}.vcf.gz"
    pysam.tabix_compress(str(plain), str(packed))
    return packed


def test_only_the_right_index_is_used(tmp_path: Path) -> None:
    first, second = _packed(tmp_path, "first", 10), _packed(tmp_path, "second", 700)
    pysam.tabix_index(str(first), preset="vcf")
    own = Path(f"{first}.tbi")
    assert belongs(own, first)
    assert not belongs(own, second)
    shutil.copy(own, f"{second}.tbi")
    assert "vcf.index" in codes(load(second, Silent()))
    table = fetch(second, Locus("1", 700_100, 701_500, Build.GRCH38), Silent())
    assert table.frame["pos"].to_list() == [700_100, 700_800, 701_500]
    assert usable_index(second) != Path(f"{second}.tbi")


@pytest.mark.parametrize("data", [b"", b"junk", b"\x1f\x8b\x08\x00"])
def test_a_broken_index_is_not_used(tmp_path: Path, data: bytes) -> None:
    path = _packed(tmp_path, "a", 10)
    Path(f"{path}.tbi").write_bytes(data)
    assert not belongs(Path(f"{path}.tbi"), path)
    assert fetch(path, LOCUS, Silent()).frame["pos"].to_list() == [*range(5000, 5201, 10)]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.vcf", "a.vcf.gz", "a.vcf.gz.tbi"]


def test_files_without_an_index_are_read_through(tmp_path: Path) -> None:
    path = _packed(tmp_path, "a", 10).with_suffix("")
    assert fetch(path, LOCUS, Silent()).height == 21
