"""The exon that a lost splice site skips, and the strength of PVS1 that follows."""

from dataclasses import replace

import pytest
from known import bundled_knowledge

from genoai_desktop.analysis.classification.assess import assess
from genoai_desktop.analysis.classification.facts import LossOfFunction, VariantFacts
from genoai_desktop.analysis.classification.rules import Rules, read_rules
from genoai_desktop.analysis.classification.splicing import SkippedExon, deleted_exons, skipped_exon
from genoai_desktop.domain.acmg import Verdict
from genoai_desktop.domain.genome import Build, Locus
from genoai_desktop.knowledge.genes import Transcript

EXONS = ((1, 100), (201, 290), (401, 500), (601, 700), (801, 900))
FORWARD = Transcript(
    "T", "G", "", "", False, Locus("1", 1, 900, Build.GRCH38), False, EXONS, (41, 850), True, "", ()
)
REVERSE = replace(FORWARD, reverse=True)
LOST = VariantFacts("G", ("splice_donor_variant",), loss_of_function=LossOfFunction.ESTABLISHED)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(bundled_knowledge().bundle)


def skipped(region: str, donor: bool, transcript: Transcript = FORWARD) -> SkippedExon:
    found = skipped_exon(transcript, region, donor)
    assert found is not None
    return found


def test_donor_takes_the_exon_before_and_acceptor_the_one_after() -> None:
    assert skipped("intron 1 of 4", donor=True).number == 1
    assert skipped("intron 1 of 4", donor=True).first
    inside = skipped("intron 1 of 4", donor=False)
    assert (inside.number, inside.coding, inside.in_frame, inside.escapes_decay) == (2, 90, True, True)
    assert inside.residues == (21, 50)
    assert inside.lost == pytest.approx(90 / 400)


def test_a_shifted_frame_decays_unless_the_last_exon_is_reached() -> None:
    assert not skipped("intron 3 of 4", donor=True).escapes_decay
    assert skipped("intron 3 of 4", donor=False).escapes_decay
    assert skipped("intron 4 of 4", donor=False).escapes_decay


def test_the_reverse_strand_counts_from_the_other_end() -> None:
    found = skipped("intron 1 of 4", donor=False, transcript=REVERSE)
    assert (found.number, found.coding, found.residues[0]) == (2, 100, 17)
    assert skipped("intron 4 of 4", donor=False, transcript=REVERSE).number == 5


def test_no_intron_or_no_protein_says_nothing() -> None:
    assert skipped_exon(FORWARD, "exon 2 of 5", donor=True) is None
    assert skipped_exon(replace(FORWARD, cds=None), "intron 2 of 4", donor=True) is None


def test_a_deletion_takes_the_exons_it_reaches() -> None:
    found = deleted_exons(FORWARD, 150, 550)
    assert found is not None
    assert (found.exons, found.coding, found.escapes_decay) == ("2-3", 190, False)
    turned = deleted_exons(REVERSE, 150, 550)
    assert turned is not None
    assert turned.exons == "3-4"
    in_frame = deleted_exons(FORWARD, 150, 350)
    assert in_frame is not None
    assert (in_frame.exons, in_frame.in_frame, in_frame.lost) == ("2", True, pytest.approx(90 / 400))
    whole = deleted_exons(FORWARD, 1, 900)
    assert whole is not None
    assert whole.whole


@pytest.mark.parametrize(("start", "end"), [(110, 190), (410, 450)])
def test_a_deletion_within_an_intron_or_an_exon_takes_no_exon(start: int, end: int) -> None:
    assert deleted_exons(FORWARD, start, end) is None


@pytest.mark.parametrize(
    ("exon", "known", "code"),
    [
        (SkippedExon(3, 100, False, False, (51, 84), 0.1), (0, 0), "PVS1"),
        (SkippedExon(2, 90, False, True, (21, 50), 0.225), (0, 0), "PVS1_Strong"),
        (SkippedExon(2, 30, False, True, (21, 30), 0.05), (0, 0), "PVS1_Moderate"),
        (SkippedExon(2, 30, False, True, (21, 30), 0.05), (3, 1), "PVS1_Strong"),
        (SkippedExon(2, 30, False, True, (21, 30), 0.05), (3, 3), "PVS1_Moderate"),
        (SkippedExon(2, 30, True, True, (1, 10), 0.05), (0, 0), "PVS1_Moderate"),
        (SkippedExon(1, 30, True, True, (1, 10), 0.05), (0, 0), "PVS1_Strong"),  # it cannot be skipped
        (SkippedExon(1, 0, False, True, (1, 0), 0.0), (0, 0), "PVS1_Supporting"),
        (SkippedExon(1, 300, True, True, (1, 100), 1.0, 1.0, 3, whole=True, deleted=True), (0, 0), "PVS1"),
        (SkippedExon(1, 60, True, False, (1, 100), 1.0, 0.2, 2, deleted=True), (0, 0), "PVS1_Strong"),
        (SkippedExon(1, 60, True, False, (1, 100), 1.0, 0.7, 8, deleted=True), (0, 0), "PVS1"),
    ],
)
def test_strength_follows_the_decision_tree(
    exon: SkippedExon, known: tuple[int, int], code: str, rules: Rules
) -> None:
    assert code in assess(replace(LOST, skipped=exon, lost_known=known), rules).codes(Verdict.MET)
