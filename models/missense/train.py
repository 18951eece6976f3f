#!/usr/bin/env python3
"""Train the missense model: ``python models/missense/train.py``. Writes the artefacts and ``CARD.md``.

Labels: UniProt's human variants and ClinVar of 2016 (``protein_labels``), genes with at least one pathogenic
and one benign change, so that the model cannot learn which genes are studied. Five classifiers, each trained
without a fifth of the genes; figures below are of those unseen genes.
"""

import json
import sys
from pathlib import Path

import numpy as np
import polars as pl
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from manifest_tool import register  # noqa: E402

from genoai_desktop.analysis.classification.gene_context import GeneContexts  # noqa: E402
from genoai_desktop.analysis.classification.missense import FEATURES, features  # noqa: E402
from genoai_desktop.knowledge import Knowledge  # noqa: E402
from genoai_desktop.models.missense import FOLDS, MissenseModel, fold_of  # noqa: E402
from genoai_desktop.models.trees import write_trees  # noqa: E402

RELEASE = "1"
SEED = 7


def labelled(knowledge: Knowledge) -> tuple[np.ndarray, ...]:
    """Features, labels, genes and clinical origin of the changes of genes that have both kinds."""
    contexts = GeneContexts(knowledge)
    table = knowledge.bundle.table("protein_labels")
    rows, labels, genes, origin = [], [], [], []
    for gene, position, ref, alt, pathogenic, clinical in table.iter_rows():
        context = contexts[gene]
        row = features(context, position, ref, alt) if context else None
        if row:
            rows.append(row)
            labels.append(pathogenic)
            genes.append(gene)
            origin.append(clinical)
    x, y, g, c = np.array(rows), np.array(labels), np.array(genes), np.array(origin)
    mixed = np.isin(g, np.intersect1d(g[y], g[~y]))
    return x[mixed], y[mixed], g[mixed], c[mixed]


def weights(y: np.ndarray) -> np.ndarray:
    """Weights under which half of the changes are pathogenic."""
    return np.where(y, 0.5 / y.mean(), 0.5 / (1 - y.mean()))


def main() -> None:
    """Train, calibrate on unseen genes, write artefacts and card."""
    knowledge = Knowledge()
    x, y, genes, clinical = labelled(knowledge)
    folds = np.array([fold_of(gene) for gene in genes])
    raw = np.zeros(len(y))
    for fold in range(FOLDS):
        seen = folds != fold
        model = HistGradientBoostingClassifier(
            max_iter=250, learning_rate=0.05, max_leaf_nodes=15, l2_regularization=5.0, random_state=SEED
        )
        model.fit(x[seen], y[seen], sample_weight=weights(y[seen]))
        raw[~seen] = model.decision_function(x[~seen])
        file = HERE / f"missense_{fold}.npz"
        write_trees(file, model)
        register(f"missense_{fold}", file, RELEASE, HERE / "CARD.md")
    platt = LogisticRegression(C=1e6).fit(
        raw[clinical, None], y[clinical], sample_weight=weights(y[clinical])
    )
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    calibration = HERE / "missense_calibration.json"
    calibration.write_text(json.dumps({"logit": [slope, offset]}) + "\n")
    register("missense_calibration", calibration, RELEASE, HERE / "CARD.md")
    probability = 1 / (1 + np.exp(-(slope * raw + offset)))
    write_card(knowledge, probability[clinical], y[clinical], genes[clinical], len(y))


def external_check(knowledge: Knowledge) -> str:
    """Figures on the missense set of Pejaver 2022 (development half), where it is at hand."""
    path = HERE.parents[2] / "shared" / "data" / "benchmarks" / "acmg" / "pejaver_missense_dev.tsv.gz"
    if not path.exists():
        return "Not measured where this card was written."
    contexts, model = GeneContexts(knowledge), MissenseModel(HERE.parent)
    p, y, rival = [], [], []
    table = pl.read_csv(path, separator="\t", infer_schema_length=None)
    for gene, change, label, revel in table.select("genename", "aavar", "clnsig", "REVEL_score").iter_rows():
        context = contexts[gene]
        row = features(context, int(change[1:-1]), change[0], change[-1]) if context else None
        if row and revel is not None:
            p.append(model.probability(gene, [row])[0])
            y.append("athogenic" in label)
            rival.append(revel)
    scores, labels = np.array(p), np.array(y)
    top = scores >= 0.97
    ratio = (top & labels).sum() / labels.sum() / ((top & ~labels).sum() / (~labels).sum())
    ours, theirs = roc_auc_score(labels, scores), roc_auc_score(labels, rival)
    return (
        f"Pejaver 2022, development half; {len(y):,} of {table.height:,} changes judged. Area under\n"
        f"the curve {ours:.3f} (REVEL, with alignments, {theirs:.3f}); likelihood ratio of a probability\n"
        f"from 0.97: {ratio:.1f}."
    )


def write_card(knowledge: Knowledge, p: np.ndarray, y: np.ndarray, genes: np.ndarray, trained: int) -> None:
    """The model card: what it is, how it did on genes it never saw, what it must not be used for."""
    w = weights(y)
    lines = []
    for low, high in (
        (0, 0.03),
        (0.03, 0.147),
        (0.147, 0.294),
        (0.294, 0.706),
        (0.706, 0.853),
        (0.853, 0.97),
        (0.97, 1.01),
    ):
        inside = (p >= low) & (p < high)
        observed = np.average(y[inside], weights=w[inside]) if inside.any() else float("nan")
        lines.append(f"| {low:.2f} to {min(high, 1):.2f} | {inside.sum():,} | {observed:.3f} |")
    per_gene = []
    for gene in np.unique(genes):
        own = genes == gene
        if y[own].sum() >= 10 and (~y[own]).sum() >= 10:
            per_gene.append(roc_auc_score(y[own], p[own]))
    release = knowledge.bundle.tables["protein_labels"].release
    auc = roc_auc_score(y, p)
    (HERE / "CARD.md").write_text(
        f"""# Missense model, release {RELEASE}

**What it says.** The probability, at even odds, that an amino-acid change damages a disease gene's product;
used for PP3 and BP4 alone, through its likelihood ratio.

**Training.** {trained:,} changes of genes with both kinds, UniProt and ClinVar ({release}).
Five gradient-boosted classifiers; each gene is judged by the one that never saw it. Script: `train.py`.
{len(FEATURES)} features: {", ".join(FEATURES)}.

**On unseen genes.** {len(y):,} changes ({int(y.sum()):,} pathogenic) that laboratories reported to ClinVar,
on which the model is also calibrated: common polymorphisms would flatter it. Area under the ROC curve
{auc:.3f}; median within one gene {np.median(per_gene):.3f} ({len(per_gene)} genes with ten of each kind).
Accuracy at 0.5, even odds: {np.average((p > 0.5) == y, weights=w):.3f}.

| probability | changes | observed share, even odds |
|---|---|---|
{chr(10).join(lines)}

**On variants that others collected.** {external_check(knowledge)}
Hence PP3 is capped at moderate and BP4 at supporting.

**Limits.** Neighbouring changes with known effect are features, so a well studied gene is judged better than
a new one. Many of the benign changes are common polymorphisms: among rare benign changes the model is less
sure than the table says. No evolutionary alignment or structure is bundled. Ancestry of the people in
whom the changes were found is not recorded, so accuracy by ancestry cannot be stated.
Not for splice effects, and not by itself a classification.
""",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
