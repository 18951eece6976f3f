"""Files that are no reads are refused before anything is said from them."""

import gzip
from pathlib import Path

import pysam
import pytest

from genoai_desktop.domain.errors import UserError
from genoai_desktop.vcf.callable import read_callable
from genoai_desktop.vcf.reads import require_reads

VCF = b"##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\nchr1\t69511\t70000\tA\tG\n"


@pytest.mark.parametrize(
    "content",
    [VCF, gzip.compress(VCF), b"", b"\x1f\x8bnot packed", b"plain text"],
    ids=["VCF", "packed VCF", "empty", "not packed", "text"],
)
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "child.bam"
    path.write_bytes(content)
    with pytest.raises(UserError) as refused:
        require_reads(path)
    assert refused.value.code == "reads.kind"
    assert "child.bam" in refused.value.where


@pytest.mark.parametrize("mode", ["wb", "wc"])
def test_bam_and_cram_are_reads(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "child"
    header = {"HD": {"VN": "1.6"}, "SQ": [{"SN": "chr1", "LN": 1000}]}
    pysam.AlignmentFile(str(path), mode, header=header).close()
    assert require_reads(path) == path


def test_reads_that_are_gone_are_said_beside_their_results(tmp_path: Path) -> None:
    assert require_reads(tmp_path / "gone.bam") == tmp_path / "gone.bam"


def test_a_vcf_is_no_file_of_callable_regions(tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    path.write_bytes(VCF)
    with pytest.raises(UserError, match="VCF"):
        read_callable(path)
