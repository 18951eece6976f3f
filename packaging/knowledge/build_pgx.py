"""Compile allele definitions of the pharmacogenes on both builds.

Sources: the allele definitions that PharmCAT 3.1.1 distributes (CPIC/ClinPGx content, CC0), the variant
positions of PyPGx 0.27 (MIT; both builds, genes that CPIC does not define), UCSC chains. Positions are
1-based; the alleles of a site are written on the plus strand, VCF style.
"""

import csv
import gzip
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from common import OUT, Origin, write_document
from pgx_frequencies import bounds, read_frequencies

ORIGIN = Origin(
    "CPIC/ClinPGx allele definitions (as in PharmCAT 3.1.1); PyPGx 0.27; UCSC hg38ToHg19 chain; frequencies "
    "of variants from gnomAD, ExAC and 1000 Genomes",
    "2025-11-05; PyPGx 0.27.0",
    "CC0 1.0; MIT; UCSC free for all use",
    "packaging/knowledge/build_pgx.py",
    "2",
    description="Named alleles of pharmacogenes: sites on both builds and the states each allele requires",
)
SWAPPED = {"rs1801265", "rs776746", "rs3758581", "rs1135840", "rs16947", "rs1058164"}
SWAPPED_NOT_IN_PYPGX = {"rs1058164": "G"}
"""GRCh37 carries the other common base here; PyPGx lists no such variant."""
IUPAC = {
    "R": "AG", "Y": "CT", "S": "CG", "W": "AT", "K": "GT", "M": "AC",
    "B": "CGT", "D": "AGT", "H": "ACT", "V": "ACG", "N": "ACGT",
}  # fmt: skip
SINGLE = {"CYP2C cluster": "rs12777823"}
"""Variants outside any gene's allele table that a guideline asks for (warfarin in people of African ancestry,
CPIC 2017, doi:10.1002/cpt.668); their place and bases from PharmCAT's list of positions."""
FROM_PYPGX = ("CYP1A2", "CYP2A6", "CYP2C8", "MT-RNR1")
COMPONENT = {"DPYD", "RYR1"}
"""Genes whose guideline goes by functional variants, not by haplotypes."""
STRUCTURAL = {"CYP2D6", "CYP2A6", "CYP2B6", "CYP4F2"}
"""Genes with known deletions, duplications or hybrids that short variants do not show."""

DELETION = {"CYP2A6": "*4", "CYP2D6": "*5"}
"""The whole-gene deletion, which short variants show as homozygosity for the allele on the other strand."""
COMMON = {"CYP2B6": ["*6"]}
"""Alleles so much more common than those that differ at one often missing position that they rank first
among what was not excluded: 516G>T nearly always travels with 785A>G (CPIC CYP2B6 frequency table, Desta
2019, doi:10.1002/cpt.1477). It orders the alternatives; the status stays indeterminate."""

Lift = dict[tuple[str, int], int]


def lift_positions(chain: Path, wanted: set[tuple[str, int]]) -> Lift:
    """GRCh38 to GRCh37 positions (1-based) through the best plus-strand chain; unlifted are left out."""
    by_chromosome: dict[str, list[int]] = defaultdict(list)
    for chromosome, position in wanted:
        by_chromosome[chromosome].append(position)
    lifted: Lift = {}
    with gzip.open(chain, "rt") as handle:
        source = target = 0
        active: list[int] = []
        name = ""
        for line in handle:
            field = line.split()
            if not field or field[0].startswith("#"):
                continue
            if field[0] == "chain":
                name = field[2].removeprefix("chr")
                same = field[7] == field[2] and field[9] == "+" and field[4] == "+"
                source, target = int(field[5]), int(field[10])
                end = int(field[6])
                active = [
                    p for p in by_chromosome.get(name, ())
                    if same and source < p <= end and (name, p) not in lifted
                ]  # fmt: skip
                continue
            if active:
                size = int(field[0])
                for position in active:
                    if source < position <= source + size:
                        lifted[name, position] = position - source + target
                if len(field) == 3:
                    source += size + int(field[1])
                    target += size + int(field[2])
    return lifted


