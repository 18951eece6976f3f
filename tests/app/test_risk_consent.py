"""Risk figures, relatives and couples behind the gate of consent; the couple wired from two files."""

from dataclasses import replace
from pathlib import Path

import pytest

from genoai_desktop.app import OpenCase, analyse, demo_request, reanalyse
from genoai_desktop.app.consent import permitted_risk
from genoai_desktop.domain.breast import BreastFactors
from genoai_desktop.domain.case import Case, CasePartner, Consent, Person, Scope, Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.family import Condition, Diagnosis
from genoai_desktop.domain.family_case import family_of, with_family
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.risk import CoupleResult, RelativeChance, RiskCurve, RiskFigure, RiskResult
from genoai_desktop.domain.risk_consent import covers
from genoai_desktop.knowledge import Knowledge

SOURCE = Citation("paper")
FULL = Consent(frozenset(Scope))


def result() -> RiskResult:
    def figure(scope: str) -> RiskFigure:
        return RiskFigure(scope, 0.1, None, None, None, "", "by 80", SOURCE, scope=scope)

    scopes = ("primary", "secondary", "primary+polygenic", "primary+secondary+polygenic")
    curve = RiskCurve("c", (50.0,), (0.1,), (), (), (), "secondary", SOURCE)
    relative = RelativeChance("aunt", "BRCA1", 0.5, 1.0, "secondary")
    figures = tuple(figure(scope) for scope in scopes)
    pair = CoupleResult((), (), ())
    return RiskResult((), figures, (), None, (), (), (), (curve,), (relative,), pair)


def case(consent: Consent, partner: Consent | None = None) -> Case:
    pair = CasePartner("B", Sex.MALE, partner) if partner else None
    return Case("c", "p", (Person("p"),), Build.GRCH38, consent=consent, partner=pair)


def test_a_figure_is_shown_only_when_every_scope_it_needs_is_given() -> None:
    def shown(*scopes: Scope) -> list[str]:
        risk = permitted_risk(result(), case(Consent(frozenset(scopes))))
        assert risk is not None
        return [figure.scope for figure in risk.figures]

    assert shown() == []
    assert shown(Scope.PRIMARY) == ["primary"]
    assert shown(Scope.SECONDARY) == ["secondary"]
    assert shown(Scope.PRIMARY, Scope.POLYGENIC) == ["primary", "primary+polygenic"]
    assert len(shown(Scope.PRIMARY, Scope.SECONDARY, Scope.POLYGENIC)) == 4
    assert not covers(FULL, "")
    assert not covers(FULL, "unheard-of")


def test_curves_and_relatives_follow_their_scope() -> None:
    kept = permitted_risk(result(), case(Consent(frozenset({Scope.SECONDARY}))))
    gone = permitted_risk(result(), case(Consent(frozenset({Scope.PRIMARY, Scope.CARRIER}))))
    assert kept is not None
    assert gone is not None
    assert (len(kept.curves), len(kept.relatives)) == (1, 1)
    assert (len(gone.curves), len(gone.relatives)) == (0, 0)


@pytest.mark.parametrize(
    ("own", "partner", "seen"),
    [
        (Scope.CARRIER, Scope.CARRIER, True),
        (Scope.CARRIER, Scope.PRIMARY, False),
        (Scope.PRIMARY, Scope.CARRIER, False),
        (Scope.CARRIER, None, False),
    ],
)
def test_the_couple_needs_both(own: Scope, partner: Scope | None, seen: bool) -> None:
    theirs = Consent(frozenset({partner})) if partner else None
    risk = permitted_risk(result(), case(Consent(frozenset({own})), theirs))
    assert risk is not None
    assert (risk.couple is not None) is seen


@pytest.fixture(scope="module")
def couple_case(knowledge: Knowledge) -> OpenCase:
    """The demo's father is the partner of the demo's mother, from the same synthetic file."""
    demo = demo_request()
    request = replace(
        demo, ped=None, sample="DEMO-MOTHER", sex=Sex.FEMALE, age=42.0, consent=FULL, phenopacket=None,
        partner=demo.vcf, partner_sample="DEMO-FATHER", partner_consent=FULL,
    )  # fmt: skip
    return analyse(request, knowledge, Silent())


def test_couple_mode_reads_the_second_file(couple_case: OpenCase) -> None:
    risk = couple_case.result.risk
    assert risk is not None
    assert risk.couple is not None
    assert couple_case.case.partner is not None
    assert couple_case.case.partner.sex is Sex.MALE
    genes = {gene.gene for gene in (*risk.couple.joint, *risk.couple.single)}
    assert "CFTR" in genes
    assert any("couple" in line.subject.lower() for line in risk.coverage)


def test_a_partner_who_takes_consent_back_is_gone_at_once(
    couple_case: OpenCase, knowledge: Knowledge
) -> None:
    assert couple_case.case.partner is not None
    partner = replace(couple_case.case.partner, consent=Consent(frozenset()))
    again = reanalyse(couple_case, replace(couple_case.case, partner=partner), knowledge, Silent())
    assert again.result.risk is not None
    assert again.result.risk.couple is None
    assert not any("couple" in line.subject.lower() for line in again.result.risk.coverage)
    assert any("both" in note for note in again.result.risk.notes)


def test_without_consent_the_partners_file_is_not_opened(knowledge: Knowledge) -> None:
    request = replace(
        demo_request(), partner=Path("there-is-no-such-file.vcf"), partner_consent=Consent(), consent=FULL
    )
    opened = analyse(request, knowledge, Silent())
    assert opened.partner is None
    assert opened.result.risk is not None
    assert opened.result.risk.couple is None


def test_family_history_alone_gives_risks_under_primary_consent(
    couple_case: OpenCase, knowledge: Knowledge
) -> None:
    tree = family_of(couple_case.case)
    member = replace(tree.members[0], diagnoses=(Diagnosis("o", 50.0),), age=60.0)
    tree = replace(
        tree, members=(member, *tree.members[1:]), conditions=(Condition("o", "ovarian cancer", "OC"),)
    )
    own = replace(
        with_family(couple_case.case, tree),
        consent=Consent(),
        partner=None,
        breast=BreastFactors(menarche=12),
    )
    again = reanalyse(couple_case, own, knowledge, Silent())
    risk = again.result.risk
    assert risk is not None
    assert {figure.scope for figure in risk.figures} == {"primary"}
    assert {"gail", "combined-breast"} <= {figure.model for figure in risk.figures}
    assert risk.ancestry is None
    assert risk.ancestry_map is None
    assert risk.polygenic == ()
    assert risk.findings == ()
    silent = reanalyse(couple_case, replace(own, breast=None, family=None), knowledge, Silent())
    assert silent.result.risk is None


def test_the_ancestry_map_is_thinned_and_stable(couple_case: OpenCase) -> None:
    risk = couple_case.result.risk
    assert risk is not None
    assert risk.ancestry_map is not None
    assert 300 < len(risk.ancestry_map.points) <= 400
    assert sum(center[3] for center in risk.ancestry_map.centers) == 2504
