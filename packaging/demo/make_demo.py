#!/usr/bin/env python3
"""Write the synthetic demo family to ``resources/demo``: ``python packaging/demo/make_demo.py``.

Nobody's genome is in it. Genotypes of two parents are drawn site by site from published allele
frequencies (Hardy-Weinberg, no linkage), a daughter inherits one allele of each; a handful of
published variants is then planted: a de novo CHD7 stop (CHARGE syndrome), CFTR F508del (carrier),
an LDLR variant (secondary finding), a variant that ClinVar called uncertain in 2016, and alleles of
four pharmacogenes. Exons of the secondary-finding genes carry reference blocks, some of them without
coverage; a few pharmacogene positions are left out, as exome kits leave them out.
"""

import argparse
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pysam

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ("DEMO-CHILD", "DEMO-MOTHER", "DEMO-FATHER")
LENGTHS = dict(
    zip(
        [*(str(n) for n in range(1, 23)), "X", "Y", "MT"],
        [248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636,
         138394717, 133797422, 135086622, 133275309, 114364328, 107043718, 101991189, 90338345,
         83257441, 80373285, 58617616, 64444167, 46709983, 50818468, 156040895, 57227415, 16569],
        strict=True,
    )
)  # fmt: skip
ORDER = {name: index for index, name in enumerate(LENGTHS)}
TARGET = 40_000
RARE = 3_000
CHANCE_OF_LOW_QUALITY = 0.02
NOT_ON_THE_KIT = {"rs3064744", "rs12979860", "rs2108622"}
NOT_COVERED_EXONS = {("RYR2", 1), ("PKP2", 1), ("TTN", 45), ("APOB", 1), ("KCNH2", 5)}

# Genotypes (child, mother, father) as alternate allele indices of the planted variants.
DE_NOVO = ((0, 1), (0, 0), (0, 0))
FROM_MOTHER = ((0, 1), (0, 1), (0, 0))
FROM_FATHER = ((0, 1), (0, 0), (0, 1))
FROM_BOTH = ((1, 1), (0, 1), (0, 1))
PLANTED_CLINVAR = {"2687730": DE_NOVO, "7105": FROM_MOTHER, "3683": FROM_FATHER}
PGX_GENOTYPES = {
    "rs4244285": FROM_BOTH,  # CYP2C19*2
    "rs12769205": FROM_BOTH,  # CYP2C19*2 (tags the same allele)
    "rs3758581": ((1, 1), (1, 1), (1, 1)),
    "rs9923231": FROM_BOTH,  # VKORC1 -1639A
    "rs4149056": FROM_MOTHER,  # SLCO1B1*5
    "rs3918290": FROM_FATHER,  # DPYD c.1905+1G>A
}
CASE = {
    "name": "Demo family",
    "vcf": "family.vcf.gz",
    "ped": "family.ped",
    "sample": SAMPLES[0],
    "sex": "female",
    "age": 24,
    "indication": "Coloboma, choanal atresia and hearing loss; no diagnosis so far",
    "observed": ["HP:0000589", "HP:0000453", "HP:0000407", "HP:0011380", "HP:0001636", "HP:0000823"],
    "excluded": ["HP:0000175", "HP:0001250"],
    "consent": ["primary", "secondary", "carrier", "pgx", "polygenic", "recontact"],
    "medicines": [
        {"name": "clopidogrel", "planned": True},
        {"name": "simvastatin", "planned": False},
    ],
    "note": "Synthetic. Made by packaging/demo/make_demo.py from public facts; nobody's genome.",
}


@dataclass(frozen=True)
class Site:
    """One record; ``genotypes`` holds two allele indices per sample, ``None`` alleles for a no call."""

    chrom: str
    pos: int
    ref: str
    alts: tuple[str, ...]
    genotypes: tuple[tuple[int | None, ...], ...]
    name: str = "."
    end: int | None = None