def trim(position: int, ref: str, alt: str) -> tuple[int, str, str]:
    """Shortest form that keeps one shared base for an indel."""
    while len(ref) > 1 and len(alt) > 1 and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while len(ref) > 1 and len(alt) > 1 and ref[0] == alt[0]:
        position, ref, alt = position + 1, ref[1:], alt[1:]
    return position, ref, alt


def placements(position: int, ref: str, alt: str, hgvs: str, counts: dict[str, int]) -> list[list[Any]]:
    """Every equivalent placement of an indel as offset, ref, alt.

    The definition is left-aligned and its HGVS name right-aligned; between the two the reference
    repeats the inserted or deleted sequence, so each placement follows without a reference file.
    """
    start, ref, alt = trim(position, ref, alt)
    found: list[list[Any]] = [[start - position, ref, alt]]
    deletion = len(ref) > len(alt)
    if len(ref) == len(alt) or min(len(ref), len(alt)) != 1:
        return found
    moved = (ref if deletion else alt)[1:]
    size = len(moved)
    last = _last_shift(start, size, hgvs, counts, deletion)
    for shift in range(1, last + 1):
        anchor = moved[(shift - 1) % size]
        turned = "".join(moved[(shift + i) % size] for i in range(size))
        pair = [anchor + turned, anchor] if deletion else [anchor, anchor + turned]
        found.append([start - position + shift, *pair])
    return found


def _last_shift(start: int, size: int, hgvs: str, counts: dict[str, int], deletion: bool) -> int:
    repeat = re.search(r"g\.(\d+)([ACGT]+)\[", hgvs)
    if repeat and counts:
        unit = len(repeat[2])
        end = int(repeat[1]) + counts.get("reference", 0) * unit - 1
        return max(0, end - start - (size if deletion else 0))
    simple = re.search(r"g\.(\d+)(?:_(\d+))?(del|dup|ins)", hgvs)
    if not simple or ";" in hgvs:
        return 0
    first, second = int(simple[1]), int(simple[2] or simple[1])
    if simple[3] == "del":
        return max(0, first - start - 1) if deletion else 0
    return max(0, (second if simple[3] == "dup" else first) - start) if not deletion else 0


def _reference_count(variant: dict[str, Any]) -> dict[str, int]:
    for name, allele in variant["cpicToVcfAlleleMap"].items():
        match = re.fullmatch(r"[ACGT]+\((\d+)\)", name)
        if match and allele == variant["ref"]:
            return {"reference": int(match[1])}
    return {}


def from_pharmcat(path: Path) -> dict[str, Any]:
    """One gene: sites and alleles; states are VCF alleles on the plus strand."""
    with gzip.open(path) as handle:
        raw = json.load(handle)
    sites = []
    for variant in raw["variants"]:
        counts = _reference_count(variant)
        keys = [
            [alt, placements(variant["position"], variant["ref"], alt, variant["chromosomeHgvsName"], counts)]
            for alt in variant["alts"]
            if len(alt) != 1 or len(variant["ref"]) != 1
        ]
        site = {
            "name": variant["rsid"] or variant["chromosomeHgvsName"],
            "pos38": variant["position"],
            "ref38": variant["ref"],
            "alts": sorted(variant["alts"]),
        }
        sites.append(site | ({"indel": keys} if keys else {}))
    hidden = {core["name"] for core in raw["hiddenCoreAlleles"] or ()}
    parents = raw["suballelesMap"] or {}
    alleles, reference = [], ""
    for named in raw["namedAlleles"]:
        requires = {
            str(index): sorted(IUPAC.get(state, "") or [state])
            for index, state in enumerate(named["alleles"])
            if state is not None
        }
        if named["reference"]:
            reference = named["name"]
        if named["name"] not in hidden:
            alleles.append({"name": parents.get(named["name"], named["name"]), "requires": requires})
    return {
        "chromosome": raw["chromosome"].removeprefix("chr").replace("M", "MT"),
        "sites": sites, "alleles": alleles, "reference": reference,
        "release": raw["version"], "source": "CPIC",
    }  # fmt: skip


