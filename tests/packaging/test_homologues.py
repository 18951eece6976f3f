"""From BLAST files and DIAMOND's hits to columns: placements, weights and labels of paralogs."""

import sys
from pathlib import Path

import numpy as np
import pytest

from genoai_desktop.knowledge.conservation import KEPT, UNKNOWN

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "packaging" / "knowledge")]
import build_conservation  # noqa: E402
import homologues  # noqa: E402
from alignment_columns import Column, columns  # noqa: E402
from homologues import GAP, OUTSIDE, RESIDUES, Relatives  # noqa: E402


def hits(folder: Path, *rows: str) -> Path:
    path = folder / "hits.tsv"
    path.write_text("".join("\t".join(row.split()) + "\n" for row in rows), encoding="ascii")
    return path


def letters(row: np.ndarray) -> str:
    return "".join((RESIDUES + "X-.")[code] for code in row)


def test_insertions_and_deletions_keep_the_proteins_own_numbering(tmp_path: Path) -> None:
    """The protein has WW that the relative lacks; the relative has KK that the protein lacks."""
    path = hits(tmp_path, "T1 S1 80.0 2 8 1 7 1e-9 50 2M2I1M2D2M")
    found = next(homologues.relatives(path, {"T1": "MACWWDEFG"}, {"S1": "ACDKKEF"}, numbered={"S1"}))
    assert letters(found.rows[0]) == ".AC--DEF."
    assert found.places["S1"].tolist() == [0, 1, 2, 0, 0, 3, 6, 7, 0]
    assert {found.rows[0][0], found.rows[0][3]} == {OUTSIDE, GAP}


def test_relatives_come_in_ascending_identity(tmp_path: Path) -> None:
    path = hits(tmp_path, "T1 S1 90.0 1 3 1 3 1 1 3M", "T1 S2 40.0 1 3 1 3 1 1 3M")
    found = next(homologues.relatives(path, {"T1": "ACD"}, {"S1": "ACD", "S2": "AEE"}))
    assert found.names == ["S2", "S1"]
    assert found.identity.tolist() == [40.0, 90.0]


def aligned(*sequences: str) -> Relatives:
    rows = np.array([homologues.encoded(sequence) for sequence in sequences])
    identity = np.linspace(40, 100, len(rows), dtype=np.float32)
    return Relatives("T1", [f"S{i}" for i in range(len(rows))], rows, identity, {})


def judged(sequences: tuple[str, ...]) -> Column:
    found = aligned(*sequences)
    return columns(found, found.rows[-1])


def test_a_column_that_never_changes_favours_its_residue() -> None:
    made = judged(("LA", "LD", "LE", "LS", "LK"))
    leucine = RESIDUES.index("L")
    assert made.profile[0].argmax() == leucine
    assert made.profile[0, leucine] > made.profile[1].max()
    assert np.exp(made.profile).sum(axis=1) == pytest.approx(1, abs=1e-3)


def test_copies_of_one_relative_weigh_less_than_as_many_different_ones() -> None:
    """Henikoff weights: ten copies of a sequence do not outvote the others ten to one."""
    made = judged((*["AWWWWWWW"] * 10, "VYFHKRDE", "VFHKRDEY"))
    shares = np.exp(made.profile[0])
    assert shares[RESIDUES.index("A")] / shares[RESIDUES.index("V")] < 3


def test_the_nearest_relative_that_carries_a_residue_is_kept() -> None:
    made = judged(("V", "A", "V", "A"))
    assert made.nearest[0, RESIDUES.index("V")] == pytest.approx(80)
    assert made.nearest[0, RESIDUES.index("A")] == 100
    assert made.nearest[0, RESIDUES.index("D")] == 0


def test_what_is_kept_is_counted_by_identity() -> None:
    """Identities 40, 60, 80 and 100 per cent; the protein itself, the last, counts in no band."""
    made = judged(("V", "A", "V", "A"))
    assert made.kept[0].tolist() == [UNKNOWN, 0, KEPT, 0, UNKNOWN]


def test_published_changes_come_from_other_genes_alone() -> None:
    found = Relatives(
        "T1", ["S1", "S2"], np.zeros((2, 3), dtype=np.uint8), np.array([50.0, 100.0], dtype=np.float32),
        {"S1": np.array([0, 5, 6]), "S2": np.array([1, 2, 3])},
    )  # fmt: skip
    changes = {"OTHER": {6: ("DV", "S")}, "OWN": {2: ("K", "")}}
    names = {"S1": "OTHER", "S2": "OWN"}
    rows = build_conservation._paralogs(found, names, {"T1": "OWN"}, changes)
    assert rows == [("OWN", 3, 100, 50, 50, 50, "DV", "S")]


def test_sequences_are_read_from_blast_files(tmp_path: Path) -> None:
    def number(value: int) -> bytes:
        return value.to_bytes(4, "big")

    for branch in ("BPO", "MFO", "CCO"):
        folder = tmp_path / branch
        folder.mkdir()
        headers = [b"\x1aP00001|GO:1\x00", b"\x1aP00002|GO:2\x00"]
        residues = b"\x00" + bytes([1, 3, 4]) + b"\x00" + bytes([12, 12]) + b"\x00"
        ends = np.cumsum([0, *map(len, headers)]).astype(">i4").tobytes()
        starts = np.array([1, 5, 8], dtype=">i4").tobytes()
        head = number(4) + number(1) + number(1) + b"t" + number(1) + b"d" + number(2)
        (folder / "goasp.fasta.pin").write_bytes(head + bytes(8) + number(3) + ends + starts)
        (folder / "goasp.fasta.phr").write_bytes(b"".join(headers))
        (folder / "goasp.fasta.psq").write_bytes(residues)
    assert homologues.swissprot(tmp_path) == {"P00001": "ACD", "P00002": "MM"}