def rows(path: Path) -> Iterator[list[str]]:
    """Tab-separated rows of a gzipped or plain file, comments left out."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def exon_mask(source: Path, flank: int = 60) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Merged exon intervals (0-based, half-open, with flanks) of the MANE transcripts by chromosome."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in rows(source / "genes" / "MANE.GRCh38.bigGenePred.tsv.gz"):
        start = int(row[1])
        starts = [int(x) for x in row[11].rstrip(",").split(",")]
        sizes = [int(x) for x in row[10].rstrip(",").split(",")]
        spans.setdefault(row[0].removeprefix("chr"), []).extend(
            (start + s - flank, start + s + size + flank) for s, size in zip(starts, sizes, strict=True)
        )
    merged = {}
    for chrom, intervals in spans.items():
        intervals.sort()
        ends = np.maximum.accumulate([end for _, end in intervals])
        merged[chrom] = (np.array([start for start, _ in intervals]), np.asarray(ends))
    return merged


def inside(mask: dict[str, tuple[np.ndarray, np.ndarray]], chrom: str, pos: int) -> bool:
    """Whether a 1-based position lies in an exon or its flank."""
    if chrom not in mask:
        return False
    index = int(np.searchsorted(mask[chrom][0], pos - 1, side="right")) - 1
    return index >= 0 and pos - 1 < mask[chrom][1][index]


def common_variants(source: Path, rng: np.random.Generator) -> list[Site]:
    """Draw the family's common variants from the listed exonic sites."""
    mask = exon_mask(source)
    frequencies, sites, x_sites, listed = [], [], [], []
    for row in rows(source / "frequency" / "merged_common.GRCh38.tsv.gz"):
        chrom, pos = row[0], int(row[1])
        if "multiallelic" in row[6] or "," in row[3] or not inside(mask, chrom, pos):
            continue
        site = (chrom, pos, row[2], row[3])
        number = row[5] if row[5] != "." else row[4]
        if number != "." and 0.005 <= float(number) <= 0.995 and chrom != "X":
            frequencies.append(float(number))
            sites.append(site)
        elif chrom == "X":
            x_sites.append(site)
        else:
            listed.append(site)
    spectrum = np.array(frequencies)
    chosen = [x_sites[i] for i in rng.permutation(len(x_sites))[:2500]]
    drawn = transmit(sites, spectrum, rng)
    drawn += transmit(chosen, rng.choice(spectrum, len(chosen)), rng, on_x=True)
    drawn = [drawn[i] for i in np.sort(rng.permutation(len(drawn))[: TARGET - RARE])]
    rare = [listed[i] for i in rng.permutation(len(listed))[:RARE]]
    drawn += transmit(rare, np.full(len(rare), 0.5), rng, singletons=True)
    return drawn


def transmit(
    sites: list[tuple[str, int, str, str]],
    frequency: np.ndarray,
    rng: np.random.Generator,
    *,
    on_x: bool = False,
    singletons: bool = False,
) -> list[Site]:
    """Genotypes of mother and father by Hardy-Weinberg and of the daughter by Mendel."""
    count = len(sites)
    mother = (rng.random((count, 2)) < frequency[:, None]).astype(int)
    father = (rng.random((count, 2)) < frequency[:, None]).astype(int)
    if singletons:  # a rare variant sits on one of the four parental chromosomes
        which = rng.integers(0, 4, count)
        mother = np.stack([which == 0, which == 1], 1).astype(int)
        father = np.stack([which == 2, which == 3], 1).astype(int)
    from_mother = mother[np.arange(count), rng.integers(0, 2, count)]
    from_father = father[:, 0] if on_x else father[np.arange(count), rng.integers(0, 2, count)]
    out = []
    for i, (chrom, pos, ref, alt) in enumerate(sites):
        dad = (int(father[i, 0]),) if on_x else (int(father[i, 0]), int(father[i, 1]))
        genotypes = (
            (int(from_mother[i]), int(from_father[i])),
            (int(mother[i, 0]), int(mother[i, 1])),
            dad,
        )
        if any(sum(genotype) for genotype in genotypes):
            out.append(Site(chrom, pos, ref, (alt,), genotypes))
    return out


def planted(source: Path) -> list[Site]:
    """The published variants that make the findings of the demo."""
    found = []
    for row in rows(source / "clinvar" / "clinvar_20241215_PLP_2star_plus.tsv.gz"):
        if row[5] in PLANTED_CLINVAR:
            found.append(Site(row[0], int(row[1]), row[3], (row[4],), PLANTED_CLINVAR[row[5]], row[6] or "."))
    if len(found) != len(PLANTED_CLINVAR):
        raise SystemExit(f"found {len(found)} of {len(PLANTED_CLINVAR)} planted ClinVar variants")
    return [*found, uncertain_variant(source)]


