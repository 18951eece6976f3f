"""Pharmacogenomics: advice, calls, what could not be excluded, assumptions and limits."""

from reportlab.platypus import Flowable

from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.numbers import Figure
from genoai_desktop.domain.pgx import GeneCall, MissingPosition, PgxResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.medicine_names import listed_as
from genoai_desktop.report.page import Heading
from genoai_desktop.report.pgx_words import pgx_said
from genoai_desktop.report.sections.advice import advice_story
from genoai_desktop.report.sections.common import failed_section, first_of, word
from genoai_desktop.report.sections.medicine_facts import (
    by_genotype,
    caution_story,
    conversion_story,
    copies_story,
    dose_story,
    patient_story,
    possible_story,
)
from genoai_desktop.report.style import box, bullet, gap, table, text

_ALTERNATIVES, _POSITIONS = 3, 5


def build(result: CaseResult) -> list[Flowable]:
    """The section; it says so when the analysis failed, and is empty when it was not run or is withheld."""
    pgx = result.pgx
    if pgx is None:
        return failed_section(result, tr("Medicines (pharmacogenomics)"), Part.PGX)
    mine = listed_as(*(medicine.name for medicine in result.case.medicines))
    story: list[Flowable] = [Heading(tr("Medicines (pharmacogenomics)"))]
    story += patient_story(result.case)
    story += conversion_story(pgx.conversions)
    if pgx.advice:
        story += advice_story(pgx.advice, mine)
    else:
        story.append(text(tr("No guideline in the bundled data speaks about these calls.")))
    story += caution_story(pgx.cautions, mine)
    story += dose_story(pgx.doses)
    story += _calls(by_genotype(pgx))
    story += copies_story(pgx.calls)
    story += possible_story(pgx.calls)
    story += _missing(pgx.calls)
    told = tuple(f"{one.gene}: {one.before}" for one in pgx.conversions)
    notes = [note for note in pgx.notes if not told or not note.startswith(told)]
    limits = [bullet(line, "finebullet") for line in (*_limits(pgx), pgx.review, *notes) if line]
    return [*story, gap(1), box(limits, warning=True)]


def _calls(calls: tuple[GeneCall, ...]) -> list[Flowable]:
    head = (
        tr("Gene"),
        tr("Diplotype"),
        tr("Also possible"),
        tr("Phenotype"),
        tr("Activity"),
        tr("Status"),
        tr("Tested"),
    )
    widths = (17, 43, 32, 40, 15, 22, 16)
    note = tr(
        "By genotype alone. Tested: defining positions seen of all. Every alternative is in result.json."
    )
    return [
        Heading(tr("Gene calls"), "h2", 1),
        text(note, "quiet"),
        table(head, [_call(call) for call in calls], widths),
        gap(1),
    ]


def _call(call: GeneCall) -> tuple[str, ...]:
    tested = f"{call.positions_tested}/{call.positions_tested + len(call.positions_missing)}"
    return (
        call.gene,
        call.diplotype.replace("/", "/ ") if len(call.diplotype) > 40 else call.diplotype or tr("no call"),
        first_of(call.alternatives, _ALTERNATIVES) or tr("none"),
        pgx_said(call.phenotype) or tr("indeterminate"),
        Figure.of(call.activity_score) if call.activity_score else "–",
        word(call.status.value.replace("_", " ")),
        tested,
    )


def _missing(calls: tuple[GeneCall, ...]) -> list[Flowable]:
    rows = [
        (
            call.gene,
            str(len(call.positions_missing)),
            first_of([_position(one) for one in call.positions_missing], _POSITIONS, "; "),
        )
        for call in calls
        if call.positions_missing
    ]
    notes = [bullet(line, "finebullet") for line in _notes(calls)]
    if not rows:
        return [text(tr("Every defining position of the genes above was in the file.")), *notes]
    head = (tr("Gene"), tr("Count"), tr("Positions not seen, with the alleles that could not be excluded"))
    return [
        Heading(tr("Missing positions"), "h2", 1),
        text(tr("At most {n} of each gene are named here; all are in result.json.", n=_POSITIONS), "quiet"),
        table(head, rows, (18, 12, 148)),
        gap(1),
        *notes,
    ]


def _notes(calls: tuple[GeneCall, ...]) -> list[str]:
    """Each note once, after the genes it is about."""
    genes: dict[str, list[str]] = {}
    for call in calls:
        for note in call.notes:
            genes.setdefault(note, []).append(call.gene)
    return [f"{', '.join(dict.fromkeys(names))}: {note}" for note, names in genes.items()]


def _position(one: MissingPosition) -> str:
    where = f"{one.name} ({one.position})" if one.position > 0 else one.name
    return f"{where}: {', '.join(one.alleles)}" if one.alleles else where


def _limits(pgx: PgxResult) -> tuple[str, ...]:
    counted = any(call.gene == "CYP2D6" and _counted(call) for call in pgx.calls)
    return (
        tr(
            "Phasing: where the file does not phase a genotype, the diplotype named is the most probable of "
            "those that fit; the others are listed as “also possible”."
        ),
        tr(
            "CYP2D6: the copies were counted; hybrids that leave the depth as it is, and alleles on a "
            "further copy, can still be missed."
        )
        if counted
        else tr(
            "CYP2D6: copy number, whole-gene deletion and hybrid alleles cannot be seen in small-variant "
            "calls. A CYP2D6 result without a copy-number test can be wrong in either direction."
        ),
        tr("An allele outside the bundled definitions is not looked for; it may read as *1 or reference."),
        tr("Age, organ function and other medicines are judged only as far as they are stated above."),
    )


def _counted(call: GeneCall) -> bool:
    return call.copy_number is not None and call.copy_number.copies is not None
