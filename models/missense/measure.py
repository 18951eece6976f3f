"""Figures of the missense model's card: calibration, families of genes, frequency bands, others' variants."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
from sklearn.metrics import roc_auc_score

from genoai_desktop.analysis.classification.gene_context import GeneContexts
from genoai_desktop.analysis.classification.missense import features
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.models.missense import MissenseModel

SEED, RESAMPLES = 11, 400
EDGES = (0, 0.03, 0.05, 0.147, 0.294, 0.706, 0.853, 0.93, 0.97, 1.01)
FAMILIES = {
    "protein kinases": "kinase",
    "ion channels": "Ion transport domain|Ion channel|ligand-gated",
    "collagens": "Collagen triple helix",
    "EGF-like and LDL receptor repeats": "EGF-like|Low-density lipoprotein",
    "cadherins": "Cadherin",
    "homeobox": "Homeobox",
    "small GTPases": "Small GTPase",
    "zinc fingers C2H2": "C2H2",
    "Ig and fibronectin": "Immunoglobulin|Fibronectin",
}
"""Families by the name of a domain that the gene's protein has; a gene may be in several."""
BINS_HEAD = (
    "| probability | changes | observed share, even odds | likelihood ratio | 95 % |\n|---|---|---|---|---|"
)
BANDS = (
    ("not seen", 0.0, 0.0),
    ("up to 0.0001", 0.0, 1e-4),
    ("0.0001 to 0.001", 1e-4, 1e-3),
    ("0.001 or more", 1e-3, 1.0),
)


def weights(y: np.ndarray) -> np.ndarray:
    """Weights under which half of the changes are pathogenic."""
    return np.where(y, 0.5 / y.mean(), 0.5 / (1 - y.mean()))


def within_genes(p: np.ndarray, y: np.ndarray, genes: np.ndarray) -> list[float]:
    """Area under the ROC curve of each gene with at least ten changes of each kind."""
    found = []
    for gene in np.unique(genes):
        own = genes == gene
        if min(y[own].sum(), (~y[own]).sum()) >= 10:
            found.append(float(roc_auc_score(y[own], p[own])))
    return found


def area(y: np.ndarray, p: np.ndarray) -> str:
    """Area under the ROC curve, a dash where one kind has fewer than ten changes."""
    return f"{roc_auc_score(y, p):.3f}" if min(y.sum(), (~y).sum()) >= 10 else "too few to say"


def ratio(y: np.ndarray, inside: np.ndarray) -> float:
    """Likelihood ratio for pathogenic of being inside; half a change is added to each count."""
    bad, good = (inside & y).sum() + 0.5, (inside & ~y).sum() + 0.5
    return float(bad / y.sum() / (good / (~y).sum()))


def bins(p: np.ndarray, y: np.ndarray, genes: np.ndarray) -> str:
    """Rows of a table: probability, changes, observed share at even odds, likelihood ratio, its interval."""
    w, lines = weights(y), []
    for low, high in pairwise(EDGES):
        inside = (p >= low) & (p < high)
        share = np.average(y[inside], weights=w[inside]) if inside.any() else float("nan")
        lines.append(
            f"| {low:.2f} to {min(high, 1):.2f} | {inside.sum():,} | {share:.3f} | {ratio(y, inside):.2f} "
            f"| {interval(y, inside, genes)} |"
        )
    return "\n".join(lines)


def interval(y: np.ndarray, inside: np.ndarray, genes: np.ndarray) -> str:
    """95 % interval of ``ratio``, genes resampled: changes of one gene are not independent."""
    rng = np.random.default_rng(SEED)
    _, place = np.unique(genes, return_inverse=True)
    kinds = (inside & y, inside & ~y, y, ~y)
    counts = np.array([np.bincount(place, weights=kind) for kind in kinds])
    picks = rng.integers(counts.shape[1], size=(RESAMPLES, counts.shape[1]))
    bad, good, all_bad, all_good = counts[:, picks].sum(axis=2)
    found = (bad + 0.5) / all_bad / ((good + 0.5) / all_good)
    ends = np.quantile(found, (0.025, 0.975))
    return " to ".join(f"{end:.0f}" if end >= 10 else f"{end:.2g}" for end in ends)


