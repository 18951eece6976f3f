"""A partner attached to an open case, as the window does it: the file is read at the next analysis."""

from dataclasses import replace

from known import bundled_knowledge

from genoai_desktop.app import analyse, demo_request, reanalyse
from genoai_desktop.domain.case import CasePartner, Consent, Scope, Sex
from genoai_desktop.domain.context import Silent

CARRIER = Consent(frozenset({Scope.CARRIER}))


def test_a_partner_comes_and_goes_with_the_case() -> None:
    knowledge, demo = bundled_knowledge(), demo_request()
    alone = replace(
        demo, ped=None, sample="DEMO-FATHER", sex=Sex.MALE, observed=(), excluded=(), medicines=(),
        consent=Consent(frozenset({Scope.PRIMARY, Scope.CARRIER})),
    )  # fmt: skip
    opened = analyse(alone, knowledge, Silent())
    assert opened.result.risk is not None
    assert opened.result.risk.couple is None
    request = replace(
        opened.request, partner=demo.vcf, partner_sample="DEMO-MOTHER", partner_sex=Sex.FEMALE,
        partner_consent=CARRIER,
    )  # fmt: skip
    partner = CasePartner("DEMO-MOTHER", Sex.FEMALE, CARRIER, "family.vcf.gz", population="AJ")
    attached = replace(opened, request=request)
    with_partner = reanalyse(attached, replace(opened.case, partner=partner), knowledge, Silent())
    assert with_partner.partner is not None
    assert with_partner.result.risk is not None
    couple = with_partner.result.risk.couple
    assert couple is not None
    assert any(gene.second_variants for gene in (*couple.joint, *couple.single))
    removed = reanalyse(with_partner, opened.case, knowledge, Silent())
    assert removed.result.risk is not None
    assert removed.result.risk.couple is None
    declined = replace(partner, consent=Consent(frozenset()))
    withdrawn = reanalyse(with_partner, replace(opened.case, partner=declined), knowledge, Silent())
    assert withdrawn.result.risk is not None
    assert withdrawn.result.risk.couple is None
