"""Every difference of the pharmacogene calls from the consensus and from PharmCAT and PyPGx, as table rows.

    python tests/benchmarks/pgx_differences.py            rows that pgx_discordances.md lacks, or has too many
    python tests/benchmarks/pgx_differences.py --write    bring the tables up to date; what is right, and why,
                                                          stays and must be written by hand for new rows

A rival that lists several diplotypes differs when the call is none of them. A rival without a call differs.
"""

import argparse
import csv
import gzip
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from genoai_desktop.app.pgx_files import _normal, evaluate_pgx
from genoai_desktop.domain.pgx import CallStatus, GeneCall

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "../shared/data/benchmarks/pgx"
RECORD = HERE / "pgx_discordances.md"
HEAD = "| gene | sample | call | consensus ; updated | PharmCAT | PyPGx | right | why |"
UNCOVERED_HEAD = "| gene | PyPGx calls, as the consensus | PyPGx calls, unlike the consensus | right | why |"
TOOLS = ("PharmCAT", "PyPGx")
Key = tuple[str, str]
Calls = Mapping[str, tuple[GeneCall, ...]]


def table(path: Path) -> list[dict[str, str]]:
    """Rows of a gzipped tab-separated file."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return list(csv.DictReader(handle, delimiter="\t"))


def rivals(rows: Iterable[Mapping[str, str]]) -> dict[Key, dict[str, Mapping[str, str]]]:
    """Rows of each rival by gene and sample."""
    found: dict[Key, dict[str, Mapping[str, str]]] = {}
    for row in rows:
        tool = next(name for name in TOOLS if row["tool"].startswith(name))
        found.setdefault((row["gene"], row["sample"]), {})[tool] = row
    return found


def differences(
    calls: Calls, truth: list[dict[str, str]], peers: list[dict[str, str]]
) -> dict[Key, list[str]]:
    """The first six cells of the table of genes that the file covers, by gene and sample."""
    beside = rivals(peers)
    found = {}
    for row in evaluate_pgx(calls, truth)[1]:
        key = row["gene"], row["sample"]
        mine, cells, differs = _normal(row["gene"], row["call"]), [], row["agrees"] == "0"
        for tool in TOOLS:
            options = [one.strip() for one in beside[key][tool]["call"].split("|") if one.strip()]
            cells.append(" or ".join(options) or "no call")
            differs = differs or mine not in [_normal(row["gene"], one) for one in options]
        if differs:
            stated = " ; ".join(part for part in (row["truth"], row["updated"]) if part)
            found[key] = [*key, f"{row['call']} ({row['status']})", stated, *cells]
    return found


def uncovered(calls: Calls, peers: list[dict[str, str]]) -> dict[str, tuple[list[str], list[str]]]:
    """Samples by gene that a rival calls and the file does not cover: like the consensus, and unlike it."""
    status = {(call.gene, sample): call.status for sample, found in calls.items() for call in found}
    split: dict[str, tuple[list[str], list[str]]] = {}
    for row in peers:
        if row["call"] and status.get((row["gene"], row["sample"])) is CallStatus.NOT_COVERED:
            sides = split.setdefault(row["gene"], ([], []))
            sides[row["harmonised"] != "1"].append(row["sample"])
    return {gene: (sorted(good), sorted(bad)) for gene, (good, bad) in sorted(split.items())}


def recorded(text: str, head: str) -> list[list[str]]:
    """The cells of each row of the table under ``head``."""
    lines = text.split(head, 1)[1].splitlines()[2:] if head in text else []
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return [[cell.replace("\\*", "*") for cell in row] for row in rows]


def line(cells: Iterable[str]) -> str:
    """One row of a table."""
    safe = (cell.replace("|", "\\|").replace("*", "\\*") for cell in cells)
    return "| " + " | ".join(safe) + " |"


def bring_up_to_date(text: str, found: Mapping[Key, list[str]], missed: Mapping[str, Any]) -> str:
    """The record with the computed rows; reasons that are there stay."""
    reasons = {(row[0], row[1]): row[6:] for row in recorded(text, HEAD)}
    known = {row[0]: row[3:] for row in recorded(text, UNCOVERED_HEAD)}
    rows = [line([*cells, *reasons.get(key, ["", ""])]) for key, cells in sorted(found.items())]
    kept = text.split(HEAD, 1)[0].rstrip() + "\n\n"
    text = "\n".join([kept + HEAD, "|---|---|---|---|---|---|---|---|", *rows, ""])
    more = [
        line([gene, ", ".join(good), ", ".join(bad), *known.get(gene, ["", ""])])
        for gene, (good, bad) in missed.items()
    ]
    title = "\n## Genes that this file does not cover\n\n"
    return text + "\n".join([title + UNCOVERED_HEAD, "|---|---|---|---|---|", *more, ""])


def main() -> None:
    """Compare, or write."""
    from genoai_desktop.app.pgx_files import call_samples
    from genoai_desktop.domain.context import Silent
    from genoai_desktop.knowledge.bundle import Bundle
    from genoai_desktop.knowledge.pgx import PgxDefinitions
    from genoai_desktop.vcf import load

    class Knowledge:
        pgx = PgxDefinitions(Bundle())

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", action="store_true")
    calls = call_samples(load(DATA / "getrm_1kgp_grch38_dev.vcf", Silent()), Knowledge(), Silent())
    peers = table(DATA / "peer_calls_dev.tsv.gz")
    found = differences(calls, table(DATA / "getrm_truth_dev.tsv.gz"), peers)
    missed, text = uncovered(calls, peers), RECORD.read_text(encoding="utf-8")
    there = {(row[0], row[1]) for row in recorded(text, HEAD)}
    for key in sorted(there ^ set(found)):
        print("not recorded:" if key in found else "no longer a difference:", *key)
    print(len(found), "differences,", sum(len(a) + len(b) for a, b in missed.values()), "calls not covered")
    if parser.parse_args().write:
        RECORD.write_text(bring_up_to_date(text, found, missed), encoding="utf-8")


if __name__ == "__main__":
    main()
