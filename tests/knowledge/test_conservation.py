"""The bundled columns of alignments: what they say of residues whose part in the protein is known."""

import numpy as np
import pytest

from genoai_desktop.knowledge import Bundle
from genoai_desktop.knowledge.conservation import RESIDUES, Conservation, Conservations


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return Bundle()


def protein(bundle: Bundle, gene: str) -> tuple[str, str]:
    names = bundle.table("transcripts")
    row = names.filter((names["gene"] == gene) & ~names["clinical"]).row(0, named=True)
    proteins = bundle.table("proteins")
    return row["transcript"], proteins.filter(proteins["transcript"] == row["transcript"])["sequence"][0]


def of(bundle: Bundle, gene: str) -> tuple[Conservation, str]:
    transcript, sequence = protein(bundle, gene)
    known = Conservations(bundle).of(transcript, sequence)
    assert known is not None
    return known, sequence


def test_shares_add_up_to_about_one(bundle: Bundle) -> None:
    """A typical column is the mean of logarithms, so a little may be missing."""
    known, sequence = of(bundle, "PAH")
    assert known.profile.shape == (len(sequence), 20)
    sums = np.exp(known.profile).sum(axis=1)[known.relatives > 0]
    assert ((sums > 0.8) & (sums < 1.01)).all()
    assert np.isnan(sums[known.relatives == 0]).all()


@pytest.mark.parametrize(("gene", "position"), [("FGFR2", 626), ("PAH", 285), ("HRAS", 61)])
def test_a_residue_of_the_active_site_is_kept_by_its_relatives(
    bundle: Bundle, gene: str, position: int
) -> None:
    known, sequence = of(bundle, gene)
    own = known.profile[position - 1, RESIDUES.index(sequence[position - 1])]
    every = [known.profile[i, RESIDUES.index(residue)] for i, residue in enumerate(sequence)]
    assert own > np.nanmedian(every)
    assert known.relatives[position - 1] > 20


def test_no_residue_counts_as_another_that_relatives_carry(bundle: Bundle) -> None:
    known, sequence = of(bundle, "PAH")
    own = [known.carried(i)[RESIDUES.index(residue)] for i, residue in enumerate(sequence)]
    assert not any(own)
    assert known.carried().any()


def test_near_relatives_keep_more_than_far_ones(bundle: Bundle) -> None:
    known, _ = of(bundle, "PAH")
    kept = known.kept()
    far, near = kept[:, 0], kept[:, 4]
    assert ((kept >= 0) & (kept <= 1) | np.isnan(kept)).all()
    assert near[~np.isnan(near)].mean() > 0.9 > far[~np.isnan(far)].mean()


def test_nothing_is_said_of_a_protein_that_is_not_the_bundled_one(bundle: Bundle) -> None:
    transcript, sequence = protein(bundle, "PAH")
    conservations = Conservations(bundle)
    assert conservations.of(transcript, sequence + "A") is None
    assert conservations.of("ENST00000000000.1", sequence) is None


def test_no_gene_is_its_own_paralog(bundle: Bundle) -> None:
    """A label reaches other genes alone, or the model would be told the answer: no identity of 100 %."""
    table = bundle.table("paralog_labels")
    own = table.filter(table["gene"] == "PAH")
    assert own.height > 0
    assert max(own["pathogenic_identity"].max(), own["benign_identity"].max()) < 80  # type: ignore[type-var]
