"""Our index of a FASTA file is htslib's, byte for byte; odd files are not indexed; a stop leaves nothing."""

from pathlib import Path
from random import Random

import pysam
import pytest

from genoai_desktop.analysis.annotation.fasta_index import make_index
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled


def fasta(path: Path, ending: str = "\n", last: bool = True) -> Path:
    """Sequences of many lengths: shorter than a line, whole lines, longer than a block of bgzip."""
    random, lines = Random(1), []
    for number, length in enumerate((3, 60, 61, 120, 200_001, 1)):
        bases = "".join(random.choices("ACGTNacgt", k=length))
        lines += [f">chr{number} some words", *(bases[i : i + 60] for i in range(0, length, 60))]
    path.write_bytes((ending.join(lines) + (ending if last else "")).encode())
    return path


def by_htslib(path: Path) -> list[bytes]:
    """The indexes that htslib writes; they are taken away again."""
    pysam.faidx(str(path))
    return _taken(path)


def _taken(path: Path) -> list[bytes]:
    found = [path.with_name(path.name + ending) for ending in (".fai", ".gzi")]
    data = [one.read_bytes() for one in found if one.exists()]
    for one in found:
        one.unlink(missing_ok=True)
    return data


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_the_index_of_plain_text_is_htslibs(tmp_path: Path, ending: str, last: bool) -> None:
    path = fasta(tmp_path / "g.fa", ending, last)
    wanted = by_htslib(path)
    make_index(path, Silent())
    assert _taken(path) == wanted


def test_the_index_of_bgzip_is_htslibs(tmp_path: Path) -> None:
    path = tmp_path / "g.fa.gz"
    pysam.tabix_compress(str(fasta(tmp_path / "g.fa")), str(path))
    wanted = by_htslib(path)
    assert len(wanted) == 2
    make_index(path, Silent())
    assert _taken(path) == wanted


@pytest.mark.parametrize(
    "text",
    [">a\nACGT\nAC\nACGT\n", ">a\nAC\nACGT\n", "ACGT\n", ">a\nAC GT\nACGT\n", ">a\nACGT\nAC\r\n", ">\nAC\n"],
)
def test_what_is_not_regular_is_not_indexed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "g.fa"
    path.write_bytes(text.encode())
    with pytest.raises(ValueError):
        make_index(path, Silent())
    assert _taken(path) == []


def test_a_stop_leaves_no_index(tmp_path: Path) -> None:
    context = Silent()
    context.cancel()
    with pytest.raises(Cancelled):
        make_index(fasta(tmp_path / "g.fa"), context)
    assert [path.name for path in tmp_path.iterdir()] == ["g.fa"]
