"""Positions of common single-base variants on both builds, to tell the build of a file that does not say.

``known_sites.tsv`` (``packaging/knowledge/build_known_sites.py``) holds sixty sites of every autosome from
the bundled 1000 Genomes panel (resources/SOURCES.md). Positions are 1-based; no alleles are needed, as a
file on the wrong build hits next to none of them.
"""

from importlib import resources

from genoai_desktop.domain.genome import Build

_FILE = "known_sites.tsv"


def _read() -> dict[Build, frozenset[tuple[int, int]]]:
    text = resources.files(__package__).joinpath(_FILE).read_text(encoding="utf-8")
    rows = [tuple(map(int, line.split("\t"))) for line in text.splitlines()[1:]]
    old = {(chromosome, position) for chromosome, position, _ in rows}
    new = {(chromosome, position) for chromosome, _, position in rows}
    both = old & new
    return {Build.GRCH37: frozenset(old - both), Build.GRCH38: frozenset(new - both)}


SITES = _read()
"""(chromosome code, position) of every site, per build."""
