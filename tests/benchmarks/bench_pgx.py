"""Pharmacogene calls: one sample from a bgzipped exome, and the benchmark file widened to 111 people.

    python tests/benchmarks/bench_pgx.py [--exome FILE.vcf.gz] [--rounds 5] [--rival "COMMAND {vcf} {out}"]

Each round reads the file with bcftools (to uncompressed BCF) beside this program, so that a slow or busy
machine shows in both. PharmCAT 3.1.1 took 27.5 s for the 111-person file after a Java start of 3 s (stated in
the project's issue, on another machine); with ``--rival`` it, or any program, runs in the same rounds. The
111 people are the benchmark's 59 with columns repeated: the positions are the same, so is the work.
"""

import argparse
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pysam.bcftools

from genoai_desktop.app.pgx_files import call_samples, write_calls_tsv
from genoai_desktop.domain.context import Silent
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.vcf import load

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / "../shared/data"
COHORT = SHARED / "benchmarks/pgx/getrm_1kgp_grch38_dev.vcf"
EXOME = SHARED / "samples/germline/Pfeiffer.vcf.gz"
PHARMCAT, TIMES, ONE_SAMPLE = 27.5, 10, 0.5
PEOPLE = 111


class Knowledge:
    """The pharmacogene tables alone."""

    pgx = PgxDefinitions(Bundle())


def widened(folder: Path) -> Path:
    """The benchmark file with its columns repeated to 111 people."""
    made = folder / "cohort.vcf"
    with COHORT.open(encoding="utf-8") as source, made.open("w", encoding="utf-8") as out:
        for line in source:
            if line.startswith("##"):
                out.write(line)
                continue
            cells = line.rstrip("\n").split("\t")
            people = cells[9:]
            if line.startswith("#"):
                names = [people[i % len(people)] + f"_{i // len(people)}" for i in range(PEOPLE)]
            else:
                names = [people[i % len(people)] for i in range(PEOPLE)]
            out.write("\t".join([*cells[:9], *names]) + "\n")
    return made


def called(vcf: Path, out: Path) -> None:
    """Load, call all genes of all samples, write the table."""
    write_calls_tsv(call_samples(load(vcf, Silent()), Knowledge(), Silent()), out)


def by_command(vcf: Path, out: Path) -> None:
    """The whole command line, start included."""
    command = [sys.executable, "-m", "genoai_desktop", "pgx", "--vcf", str(vcf), "--out", str(out)]
    subprocess.run(command, check=False, capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT)})


def bcftools(vcf: Path, out: Path) -> None:
    """Read the file and write it as uncompressed BCF."""
    pysam.bcftools.view("-Ou", "-o", str(out), str(vcf), catch_stdout=False)


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock time."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print one row for each program and file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--exome", type=Path, default=EXOME)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rival", help="a command with {vcf} and {out}, run on the 111 people as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cohort, out = widened(folder), folder / "out.tsv"
        work: dict[str, Callable[[], object]] = {
            "one exome, in process": lambda: called(options.exome, out),
            "one exome, bcftools view": lambda: bcftools(options.exome, folder / "x.bcf"),
            "111 people, in process": lambda: called(cohort, out),
            "111 people, command line": lambda: by_command(cohort, out),
            "111 people, bcftools view": lambda: bcftools(cohort, folder / "x.bcf"),
        }
        if options.rival:
            rival = shlex.split(options.rival.format(vcf=cohort, out=folder / "rival"))
            work["111 people, rival"] = lambda: subprocess.run(rival, check=True, capture_output=True)
        called(cohort, out)  # the tables are read once in a session
        rounds = [{key: seconds(one) for key, one in work.items()} for _ in range(options.rounds)]
    times = {key: [found[key] for found in rounds] for key in work}
    print(f"{'':30} median s   best s")
    for key, found in times.items():
        print(f"{key:30} {statistics.median(found):8.3f} {min(found):8.3f}")
    many, one = (statistics.median(times[k]) for k in ("111 people, in process", "one exome, in process"))
    print(f"one exome: goal {ONE_SAMPLE} s, {'met' if one <= ONE_SAMPLE else 'NOT met'}")
    print(f"111 people: {PHARMCAT / many:.0f} times PharmCAT's {PHARMCAT} s; goal {TIMES} times")


if __name__ == "__main__":
    main()