def uncertain_variant(source: Path, gene: str = "EYA1") -> Site:
    """A single-base variant of ``gene`` that ClinVar called uncertain in 2016, moved to GRCh38.

    The shift between builds is read off the ClinVar variants of the same gene, where it is constant.
    """
    shifts = {
        int(row[1]) - int(row[2])
        for row in rows(source / "clinvar" / "clinvar_20241215_PLP_2star_plus.tsv.gz")
        if row[7] == gene and row[2].isdigit()
    }
    if len(shifts) != 1:
        raise SystemExit(f"{gene} has no constant shift between builds")
    shift = shifts.pop()  # GRCh38 minus GRCh37
    for row in rows(source / "clinvar" / "clinvar_2016-06_b37.tsv.gz"):
        single = len(row[2]) == len(row[3]) == 1
        if single and row[6] == gene and row[7] == "Uncertain significance" and "p." in row[10]:
            return Site(row[0], int(row[1]) + shift, row[2], (row[3],), FROM_FATHER)
    raise SystemExit(f"no uncertain missense variant of {gene}")


def pharmacogenes(source: Path) -> list[Site]:
    """A record for every pharmacogene position that the kit covers, reference where nothing is planted."""
    sites = []
    for row in rows(source / "pgx" / "pharmcat_3.1.1" / "pharmcat_positions.vcf"):
        names = set(row[2].split(";"))
        if names & NOT_ON_THE_KIT:
            continue
        genotypes = next(
            (PGX_GENOTYPES[name] for name in names if name in PGX_GENOTYPES), ((0, 0),) * len(SAMPLES)
        )
        chrom = row[0].removeprefix("chr").replace("M", "MT")
        sites.append(
            Site(chrom, int(row[1]), row[3], tuple(row[4].split(",")), ploidy(chrom, genotypes), row[2])
        )
    return sites


def ploidy(chrom: str, genotypes: tuple[tuple[int | None, ...], ...]) -> tuple[tuple[int | None, ...], ...]:
    """One allele for the father on X and for everybody on the mitochondrial chromosome."""
    if chrom == "MT":
        return tuple(genotype[:1] for genotype in genotypes)
    return (*genotypes[:2], genotypes[2][:1]) if chrom == "X" else genotypes


def blocks(source: Path, taken: set[tuple[str, int]]) -> list[Site]:
    """Reference blocks over the coding exons of the secondary-finding genes, broken at variants."""
    wanted = set((source / "genes" / "acmg_sf_v3.3_genes.txt").read_text().split())
    sites = []
    for row in rows(source / "genes" / "MANE.GRCh38.bigGenePred.tsv.gz"):
        gene, chrom = row[18], row[0].removeprefix("chr")
        if gene not in wanted or chrom not in ORDER or row[-1] not in ("MANE Select", "MANE_Select"):
            continue
        low, high, start = int(row[6]), int(row[7]), int(row[1])
        starts = [start + int(x) for x in row[11].rstrip(",").split(",")]
        sizes = [int(x) for x in row[10].rstrip(",").split(",")]
        exons = list(zip(starts, sizes, strict=True))
        for number, (exon, size) in enumerate(exons if row[5] == "+" else exons[::-1], start=1):
            first, last = max(exon, low) + 1, min(exon + size, high)
            if first <= last:
                called = (gene, number) not in NOT_COVERED_EXONS
                sites += split_block(chrom, first, last, taken, called)
    return sites


def split_block(
    chrom: str, first: int, last: int, taken: set[tuple[str, int]], called: bool
) -> Iterator[Site]:
    """One block per stretch without a variant record (1-based, inclusive)."""
    genotype: tuple[int | None, ...] = (0, 0) if called else (None, None)
    stops = [pos for pos in range(first, last + 1) if (chrom, pos) in taken]
    begin = first
    for stop in [*stops, last + 1]:
        if begin < stop:
            calls = ploidy(chrom, (genotype,) * len(SAMPLES))
            yield Site(chrom, begin, "N", ("<NON_REF>",), calls, end=stop - 1)
        begin = stop + 1


