#!/usr/bin/env python3
"""Train the missense model: ``python models/missense/train.py``. Writes the artefacts and ``CARD.md``;
with ``--card`` the card alone, from the artefacts as they are.

Labels: UniProt's human variants and ClinVar of 2016 (``protein_labels``), genes with at least one pathogenic
and one benign change, so that the model cannot learn which genes are studied. Five classifiers, each trained
without a fifth of the genes; figures below are of those unseen genes.
"""

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE))

from manifest_tool import register  # noqa: E402
from measure import BINS_HEAD, bins, external, families, weights, within_genes  # noqa: E402

from genoai_desktop.analysis.classification.gene_context import GeneContexts  # noqa: E402
from genoai_desktop.analysis.classification.missense import FEATURES, features  # noqa: E402
from genoai_desktop.knowledge import Knowledge  # noqa: E402
from genoai_desktop.models.missense import FOLDS, MissenseModel, fold_of  # noqa: E402
from genoai_desktop.models.trees import write_trees  # noqa: E402

RELEASE = "4"
PEJAVER = HERE.parents[2] / "shared" / "data" / "benchmarks" / "acmg" / "pejaver_missense_dev.tsv.gz"
CAPS = (
    "PP3 and BP4 are capped at moderate, BP4 moderate only below a probability of 0.05, as before "
    "release 4.\nIts tables would bear more: BP4 moderate below 0.15 (the interval stays under 1 in 5.8 "
    "in both tables),\n"
    "and, on these variants, PP3 strong from 0.97 (over 33.5), but not on the unseen genes."
)
SEED = 7
ROUNDS = 250


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


def classifier() -> HistGradientBoostingClassifier:
    """An untrained classifier of one fold."""
    return HistGradientBoostingClassifier(
        max_iter=ROUNDS, learning_rate=0.05, max_leaf_nodes=15, l2_regularization=5.0, random_state=SEED
    )


def main() -> None:
    """Train, calibrate on unseen genes, write artefacts and card."""
    knowledge = Knowledge()
    x, y, genes, clinical = labelled(knowledge)
    if "--card" not in sys.argv:
        train(x, y, genes, clinical)
    write_card(knowledge, x, y, genes, clinical)


def train(x: np.ndarray, y: np.ndarray, genes: np.ndarray, clinical: np.ndarray) -> None:
    """Write the classifiers, each blind to a fifth of the genes, and their common calibration."""
    folds = np.array([fold_of(gene) for gene in genes])
    raw = np.zeros(len(y))
    for fold in range(FOLDS):
        seen = folds != fold
        model = classifier().fit(x[seen], y[seen], sample_weight=weights(y[seen]))
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


def write_card(
    knowledge: Knowledge, x: np.ndarray, y: np.ndarray, genes: np.ndarray, clinical: np.ndarray
) -> None:
    """The model card: what it is, how it did on genes it never saw, what it must not be used for."""
    trained, x, y, genes = len(y), x[clinical], y[clinical], genes[clinical]
    p, model = np.zeros(len(y)), MissenseModel(HERE.parent)
    for gene in np.unique(genes):
        own = genes == gene
        p[own] = model.probability(str(gene), x[own].tolist())
    per_gene = within_genes(p, y, genes)
    release = knowledge.bundle.tables["protein_labels"].release
    (HERE / "CARD.md").write_text(
        f"""# Missense model, release {RELEASE}

**What it says.** The probability, at even odds, that an amino-acid change damages a disease gene's product;
used for PP3 and BP4 alone, through its likelihood ratio.

**Training.** {trained:,} changes of genes with both kinds, UniProt and ClinVar ({release}).
Five gradient-boosted classifiers; each gene is judged by the one that never saw it. Script: `train.py`.
{len(FEATURES)} features: {", ".join(FEATURES)}.
Conservation owes nothing to labels. Changes of paralogs are those of other genes, never of the gene judged.
What each group of features adds: `ABLATION.md`.

**On unseen genes.** {len(y):,} changes ({int(y.sum()):,} pathogenic) that laboratories reported to ClinVar,
on which the model is also calibrated: common polymorphisms would flatter it. Area under the ROC curve
{roc_auc_score(y, p):.3f}; median within one gene {np.median(per_gene):.3f} ({len(per_gene)} genes with ten of
each kind). Accuracy at 0.5, even odds: {np.average((p > 0.5) == y, weights=weights(y)):.3f}.

{BINS_HEAD}
{bins(p, y, genes)}

**By family of genes** (a domain of the protein names the family), the same unseen genes:

| family | genes | changes | area | accuracy, even odds |
|---|---|---|---|---|
{families(knowledge, p, y, genes)}

**On variants that others collected.** {external(knowledge, HERE.parent, PEJAVER)}
{CAPS}

**Ancestry.** Not known: neither source records the ancestry of the people in whom a change was found, so
accuracy by ancestry cannot be stated. Benign labels come mostly from well-sequenced populations.

**Limits.** Known changes nearby in the gene itself are no features: with them the area was 0.924 on these
labels but 0.898 on Pejaver 2022, since they say how a gene was studied; PM1 reads them. Many of the benign
changes are common polymorphisms: among rare ones the model is less sure than the table says. Relatives
are those of UniProtKB/Swiss-Prot of 2014 alone, without their species, each residue's column kept as the
nearest of 255 typical ones; no structure is bundled. Not for splice effects, not by itself a classification.
""",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
