#!/usr/bin/env python3
"""Rank published cases with their variants put into a real exome: ``python models/rare/exome_benchmark.py``.

The background is ``Pfeiffer.vcf.gz`` (a real exome, GRCh37) without its spiked FGFR2 variant, annotated
on its own build; the cases' GRCh38 variants are annotated on theirs and laid beside it, at depth 40 and
quality 60. Only genes, effects, frequencies and genotypes meet, so the two builds do not disturb each
other. A case whose variants cannot be loaded, or that has none but a structural one, counts as missed
in the second line of figures. Run once with the known-pathogenic look-up and once without.
Whatever is chosen by looking at these figures is chosen on ``--half a`` of the genes and reported on b.
"""

import argparse
import hashlib
import itertools
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from genoai_desktop.analysis.annotation.annotated import Annotated, annotate
from genoai_desktop.analysis.rare_disease import rank
from genoai_desktop.analysis.rare_disease.gene_names import disease_genes
from genoai_desktop.domain.case import Affected, Case, ObservedTerm, Person, Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.vcf import load

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
SEX = {"MALE": Sex.MALE, "FEMALE": Sex.FEMALE}
GENOTYPE = {"heterozygous": "0/1", "homozygous": "1/1", "hemizygous": "1/1"}
SPIKE = (10, 123256215)


def half(genes: str) -> str:
    """Which half of the genes a case belongs to, by a hash of its first gene's symbol."""
    return "ab"[hashlib.sha256(genes.split(";", maxsplit=1)[0].encode()).digest()[0] % 2]


def cases_vcf(cases: list[dict[str, str]], path: Path) -> None:
    """One VCF (GRCh38) of all sampled cases' alleles; ID names case and copies."""
    chromosomes = [*map(str, range(1, 23)), "X", "Y", "M"]
    lines = []
    for case in cases:
        for entry in (case["variants"] or "").split(";"):
            parts = entry.split(":")
            if parts[0] != "hg38":
                continue
            chrom, pos, ref, alt = parts[1].rsplit("-", 3)
            copies = GENOTYPE.get(parts[2], "0/1")
            row = f"{chrom}\t{pos}\t{case['id']}\t{ref}\t{alt}\t60\tPASS\t.\tGT:DP:GQ\t{copies}:40:60"
            lines.append((chromosomes.index(chrom.removeprefix("chr").replace("MT", "M")), int(pos), row))
    header = ["##fileformat=VCFv4.2", '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">']
    header += [f'##FORMAT=<ID={n},Number=1,Type=Integer,Description="{n}">' for n in ("DP", "GQ")]
    header += [f"##contig=<ID=chr{name},assembly=GRCh38>" for name in chromosomes]
    header.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tpatient")
    path.write_text("\n".join([*header, *(row for *_, row in sorted(lines))]) + "\n")


def merged(background: Annotated, spiked: Annotated, rows: list[int]) -> Annotated:
    """The background exome with the given rows of ``spiked`` below it."""
    frame = pl.concat([background.table.frame, spiked.table.frame[rows]], how="diagonal_relaxed")
    variants = pl.concat([background.variants, spiked.variants[rows]], how="diagonal_relaxed")
    place = {row: background.table.height + i for i, row in enumerate(rows)}
    own = spiked.effects.filter(pl.col("row").is_in(rows)).with_columns(
        pl.col("row").replace_strict(place, return_dtype=background.effects.schema["row"])
    )
    effects = pl.concat([background.effects, own], how="diagonal_relaxed")
    table = replace(background.table, frame=frame, build=Build.GRCH38, samples=("patient",))
    return Annotated(table, effects, variants)


