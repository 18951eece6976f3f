"""What several sections share."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from reportlab.platypus import Flowable

from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.numbers import Figure, written
from genoai_desktop.domain.provenance import Coverage
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import language_in_use, tr
from genoai_desktop.domain.variant import FrequencyKind, ReportedVariant
from genoai_desktop.domain.vocabulary import term
from genoai_desktop.report.page import Heading
from genoai_desktop.report.style import box, gap, text

CANDIDATES_SHOWN = 20
"""Candidates that a bundle for exchange names."""
CANDIDATES_IN_FULL, CANDIDATES_NAMED = 10, 30
"""Of the report: rows of the table, and the last rank that has a line of its own."""


def word(value: str) -> str:
    """A word of a fixed vocabulary in the document's language; English stays as the result has it."""
    if language_in_use() == "en":
        return value
    return _words(language_in_use()).get(value.lower().replace("_", " ")) or term(value)


@lru_cache(maxsize=4)
def _words(_language: str) -> dict[str, str]:
    return {
        "secondary": tr("secondary"),
        "carrier": tr("carrier status"),
        "primary": tr("primary"),
        "pgx": tr("medicines"),
        "polygenic": tr("polygenic"),
        "autosomal dominant": tr("autosomal dominant"),
        "autosomal recessive": tr("autosomal recessive"),
        "x-linked": tr("X-linked"),
        "x-linked recessive": tr("X-linked recessive"),
        "x-linked dominant": tr("X-linked dominant"),
        "mitochondrial": tr("mitochondrial"),
        "called": tr("called"),
        "ambiguous": tr("ambiguous"),
        "indeterminate": tr("indeterminate"),
        "not covered": tr("not covered"),
        "reference": tr("reference genome"),
        "file": tr("file"),
        "proteins": tr("bundled proteins"),
        "structure": tr("transcript structure"),
        "error": tr("problem"),
        "warning": tr("look at this"),
        "info": tr("note"),
    }


def case_variants(result: CaseResult) -> tuple[ReportedVariant, ...]:
    """Every variant that a shown candidate or a finding names, each once, in order of first mention."""
    found: dict[tuple[object, str, str], ReportedVariant] = {}
    for variant in _mentioned(result):
        found.setdefault((variant.key, variant.gene, variant.transcript), variant)
    return tuple(found.values())


def _mentioned(result: CaseResult) -> Iterable[ReportedVariant]:
    for candidate in result.rare.candidates[:CANDIDATES_NAMED] if result.rare else ():
        yield from candidate.variants
    for finding in result.risk.findings if result.risk else ():
        yield from finding.variants


def frequency_words(variant: ReportedVariant) -> str:
    """A number, a bare listing or absence, told apart."""
    frequency = variant.frequency
    if frequency.kind is FrequencyKind.MEASURED and frequency.highest is not None:
        return tr(
            "highest {value} ({source})", value=percent(frequency.highest), source=frequency.source or "?"
        )
    if frequency.kind is FrequencyKind.LISTED:
        return tr("listed without a number ({source})", source=frequency.source or "?")
    return tr("not in the population data searched")


def signed(value: float, digits: int = 2) -> str:
    """A number with its sign, a minus as long as the plus."""
    return Figure.of(f"{value:+.{digits}f}".replace("-", "−"))


def moment(stamp: str) -> str:
    """An ISO 8601 time to the minute, with its offset from UTC: ``2026-11-30 03:49 UTC``; else unchanged."""
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    if len(stamp) <= 10:
        return stamp
    zone = found.strftime("%z")
    said = "" if not zone else " UTC" if not found.utcoffset() else f" UTC{zone[:3]}:{zone[3:5]}"
    return f"{found:%Y-%m-%d %H:%M}{said}"


def percent(value: float) -> str:
    """0..1 as a percentage with sensible digits: ``12 %``, ``0.4 %``, ``0.0021 %``."""
    shown = value * 100
    if shown == 0:
        return "0 %"
    if shown >= 10:
        return Figure.of(f"{shown:.0f} %")
    return Figure.of(f"{shown:.2g} %" if shown >= 0.0001 else "<0.0001 %")


def variant_name(variant: ReportedVariant) -> str:
    """Gene with its c. and p. names, else the genomic one."""
    names = [variant.hgvs_c or variant.hgvs_g or str(variant.key), variant.hgvs_p]
    return " ".join(part for part in (variant.gene, *names) if part)


def several(names: Sequence[str], most: int = 4) -> list[str]:
    """The first names, and how many more the table of variants holds."""
    if len(names) <= most:
        return list(names)
    return [*names[:most], tr("and {count} more, see Variants", count=len(names) - most)]


def coverage_rows(lines: Iterable[Coverage]) -> list[tuple[str, str, str, str]]:
    """Rows of a tested / not tested table."""
    return [
        (
            line.subject,
            tr("{count} {unit}", count=written(line.tested), unit=line.unit),
            tr("{count} {unit}", count=written(line.missing), unit=line.unit),
            "\n".join(part for part in (line.note, _items(line.missing_items)) if part),
        )
        for line in lines
    ]


def first_of(names: Sequence[str], most: int, separator: str = ", ") -> str:
    """The first names and how many more there are."""
    more = tr(" and {n} more", n=len(names) - most) if len(names) > most else ""
    return separator.join(names[:most]) + more


def _items(items: tuple[str, ...], most: int = 12) -> str:
    if not items:
        return ""
    more = tr(" and {count} more (in result.json)", count=len(items) - most) if len(items) > most else ""
    return tr("Missing: {items}", items=", ".join(items[:most])) + more


def failed_section(result: CaseResult, title: str, *parts: Part) -> list[Flowable]:
    """In place of a section whose analysis failed: that nothing can be said. Empty where none did."""
    failed = result.failure(*parts)
    if failed is None:
        return []
    return [Heading(title), box([text(failed.words)], warning=True), gap(1)]


COVERAGE_WIDTHS = (30, 18, 18, 52)


def coverage_head() -> tuple[str, str, str, str]:
    """The head of that table."""
    return tr("Subject"), tr("Tested"), tr("Not tested or not callable"), tr("What that means")
