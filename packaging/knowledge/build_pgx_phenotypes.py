"""Compile function, activity and phenotype tables of the pharmacogenes.

CPIC 1.60 states the result of each of 112,820 diplotypes. Alleles whose results never differ form a class,
so that a table of classes and class pairs says the same in a few kilobytes; every diplotype that the classes
would get wrong is kept as an exception (the builder checks all of them).
"""

import csv
import gzip
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from build_pgx import FROM_PYPGX
from common import OUT, Origin, write_document

ORIGIN = Origin(
    "CPIC database 1.60; phenotype tables of PharmCAT 3.1.1 and older; PyPGx 0.27 allele functions",
    "CPIC 1.60.0 (2026-09)",
    "CC0 1.0; MIT",
    "packaging/knowledge/build_pgx_phenotypes.py",
    description="Allele function, activity value, and phenotype of each pair of allele classes",
)

Pairs = dict[tuple[str, str], tuple[str, str]]
"""Sorted allele names (second empty for one allele) to lookup identifier and phenotype."""


def read_json(path: Path) -> Any:
    """A gzipped JSON file."""
    with gzip.open(path) as handle:
        return json.load(handle)


def cpic_pairs(folder: Path) -> dict[str, Pairs]:
    """Every diplotype of CPIC 1.60 by gene."""
    tables = read_json(folder / "cpic_1.60" / "cpic-v1.60.0.json.gz")["tables"]
    lookup = dict(tables["gene_result_lookup"])
    result = {row[0]: (row[1], row[2]) for row in tables["gene_result"]}
    genes: dict[str, Pairs] = defaultdict(dict)
    for _, key, diplotype in tables["gene_result_diplotype"]:
        gene, phenotype = result[lookup[key]]
        genes[gene][split_diplotype(diplotype)] = (key, phenotype)
    return genes


def split_diplotype(text: str) -> tuple[str, str]:
    """``a/b`` sorted; names that hold a slash are not used by CPIC outside CFTR's brackets."""
    first, _, second = text.partition("/")
    return (first, second) if not second or first <= second else (second, first)


def pharmcat_tables(folder: Path) -> dict[str, dict[str, Any]]:
    """The newest table of function and activity of each gene."""
    found = {}
    for path in sorted((folder / "pharmcat_older_phenotypes").glob("*.json.gz")):
        found[path.name.split("_")[0]] = read_json(path)
    for path in sorted((folder / "pharmcat_3.1.1" / "phenotype").glob("*.json.gz")):
        found[path.name.removesuffix(".json.gz").replace("MT_RNR1", "MT-RNR1")] = read_json(path)
    return found


def classes_of(pairs: Pairs) -> dict[str, str]:
    """Alleles with the same results against every third allele share a class."""
    names = sorted({name for pair in pairs for name in pair if name})
    signature = {}
    for name in names:
        row = tuple(
            pairs.get((min(name, o), max(name, o)), ("", ""))[1] for o in names
        )  # fmt: skip
        single = pairs.get((name, ""), ("", ""))[1]
        own = pairs.get((name, name), ("", ""))
        signature[name] = (row, single, own)
    order: dict[Any, str] = {}
    return {name: order.setdefault(signature[name], str(len(order))) for name in names}


def compile_gene(pairs: Pairs, table: dict[str, Any] | None) -> dict[str, Any]:
    """Classes, class pairs, exceptions, function and activity of one gene."""
    scores, functions, activity = {}, {}, {}
    if table:
        for row in table["diplotypes"]:
            score = row.get("activityScore")
            score = score if score is not None else _activity_key(table, row["lookupkey"])
            scores[split_diplotype(row["diplotype"])] = str(score or "")
        functions = _functions(table)
        activity = {
            name: value for name, value in table["activityValues"].items() if value not in (None, "n/a")
        }
        if not pairs:
            pairs = {split_diplotype(r["diplotype"]): ("", r["generesult"]) for r in table["diplotypes"]}
    by_lookup: dict[str, str] = {}
    for pair, (key, _) in pairs.items():
        if key and scores.get(pair):
            by_lookup.setdefault(key, scores[pair])
    classes = classes_of(pairs)
    merged: dict[str, list[str]] = {}
    exceptions: dict[str, list[str]] = {}
    for pair, (key, phenotype) in sorted(pairs.items()):
        answer = [phenotype, scores.get(pair) or by_lookup.get(key, "")]
        slot = "|".join(sorted(classes[name] for name in pair if name))
        if merged.setdefault(slot, answer) != answer:
            exceptions["/".join(name for name in pair if name)] = answer
    add_by_function(classes, merged, functions)
    return {
        "classes": classes, "pairs": merged, "exceptions": exceptions,
        "function": functions, "activity": activity,
    }  # fmt: skip


def add_by_function(classes: dict[str, str], merged: dict[str, list[str]], functions: dict[str, str]) -> None:
    """Alleles that a table of single alleles leaves out, where their function is one of its results.

    CPIC lists the variants of MT-RNR1 but not its reference, whose function is "normal risk".
    """
    if any("|" in slot for slot in merged):
        return
    by_result = {answer[0].lower(): slot for slot, answer in merged.items()}
    for name, function in functions.items():
        if name not in classes and function.lower() in by_result:
            classes[name] = by_result[function.lower()]


def _functions(table: dict[str, Any]) -> dict[str, str]:
    if "namedAlleles" in table:
        return {a["name"]: a["functionValue"] or "" for a in table["namedAlleles"]}
    return {} if table["activityValues"] else dict(table["haplotypes"])


def _activity_key(table: dict[str, Any], key: Any) -> str:
    return str(key) if table["activityValues"] and key else ""


def pypgx_functions(folder: Path, gene: str) -> dict[str, str]:
    """Allele functions of a gene that CPIC does not define."""
    with (folder / "pypgx_0.27" / "allele-table.csv").open() as handle:
        return {r["StarAllele"]: r["Function"] for r in csv.DictReader(handle) if r["Gene"] == gene}


def phenotypes(source: Path) -> dict[str, dict[str, Any]]:
    """All genes, sorted."""
    folder = source / "pgx"
    pairs, tables = cpic_pairs(folder), pharmcat_tables(folder)
    genes = {g: compile_gene(pairs.get(g, {}), tables.get(g)) for g in sorted(set(pairs) | set(tables))}
    for gene in FROM_PYPGX:
        entry = genes.setdefault(
            gene, {"classes": {}, "pairs": {}, "exceptions": {}, "function": {}, "activity": {}}
        )
        entry["function"] = pypgx_functions(folder, gene) | entry["function"]
    return genes


def build(source: Path, out: Path = OUT) -> None:
    """Write ``pgx_phenotypes``."""
    genes = phenotypes(source)
    rows = sum(len(g["pairs"]) + len(g["exceptions"]) + len(g["classes"]) for g in genes.values())
    write_document("pgx_phenotypes", genes, rows, ORIGIN, out)
