"""Pharmacogenomics: calls, what could not be excluded, advice, assumptions and limits."""

from reportlab.platypus import Flowable

from genoai_desktop.domain.pgx import Concern, DrugAdvice, GeneCall, MissingPosition
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.page import Heading
from genoai_desktop.report.style import box, bullet, gap, table, text

ORDER = (Concern.AVOID, Concern.ADJUST, Concern.CAUTION, Concern.UNKNOWN, Concern.USUAL)


def concern_words(concern: Concern) -> str:
    """The concern as a reader sees it."""
    return {
        Concern.AVOID: tr("avoid"),
        Concern.ADJUST: tr("adjust"),
        Concern.CAUTION: tr("take care"),
        Concern.USUAL: tr("usual use"),
        Concern.UNKNOWN: tr("not known"),
    }[concern]


def sorted_advice(advice: tuple[DrugAdvice, ...], mine: frozenset[str]) -> list[DrugAdvice]:
    """The patient's own medicines first, then by concern, then by name."""
    return sorted(advice, key=lambda a: (a.drug.lower() not in mine, ORDER.index(a.concern), a.drug.lower()))


def build(result: CaseResult) -> list[Flowable]:
    """The section, empty when the analysis was not run or is withheld."""
    pgx = result.pgx
    if pgx is None:
        return []
    head = (
        tr("Gene"),
        tr("Diplotype"),
        tr("Also possible"),
        tr("Phenotype"),
        tr("Activity"),
        tr("Status"),
        tr("Tested"),
    )
    story: list[Flowable] = [Heading(tr("Medicines (pharmacogenomics)")), Heading(tr("Calls"), "h2", 1)]
    story += [table(head, [_call(call) for call in pgx.calls], (19, 28, 34, 36, 15, 22, 22)), gap(1)]
    story += _missing(pgx.calls)
    mine = frozenset(medicine.name.lower() for medicine in result.case.medicines)
    if pgx.advice:
        story += _advice_table(pgx.advice, mine)
    else:
        story.append(text(tr("No guideline in the bundled data speaks about these calls.")))
    return [*story, gap(1), box([bullet(line) for line in (*_limits(), *pgx.notes)], warning=True)]


def _advice_table(advice: tuple[DrugAdvice, ...], mine: frozenset[str]) -> list[Flowable]:
    head = (
        tr("Medicine"),
        tr("Concern"),
        tr("Because of"),
        tr("What the guideline advises"),
        tr("Source"),
    )
    rows = [_advice(one, mine) for one in sorted_advice(advice, mine)]
    note = tr("* taken or planned. The wording is this program's own; read the guideline itself.")
    return [
        Heading(tr("Advice"), "h2", 1),
        table(head, rows, (24, 16, 34, 66, 34)),
        gap(1),
        text(note, "quiet"),
    ]


def _call(call: GeneCall) -> tuple[str, ...]:
    tested = f"{call.positions_tested}/{call.positions_tested + len(call.positions_missing)}"
    return (
        call.gene,
        call.diplotype or tr("no call"),
        ", ".join(call.alternatives) or tr("none"),
        call.phenotype or tr("indeterminate"),
        call.activity_score or "–",
        call.status.value.replace("_", " "),
        tested,
    )


def _missing(calls: tuple[GeneCall, ...]) -> list[Flowable]:
    rows = [
        (
            call.gene,
            str(len(call.positions_missing)),
            "; ".join(_position(one) for one in call.positions_missing),
        )
        for call in calls
        if call.positions_missing
    ]
    notes = [bullet(f"{call.gene}: {note}") for call in calls for note in call.notes]
    if not rows:
        return [text(tr("Every defining position of the genes above was in the file.")), *notes]
    head = (tr("Gene"), tr("Count"), tr("Positions not seen, with the alleles that could not be excluded"))
    return [Heading(tr("Missing positions"), "h2", 1), table(head, rows, (20, 14, 140)), gap(1), *notes]


def _position(one: MissingPosition) -> str:
    alleles = ", ".join(one.alleles)
    return f"{one.name} ({one.position}): {alleles}" if alleles else f"{one.name} ({one.position})"


def _advice(one: DrugAdvice, mine: frozenset[str]) -> tuple[str, ...]:
    because = "; ".join(
        f"{gene}: {phenotype}" for gene, phenotype in zip(one.genes, one.phenotypes, strict=False)
    )
    dose = tr("Dose factor {factor}.", factor=one.dose_factor) if one.dose_factor else ""
    who = tr("For: {population}.", population=one.population) if one.population else ""
    strength = tr("Strength: {strength}", strength=one.strength) if one.strength else ""
    star = " *" if one.drug.lower() in mine else ""
    return (
        one.drug + star,
        concern_words(one.concern),
        because,
        "\n".join(part for part in (one.implication, one.action, dose, who) if part),
        "\n".join(part for part in (str(one.guideline), strength) if part),
    )


def _limits() -> tuple[str, ...]:
    return (
        tr(
            "Phasing: where the file does not phase a genotype, the diplotype named is the most probable of "
            "those that fit; the others are listed as “also possible”."
        ),
        tr(
            "CYP2D6: copy number, whole-gene deletion and hybrid alleles cannot be seen in small-variant "
            "calls. A CYP2D6 result without a copy-number test can be wrong in either direction."
        ),
        tr("An allele outside the bundled definitions is not looked for; it may read as *1 or reference."),
        tr("Age, organ function and other medicines matter as well, and are not judged here."),
    )
