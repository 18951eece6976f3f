"""The project's own words for the codes of guideline rows."""

from genoai_desktop.domain.pgx import Concern
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.knowledge.pgx_guidelines import DoseFigure, Recommendation

CONCERNS = {
    "avoid": Concern.AVOID,
    "alternative": Concern.AVOID,
    "reduce": Concern.ADJUST,
    "increase": Concern.ADJUST,
    "calculate": Concern.USUAL,
    "calculate_less": Concern.ADJUST,
    "weigh": Concern.CAUTION,
    "measure": Concern.CAUTION,
    "titrate": Concern.CAUTION,
    "monitor": Concern.CAUTION,
    "then_reduce": Concern.ADJUST,
    "then_increase": Concern.ADJUST,
    "usual": Concern.USUAL,
    "none": Concern.UNKNOWN,
}


_NOT_DOSES = frozenset({"comparison", "frequency", "mentioned"})
"""Figures that a guideline names in passing; the row keeps them, the advice does not show them."""


def _actions() -> dict[str, str]:
    return {
        "avoid": tr("Avoid {drug}."),
        "alternative": tr("Choose an alternative to {drug} where possible."),
        "reduce": tr("Use less {drug} than usual, or start lower."),
        "increase": tr("More {drug} than usual may be needed."),
        "calculate": tr("Calculate the dose of {drug} by an equation that takes the genotype."),
        "calculate_less": tr(
            "Calculate the dose of {drug} by an equation that takes the genotype; "
            "less than usual is to be expected."
        ),
        "weigh": tr("Weigh the chance of a response before starting {drug}."),
        "measure": tr("Measure before or while giving {drug} (drug level or enzyme activity)."),
        "titrate": tr("Start {drug} at the dose below and adjust it by response and drug level."),
        "monitor": tr("Give {drug} with closer monitoring."),
        "then_reduce": tr("Start {drug} as usual; then a slower increase or a lower dose may be needed."),
        "then_increase": tr("Start {drug} as usual; then a higher dose may be needed."),
        "usual": tr("Use {drug} as usual."),
        "none": tr("The guideline makes no recommendation on {drug} for this result."),
    }


def _effects() -> dict[str, str]:
    return {
        "reaction": tr("severe skin or hypersensitivity reaction"),
        "hearing": tr("hearing loss"),
        "hemolysis": tr("breakdown of red blood cells"),
        "hyperthermia": tr("malignant hyperthermia"),
        "bleeding": tr("bleeding"),
        "myelosuppression": tr("bone marrow suppression"),
        "myopathy": tr("muscle damage"),
        "toxicity": tr("side effects"),
        "efficacy_lower": tr("weaker effect"),
        "exposure_higher": tr("higher drug levels"),
        "exposure_lower": tr("lower drug levels"),
        "typical": tr("usual response"),
        "unknown": tr("not well known"),
    }


def _kinds() -> dict[str, str]:
    return {
        "reduce_by": tr("reduce by {value}"),
        "share_of": tr("{value} of the usual dose"),
        "share_of_maximum": tr("{value} of the usual maximum dose"),
        "increase_by": tr("increase by {value}"),
        "times": tr("{value} the usual dose"),
        "divide_by": tr("divide by {value}"),
        "at_most": tr("no more than {value}"),
        "threshold": tr("threshold {value}"),
        "start": tr("dose {value}"),
        "level": tr("drug level {value}"),
        "frequency": tr("frequency {value}"),
        "comparison": tr("comparison {value}"),
        "mentioned": tr("mentioned {value}"),
        "response": tr("a lasting response in about {value}, with peginterferon and ribavirin alone"),
        "figure": tr("{value}"),
    }


def figure_text(figure: DoseFigure) -> str:
    """``reduce by 50 %``."""
    below = figure.text.startswith("<")
    if figure.kind == "at_most" and below:
        return tr("less than {value}", value=figure.text.lstrip("<").strip())
    bound = figure.text.lstrip("≤").strip() if figure.kind == "at_most" else figure.text
    return _kinds()[figure.kind].format(value=bound)


def action_text(row: Recommendation, drug: str) -> str:
    """What to do, with every dose figure that the guideline names for this result."""
    text = _actions()[row.action].format(drug=drug)
    if row.dose_factor:
        lead = tr("If it is used all the same: ") if row.action in ("avoid", "alternative") else ""
        text += " " + lead + tr("{factor} times the usual dose.", factor=row.dose_factor)
    figures = [figure for figure in row.figures if figure.kind not in _NOT_DOSES]
    if figures:
        listed = joined("; ", dict.fromkeys(figure_text(figure) for figure in figures))
        text += " " + tr("Figures in the guideline: {figures}.", figures=listed)
    if row.conditional and figures:
        text += " " + tr("Some hold under conditions that the guideline states.")
    return text


def implication_text(row: Recommendation) -> str:
    """What the result means for the patient on this drug."""
    words = _effects()
    if not row.effects:
        return tr("The guideline states no effect.")
    telling = [code for code in row.effects if code not in ("typical", "unknown")]
    calm = row.effects[0] == "typical" and row.action in ("usual", "none") and len(row.when) == 1
    if calm or not telling:
        return tr("Expected: {effects}.", effects=words[row.effects[0]])
    return tr("Concerns: {effects}.", effects=joined(", ", (words[code] for code in telling)))


def population_text(code: str) -> str:
    """The population of a row in words; codes that need none come back as they are."""
    words = {
        "PHT naive": tr("has not taken phenytoin before"),
        "PHT use >3mos": tr("has taken phenytoin for over three months"),
        "CBZ naive": tr("has not taken carbamazepine before"),
        "CBZ use >3mos": tr("has taken carbamazepine for over three months"),
        "CBZ-no alternatives": tr("has not taken carbamazepine before, and there is no alternative"),
        "OXC naive": tr("has not taken oxcarbazepine before"),
        "OXC use >3 mos": tr("has taken oxcarbazepine for over three months"),
        "CVI ACS PCI": tr("acute coronary syndrome or percutaneous coronary intervention"),
        "CVI non-ACS non-PCI": tr("other heart and vessel disease"),
        "NVI": tr("disease of the brain's vessels"),
        "child >40kg_adult": tr("adults, and children over 40 kg"),
        "pediatrics": tr("children"),
        "adults": tr("adults"),
        "African": tr("people of African ancestry"),
        "not African": tr("people without African ancestry"),
        "phenotyping": tr("genotypes whose activity must be measured"),
    }
    return words.get(code, code)
