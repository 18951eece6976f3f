"""Words for what each phenotype term adds to a candidate's score."""

from genoai_desktop.analysis.rare_disease.phenotype_score import PhenotypeScorer, PhenotypeScores
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.rare import Contribution
from genoai_desktop.domain.text import later, tr
from genoai_desktop.knowledge.phenotypes import Annotation, hpo_id

CLASS_WORDS = {
    1: later("always"),
    2: later("very often"),
    3: later("often"),
    4: later("occasionally"),
    5: later("very rarely"),
    6: later("never"),
}
STRONG_AGAINST = -0.35


def phenotype_contributions(
    scorer: PhenotypeScorer, scores: PhenotypeScores, disease: int
) -> tuple[Contribution, ...]:
    """One contribution per term, one for the disease's own picture, one for the prior; they add up."""
    known: dict[str, list[Annotation]] = {}
    for annotation in scorer.phenotypes.annotations(disease, scores.terms):
        if not annotation.excluded:
            known.setdefault(annotation.term, []).append(annotation)
    found = [_observed(scorer, scores, row, disease, known) for row in range(len(scores.terms))]
    found += [_excluded(scorer, scores, row, disease) for row in range(len(scores.excluded))]
    share = float(scores.coverage[disease])
    found.append(
        Contribution("phenotype", "", share, tr("How much of the disease's usual picture the patient shows"))
    )
    found.append(
        Contribution("prior", "", float(scores.prior[disease]), tr("Before the patient was looked at"))
    )
    return tuple(found)


def _observed(
    scorer: PhenotypeScorer,
    scores: PhenotypeScores,
    row: int,
    disease: int,
    known: dict[str, list[Annotation]],
) -> Contribution:
    phenotypes = scorer.phenotypes
    term, match = scores.terms[row], int(scores.best_match[row, disease])
    label = phenotypes.names[term]
    value = float(scores.by_term[row, disease])
    identifier = hpo_id(int(phenotypes.numbers[term]))
    direct = known.get(identifier)
    if direct:
        text = tr("{term}: described in this disease{how}", term=label, how=frequency_words(direct))
        return Contribution("phenotype", identifier, value, text, _source(direct))
    if match == term:
        text = tr("{term}: a more particular form is described in this disease", term=label)
    elif match >= 0 and scorer.information[match] >= 1.0:
        text = tr(
            "{term}: resembles “{other}”, which is described", term=label, other=phenotypes.names[match]
        )
    elif any(term in phenotypes.ancestors[other] for other in scores.terms if other != term):
        text = tr("{term}: already said by a more particular term", term=label)
    else:
        text = tr("{term}: nothing like it is described in this disease", term=label)
    return Contribution("phenotype", identifier, value, text)


def _excluded(scorer: PhenotypeScorer, scores: PhenotypeScores, row: int, disease: int) -> Contribution:
    phenotypes = scorer.phenotypes
    term = scores.excluded[row]
    value = float(scores.by_excluded[row, disease])
    label = phenotypes.names[term]
    text = (
        tr("{term}: absent here, though the disease shows it", term=label)
        if value < 0
        else tr("{term}: absent, and not expected", term=label)
    )
    return Contribution("phenotype", hpo_id(int(phenotypes.numbers[term])), value, text)


def frequency_words(annotations: list[Annotation]) -> str:
    """“ in 7 of 12 patients”, “ (often)” or nothing."""
    seen = sum(a.seen or 0 for a in annotations if a.examined)
    examined = sum(a.examined or 0 for a in annotations if a.examined)
    if examined:
        return tr(" in {seen} of {examined} patients", seen=seen, examined=examined)
    classes = [a.frequency_class for a in annotations if a.frequency_class]
    return tr(" ({word})", word=tr(CLASS_WORDS[min(classes)])) if classes else ""


def _source(annotations: list[Annotation]) -> Citation:
    places = sorted({a.reference for a in annotations if a.reference})
    return Citation(annotations[0].source, ", ".join(places[:3]))


def against(contributions: tuple[Contribution, ...]) -> tuple[str, ...]:
    """What speaks against a candidate, the worst first."""
    bad = sorted(
        (c for c in contributions if c.log_odds <= STRONG_AGAINST and c.kind != "prior"),
        key=lambda c: c.log_odds,
    )
    return tuple(c.text for c in bad[:6])
