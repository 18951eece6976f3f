#!/usr/bin/env python3
"""How well every bundled model serves which people: ``python packaging/audit_models.py [--only NAME ...]``.

Writes ``models/<model>/audit.json`` and ``AUDIT.md``: performance by group with 95 % bootstrap intervals
(fairlearn's MetricFrame). ``worse`` marks a group of at least 30 whose interval lies wholly on the worse
side of the figure for everybody. ``dose`` is made of held-out predictions, so it runs the training script of
the warfarin model, which gives the same model and its audit again (some minutes).
"""

import argparse
import json
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from fairlearn.metrics import MetricFrame
from sklearn.metrics import roc_auc_score

ROOT = Path(__file__).resolve().parents[1]
MODELS = ROOT / "models"
SHARED = ROOT / "../shared/data"
ROUNDS = 400
LEAST = 30
SEED = 1
Metric = Callable[[np.ndarray, np.ndarray], float]


@dataclass(frozen=True)
class Measure:
    """A metric with its direction: ``higher``, ``lower`` or ``zero`` is best; ``slack`` is no difference."""

    name: str
    metric: Metric
    best: str
    slack: float = 0.0


def rows_by(
    attribute: str, groups: np.ndarray, truth: np.ndarray, found: np.ndarray, measures: list[Measure]
) -> list[dict[str, Any]]:
    """One row for each group and measure."""
    usable = [name for name in sorted(set(groups)) if (groups == name).sum() >= 2]
    inside = np.isin(groups, usable)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # resamples of small groups without one of the classes
        made = MetricFrame(
            metrics={one.name: one.metric for one in measures}, y_true=truth[inside], y_pred=found[inside],
            sensitive_features=groups[inside], n_boot=ROUNDS, ci_quantiles=[0.025, 0.975],
            random_state=np.random.RandomState(SEED),
        )  # fmt: skip
        low, high = made.by_group_ci
    rows = []
    for name in usable:
        count = int((groups == name).sum())
        for one in measures:
            value, lower, upper = (float(part.loc[name, one.name]) for part in (made.by_group, low, high))
            overall = float(made.overall[one.name])
            rows.append(
                {
                    "attribute": attribute,
                    "group": str(name),
                    "n": count,
                    "metric": one.name,
                    "value": _rounded(value),
                    "low": _rounded(lower),
                    "high": _rounded(upper),
                    "overall": _rounded(overall),
                    "worse": count >= LEAST and _worse(one, lower, upper, overall),
                }
            )
    return rows


def _worse(one: Measure, low: float, high: float, overall: float) -> bool:
    if np.isnan(low) or np.isnan(high):
        return False
    if one.best == "higher":
        return high < overall - one.slack
    if one.best == "lower":
        return low > overall + one.slack
    return low > one.slack or high < -one.slack


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(value, 4)


def mean(_truth: np.ndarray, found: np.ndarray) -> float:
    """Mean of the figures."""
    return float(np.mean(found))


def spread(_truth: np.ndarray, found: np.ndarray) -> float:
    """Standard deviation less one: 0 is right."""
    return float(np.std(found)) - 1


def area(truth: np.ndarray, found: np.ndarray) -> float:
    """Area under the ROC curve; not a number with one class alone."""
    return float(roc_auc_score(truth, found)) if len(set(truth)) == 2 else float("nan")


def right(truth: np.ndarray, found: np.ndarray) -> float:
    """Share judged right at one half."""
    return float(((np.asarray(found) > 0.5) == np.asarray(truth)).mean())


def ranking() -> dict[str, Any]:
    """Diagnosis first and among the first ten, publication left out, every second dev case."""
    from genoai_desktop.app.evaluate_rare import evaluate_rare
    from genoai_desktop.domain.context import Silent
    from genoai_desktop.knowledge import Knowledge

    knowledge = Knowledge()
    cases = pl.read_csv(SHARED / "benchmarks/rare/cases_dev.tsv.gz", separator="\t", infer_schema_length=0)[
        ::2
    ]
    with tempfile.TemporaryDirectory() as name:
        table, out = Path(name) / "cases.tsv", Path(name) / "ranks.tsv"
        cases.write_csv(table, separator="\t")
        evaluate_rare(table, out, knowledge, Silent(), leave_out_publication=True, top=10)
        ranks = pl.read_csv(out, separator="\t", infer_schema_length=0).filter(pl.col("level") == "disease")
    place = {(row[0], row[1]): int(row[2]) for row in ranks.select("id", "candidate", "rank").iter_rows()}
    found = np.array(
        [place.get((i, d), 99) for i, d in cases.select("id", "disease").iter_rows()], dtype=float
    )
    sex = cases["sex"].fill_null("").str.to_lowercase().str.replace("_sex", "").to_numpy()
    features = cases["obs"].fill_null("").str.split(";").list.len().to_numpy()
    bands = np.array(["1 to 4", "5 to 9", "10 and more"])[np.digitize(features, [5, 10])]
    measures = [
        Measure("first", lambda _t, p: float(np.mean(np.asarray(p) == 1)), "higher"),
        Measure("first ten", lambda _t, p: float(np.mean(np.asarray(p) <= 10)), "higher"),
    ]
    rows = []
    mode = _inheritance(knowledge, cases["disease"].to_list())
    for attribute, groups in (("sex", sex), ("inheritance", mode), ("observed features", bands)):
        rows += rows_by(attribute, groups.astype(str), np.zeros(len(found)), found, measures)
    return {
        "model": "ranking",
        "data": f"{len(found):,} published cases, publication left out; unknown diagnoses count as missed",
        "statement": "The published cases record neither ancestry nor age: no figure can be given by them.",
        "rows": rows,
    }


