"""Polygenic scoring beside plink2 on the same file in one run, and a 313-variant score from an indexed file.

    python tests/benchmarks/bench_prs.py [--sites 50000] [--people 3202] [--genome FILE.vcf.gz] [--rounds 3]

The cohort is synthetic (independent sites, no biology); its sums must agree with plink2's to six digits.
Both programs start from the compressed VCF. ``--genome``: any indexed VCF for the 313-variant score.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pysam

ROOT = Path(__file__).resolve().parents[2]
GENOME = ROOT / "../shared/data/samples/pgx/getrm3_wgs30x_grch38.vcf.gz"
PROGRAM = [sys.executable, "-m", "genoai_desktop"]
CHROMOSOMES = 22
GOAL = 5.0


def make_cohort(folder: Path, sites: int, people: int) -> tuple[Path, Path]:
    """A bgzipped VCF of phased genotypes, and weights (``chr:pos allele weight``)."""
    rng = np.random.default_rng(1)
    vcf, score = folder / "cohort.vcf.gz", folder / "score.txt"
    names = "\t".join(f"P{i:05d}" for i in range(people))
    weights = rng.normal(0, 0.02, sites)
    cell = np.frombuffer(b"0|0\t", dtype=np.uint8)
    with pysam.BGZFile(str(vcf), "wb") as out, score.open("w") as listed:
        out.write(b"##fileformat=VCFv4.2\n")
        for chrom in range(1, CHROMOSOMES + 1):
            out.write(f"##contig=<ID={chrom},length=249000000>\n".encode())
        out.write(b'##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n')
        out.write(f"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{names}\n".encode())
        per = -(-sites // CHROMOSOMES)
        for number in range(sites):
            chrom, pos = number // per + 1, 1_000 + 3_000 * (number % per)
            alleles = rng.random((people, 2)) < rng.uniform(0.01, 0.5)
            row = np.tile(cell, (people, 1))
            row[:, 0] += alleles[:, 0]
            row[:, 2] += alleles[:, 1]
            out.write(f"{chrom}\t{pos}\t{chrom}:{pos}\tA\tG\t.\tPASS\t.\tGT\t".encode())
            out.write(row.tobytes()[:-1] + b"\n")
            listed.write(f"{chrom}:{pos}\tG\t{weights[number]:.6f}\n")
    return vcf, score


def plink(vcf: Path, score: Path, folder: Path) -> tuple[float, dict[str, float]]:
    """Seconds and sums of plink2, two threads, from the VCF."""
    out = folder / "plink"
    command = [
        "plink2",
        "--vcf",
        str(vcf),
        "--threads",
        "2",
        "--memory",
        "4000",
        "--out",
        str(out),
        "--score",
    ]
    command += [str(score), "1", "2", "3", "cols=scoresums", "no-mean-imputation"]
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    rows = [line.split("\t") for line in out.with_suffix(".sscore").read_text().splitlines()]
    return seconds, {row[0]: float(row[-1]) for row in rows[1:]}


def ours(vcf: Path, score: Path, folder: Path) -> tuple[float, dict[str, float]]:
    """Seconds and sums of this program's command, its start included."""
    out = folder / "ours.tsv"
    start = time.perf_counter()
    run = subprocess.run(
        [*PROGRAM, "risk", "prs", "--quiet", "--vcf", str(vcf), "--score", str(score), "--build", "GRCh38",
         "--out", str(out)], check=False, env={**os.environ, "POLARS_MAX_THREADS": "2"},
    )  # fmt: skip
    seconds = time.perf_counter() - start
    assert run.returncode in (0, 1), run.returncode
    head, *rows = (line.split("\t") for line in out.read_text().splitlines())
    column = head.index("score_sum")
    return seconds, {row[0]: float(row[column]) for row in rows}


def few_sites(genome: Path, rounds: int) -> list[float]:
    """Seconds of the bundled 313-variant score from an indexed file, without the program's start."""
    from genoai_desktop.app.risk_scores import score_bundled
    from genoai_desktop.domain.context import Silent
    from genoai_desktop.domain.errors import UserError
    from genoai_desktop.knowledge import Knowledge

    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        try:
            score_bundled(genome, "BCAC_313", Knowledge(), Silent())
        except UserError as error:
            print(f"  ({error})")
        found.append(time.perf_counter() - start)
    return found


def main() -> None:
    """Measure and print; fails when sums differ or the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=50_000)
    parser.add_argument("--people", type=int, default=3_202)
    parser.add_argument("--genome", type=Path, default=GENOME)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    if args.genome.exists():
        times = few_sites(args.genome, args.rounds)
        print(
            f"313-variant score, {args.genome.name}: median {statistics.median(times):.3f} s of {args.rounds}"
        )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vcf, score = make_cohort(folder, args.sites, args.people)
        print(f"{args.sites:,} sites x {args.people:,} people, {vcf.stat().st_size / 1e6:.0f} MB")
        pairs = []
        for _ in range(args.rounds):
            (theirs, expected), (mine, found) = plink(vcf, score, folder), ours(vcf, score, folder)
            gap = max(abs(found[p] - expected[p]) / max(abs(expected[p]), 1) for p in expected)
            pairs.append((mine, theirs))
            print(
                f"  ours {mine:.1f} s, plink2 {theirs:.1f} s, {mine / theirs:.2f} times; differ by {gap:.2g}"
            )
            assert gap <= 1e-5, gap  # plink2 prints six significant digits
        ratio = statistics.median(mine / theirs for mine, theirs in pairs)
        print(f"median {ratio:.2f} times plink2 (goal: at most {GOAL:g})")
        sys.exit(ratio > GOAL)


if __name__ == "__main__":
    main()
