"""Breast and ovarian cancer figures of one woman: Gail, Claus, BRCA1/2 in the family, and all together."""

from collections.abc import Callable, Iterator

from genoai_desktop.analysis.risk.brca import (
    OLDEST as CURVE_END,
)
from genoai_desktop.analysis.risk.brca import (
    BrcaCurves,
    BrcaPerson,
    BrcaResult,
    brca_model,
    cancer_risk,
)
from genoai_desktop.analysis.risk.breast_asked import (
    Asked,
    BreastOutcome,
    gail_profile,
    not_for_carriers,
    options_from,
)
from genoai_desktop.analysis.risk.breast_combined import combined
from genoai_desktop.analysis.risk.breast_family import (
    BreastHistory,
    brca_people,
    breast_history,
    claus_family,
)
from genoai_desktop.analysis.risk.claus import OLDEST as CLAUS_END
from genoai_desktop.analysis.risk.claus import YOUNGEST, claus_risk
from genoai_desktop.analysis.risk.curves import claus_curve, family_curve
from genoai_desktop.analysis.risk.figures import population_breast_risk
from genoai_desktop.analysis.risk.gail import gail_risk
from genoai_desktop.analysis.risk.say import said
from genoai_desktop.domain.breast import BreastFactors
from genoai_desktop.domain.case import Case, Scope, Sex
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import Family
from genoai_desktop.domain.family_case import family_of
from genoai_desktop.domain.provenance import Citation, Coverage
from genoai_desktop.domain.risk import (
    PolygenicScore,
    RelativeChance,
    RiskFigure,
    RiskFinding,
)
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.risk import RiskTables

GAIL_YEARS = 5
GAIL_FROM = 35
LIFETIME = 90


def asks_family(case: Case) -> bool:
    """Whether the case has answers or diagnoses that a family-history model would use."""
    return case.breast is not None or breast_history(family_of(case), case.proband).any


def breast_outcome(
    case: Case,
    tables: RiskTables,
    findings: tuple[RiskFinding, ...] = (),
    polygenic: tuple[PolygenicScore, ...] = (),
) -> BreastOutcome:
    """Every breast cancer model that the case has answers for; nothing where none has.

    ``findings`` and ``polygenic`` are those that consent covers: a figure that uses them names the scope.
    Input that a model refuses becomes a note with the field's name, never a guess.
    """
    outcome = BreastOutcome()
    family = family_of(case)
    history = breast_history(family, case.proband)
    if not asks_family(case):
        return outcome
    asked = Asked(case, family, history, tables, findings, polygenic)
    for title, step in _steps():
        try:
            step(asked, outcome)
        except UserError as error:
            outcome.notes.append(tr("{model}: not calculated, {what}.", model=title, what=error.what))
    outcome.notes += _not_asked(asked)
    outcome.coverage.append(_coverage(family, history))
    return outcome


def _steps() -> tuple[tuple[str, Callable[[Asked, BreastOutcome], None]], ...]:
    return (
        (tr("BRCA1 and BRCA2 in the family"), _family_model),
        (tr("Claus tables"), _claus),
        (tr("Gail model"), _gail),
        (tr("All parts together"), combined),
    )


def _not_asked(asked: Asked) -> Iterator[str]:
    """Why models were not run; a carrier by a secondary finding is told with that figure alone."""
    if asked.stated_carrier:
        yield not_for_carriers()
    if asked.case.breast is None:
        return
    if asked.case.index.sex is not Sex.FEMALE:
        yield tr("The Gail model, the Claus tables and the combined figure are for women.")
    elif not asked.healthy_woman():
        yield tr("The Gail model, the Claus tables and the combined figure are for women who have not had "
                 "breast cancer.")  # fmt: skip
    elif asked.age is None:
        yield tr("The Gail model and the combined figure need the age.")


def _family_model(asked: Asked, outcome: BreastOutcome) -> None:
    people = brca_people(asked.family, asked.history)
    if not asked.history.any and not any(one.tests for one in people):
        return
    ashkenazi = any(member.ashkenazi for member in asked.family.members)
    result = brca_model(people, asked.tables, ashkenazi=ashkenazi)
    source = Citation("Kuchenbaecker 2017, JAMA 317:2402; BRCAPRO frequencies (Parmigiani 1998)")
    outcome.relatives += _carriers(people, result)
    me = next((one for one in people if one.id == asked.case.proband), None)
    if me is None or me.sex is not Sex.FEMALE or me.age is None or not 0 <= me.age < CURVE_END:
        return
    curves = BrcaCurves(asked.tables)
    for organ, name in (("breast", tr("breast cancer")), ("ovarian", tr("ovarian cancer"))):
        if asked.history.of(me.id, organ) is not None:
            continue
        title = tr("Chance of {cancer} from BRCA1 and BRCA2 in this family", cancer=name)

        def ahead(until: float, organ: str = organ) -> float:
            return cancer_risk(me, result, asked.tables, organ, until)

        def general(until: float, organ: str = organ) -> float:
            now = curves.cumulative(None, organ, me.age or 0.0)
            return (curves.cumulative(None, organ, until) - now) / (1 - now)

        figure = RiskFigure(
            title=title,
            value=ahead(CURVE_END),
            low=None,
            high=None,
            baseline=general(CURVE_END),
            baseline_label=tr("women of this age in general"),
            horizon=tr("from age {age:.0f} to {until}", age=me.age, until=CURVE_END),
            source=source,
            caveats=(
                tr("Counts the chance of a BRCA1 or BRCA2 variant alone: other genes are not in it."),
                tr("Without competing causes of death; preventive surgery is not counted in."),
            ),
            scope=Scope.PRIMARY.value,
            model="brca-family",
        )
        outcome.figures.append(said(figure, tr("women in her situation"), tr("get {cancer}", cancer=name)))
        outcome.curves.append(family_curve(title, me.age, ahead, general, source))