def main() -> None:
    """Print the share of cases with the causal gene first and among the first five and ten."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=200)
    parser.add_argument("--half", choices=("a", "b"), help="genes of one half: choose on a, report on b")
    parser.add_argument("--missed", action="store_true", help="name the cases whose gene is not among five")
    args = parser.parse_args()
    knowledge, context = Knowledge(), Silent()
    source = DATA / "benchmarks" / "rare" / "cases_dev.tsv.gz"
    table = pl.read_csv(source, separator="\t", infer_schema=False, quote_char=None)
    if args.half:
        table = table.filter(pl.Series([half(genes or "") == args.half for genes in table["genes"]]))
    chosen = np.random.default_rng(7).permutation(table.height)[: args.size]
    cases = [row for row in table[np.sort(chosen)].iter_rows(named=True) if "hg38" in (row["variants"] or "")]
    exome = load(DATA / "samples" / "germline" / "Pfeiffer.vcf.gz", context)
    spike = (pl.col("chrom") == SPIKE[0]) & (pl.col("pos") == SPIKE[1])
    background = annotate(replace(exome, frame=exome.frame.filter(~spike)), knowledge, context)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.vcf"
        cases_vcf(cases, path)
        spiked = annotate(load(path, context, build=Build.GRCH38), knowledge, context)
    ids = spiked.table.frame["rsid"].to_list()
    for use_clinvar in (True, False):
        report(cases, ids, background, spiked, knowledge, use_clinvar=use_clinvar, missed=args.missed)


def report(
    cases: list[dict[str, str]],
    ids: list[str],
    background: Annotated,
    spiked: Annotated,
    knowledge: Knowledge,
    *,
    use_clinvar: bool,
    missed: bool = False,
) -> None:
    """Rank every case and print the figures of one mode."""
    ranks, seconds, chances, right = [], [], [], []
    for row in cases:
        rows = [i for i, name in enumerate(ids) if name == row["id"]]
        terms = tuple(ObservedTerm(t) for t in (row["obs"] or "").split(";") if t)
        terms += tuple(ObservedTerm(t, excluded=True) for t in (row["exc"] or "").split(";") if t)
        person = Person("p", "patient", sex=SEX.get(row["sex"], Sex.UNKNOWN), affected=Affected.YES)
        data = merged(background, spiked, rows)
        began = time.perf_counter()
        result = rank(
            Case("c", "p", (person,), Build.GRCH38, terms), data, knowledge, Silent(), use_clinvar=use_clinvar
        )
        seconds.append(time.perf_counter() - began)
        genes = list(dict.fromkeys(c.gene for c in result.candidates if c.variants))
        wanted = (row["genes"] or "").split(";")
        first = next((c for c in result.candidates if c.variants), None)
        own = [c.probability or 0.0 for c in result.candidates if first and c.gene == first.gene]
        chances.append(sum(own))  # of the gene: the diseases of one gene share the chance
        right.append(bool(first and first.gene in (row["genes"] or "").split(";")))
        hits = [place for place, gene in enumerate(genes, start=1) if gene in wanted]
        ranks.append(hits[0] if rows and hits else 10**6)
        if missed and (not hits or hits[0] > 5):
            print(
                "missed", row["id"], row["genes"], row["disease_label"], row["variants"], hits[:1], genes[:2]
            )
    found = np.array(ranks)
    known = np.array(
        [any(g in disease_genes(knowledge) for g in (r["genes"] or "").split(";")) for r in cases]
    )
    for name, keep in (("genes with a known disease", known), ("all", np.ones(len(cases), dtype=bool))):
        shares = ", ".join(f"first {k}: {(found[keep] <= k).mean():.1%}" for k in (1, 5, 10))
        mode = "on" if use_clinvar else "off"
        print(f"ClinVar look-up {mode}, {name} ({keep.sum()}): {shares}; {np.median(seconds):.2f} s")
    said, was = np.array(chances), np.array(right)
    for low, high in itertools.pairwise((0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.01)):
        inside = (said >= low) & (said < high)
        if inside.any():
            print(f"  said {said[inside].mean():.2f}, right {was[inside].mean():.2f} ({inside.sum()} cases)")


if __name__ == "__main__":
    main()
