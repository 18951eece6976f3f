"""What this analysis cannot see, and when to look again."""

from datetime import date

from reportlab.platypus import Flowable

from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.page import Heading
from genoai_desktop.report.style import bullet

_REANALYSIS_YEARS = 1


def reanalysis_date(created: str) -> str:
    """One year after the analysis (ISO 8601 date), empty when ``created`` has no date.

    ACMG advises to plan reanalysis, commonly every one to two years (Deignan 2019, Genet Med 21:1267).
    """
    try:
        day = date.fromisoformat(created[:10])
    except ValueError:
        return ""
    leap_safe = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return leap_safe.replace(year=day.year + _REANALYSIS_YEARS).isoformat()


def _copies(result: CaseResult) -> str:
    """Of CYP2D6, whose copies can be counted where there are reads or depths."""
    calls = result.pgx.calls if result.pgx else ()
    if any(one.gene == "CYP2D6" and one.copy_number is not None for one in calls):
        return tr("CYP2D6 copies were counted as its call says; hybrid genes may still be missed.")
    return tr("CYP2D6 copy number and hybrid genes cannot be determined from this file.")


def build(result: CaseResult) -> list[Flowable]:
    """Limits, reanalysis, recontact."""
    lines = [
        tr("Small variants of the given file alone were analysed; no reads were called anew."),
        tr(
            "Structural variants, copy-number changes and repeat expansions: judged where the file states "
            "them, and not called anew."
        ),
        tr("Mosaic, deep intronic, regulatory and mitochondrial heteroplasmic variants may be missed."),
        *(() if result.failure(Part.PGX) else (_copies(result),)),
        tr("Genes with close copies (pseudogenes) are called less reliably."),
        tr("Variants on different records count as unphased unless the file or the family says otherwise."),
        tr("A negative result does not rule out a genetic cause."),
        tr("A variant of uncertain significance must not be used for decisions about care."),
        tr("Family relations and clinical terms were taken as given."),
    ]
    again = reanalysis_date(result.created)
    if again:
        lines.append(
            tr(
                "Reanalysis: consider it from {date} (Deignan 2019), or earlier when symptoms change.",
                date=again,
            )
        )
    recontact = result.case.consent.allows(Scope.RECONTACT)
    lines.append(
        tr("Recontact: the person agreed to be contacted about changed results.")
        if recontact
        else tr("Recontact: no consent is recorded. Ask before contacting the person about changed results.")
    )
    return [Heading(tr("Limits and follow-up")), *(bullet(line) for line in lines)]