def families(knowledge: Knowledge, p: np.ndarray, y: np.ndarray, genes: np.ndarray) -> str:
    """Rows of a table: family, genes, changes, area under the curve, accuracy at even odds."""
    bundle = knowledge.bundle
    names = bundle.table("transcripts").select("transcript", "gene")
    domains = bundle.table("protein_domains").with_columns(
        pl.col("transcript").cast(pl.String), pl.col("domain").cast(pl.String)
    )
    domains = domains.join(names, on="transcript")
    lines, covered = [], np.zeros(len(y), dtype=bool)
    for family, pattern in FAMILIES.items():
        own = domains.filter(pl.col("domain").str.contains(f"(?i){pattern}"))["gene"].unique().to_list()
        inside = np.isin(genes, own)
        covered |= inside
        lines.append(_row(family, inside, p, y, genes))
    lines.append(_row("any other", ~covered, p, y, genes))
    return "\n".join(lines)


def _row(name: str, inside: np.ndarray, p: np.ndarray, y: np.ndarray, genes: np.ndarray) -> str:
    own = y[inside]
    right = (
        f"{np.average((p[inside] > 0.5) == own, weights=weights(own)):.3f}"
        if 0 < own.sum() < len(own)
        else "-"
    )
    return f"| {name} | {len(np.unique(genes[inside]))} | {len(own):,} | {area(own, p[inside])} | {right} |"


@dataclass(frozen=True)
class Collected:
    """The missense set of Pejaver 2022 (development half): the changes that REVEL and this model judge."""

    rows: np.ndarray
    labels: np.ndarray
    genes: np.ndarray
    rival: np.ndarray
    frequency: np.ndarray
    total: int


def collected(knowledge: Knowledge, path: Path) -> Collected:
    """Features, labels and what else the file says."""
    contexts, kept = GeneContexts(knowledge), []
    table = pl.read_csv(path, separator="\t", infer_schema_length=None)
    columns = ("genename", "aavar", "clnsig", "REVEL_score", "MAF")
    for gene, change, label, revel, frequency in table.select(columns).iter_rows():
        context = contexts[gene]
        row = features(context, int(change[1:-1]), change[0], change[-1]) if context else None
        if row and revel is not None:
            kept.append((row, "athogenic" in label, gene, revel, frequency or 0.0))
    return Collected(*(np.array(column) for column in zip(*kept, strict=True)), total=table.height)


def external(knowledge: Knowledge, models: Path, path: Path) -> str:
    """Pejaver 2022 (development half), judged by the shipped artefacts."""
    if not path.exists():
        return "Not measured where this card was written.\n"
    model, others = MissenseModel(models), collected(knowledge, path)
    scores = np.zeros(len(others.labels))
    for gene in np.unique(others.genes):
        own = others.genes == gene
        scores[own] = model.probability(str(gene), others.rows[own].tolist())
    labels, seen = others.labels, others.frequency
    lines = []
    for name, low, high in BANDS:
        inside = (seen == 0) if high == 0 else (seen > low) & (seen <= high)
        bad = int(labels[inside].sum())
        lines.append(
            f"| {name} | {inside.sum():,} | {bad:,} | {area(labels[inside], scores[inside])} "
            f"| {_right(scores, labels, inside)} |"
        )
    rare = seen <= BANDS[1][2]
    top, genes = scores[rare] >= EDGES[-2], others.genes
    return (
        f"Pejaver 2022, development half; {len(labels):,} of {others.total:,} changes judged.\n"
        f"Area under the curve {roc_auc_score(labels, scores):.3f} "
        f"(REVEL, with alignments, {roc_auc_score(labels, others.rival):.3f}).\n\n"
        f"{BINS_HEAD}\n{bins(scores, labels, genes)}\n\n"
        f"Among changes seen in at most one of 10,000 chromosomes, the ratio of the highest row is "
        f"{ratio(labels[rare], top):.0f}\n({interval(labels[rare], top, genes[rare])}; "
        f"{int((top & ~labels[rare]).sum())} benign changes).\n\n"
        "| population frequency | changes | pathogenic | area | right: pathogenic, benign |\n"
        "|---|---|---|---|---|\n" + "\n".join(lines) + "\n"
    )


def _right(p: np.ndarray, y: np.ndarray, inside: np.ndarray) -> str:
    shares = []
    for kind, called in ((y, p > 0.5), (~y, p <= 0.5)):
        own = inside & kind
        shares.append(f"{called[own].mean():.2f}" if own.sum() >= 10 else "-")
    return ", ".join(shares)
