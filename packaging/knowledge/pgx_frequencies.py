"""How common the named alleles of pharmacogenes can be at most, from the frequencies of single variants.

No table of star-allele frequencies may be bundled, but an allele is never more common than the rarest state
that it requires: that bound orders diplotypes that fit a genotype equally well. Source: the merged list of
common variants (gnomAD, ExAC, 1000 Genomes; GRCh38). A variant that the list lacks, or lists without a
number, says nothing here (absence is not rarity).
"""

import gzip
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Frequencies = Mapping[tuple[str, int, str, str], float]
"""Chromosome without prefix, position (GRCh38, 1-based), reference and alternate to its frequency."""


def read_frequencies(path: Path, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int, str, str], float]:
    """Global frequencies (the highest of a population where there is no global one) at the wanted positions.

    Empty when the list is not there.
    """
    if not path.is_file():
        return {}
    places, found = set(wanted), {}
    with gzip.open(path, "rt") as handle:
        for line in handle:
            chromosome, position, ref, alt, highest, overall, *_ = line.split("\t")
            if chromosome.startswith("#") or (chromosome, int(position)) not in places:
                continue
            number = overall if overall != "." else highest
            if number != ".":
                found[chromosome, int(position), ref, alt] = float(number)
    return found


def bounds(gene: Mapping[str, Any], known: Frequencies) -> dict[str, float]:
    """Largest possible frequency by allele name, for alleles all of whose variants have a known frequency.

    Where the definition names no state, an allele has that of the reference allele.
    """
    default = next(a["requires"] for a in gene["alleles"] if a["name"] == gene["reference"])
    shares = [_shares(gene["chromosome"], site, known) for site in gene["sites"]]
    found: dict[str, float] = {}
    for allele in gene["alleles"]:
        limits = []
        for index, site in enumerate(shares):
            wanted, usual = _required(allele["requires"], default, str(index)), default.get(str(index), ())
            if site:
                limits.append(sum(site.get(state, 0.0) for state in wanted))
            elif not {*wanted} & {*usual}:
                break
        else:
            name = allele["name"]  # suballeles share a name: the commonest of them counts
            found[name] = max(found.get(name, 0.0), round(min(limits, default=1.0), 6))
    return found


def _required(own: Mapping[str, Any], default: Mapping[str, Any], site: str) -> Iterable[str]:
    required: Iterable[str] = own.get(site) or default.get(site, ())
    return required


def _shares(chromosome: str, site: Mapping[str, Any], known: Frequencies) -> dict[str, float]:
    """Frequency of each state of a site, the reference as the rest; empty when no alternate has a number."""
    place = chromosome, site["pos38"], site["ref38"]
    shares = {alt: known[(*place, alt)] for alt in site["alts"] if (*place, alt) in known}
    return shares | {site["ref38"]: max(0.0, 1 - sum(shares.values()))} if shares else {}
