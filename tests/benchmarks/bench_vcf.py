"""Loading, checking and annotating beside ``bcftools view -Ou``, in one run on one machine.

Seconds by the clock, seconds of processor time and peak memory of each, and the machine's load.
    python tests/benchmarks/bench_vcf.py [--records 5000000] [--cutevariant PROGRAM] [--hpo TERMS] [FILE ...]

With --hpo (HP:0001156,...) also the whole way from the file to the ranked, explained list (``rank``, without
the start of the program) and ranking again with one term more (``rerank``).

Without files a synthetic genome is made with ../shared/tools/make_wgs_vcf.py (shape only, no biology).
Each measurement runs in a process of its own; memory is the highest resident set of that process.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAKER = ROOT / "../shared/tools/make_wgs_vcf.py"
TIMED = """
import resource, sys, time
from pathlib import Path
path = sys.argv[1]
def now():
    below = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), time.process_time() + below.ru_utime + below.ru_stime
start = now()
{body}
used = [after - before for before, after in zip(start, now())]
print(*used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, records)
"""
BCFTOOLS = """import pysam.bcftools
start = now()
pysam.bcftools.view("-Ou", "-o", "/dev/null", path, catch_stdout=False)
records = 0"""
OURS = """from genoai_desktop.domain.context import Silent
from genoai_desktop.vcf import {name}
start = now()
records = {name}(Path(path), Silent()).records_read"""


ANNOTATED = """from genoai_desktop.analysis.annotation.annotated import annotate
from genoai_desktop.domain.context import Silent
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.vcf import load
start = now()
table = load(Path(path), Silent())
annotate(table, Knowledge(), Silent())
records = table.records_read"""
CUTEVARIANT = """import shutil, subprocess, tempfile
with tempfile.TemporaryDirectory() as folder:
    plain = folder + "/file.vcf"
    import gzip
    with gzip.open(path, "rb") as packed, open(plain, "wb") as out:
        shutil.copyfileobj(packed, out)
    records = sum(not line.startswith("#") for line in open(plain))
    start = now()
    subprocess.run([{program!r}, "createdb", "-i", plain, "--db", folder + "/file.db"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)"""

RANKED = """from dataclasses import replace
from genoai_desktop.__main__ import collect_seldom
from genoai_desktop.analysis.annotation.annotated import annotate
from genoai_desktop.analysis.rare_disease import rank
from genoai_desktop.analysis.rare_disease.weighing import Memory
from genoai_desktop.domain.case import Affected, Case, ObservedTerm, Person
from genoai_desktop.domain.context import Silent
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.vcf import load
collect_seldom()
start = now()
table, knowledge, memory = load(Path(path), Silent()), Knowledge(), Memory()
data = annotate(table, knowledge, Silent())
person = Person("p", table.samples[0], affected=Affected.YES)
terms = tuple(ObservedTerm(term) for term in {terms!r}.split(","))
case = Case("c", "p", (person,), table.build, terms)
rank(case, data, knowledge, Silent(), memory=memory)
records = table.records_read"""
RERANKED = """
start = now()
more = (*terms, ObservedTerm("HP:0000316"))
rank(replace(case, terms=more), data, knowledge, Silent(), memory=memory)"""


Measured = tuple[float, float, float, int]
"""Seconds by the clock and of processor time (all cores), MB, records."""


def measure(body: str, path: Path) -> Measured:
    """One run in a fresh process."""
    program = TIMED.format(body=body)
    run = subprocess.run(
        [sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True
    )
    seconds, busy, memory, records = run.stdout.split()
    return float(seconds), float(busy), float(memory), int(records)


def make(records: int, folder: Path) -> Path:
    """A bgzipped synthetic genome."""
    import pysam

    plain = folder / "wgs.vcf"
    with plain.open("wb") as out:
        subprocess.run([sys.executable, str(MAKER), "--records", str(records)], check=True, stdout=out)
    packed = folder / "wgs.vcf.gz"
    pysam.tabix_compress(str(plain), str(packed))
    plain.unlink()
    return packed


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--cutevariant", help="path of cutevariant-cli, for its importer in the same run")
    parser.add_argument("--hpo", help="terms, separated by commas, to rank the files with")
    parser.add_argument("files", nargs="*", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = args.files or [make(args.records, Path(folder))]
        head = f"{'file':<32}{'what':<12}{'seconds':>9}{'processor':>11}{'x bcftools':>12}{'MB':>8}"
        print(f"{head}{'records/s':>12}")
        for path in files:
            bodies = {
                "bcftools": BCFTOOLS,
                "load": OURS.format(name="load"),
                "check": OURS.format(name="check"),
                "annotate": ANNOTATED,
            }
            if args.cutevariant:
                bodies["cutevariant"] = CUTEVARIANT.format(program=args.cutevariant)
            if args.hpo:
                bodies["rank"] = RANKED.format(terms=args.hpo)
                bodies["rerank"] = bodies["rank"] + RERANKED
            best: dict[str, Measured] = {}
            for _ in range(args.rounds):
                for name, body in bodies.items():
                    found = measure(body, path)
                    best[name] = min(best.get(name, found), found)
            base = best["bcftools"][0]
            for name, (seconds, busy, memory, records) in best.items():
                rate = f"{records / seconds:,.0f}" if records else ""
                row = f"{path.name[:30]:<32}{name:<12}{seconds:>9.2f}{busy:>11.2f}{seconds / base:>12.1f}"
                print(f"{row}{memory:>8.0f}{rate:>12}")
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
        print(f"{os.cpu_count()} cores; jobs that wanted them in the last minute: {load:.1f}")


if __name__ == "__main__":
    main()
