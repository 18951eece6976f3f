"""What guidelines say about medicines: what needs a decision in a table, the rest by name."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from genoai_desktop.domain.pgx import Concern, DrugAdvice
from genoai_desktop.domain.text import joined, language_in_use, tr
from genoai_desktop.report.names import alphabetical, medicine_said
from genoai_desktop.report.page import Heading
from genoai_desktop.report.pgx_words import pgx_said
from genoai_desktop.report.style import gap, in_original, original, table, text

ORDER = (Concern.AVOID, Concern.ADJUST, Concern.CAUTION, Concern.UNKNOWN, Concern.USUAL)
_ACTIONABLE = frozenset({Concern.AVOID, Concern.ADJUST, Concern.CAUTION})


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


def advice_story(advice: tuple[DrugAdvice, ...], mine: frozenset[str]) -> list[Flowable]:
    """A table of what is actionable or the patient's own (``mine``, lower case), then lists of names."""
    acted = {one.drug for one in advice if one.concern in _ACTIONABLE}
    rows = [
        one for one in sorted_advice(advice, mine) if one.drug.lower() in mine or one.concern in _ACTIONABLE
    ]
    rest = [one for one in advice if one.drug.lower() not in mine and one.concern not in _ACTIONABLE]
    story: list[Flowable] = [Heading(tr("Advice that asks for a decision"), "h2", 1)]
    if rows:
        head = (
            tr("Medicine"),
            tr("Concern"),
            tr("Because of"),
            tr("What the guideline advises"),
            tr("Source"),
        )
        made = [_row(group, rest, mine) for group in _grouped(rows)]
        note = tr(
            "* taken or planned. The wording is this program's own; read the guideline itself. Its web "
            "address is in result.json."
        )
        story += [text(note, "quiet"), table(head, made, (27, 16, 34, 75, 27)), gap(1)]
    else:
        story.append(text(tr("No guideline asks for a change with these calls.")))
    return [*story, *_names([one for one in rest if one.drug not in acted])]


def alert_table(advice: tuple[DrugAdvice, ...], mine: frozenset[str]) -> Flowable | None:
    """Every medicine that needs a decision, the patient's own first; None when there is none."""
    rows = [one for one in sorted_advice(advice, mine) if one.concern in _ACTIONABLE]
    rest = [one for one in advice if one.concern not in _ACTIONABLE]
    if not rows:
        return None
    head = (tr("Medicine"), tr("Alert"), tr("Because of"), tr("What the guideline advises"), tr("Source"))
    return table(head, [_row(group, rest, mine) for group in _grouped(rows)], (27, 16, 34, 75, 27))


def _grouped(rows: Sequence[DrugAdvice]) -> list[list[DrugAdvice]]:
    groups: dict[tuple[object, ...], list[DrugAdvice]] = {}
    for one in rows:
        groups.setdefault(_same(one), []).append(one)
    return list(groups.values())


def _same(one: DrugAdvice) -> tuple[object, ...]:
    """Rows alike in all but the population and the strength are told as one."""
    return (one.drug, one.concern, one.genes, one.phenotypes, one.implication, one.action, one.dose_factor,
            one.guideline)  # fmt: skip


def _row(group: Sequence[DrugAdvice], rest: Sequence[DrugAdvice], mine: frozenset[str]) -> tuple[object, ...]:
    one = group[0]
    because = "\n".join(
        f"{gene}: {_phenotype(phenotype)}" for gene, phenotype in zip(one.genes, one.phenotypes, strict=False)
    )
    untold = one.dose_factor and f"{one.dose_factor} times" not in one.action
    dose = tr("Dose factor {factor}.", factor=one.dose_factor) if untold else ""
    strengths = list(dict.fromkeys(same.strength for same in group if same.strength))
    several = len(strengths) > 1
    everybody = {same.population for same in group} <= {"", "general"}
    who = "; ".join(
        pgx_said(same.population) + (f" ({pgx_said(same.strength)})" if several and same.strength else "")
        for same in group
        if same.population
    )
    people = tr("For: {population}.", population=who) if not everybody else ""
    differing = dict.fromkeys(
        f"{other.guideline.source} ({', '.join(other.genes)}): {concern_words(other.concern)}"
        for other in rest
        if other.drug == one.drug
    )
    other = tr("Differing advice: {others}.", others="; ".join(differing)) if differing else ""
    strength = tr("Strength: {strength}", strength=" / ".join(map(pgx_said, strengths))) if strengths else ""
    star = " *" if one.drug.lower() in mine else ""
    return (
        medicine_said(one.drug, language_in_use()) + star,
        concern_words(one.concern),
        because,
        _told(one, dose, people, other),
        "\n".join(part for part in (_short(one), strength) if part),
    )


def _told(one: DrugAdvice, dose: str, *further: str) -> object:
    """What the guideline says; apart from the rest where it stays English in a document that is not."""
    advice = [part for part in (one.implication, one.action) if part]
    if any(map(in_original, advice)):
        return [*map(original, advice), *(text(part, "cell") for part in (dose, *further) if part)]
    lines = (joined(" ", [*advice, dose] if dose else advice), *further)
    return joined("\n", (part for part in lines if part))


def _phenotype(words: str) -> str:
    """A bare number is an activity score, and says so."""
    if words == "n/a":
        return tr("not determined")
    bare = words.replace(".", "", 1).isdigit()
    return tr("activity score {score}", score=words) if bare else pgx_said(words)


def _short(one: DrugAdvice) -> str:
    """The citation without its web address, which does not break well over lines."""
    return " ".join(word for word in str(one.guideline).split() if "://" not in word)


def _names(rest: Sequence[DrugAdvice]) -> list[Flowable]:
    language = language_in_use()
    usual = {one.drug for one in rest if one.concern is Concern.USUAL}
    unknown = [one for one in rest if one.concern is Concern.UNKNOWN and one.drug not in usual]
    mixed = usual & {one.drug for one in rest if one.concern is Concern.UNKNOWN}
    story: list[Flowable] = []
    if usual:
        named = {medicine_said(drug, language): "†" if drug in mixed else "" for drug in usual}
        names = ", ".join(f"{name}{named[name]}" for name in sorted(named, key=alphabetical))
        note = tr(" † Another guideline, or another gene, gives no recommendation.") if mixed else ""
        story += [
            Heading(tr("Usual use, as far as these genes go"), "h2", 1),
            text(names + ".", "small"),
            text(tr("The wording of each guideline is in result.json.") + note, "quiet"),
        ]
    if unknown:
        story.append(Heading(tr("Looked up, without a recommendation"), "h2", 1))
        groups: dict[tuple[str, tuple[str, ...]], set[str]] = {}
        for one in unknown:
            groups.setdefault((one.implication, _why(one)), set()).add(one.drug)
        by_words: dict[str, list[str]] = {}
        for (words, why), drugs in sorted(groups.items(), key=lambda item: (item[0][1], item[0][0])):
            names = ", ".join(sorted((medicine_said(one, language) for one in drugs), key=alphabetical))
            by_words.setdefault(words, []).append(f"{names} ({', '.join(why)})")
        for words in sorted(by_words):
            story.append(text(f"{words.rstrip('.')} – {'; '.join(by_words[words])}.", "small"))
    return story


def _why(one: DrugAdvice) -> tuple[str, ...]:
    return tuple(
        f"{gene} {_phenotype(phenotype)}" for gene, phenotype in zip(one.genes, one.phenotypes, strict=False)
    )