def _inheritance(knowledge: Any, diseases: list[str]) -> np.ndarray:
    table = knowledge.phenotypes.disease_table
    by_id = dict(zip(table["id"].to_list(), table["inheritance"].to_list(), strict=True))
    names = [by_id.get(disease) for disease in diseases]
    return np.array([_mode_name(value) for value in names])


def _mode_name(value: Any) -> str:
    if value is None:
        return "not in the bundle"
    codes = value if isinstance(value, list) else [value]
    return ", ".join(sorted(str(code) for code in codes if code not in (None, ""))) or "not stated"


def missense() -> dict[str, Any]:
    """Pejaver 2022 (development half): by frequency, by constraint, by how well studied the gene is."""
    from genoai_desktop.analysis.classification.gene_context import GeneContexts
    from genoai_desktop.analysis.classification.missense import FEATURES, features
    from genoai_desktop.knowledge import Knowledge
    from genoai_desktop.models.missense import MissenseModel

    knowledge = Knowledge()
    contexts, model = GeneContexts(knowledge), MissenseModel(MODELS)
    labels = knowledge.bundle.table("protein_labels")
    studied = dict(labels[:, :1].rename({labels.columns[0]: "gene"})["gene"].value_counts().iter_rows())
    limit = FEATURES.index("oe_lof_upper")
    kept: list[tuple[float, bool, str, str, str]] = []
    table = pl.read_csv(
        SHARED / "benchmarks/acmg/pejaver_missense_dev.tsv.gz", separator="\t", infer_schema_length=0
    )
    for gene, change, label, maf in table.select("genename", "aavar", "clnsig", "MAF").iter_rows():
        context = contexts[gene]
        row = features(context, int(change[1:-1]), change[0], change[-1]) if context else None
        if row:
            p = float(model.probability(gene, [row])[0])
            known = studied.get(gene, 0)
            kept.append((p, "athogenic" in label, _frequency(maf), _constrained(row[limit]), _studied(known)))
    p, y = np.array([row[0] for row in kept]), np.array([row[1] for row in kept])
    measures = [
        Measure("area under the curve", area, "higher"),
        Measure("right at one half", right, "higher"),
    ]
    rows = []
    for column, attribute in enumerate(
        ("frequency", "gene constraint", "known changes in the gene"), start=2
    ):
        rows += rows_by(attribute, np.array([row[column] for row in kept]), y, p, measures)
    return {
        "model": "missense",
        "data": f"Pejaver 2022, development half: {len(kept):,} of {table.height:,} changes judged",
        "statement": "Ancestry, sex and age of the people with these changes are not recorded.",
        "rows": rows,
    }


def _frequency(text: str | None) -> str:
    value = float(text) if text not in (None, "", ".") else 0.0
    return "not seen" if value == 0 else "below 1 in 10,000" if value < 1e-4 else "1 in 10,000 and more"


def _constrained(limit: float | None) -> str:
    return (
        "not known"
        if limit is None or np.isnan(limit)
        else "constrained (LOEUF below 0.35)"
        if limit < 0.35
        else "tolerant"
    )


def _studied(count: int) -> str:
    return "none" if count == 0 else "1 to 19" if count < 20 else "20 and more"


def ancestry() -> dict[str, Any]:
    """Leave-one-out over the 2,504 people of the panel."""
    from genoai_desktop.analysis.ancestry import leave_one_out
    from genoai_desktop.knowledge import Knowledge

    knowledge = Knowledge()
    people = knowledge.ancestry.people
    wrong = {sample for sample, *_ in leave_one_out(knowledge).errors}
    correct = np.array([sample not in wrong for sample in people["sample"].to_list()], dtype=float)
    measures = [Measure("accuracy", mean, "higher")]
    rows = []
    for attribute in ("superpopulation", "population", "sex"):
        groups = people[attribute].cast(pl.String).to_numpy()
        rows += rows_by(attribute, groups, np.zeros(len(correct)), correct, measures)
    return {
        "model": "ancestry",
        "data": "2,504 people of 1000 Genomes, each left out of components and classifier",
        "statement": "Age is not recorded. People of no population of the panel are not in these figures.",
        "rows": rows,
    }