def from_pypgx(folder: Path, gene: str, variants: list[dict[str, str]]) -> dict[str, Any]:
    """A gene that CPIC does not define, from PyPGx's core variants on GRCh38."""
    with (folder / "allele-table.csv").open() as handle:
        rows = [row for row in csv.DictReader(handle) if row["Gene"] == gene]
    with (folder / "gene-table.csv").open() as handle:
        default = next(r["GRCh38Default"] for r in csv.DictReader(handle) if r["Gene"] == gene)
    used: dict[tuple[int, str], set[str]] = defaultdict(set)
    cores: list[tuple[str, list[tuple[int, str, str]]]] = []
    for row in rows:
        core = [] if row["GRCh38Core"] == "N/A" else [_split(name) for name in row["GRCh38Core"].split(",")]
        if row["SV"] == "TRUE" or (not core and row["StarAllele"] != default):
            continue
        cores.append((row["StarAllele"], core))
        for position, ref, alt in core:
            used[position, ref].add(alt)
    names = {(int(r["GRCh38Position"])): r["rsID"] for r in variants if r["Gene"] == gene}
    sites, index = [], {}
    for number, ((position, ref), alts) in enumerate(sorted(used.items())):
        index[position, ref] = number
        keys = [[a, placements(position, ref, a, "", {})] for a in sorted(alts) if len(a) + len(ref) > 2]
        rsid = names.get(position, "")
        name = rsid if rsid.startswith("rs") else f"g.{position}{ref}>{'/'.join(sorted(alts))}"
        site = {"name": name, "pos38": position, "ref38": ref, "alts": sorted(alts)}
        sites.append(site | ({"indel": keys} if keys else {}))
    alleles = [
        {"name": name, "requires": {str(index[p, r]): [a] for p, r, a in core}}
        if core
        else {"name": name, "requires": {str(i): [s["ref38"]] for i, s in enumerate(sites)}}
        for name, core in cores
    ]
    return {
        "chromosome": "MT" if gene == "MT-RNR1" else _chromosome(rows), "sites": sites,
        "alleles": alleles, "reference": default, "release": "PyPGx 0.27.0", "source": "PyPGx",
    }  # fmt: skip


def single_variant(path: Path, rsid: str) -> dict[str, Any]:
    """A variant by itself as a gene of two alleles, named as CPIC names those of VKORC1."""
    with path.open(encoding="utf-8") as handle:
        row = next(fields for line in handle if (fields := line.split("\t"))[2:3] == [rsid])
    site = {"name": rsid, "pos38": int(row[1]), "ref38": row[3], "alts": [row[4]]}
    names = f"{rsid} reference ({row[3]})", f"{rsid} variant ({row[4]})"
    alleles = [
        {"name": names[0], "requires": {"0": [row[3]]}},
        {"name": names[1], "requires": {"0": [row[4]]}},
    ]
    return {
        "chromosome": row[0].removeprefix("chr"), "sites": [site], "alleles": alleles,
        "reference": names[0], "release": "2017", "source": "CPIC",
    }  # fmt: skip


def _split(name: str) -> tuple[int, str, str]:
    _, position, ref, alt = name.split("-")
    return int(position), ref, alt


def _chromosome(rows: list[dict[str, str]]) -> str:
    return next(row["GRCh38Core"].split("-")[0] for row in rows if row["GRCh38Core"] != "N/A")