def _carriers(people: list[BrcaPerson], result: BrcaResult) -> Iterator[RelativeChance]:
    for one in people:
        for gene, chances in (("BRCA1", result.brca1), ("BRCA2", result.brca2)):
            text = tr(
                "Carries a disease-causing {gene} variant with {percent:.1f} %, from the family history.",
                percent=chances[one.id] * 100,
                gene=gene,
            )
            yield RelativeChance(one.id, gene, chances[one.id], None, Scope.PRIMARY.value, text)


def _claus(asked: Asked, outcome: BreastOutcome) -> None:
    relatives = claus_family(asked.family, asked.case.proband, asked.history)
    if (
        asked.proven
        or not asked.healthy_woman()
        or not any(getattr(relatives, name) for name in relatives.__slots__)
    ):
        return
    age = asked.age
    if age is None or not YOUNGEST <= age <= CLAUS_END:
        outcome.notes.append(
            tr("Claus tables: the age must be {low} to {high}.", low=YOUNGEST, high=CLAUS_END)
        )
        return
    found = claus_risk(age, relatives, asked.tables.claus)
    if found is None:
        return
    figure = RiskFigure(
        title=tr("Chance of breast cancer from affected relatives (Claus tables)"),
        value=found.remaining,
        low=None,
        high=None,
        baseline=population_breast_risk(asked.tables, age, CLAUS_END),
        baseline_label=tr("women of this age in general"),
        horizon=tr("from age {age:.0f} to {until}", age=age, until=CLAUS_END),
        source=asked.tables.citation("claus"),
        caveats=(
            tr("From the one or two closest affected relatives alone; United States figures of 1980-82."),
            tr("Older and lower than today's incidence: it may lie near or below that of women in general."),
        ),
        scope=Scope.PRIMARY.value,
        model="claus",
        options=options_from(asked, "lifetime", found.remaining),
    )
    outcome.figures.append(said(figure, tr("women with such relatives"), tr("get breast cancer")))
    outcome.curves.append(claus_curve(found, asked.tables))


def _gail(asked: Asked, outcome: BreastOutcome) -> None:
    factors, age = asked.case.breast, asked.age
    if factors is None or age is None or asked.proven or not asked.healthy_woman():
        return
    caveats = [tr("Not made for carriers of BRCA1 or BRCA2, or after breast cancer or DCIS.")]
    if age < GAIL_FROM:
        caveats.append(tr("The model was made for women of {age} or older.", age=GAIL_FROM))
    unknown = [name for name in ("menarche", "first_birth", "biopsies") if _missing(factors, name)]
    if unknown:
        caveats.append(tr("Not known, taken as the lowest category: {names}.", names=", ".join(unknown)))
    for until in dict.fromkeys((min(age + GAIL_YEARS, float(LIFETIME)), float(LIFETIME))):
        profile = gail_profile(factors, age, until, asked.history.first_degree)
        found = gail_risk(profile, asked.tables.gail)
        figure = RiskFigure(
            title=tr("Chance of invasive breast cancer (Gail model)"),
            value=found.risk,
            low=None,
            high=None,
            baseline=found.average,
            baseline_label=tr("women of the same age and population group"),
            horizon=tr("in the next {n:.0f} years", n=until - age)
            if until < LIFETIME
            else tr("by age {age}", age=LIFETIME),
            source=asked.tables.citation("gail"),
            caveats=tuple(caveats),
            scope=Scope.PRIMARY.value,
            model="gail",
            options=options_from(asked, "5 years", found.risk) if until < LIFETIME else (),
        )
        outcome.figures.append(said(figure, tr("women with these answers"), tr("get breast cancer")))


def _missing(factors: BreastFactors, name: str) -> bool:
    if name == "first_birth":
        return factors.first_birth is None and not factors.childless
    return getattr(factors, name) is None


def _coverage(family: Family, history: BreastHistory) -> Coverage:
    living = [member for member in family.members if not member.lost and member.count == 1]
    without = [member.id for member in living if member.age is None]
    return Coverage(
        tr("Family history of breast and ovarian cancer"),
        tr("relatives"),
        len(living) - len(without),
        len(without),
        tr(
            "{n} diagnoses counted. Relatives without an age add little; healthy relatives count too.",
            n=len(history.onset),
        ),
    )