def polygenic() -> dict[str, Any]:
    """z-scores before and after the adjustment, of people whose genotypes gave no frequencies."""
    from genoai_desktop.analysis.risk.portability import Portability, expected
    from genoai_desktop.domain.risk import AncestryEstimate
    from genoai_desktop.knowledge import Knowledge
    from genoai_desktop.knowledge.ancestry import SUPERPOPULATIONS

    knowledge = Knowledge()
    panel = knowledge.ancestry
    copies, weight = _real_score(panel.people["sample"].to_list())
    group = panel.people["superpopulation"].to_numpy()
    known = ("EUR", "AFR", "EAS", "SAS")
    learn = np.random.default_rng(SEED).random(len(group)) < 0.5
    columns = {f"eaf_{n.lower()}": copies[:, learn & (group == n)].mean(axis=1) / 2 for n in known}
    frame = pl.DataFrame({"weight": weight, "eaf": columns["eaf_eur"], **columns})
    europe = weight @ copies[:, learn & (group == "EUR")]
    portability = Portability(panel)
    kept, before, after = [], [], []
    unplaced = dict.fromkeys(SUPERPOPULATIONS, 0)
    for person in np.flatnonzero(~learn):
        proportions = tuple((n, 1.0 if n == group[person] else 0.0) for n in SUPERPOPULATIONS)
        estimate = AncestryEstimate(proportions, 1, 1, tuple(panel.coordinates[person]))
        place = portability.place(estimate, known)
        if place is None or not place.near:
            unplaced[str(group[person])] += 1
            continue
        at_place = expected(frame, place, {})
        raw = float(weight @ copies[:, person])
        kept.append(person)
        before.append((raw - europe.mean()) / europe.std())
        after.append((raw - at_place.mean) / at_place.sd)
    people = panel.people[kept]
    rows = []
    for attribute in ("superpopulation", "sex"):
        groups = people[attribute].cast(pl.String).to_numpy()
        for label, values in (("before", before), ("after", after)):
            measures = [
                Measure(f"mean z, {label}", mean, "zero", 0.25),
                Measure(f"spread of z less one, {label}", spread, "zero", 0.15),
            ]
            found = rows_by(attribute, groups, np.zeros(len(kept)), np.array(values), measures)
            rows += [row | {"worse": row["worse"] and label == "after"} for row in found]
    return {
        "model": "polygenic",
        "data": f"{len(weight):,} sites of PGS001229 in 1000 Genomes; frequencies from half of the people, "
        f"z-scores of {len(kept):,} of the other half; without a place, so without a z-score: "
        + ", ".join(f"{name} {count}" for name, count in unplaced.items()),
        "statement": "A check of the method. The panel holds too few sites of the bundled scores to measure "
        "them on genotypes, and no disease is recorded: nothing is said about accuracy of prediction.",
        "rows": rows,
    }


def _real_score(samples: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Copies of the effect allele (sites by panel people) and weights, from the reference genotypes."""
    from genoai_desktop.analysis.risk.score import dosage
    from genoai_desktop.app.risk_genotypes import read_head, read_sites
    from genoai_desktop.app.risk_scorefiles import read_score
    from genoai_desktop.domain.context import Silent

    folder = SHARED / "benchmarks/risk/prs"
    vcf = folder / "tiny1000G.vcf.gz"
    head = read_head(vcf)
    score = read_score(folder / "tiny1000G_scorefile.txt.gz", head.build)
    sites = {(site.chrom, site.pos): site for site in score.sites}
    column = {name: i for i, name in enumerate(head.samples)}
    order = [column[name] for name in samples]
    copies, weight = [], []
    for place, records in read_sites(vcf, sites, len(head.samples), Silent()):
        found = dosage(sites[place], records)
        if found is not None and not np.isnan(found[0]).any():
            copies.append(found[0][order])
            weight.append(sites[place].weight)
    return np.array(copies), np.array(weight)


AUDITS: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "ranking": ("rare", ranking),
    "missense": ("missense", missense),
    "ancestry": ("ancestry", ancestry),
    "polygenic": ("polygenic", polygenic),
}


DOSE = "dose"


def write(folder: Path, found: dict[str, Any]) -> None:
    """The audit as data and as a table for the model card."""
    folder.mkdir(exist_ok=True)
    (folder / "audit.json").write_text(
        json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    lines = [f"# Bias audit: {found['model']}", "", found["data"] + ".", "", found["statement"], ""]
    lines += ["| by | group | n | metric | value | 95 % interval | worse |", "|---|---|---|---|---|---|---|"]
    for row in found["rows"]:
        interval = f"{row['low']} to {row['high']}"
        worse = "worse" if row["worse"] else ""
        lines.append(
            f"| {row['attribute']} | {row['group']} | {row['n']:,} | {row['metric']} | {row['value']} "
            f"| {interval} | {worse} |"
        )
    (folder / "AUDIT.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Make the audits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", choices=[*sorted(AUDITS), DOSE])
    args = parser.parse_args()
    for name in args.only or [*AUDITS, DOSE]:
        if name == DOSE:
            subprocess.run([sys.executable, str(MODELS / "warfarin" / "train.py")], check=True)
            continue
        folder, audit = AUDITS[name]
        found = audit()
        write(MODELS / folder, found)
        worse = [f"{row['group']} ({row['metric']})" for row in found["rows"] if row["worse"]]
        print(f"{name}: {len(found['rows'])} rows; worse: {', '.join(worse) or 'none'}", file=sys.stderr)


if __name__ == "__main__":
    main()
