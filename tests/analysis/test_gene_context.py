"""What the missense features read of a gene in part is what its tables say in full, to the last bit."""

import numpy as np
import pytest

from genoai_desktop.analysis.classification.gene_context import GeneContexts
from genoai_desktop.analysis.classification.missense import GeneContext, features
from genoai_desktop.analysis.classification.relatives import BACKGROUND, RELATIVE_FEATURES, relative_features
from genoai_desktop.analysis.classification.residues import HYDROPATHY, RESIDUES, VOLUME
from genoai_desktop.analysis.rare_disease.missense_weight import Change, missense_reasons
from genoai_desktop.knowledge import Knowledge

GENES = ("PAH", "FGFR2", "COL1A1", "SCN1A", "CFTR")


@pytest.fixture(scope="module")
def contexts(knowledge: Knowledge) -> GeneContexts:
    return GeneContexts(knowledge)


def of(contexts: GeneContexts, gene: str) -> GeneContext:
    found = contexts[gene]
    assert found is not None
    return found


def every(sequence: str) -> list[tuple[int, str, str]]:
    """Some places of a protein, its last ones among them, and a change of each."""
    places = [*range(1, len(sequence), 37), *range(len(sequence) - 4, len(sequence) + 1)]
    return [(at, sequence[at - 1], "V" if sequence[at - 1] != "V" else "D") for at in places]


def test_the_gene_that_was_asked_for_longest_ago_is_let_go(knowledge: Knowledge) -> None:
    """A clinic's cases touch every gene sooner or later, and one context takes 100 KB."""
    few = GeneContexts(knowledge, most_kept=2)
    first, second = few["PAH"], few["FGFR2"]
    assert few["PAH"] is first
    assert few["CFTR"] is not None
    assert few["PAH"] is first
    assert few["FGFR2"] is not second


@pytest.mark.parametrize("gene", GENES)
def test_shared_columns_give_what_the_protein_s_own_would(contexts: GeneContexts, gene: str) -> None:
    """The plain way: everything of the whole protein at once."""
    context = of(contexts, gene)
    assert context.columns is not None
    logs = context.columns.known.profile.astype(np.float64)
    shares = np.exp(logs)
    conservation = (shares * (logs - np.log(BACKGROUND))).sum(axis=1)
    entropy = -(shares * logs).sum(axis=1)
    middle, spread = np.nanmean(conservation), np.nanstd(conservation)
    for position, ref, alt in every(context.sequence):
        row = relative_features(context.columns, position, ref, alt)
        found, at = dict(zip(RELATIVE_FEATURES, row, strict=True)), position - 1
        expected = {
            "share_of_new_residue": logs[at, RESIDUES.index(alt)],
            "share_change_of_all": logs[at].mean() - logs[at, RESIDUES.index(ref)],
            "conservation": conservation[at],
            "entropy": entropy[at],
            "relatives": np.log1p(context.columns.known.relatives)[at],
            "kinds_near": context.columns.known.carried()[at].sum(),
        }
        if np.isnan(conservation[at]):
            expected = dict.fromkeys(expected, np.nan)
        assert {name: found[name] for name in expected} == pytest.approx(expected, rel=0, abs=0, nan_ok=True)
        in_protein = (conservation[at] - middle) / (spread + 0.1)
        assert found["conservation_in_protein"] == pytest.approx(in_protein, nan_ok=True)


@pytest.mark.parametrize("gene", GENES)
def test_moments_are_those_of_the_whole_protein(contexts: GeneContexts, gene: str) -> None:
    columns = of(contexts, gene).columns
    assert columns is not None
    shares = np.exp(columns.known.profile.astype(np.float64))
    for scale, (mean, spread) in ((HYDROPATHY, columns.hydropathy), (VOLUME, columns.volume)):
        values = np.array([scale[residue] for residue in RESIDUES])
        middle = shares @ values
        assert np.array_equal(mean, middle, equal_nan=True)
        squares = np.maximum(shares @ (values * values) - middle * middle, 1e-3)
        assert np.array_equal(spread, np.sqrt(squares), equal_nan=True)


@pytest.mark.parametrize("gene", GENES)
def test_paralogs_are_the_rows_of_the_gene(knowledge: Knowledge, contexts: GeneContexts, gene: str) -> None:
    table = knowledge.bundle.table("paralog_labels")
    paralogs, expected = of(contexts, gene).paralogs, {}
    for _, position, *numbers, bad, good in table.filter(table["gene"] == gene).iter_rows():
        expected[position] = (*(number / 100 for number in numbers), bad, good)
    found = {
        position: (*one.weights, *one.nearest, *one.residues)
        for position, one in ((position, paralogs[position]) for position in paralogs)
    }
    assert found == expected
    assert len(paralogs) == len(expected) > 0
    assert all(paralogs.get(position) is None for position in {1, 2, 99_999} - expected.keys())


@pytest.mark.parametrize("gene", ["SCN1A", "COL1A1", "CFTR"])
def test_domains_are_the_rows_of_the_transcript(
    knowledge: Knowledge, contexts: GeneContexts, gene: str
) -> None:
    names = knowledge.bundle.table("transcripts")
    transcript = names.filter((names["gene"] == gene) & ~names["clinical"])["transcript"].item()
    spans = knowledge.genes.domain_frame
    rows = list(spans.filter(spans["transcript"] == transcript)["start", "end", "domain"].iter_rows())
    context = of(contexts, gene)
    assert context.domains == tuple((start, end) for start, end, _ in rows)
    for kind, found in (("Signal peptide", context.signal), ("Transmembrane helix", context.membrane)):
        assert found == tuple((start, end) for start, end, name in rows if name == kind)


def test_known_changes_are_the_labels_of_the_gene(knowledge: Knowledge, contexts: GeneContexts) -> None:
    table = knowledge.bundle.table("protein_labels")
    own = table.filter(table["gene"] == "PAH")
    context = of(contexts, "PAH")
    assert context.known_positions.tolist() == own["aa_position"].to_list()
    assert context.known_pathogenic.tolist() == own["pathogenic"].to_list()


def test_a_gene_without_a_protein_has_no_context(contexts: GeneContexts) -> None:
    assert contexts["NOT_A_GENE"] is None


def test_changes_judged_together_are_judged_as_each_alone(
    knowledge: Knowledge, contexts: GeneContexts
) -> None:
    changes: list[Change] = [
        (gene, *change) for gene in GENES for change in every(of(contexts, gene).sequence)[::9]
    ]
    together = missense_reasons(changes, knowledge)
    assert together.keys() == set(changes)
    assert together == {change: missense_reasons([change], knowledge)[change] for change in changes}


def test_a_change_that_does_not_fit_the_protein_is_not_judged(contexts: GeneContexts) -> None:
    context = of(contexts, "PAH")
    ref = context.sequence[99]
    assert features(context, 100, "W" if ref != "W" else "A", "V") is None
