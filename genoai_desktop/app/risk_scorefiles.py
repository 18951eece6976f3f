"""Read scoring files: PGS Catalog (harmonised or not), CanRisk ``.prs``, plain ``chr:pos allele weight``."""

import gzip
import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from genoai_desktop.analysis.risk import table_scores
from genoai_desktop.analysis.risk.score import Reference, Score, Site
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.risk import RiskTables

_BUILDS = {
    "grch37": Build.GRCH37,
    "hg19": Build.GRCH37,
    "ncbi37": Build.GRCH37,
    "grch38": Build.GRCH38,
    "hg38": Build.GRCH38,
}


@dataclass(frozen=True, slots=True)
class _Place:
    build: Build | None
    chrom: str
    pos: str


def read_score(path: Path, build: Build | None, population: str = "Pop") -> Score:
    """Read a scoring file for genotypes on ``build`` (None: not known).

    A PGS Catalog file gives positions on up to two builds: the one that fits is taken. ``population``
    chooses the column of a CanRisk file with several references.

    Raises:
        UserError: a file of no known form, or a value that cannot be; names line and field.
    """
    lines = _lines(path)
    if any(line.startswith("Chromosome,") for line in lines[:40]):
        return _canrisk(path, lines, population)
    if any("effect_allele" in line for line in lines[:200] if not line.startswith("#")):
        return _catalog(path, lines, build)
    return _plain(path, lines, build)


def bundled_score(name: str, tables: RiskTables, build: Build, population: str = "all") -> Score:
    """One of the bundled scores on ``build``, with the published reference of a population."""
    found = tables.score_reference(name, population)
    reference = Reference(found.mean, found.sd, f"CanRisk {name} ({found.population})") if found else None
    return replace(table_scores.bundled_score(name, tables, build), reference=reference)


def _lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
        text = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        lines = text.decode("utf-8-sig").splitlines()
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise _refuse(path, None, "", tr("The scoring file cannot be read.")) from error
    if not any(line.strip() for line in lines):
        raise _refuse(path, None, "", tr("The scoring file is empty."))
    return lines


def _canrisk(path: Path, lines: Sequence[str], population: str) -> Score:
    start = next(i for i, line in enumerate(lines) if line.startswith("Chromosome,"))
    sites = []
    body = [(i, line) for i, line in enumerate(lines[start:], start=start + 1) if line.strip()]
    for number, row in _rows(path, body, ","):
        frequency = row.get(f"eaf_{population.lower()}") or row.get("Effect_Allele_Frequency")
        reference = _allele(path, number, row, "Reference_Allele")
        sites.append(
            Site(
                _chrom(path, number, "Chromosome", row.get("Chromosome") or ""),
                _integer(path, number, "Position", row.get("Position") or ""),
                _allele(path, number, row, "Effect_Allele"),
                reference,
                _float(path, number, "Log_Odds_Ratio", row.get("Log_Odds_Ratio") or ""),
                _float(path, number, "Effect_Allele_Frequency", frequency) if frequency else None,
                ref=reference,
            )
        )
    distribution = _canrisk_reference(path, lines[:start], population)
    return Score(path.name, Build.GRCH37, tuple(sites), 0, distribution)