def add_grch37(genes: dict[str, dict[str, Any]], variants: list[dict[str, str]], chain: Path) -> None:
    """Positions by the chain; PyPGx's own must agree. Reference bases from PyPGx where it has them."""
    wanted = {(g["chromosome"], s["pos38"]) for g in genes.values() for s in g["sites"]}
    lifted = lift_positions(chain, wanted)
    known = {(r["Chromosome"].replace("M", "MT"), int(r["GRCh38Position"])): r for r in variants}
    swapped = set()
    for gene in genes.values():
        for site in gene["sites"]:
            key = (gene["chromosome"], site["pos38"])
            site["pos37"] = site["pos38"] if key[0] == "MT" else lifted.get(key, 0)
            if site["name"] in SWAPPED_NOT_IN_PYPGX:
                site["ref37"] = SWAPPED_NOT_IN_PYPGX[site["name"]]
                swapped.add(site["name"])
            row = known.get(key)
            if row is None or len(site["ref38"]) > 1 or len(row["GRCh38Allele"]) > 1:
                continue
            if site["pos37"] and int(row["GRCh37Position"]) != site["pos37"]:
                raise ValueError(f"GRCh37 position of {site['name']} differs between the chain and PyPGx")
            site["pos37"] = int(row["GRCh37Position"])
            if row["GRCh37Allele"] != site["ref38"]:
                site["ref37"] = row["GRCh37Allele"]
                swapped.add(site["name"])
    if not swapped >= SWAPPED:
        raise ValueError(f"Not all known swapped reference bases were found: {sorted(SWAPPED - swapped)}")


def definitions(source: Path) -> dict[str, dict[str, Any]]:
    """All genes, sorted."""
    folder = source / "pgx"
    with (folder / "pypgx_0.27" / "variant-table.csv").open() as handle:
        variants = list(csv.DictReader(handle))
    genes = {
        path.name.split("_translation")[0]: from_pharmcat(path)
        for path in sorted((folder / "pharmcat_3.1.1" / "alleles").glob("*_translation.json.gz"))
    }
    genes |= {gene: from_pypgx(folder / "pypgx_0.27", gene, variants) for gene in FROM_PYPGX}
    positions = folder / "pharmcat_3.1.1" / "pharmcat_positions.vcf"
    genes |= {name: single_variant(positions, rsid) for name, rsid in SINGLE.items()}
    add_grch37(genes, variants, source / "liftover" / "hg38ToHg19.over.chain.gz")
    with gzip.open(folder / "pharmcat_3.1.1" / "alleles" / "exemptions.json.gz") as handle:
        exemptions = json.load(handle)
    places = {(g["chromosome"], s["pos38"]) for g in genes.values() for s in g["sites"]}
    common = read_frequencies(source / "frequency" / "merged_common.GRCh38.tsv.gz", places)
    for name, gene in genes.items():
        gene["frequency"] = bounds(gene, common)
        exempt = exemptions.get(name, {})
        ignored = {(site["position"], site["ref"]) for site in exempt.get("ignoredPositions", ())}
        gene["ignored"] = [i for i, s in enumerate(gene["sites"]) if (s["pos38"], s["ref38"]) in ignored]
        dropped = set(exempt.get("ignoredAlleles", ()))
        gene["alleles"] = [a for a in gene["alleles"] if a["name"] not in dropped]
        gene["method"] = "component" if name in COMPONENT else "haplotype"
        gene["deletion"] = DELETION.get(name, "")
        gene["common"] = COMMON.get(name, [])
        gene["structural"] = name in STRUCTURAL
        gene["preferred"] = {
            "|".join(sorted(rule["list"])): rule["pick"]
            for rule in exempt.get("unphasedDiplotypePriorities", ())
        }
    return dict(sorted(genes.items()))


def build(source: Path, out: Path = OUT) -> None:
    """Write ``pgx_definitions``."""
    genes = definitions(source)
    alleles = sum(len(gene["alleles"]) for gene in genes.values())
    write_document("pgx_definitions", genes, alleles, ORIGIN, out)
