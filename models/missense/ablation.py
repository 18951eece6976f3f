#!/usr/bin/env python3
"""What each group of features adds: ``python models/missense/ablation.py``. Writes ``ABLATION.md``.

The classifiers of ``train.py`` trained again without a group; the figures are those of the card, on genes
that a classifier never saw. Nothing here is shipped but the table.
"""

import numpy as np
from measure import collected, weights, within_genes
from sklearn.metrics import roc_auc_score
from train import HERE, PEJAVER, classifier, labelled

from genoai_desktop.analysis.classification.missense import FEATURES
from genoai_desktop.analysis.classification.relatives import PARALOG_FEATURES, RELATIVE_FEATURES
from genoai_desktop.analysis.classification.sequence_context import CONTEXT_FEATURES
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.models.missense import FOLDS, fold_of

GROUPS = {
    "what relatives carry": RELATIVE_FEATURES,
    "of these, what bands of identity keep": RELATIVE_FEATURES[-5:],
    "changes of paralogs": PARALOG_FEATURES,
    "the sequence around": CONTEXT_FEATURES,
    "constraint of the gene": ("pLI", "oe_missense_upper", "oe_lof_upper", "missense_z"),
    "all that release 2 did not have": (*RELATIVE_FEATURES, *PARALOG_FEATURES, *CONTEXT_FEATURES),
}


def main() -> None:
    """Train without each group, and write the table."""
    knowledge = Knowledge()
    x, y, genes, clinical = labelled(knowledge)
    others = collected(knowledge, PEJAVER)
    folds, places = (np.array([fold_of(gene) for gene in each]) for each in (genes, others.genes))
    lines = []
    for name, left_out in {"nothing": (), **GROUPS}.items():
        kept = [i for i, feature in enumerate(FEATURES) if feature not in left_out]
        raw, found = np.zeros(len(y)), np.zeros(len(places))
        for fold in range(FOLDS):
            seen = folds != fold
            model = classifier().fit(x[seen][:, kept], y[seen], sample_weight=weights(y[seen]))
            raw[~seen] = model.decision_function(x[~seen][:, kept])
            found[places == fold] = model.decision_function(others.rows[places == fold][:, kept])
        p, labels, names = raw[clinical], y[clinical], genes[clinical]
        figures = (
            roc_auc_score(labels, p),
            float(np.median(within_genes(p, labels, names))),
            roc_auc_score(others.labels, found),
        )
        lines.append(f"| {name} | {len(kept)} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |")
        print(lines[-1], flush=True)
    (HERE / "ABLATION.md").write_text(
        "# Missense model: what each group of features adds\n\n"
        "Written by `ablation.py`. Area under the ROC curve of the classifiers of `train.py`, trained\n"
        "without a group, on genes that they never saw: changes that laboratories reported to ClinVar,\n"
        "the median within one gene, and Pejaver 2022 (development half).\n\n"
        "| left out | features | unseen genes | within one gene | Pejaver 2022 |\n|---|---|---|---|---|\n"
        + "\n".join(lines)
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
