"""Scoring files that are cut off or damaged are refused with line and field, never a fault."""

import gzip
from pathlib import Path

import pytest

from genoai_desktop.app.risk_scorefiles import read_score
from genoai_desktop.domain.errors import UserError

CANRISK = "mean = -0.4\nsd = 0.6\nChromosome,Position,Reference_Allele,Effect_Allele,Log_Odds_Ratio\n"
CATALOG = "#genome_build=GRCh37\nchr_name\tchr_position\teffect_allele\teffect_weight\n"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (CANRISK + "1,100,A,G,0.1\n1,20\n", "line 5, field Reference_Allele"),
        (CANRISK + "1,100,A,G\n", "line 4, field Log_Odds_Ratio"),
        (CANRISK.replace("Position", "Place") + "1,100,A,G,0.1\n", "line 4, field Position"),
        (CANRISK + "1,100,A,G,0.1,9\n", "line 4, field Log_Odds_Ratio"),
        ("#Pop,Eur,Afr #x\n0.1 #mean\n" + CANRISK + "1,1,A,G,inf\n", "line 6, field Log_Odds_Ratio"),
        (CATALOG + '1\t100\t"A\t0.5\n1\t200\n', "line 4, field effect_allele"),
        (CATALOG + "1\t100\tA\t0.5\textra\n", "line 3, field effect_weight"),
        (CATALOG + "1\tx\tA\t0.5\n", "line 3, field position"),
    ],
)
def test_line_and_field_are_named(tmp_path: Path, text: str, where: str) -> None:
    path = tmp_path / "score.txt"
    path.write_text(text)
    with pytest.raises(UserError) as caught:
        read_score(path, None)
    assert where in caught.value.where


def test_a_damaged_gzip_is_refused(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress((CATALOG + "1\t100\tA\t0.5\n" * 400).encode()))
    packed[20:30] = b"\xff" * 10
    path = tmp_path / "score.txt.gz"
    path.write_bytes(packed)
    with pytest.raises(UserError, match="cannot be read"):
        read_score(path, None)
