"""Screening options by gene and by breast cancer risk: the bundled table, and a clinic's own over it.

A clinic puts ``screening.tsv`` into the data folder. Columns: ``gene`` (or ``breast-risk``), ``sex``
(``female``, ``male``, ``any``), ``horizon`` and ``from`` (for ``breast-risk``: ``5 years`` or ``lifetime``,
and the lowest chance, 0..1), ``option``, ``guideline``, ``dated`` (year, or year-month-day). The rows of a
gene replace the bundled rows of that gene; rows for ``breast-risk`` replace all bundled bands. A gene whose
one row has an empty ``option`` has none.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.text import tr

FILE: Final = "screening.tsv"
BREAST: Final = "breast-risk"
COLUMNS: Final = ("gene", "sex", "horizon", "from", "option", "guideline", "dated")
SEXES: Final = ("female", "male", "any")
HORIZONS: Final = ("5 years", "lifetime")
LONGEST: Final = 400
EARLIEST: Final = 1990
_GENE = re.compile(r"[A-Z][A-Za-z0-9-]{0,15}")
_DATED = re.compile(r"(\d{4})(-(\d{2})-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class ScreeningOption:
    """Something to talk about, never an order. ``sex``: ``female``, ``male`` or ``any``.

    ``local``: the clinic's own, not the bundle's.
    """

    sex: str
    option: str
    source: Citation
    local: bool = False


@dataclass(frozen=True, slots=True)
class RiskBand:
    """Options from a chance of breast cancer upwards (0..1) within ``5 years`` or ``lifetime``."""

    horizon: str
    lowest: float
    option: ScreeningOption


@dataclass(frozen=True, slots=True)
class Screening:
    """All options: by gene, and by band."""

    genes: Mapping[str, tuple[ScreeningOption, ...]]
    bands: tuple[RiskBand, ...]


def bundled(document: Mapping[str, Any]) -> Screening:
    """The table of the bundle."""
    genes = {
        gene: tuple(ScreeningOption(row["sex"], row["option"], _citation(row)) for row in rows)
        for gene, rows in document["genes"].items()
    }
    bands = tuple(
        RiskBand(row["horizon"], row["from"], ScreeningOption("female", row["option"], _citation(row)))
        for row in document["breast_bands"]
    )
    return Screening(genes, bands)


def _citation(row: Mapping[str, Any]) -> Citation:
    return Citation(row["source"][0], version=row["source"][1])


def with_clinic(base: Screening, path: Path) -> Screening:
    """The table with the clinic's file over it; unchanged where there is no file.

    Raises:
        UserError: a row that cannot be; names file, line and field.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return base
    except (OSError, UnicodeDecodeError) as error:
        raise _refuse(path, None, "", tr("The clinic's table cannot be read.")) from error
    reader = csv.DictReader(io.StringIO(text), delimiter="\t")
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise _refuse(path, 1, ", ".join(missing), tr("A column is missing."))
    genes: dict[str, list[ScreeningOption]] = {}
    bands: list[RiskBand] = []
    for number, row in enumerate(reader, start=2):
        cells = {name: (row[name] or "").strip() for name in COLUMNS}
        if not any(cells.values()):
            continue
        option = _option(path, number, cells)
        if cells["gene"] == BREAST:
            bands.append(RiskBand(*_band(path, number, cells), option))
        elif not _GENE.fullmatch(cells["gene"]):
            raise _refuse(path, number, "gene", tr("This is not a gene symbol."))
        else:
            genes.setdefault(cells["gene"], []).extend([option] if option.option else [])
    own = {gene: tuple(options) for gene, options in genes.items()}
    return Screening({**base.genes, **own}, tuple(bands) if bands else base.bands)


def _option(path: Path, number: int, cells: Mapping[str, str]) -> ScreeningOption:
    if cells["sex"] not in SEXES:
        raise _refuse(path, number, "sex", tr("The sex must be female, male or any."))
    if len(cells["option"]) > LONGEST:
        raise _refuse(path, number, "option", tr("The text is longer than {n} characters.", n=LONGEST))
    if cells["option"] and not cells["guideline"]:
        raise _refuse(path, number, "guideline", tr("Name the guideline or who decided this."))
    if cells["option"] or cells["dated"]:
        _check_date(path, number, cells["dated"])
    return ScreeningOption(
        cells["sex"], cells["option"], Citation(cells["guideline"], version=cells["dated"]), True
    )


def _check_date(path: Path, number: int, text: str) -> None:
    found = _DATED.fullmatch(text)
    try:
        if not found:
            raise ValueError(text)
        day = date.fromisoformat(text) if found[2] else date(int(text), 1, 1)
        if not EARLIEST <= day.year <= date.today().year:
            raise ValueError(text)
    except ValueError:
        raise _refuse(path, number, "dated", tr("A past year or a date like 2024-05-31 is needed.")) from None


def _band(path: Path, number: int, cells: Mapping[str, str]) -> tuple[str, float]:
    if cells["horizon"] not in HORIZONS:
        raise _refuse(path, number, "horizon", tr("The horizon must be 5 years or lifetime."))
    try:
        lowest = float(cells["from"])
    except ValueError:
        lowest = -1.0
    if not 0 <= lowest <= 1:
        raise _refuse(path, number, "from", tr("A chance from 0 to 1 is needed."))
    return cells["horizon"], lowest


def as_tsv(screening: Screening) -> str:
    """The table as a clinic would edit it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    for gene, options in sorted(screening.genes.items()):
        writer.writerows(_row(gene, "", "", options))
    for band in screening.bands:
        writer.writerows(_row(BREAST, band.horizon, f"{band.lowest:g}", (band.option,)))
    return out.getvalue()


def _row(
    gene: str, horizon: str, lowest: str, options: Iterable[ScreeningOption]
) -> Iterable[tuple[str, ...]]:
    for one in options:
        yield gene, one.sex, horizon, lowest, one.option, one.source.source, one.source.version


def _refuse(path: Path, number: int | None, field: str, what: str) -> UserError:
    return UserError(
        what,
        where=file_where(path, number, field),
        remedy=tr("Correct the clinic's screening table in the data folder, or take it away."),
        code="screening.table",
    )
