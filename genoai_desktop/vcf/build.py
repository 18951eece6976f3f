"""Which build a file is on: contig lengths, header texts, positions that only one build has."""

import re

from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.declared import Header
from genoai_desktop.vcf.table import BuildGuess

LENGTHS = {
    Build.GRCH37: (
        *(249250621, 243199373, 198022430, 191154276, 180915260, 171115067, 159138663, 146364022, 141213431),
        *(135534747, 135006516, 133851895, 115169878, 107349540, 102531392, 90354753, 81195210, 78077248),
        *(59128983, 63025520, 48129895, 51304566, 155270560, 59373566, 16569),
    ),
    Build.GRCH38: (
        *(248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636, 138394717),
        *(133797422, 135086622, 133275309, 114364328, 107043718, 101991189, 90338345, 83257441, 80373285),
        *(58617616, 64444167, 46709983, 50818468, 156040895, 57227415, 16569),
    ),
}
"""Bases of chromosomes 1-22, X, Y, MT (Genome Reference Consortium)."""

_TEXTS = {
    Build.GRCH37: re.compile(r"grch37|hg19|hs37|b37|human_g1k_v37|ncbi37|g1k_v37|build37", re.I),
    Build.GRCH38: re.compile(r"grch38|hg38|hs38|b38(?!\d)|ncbi38|build38|gca_000001405\.15", re.I),
}
_OLD = re.compile(r"ncbi ?36|hg18|b36|build ?36|hg17", re.I)


def guess_build(header: Header, highest: dict[str, int], hits: dict[Build, int] | None = None) -> BuildGuess:
    """``highest``: highest position seen per contig; ``hits``: common variants at each build's positions."""
    if (found := _by_length(header)) is not None:
        return found
    if (found := _by_text(header)) is not None:
        return found
    if hits and (found := _by_sites(hits)) is not None:
        return found
    if (found := _by_position(highest)) is not None:
        return found
    return BuildGuess(None, 0.0, tr("Nothing in the file says which build it is on."))


def _by_length(header: Header) -> BuildGuess | None:
    known = {
        build: sum(
            1
            for name, length in header.contigs.items()
            if 1 <= (code := chromosome_code(name)) <= 24 and length == lengths[code - 1]
        )
        for build, lengths in LENGTHS.items()
    }
    stated = sum(1 for name, length in header.contigs.items() if length and 1 <= chromosome_code(name) <= 24)
    best = max(known, key=lambda build: known[build])
    if not known[best]:
        if not stated:
            return None
        text = tr("The contig lengths of the header belong to neither GRCh37 nor GRCh38.")
        return BuildGuess(None, 0.0, text) if stated > 1 else None
    share = known[best] / max(stated, 1)
    text = tr(
        "{count} of {stated} contig lengths in the header are those of {build}.",
        count=known[best],
        stated=stated,
        build=best,
    )
    return BuildGuess(best, round(min(0.999, 0.5 + 0.5 * share), 3), text)


def _by_text(header: Header) -> BuildGuess | None:
    texts = [*header.assemblies.values()]
    for key in (
        "reference",
        "assembly",
        "contig",
        "source_reference",
        "VEP",
        "GATKCommandLine",
        "SnpEffCmd",
        "build",
    ):
        texts += header.other.get(key, [])
    hits = {build: sum(1 for text in texts if pattern.search(text)) for build, pattern in _TEXTS.items()}
    if any(_OLD.search(text) for text in header.assemblies.values()):
        return BuildGuess(None, 0.0, tr("The header names a build older than GRCh37."))
    first, second = hits[Build.GRCH37], hits[Build.GRCH38]
    if bool(first) == bool(second):
        return None
    best = Build.GRCH37 if first else Build.GRCH38
    return BuildGuess(best, 0.9, tr("The header names {build}.", build=best))


def _by_sites(hits: dict[Build, int]) -> BuildGuess | None:
    best = max(hits, key=lambda build: hits[build])
    most, least = hits[best], hits[best.other]
    if most < 5 or most < 5 * least:
        return None
    text = tr(
        "Common variants: {most} at positions of {build}, {least} at those of {other}.",
        most=most,
        build=best,
        least=least,
        other=best.other,
    )
    return BuildGuess(best, 0.99 if most >= 20 else 0.9, text)


def needs_sites(header: Header) -> bool:
    """Whether the header leaves the build open, so that positions have to be looked at."""
    return guess_build(header, {}).build is None


def _by_position(highest: dict[str, int]) -> BuildGuess | None:
    beyond = dict.fromkeys(Build, 0)
    for name, position in highest.items():
        code = chromosome_code(name)
        if 1 <= code <= 24:
            for build, lengths in LENGTHS.items():
                beyond[build] += position > lengths[code - 1]
    if bool(beyond[Build.GRCH37]) == bool(beyond[Build.GRCH38]):
        return None
    best = Build.GRCH38 if beyond[Build.GRCH37] else Build.GRCH37
    text = tr("Positions beyond the end of a chromosome of {other}.", other=best.other)
    return BuildGuess(best, 0.8, text)