def _rows(
    path: Path, body: Sequence[tuple[int, str]], separator: str
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line after the header with its number; fields that a line lacks are empty."""
    names = [name.strip() for name in body[0][1].split(separator)]
    for number, line in body[1:]:
        fields = line.split(separator)
        if len(fields) > len(names):
            raise _refuse(path, number, names[-1], tr("The line has more fields than the header."))
        yield number, dict(zip(names, fields + [""] * (len(names) - len(fields)), strict=True))


def _allele(path: Path, number: int, row: Mapping[str, str], field: str) -> str:
    allele = (row.get(field) or "").strip().upper()
    if not allele:
        raise _refuse(path, number, field, tr("An allele is needed here."))
    return allele


def _canrisk_reference(path: Path, head: Sequence[str], population: str) -> Reference | None:
    single: dict[str, float] = {}
    names: list[str] = []
    for number, line in enumerate(head, start=1):
        key, _, value = line.partition(" = ")
        if value:
            single[key.strip()] = _float(path, number, key.strip(), value)
            continue
        values, _, label = line.partition("#")
        if line.startswith("#Pop"):
            names = [name.strip() for name in line.split("#")[1].split(",")]
        elif label.strip() in ("mean", "sd"):
            chosen = names.index(population) if population in names else 0
            stated = [*values.split(","), *[""] * chosen][chosen]
            single[label.strip()] = _float(path, number, label.strip(), stated)
    if "mean" not in single or not single.get("sd"):
        return None
    label = f"CanRisk {path.stem}" + (f" ({population})" if population in names else "")
    return Reference(single["mean"], single["sd"], label)


def _catalog(path: Path, lines: Sequence[str], build: Build | None) -> Score:
    head = dict(line.lstrip("#").split("=", 1) for line in lines if line.startswith("#") and "=" in line)
    body = [(i, line) for i, line in enumerate(lines, start=1) if line.strip() and not line.startswith("#")]
    own, harmonised = _named(head.get("genome_build")), _named(head.get("HmPOS_build"))
    chosen = own if build is None else build
    sites, unplaced = [], 0
    for number, row in _rows(path, body, "\t"):
        place = _place(row, (own, "chr_name", "chr_position"), (harmonised, "hm_chr", "hm_pos"), chosen)
        code = chromosome_code(place.chrom) if place else 0
        if place is None or not code:
            unplaced += 1
            continue
        other = row.get("other_allele") or row.get("reference_allele") or row.get("hm_inferOtherAllele") or ""
        sites.append(
            Site(
                code,
                _integer(path, number, "position", place.pos),
                _allele(path, number, row, "effect_allele"),
                other.upper() if "/" not in other else "",
                _float(path, number, "effect_weight", row.get("effect_weight") or ""),
                _optional(row.get("allelefrequency_effect") or row.get("allelefrequency_effect_European")),
            )
        )
    placed = chosen if chosen in (own, harmonised) else harmonised if unplaced < len(body) - 1 else None
    return Score(head.get("pgs_id", path.name), placed, tuple(sites), unplaced)


def _place(
    row: Mapping[str, str],
    own: tuple[Build | None, str, str],
    hm: tuple[Build | None, str, str],
    build: Build | None,
) -> _Place | None:
    """The columns on the wanted build; where none is on it, nothing (positions are never guessed)."""
    for named, chrom, pos in (hm, own):
        fits = build is None or named is build
        if fits and row.get(chrom) and row.get(pos):
            return _Place(named, row[chrom], row[pos])
    return None


def _named(name: str | None) -> Build | None:
    return _BUILDS.get((name or "").lower())


def _plain(path: Path, lines: Sequence[str], build: Build | None) -> Score:
    sites, unplaced = [], 0
    for number, line in enumerate(lines, start=1):
        fields = line.split()
        if not fields or line.startswith("#"):
            continue
        if len(fields) < 3 or ":" not in fields[0]:
            if number == 1:
                continue  # a header line
            raise _refuse(
                path, number, "chr:pos allele weight", tr("This line is not “chr:pos allele weight”.")
            )
        chrom, pos, *_ = fields[0].split(":")
        code = chromosome_code(chrom)
        weight = _float(path, number, "weight", fields[2])
        if not code:  # an unplaced contig: nothing to match it with
            unplaced += 1
            continue
        sites.append(Site(code, _integer(path, number, "pos", pos), fields[1].upper(), "", weight))
    return Score(path.name, build, tuple(sites), unplaced)


def _chrom(path: Path, number: int, field: str, text: str) -> int:
    code = chromosome_code(text)
    if not code:
        raise _refuse(path, number, field, tr("This chromosome is not known."))
    return code


def _integer(path: Path, number: int, field: str, text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise _refuse(path, number, field, tr("A position must be a whole number above 0."))
    return int(text)


def _float(path: Path, number: int, field: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise _refuse(path, number, field, tr("A number is needed here.")) from None
    if not math.isfinite(value):
        raise _refuse(path, number, field, tr("A number is needed here."))
    return value


def _optional(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def _refuse(path: Path, number: int | None, field: str, what: str) -> UserError:
    remedy = tr("Use a PGS Catalog, CanRisk or “chr:pos allele weight” scoring file.")
    return UserError(what, where=file_where(path, number, field), remedy=remedy, code="score.format")