def line(site: Site, rng: np.random.Generator) -> str:
    """The record as text, with plausible depth and quality."""
    if site.end is not None:
        depth, quality = (0, 0) if site.genotypes[0][0] is None else (int(rng.poisson(60)), 99)
        calls = "\t".join(f"{gt_text(gt)}:{depth}:{quality}" for gt in site.genotypes)
        return f"chr{site.chrom}\t{site.pos}\t.\tN\t<NON_REF>\t.\t.\tEND={site.end}\tGT:DP:GQ\t{calls}\n"
    low = rng.random() < CHANCE_OF_LOW_QUALITY and site.name == "."
    calls = "\t".join(call(gt, len(site.alts), low, rng) for gt in site.genotypes)
    quality = f"{rng.gamma(4, 30 if low else 180) + 30:.1f}"
    status = "LowQual" if low else "PASS"
    alts = ",".join(site.alts)
    name = "chrM" if site.chrom == "MT" else f"chr{site.chrom}"
    return (
        f"{name}\t{site.pos}\t{site.name}\t{site.ref}\t{alts}\t{quality}\t{status}\t.\tGT:AD:DP:GQ\t{calls}\n"
    )


def gt_text(genotype: tuple[int | None, ...]) -> str:
    """``0/1``, ``1`` or ``./.``."""
    return "/".join("." if allele is None else str(allele) for allele in sorted(genotype, key=str))


def call(genotype: tuple[int | None, ...], alts: int, low: bool, rng: np.random.Generator) -> str:
    """GT:AD:DP:GQ of one sample."""
    depth = int(rng.poisson(12 if low else 60)) + 4
    reads = [0] * (alts + 1)
    alleles = [allele or 0 for allele in genotype]
    if len(set(alleles)) == 1:
        reads[alleles[0]] = depth
    else:
        reads[alleles[0]] = int(rng.binomial(depth, 0.5))
        reads[alleles[1]] = depth - reads[alleles[0]]
    quality = int(rng.integers(15, 40)) if low else 99
    return f"{gt_text(genotype)}:{','.join(map(str, reads))}:{depth}:{quality}"


def header() -> str:
    """Header lines; the source line says that the file is synthetic."""
    lines = [
        "##fileformat=VCFv4.3",
        "##source=GenoAI Desktop demo family, SYNTHETIC, packaging/demo/make_demo.py",
        "##reference=GRCh38",
        '##FILTER=<ID=PASS,Description="All filters passed">',
        '##FILTER=<ID=LowQual,Description="Low quality">',
        '##INFO=<ID=END,Number=1,Type=Integer,Description="Last position of a reference block">',
        '##ALT=<ID=NON_REF,Description="Any other allele">',
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads per allele">',
        '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">',
        '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">',
    ]
    lines += [
        f"##contig=<ID={'chrM' if name == 'MT' else 'chr' + name},length={length}>"
        for name, length in LENGTHS.items()
    ]
    columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *SAMPLES]
    return "\n".join([*lines, "\t".join(columns)]) + "\n"


def main() -> None:
    """Write the family's VCF, index, PED and case description."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--source", type=Path, default=ROOT.parent / "shared" / "data" / "knowledge")
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "demo")
    parser.add_argument("--seed", type=int, default=20261123)
    args = parser.parse_args()
    rng = np.random.default_rng(args.seed)
    fixed = planted(args.source) + pharmacogenes(args.source)
    # A common variant may not overlap a planted record: keep a distance of 60 bases.
    near = {(site.chrom, site.pos // 60 + step) for site in fixed for step in (-1, 0, 1)}
    common = [s for s in common_variants(args.source, rng) if (s.chrom, s.pos // 60) not in near]
    sites = fixed + common
    taken = {(site.chrom, site.pos + i) for site in sites for i in range(len(site.ref))}
    sites += blocks(args.source, taken)
    sites.sort(key=lambda site: (ORDER[site.chrom], site.pos, site.ref, site.alts))
    text = header() + "".join(line(site, rng) for site in sites)
    args.out.mkdir(parents=True, exist_ok=True)
    target = args.out / str(CASE["vcf"])
    with pysam.BGZFile(str(target), "w") as handle:
        handle.write(text.encode())
    child, mother, father = SAMPLES
    (args.out / str(CASE["ped"])).write_text(
        f"#family\tperson\tfather\tmother\tsex\tphenotype\nDEMO\t{child}\t{father}\t{mother}\t2\t2\n"
        f"DEMO\t{mother}\t0\t0\t2\t1\nDEMO\t{father}\t0\t0\t1\t1\n"
    )
    (args.out / "case.json").write_text(json.dumps(CASE, indent=1, ensure_ascii=False) + "\n")
    print(f"{len(sites)} records, {len(common)} common variants, {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
