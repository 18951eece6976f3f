#!/usr/bin/env python3
"""Write ``STRENGTHS.md``: which strengths of PP3 and BP4 the missense model's likelihood ratios bear.

``python models/acmg/strengths.py``, from the shipped artefacts. Two sets: ClinVar's changes of genes that the
classifier never saw, and the development half of Pejaver 2022. A strength is borne where the one-sided 95 %
bound of the ratio (as in Pejaver 2022), genes resampled, reaches it in both.
"""

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE.parent / "missense"))

from measure import SEED, collected, ratio  # noqa: E402
from train import PEJAVER, labelled  # noqa: E402

from genoai_desktop.analysis.classification.rules import Rules, read_rules  # noqa: E402
from genoai_desktop.knowledge import Knowledge  # noqa: E402
from genoai_desktop.models.missense import MissenseModel  # noqa: E402

RESAMPLES = 2000
STRETCHES = (
    (0.0, 0.03), (0.03, 0.05), (0.05, 0.147), (0.147, 0.294),
    (0.706, 0.853), (0.853, 0.93), (0.93, 0.97), (0.97, 1.01),
)  # fmt: skip
"""The rows of the model's card that speak for one side."""
NEXT = ((0.10, 0.147), (0.22, 0.294), (0.706, 0.75), (0.853, 0.89))
"""The parts of a row next to the probability from which a strength is given."""
GRADES = (("strong", "lr_strong"), ("moderate", "lr_moderate"), ("supporting", "lr_supporting"))
Scored = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Probabilities, labels and genes."""


def probabilities(rows: np.ndarray, genes: np.ndarray) -> np.ndarray:
    """Each change judged by the classifier that never saw its gene."""
    model, found = MissenseModel(HERE.parent), np.zeros(len(genes))
    order = np.argsort(genes, kind="stable")
    names, starts = np.unique(genes[order], return_index=True)
    for gene, own in zip(names, np.split(order, starts[1:]), strict=True):
        found[own] = model.probability(str(gene), rows[own].tolist())
    return found


def bounds(scored: Scored, low: float, high: float) -> tuple[int, float, float, float]:
    """Changes from ``low`` to below ``high``, their ratio, its lower and its upper one-sided 95 % bound."""
    p, y, genes = scored
    inside = (p >= low) & (p < high)
    _, place = np.unique(genes, return_inverse=True)
    counts = np.array([np.bincount(place, weights=kind) for kind in (inside & y, inside & ~y, y, ~y)])
    picks = np.random.default_rng(SEED).integers(counts.shape[1], size=(RESAMPLES, counts.shape[1]))
    bad, good, all_bad, all_good = counts[:, picks].sum(axis=2)
    least, most = np.quantile((bad + 0.5) / all_bad / ((good + 0.5) / all_good), (0.05, 0.95))
    return int(inside.sum()), ratio(y, inside), float(least), float(most)


def borne(found: list[tuple[int, float, float, float]], benign: bool, rules: Rules) -> str:
    """The strength that the weakest bound of all sets reaches."""
    weakest = min(1 / most if benign else least for _, _, least, most in found)
    return next((grade for grade, name in GRADES if weakest >= rules[name]), "none")


def table(sets: list[Scored], stretches: tuple[tuple[float, float], ...], rules: Rules) -> str:
    """Rows: probability, then changes, ratio and bound in each set, then the strength borne."""
    lines = [
        "| probability | ClinVar: changes | ratio | bound "
        "| Pejaver: changes | ratio | bound | borne in both |",
        "|---" * 8 + "|",
    ]
    for low, high in stretches:
        benign, found = high < 0.5, [bounds(scored, low, high) for scored in sets]
        cells = (f"{n:,} | {lr:.3g} | {most if benign else least:.3g}" for n, lr, least, most in found)
        lines.append(
            f"| {low:.3f} to {min(high, 1):.3f} | {' | '.join(cells)} "
            f"| {'BP4' if benign else 'PP3'} {borne(found, benign, rules)} |"
        )
    return "\n".join(lines)


def _given(rules: Rules) -> str:
    pp3 = rules["pp3_supporting_from"], rules["pp3_moderate_from"]
    bp4 = rules["bp4_supporting_below"], rules["bp4_moderate_below"]
    return (
        f"The rules give PP3 supporting from {pp3[0]:g} and moderate from {pp3[1]:g}, "
        f"BP4 supporting below {bp4[0]:g} and moderate below {bp4[1]:g}."
    )


def main() -> None:
    """Score both sets and write the page."""
    knowledge = Knowledge()
    rules = read_rules(knowledge.bundle)
    others = collected(knowledge, PEJAVER)
    x, y, genes, clinical = labelled(knowledge)
    x, y, genes = x[clinical], y[clinical], genes[clinical]
    sets = [
        (probabilities(x, genes), y, genes),
        (probabilities(others.rows, others.genes), others.labels, others.genes),
    ]
    (HERE / "STRENGTHS.md").write_text(
        f"""# What the missense model's word is worth, release {MissenseModel(HERE.parent).version}

Written by `strengths.py`. Likelihood ratios for pathogenic on ClinVar's changes of genes that the classifier
never saw and on the development half of Pejaver 2022; the bound is the one-sided 95 % bound of Pejaver 2022
(lower for PP3, upper for BP4), genes resampled. Needed: supporting {rules["lr_supporting"]:.3g}, moderate
{rules["lr_moderate"]:.3g}, strong {rules["lr_strong"]:.3g}, for BP4 one over that.

{table(sets, STRETCHES, rules)}

{_given(rules)}
Strong is borne in both sets nowhere. BP4 moderate is borne below 0.147 and given only below 0.05: it alone
outweighs rarity (PM2), and of 3,096 variants of expert panels (`CARD.md`) five instead of four pathogenic
ones would be called benign with 0.147, and 92 instead of 66 uncertain ones
(and 31 more benign ones rightly).

**Next to the probability from which a strength is given** the ratio itself only just reaches it, and the
bounds of so short a stretch need not:

{table(sets, NEXT, rules)}
""",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
