"""Cases of the clinic take part in a comparison only where they consented to research."""

from dataclasses import dataclass, field
from typing import Any

from known import bundled_knowledge

from genoai_desktop.app.casebook import Dossier, Status, StoredCase
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.app.similar import clinic_cases, similar
from genoai_desktop.cases.store import CaseHead
from genoai_desktop.domain.case import Case, Consent, ObservedTerm, Person, Scope
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.result import CaseResult

BOTH = (Scope.PRIMARY, Scope.RESEARCH)
CHARGE = ("HP:0000589", "HP:0000453", "HP:0000407")


def stored(
    uid: str, *scopes: Scope, status: Status = Status.OPEN, terms: tuple[str, ...] = CHARGE
) -> StoredCase:
    person = Person("P")
    consent = Consent(frozenset(scopes))
    case = Case(f"Family {uid}", "P", (person,), Build.GRCH38, tuple(map(ObservedTerm, terms)), consent)
    found = [
        {"gene": "CHD7", "disease": "CHARGE syndrome", "id": "OMIM:214800",
         "variants": [{"classification": "Pathogenic"}]},
        {"gene": "TTN", "disease": "Other", "id": "OMIM:1", "variants": [{"classification": "Benign"}]},
    ]  # fmt: skip
    return StoredCase(
        uid,
        3,
        case,
        CaseRequest(vcf="x.vcf"),
        dossier=Dossier(status),
        summary={"primary": found},  # type: ignore[arg-type]
    )


@dataclass
class Book:
    """A store with these cases; one cannot be read."""

    cases: dict[str, StoredCase]
    asked: list[tuple[str, int]] = field(default_factory=list)

    def heads(self) -> tuple[CaseHead, ...]:
        return tuple(CaseHead(uid, 3, "", "", "") for uid in (*self.cases, "broken"))

    def load(self, uid: str, version: int) -> StoredCase:
        self.asked.append((uid, version))
        if uid not in self.cases:
            raise UserError("damaged")
        return self.cases[uid]


def book() -> Any:
    return Book(
        {
            "own": stored("own", *BOTH),
            "open": stored("open", *BOTH),
            "signed": stored("signed", *BOTH, status=Status.SIGNED),
            "private": stored("private", Scope.PRIMARY),
            "declined": stored("declined", Scope.RESEARCH),
        }
    )


def test_only_other_cases_with_consent_to_research_take_part() -> None:
    store = book()
    found = {one.id: one for one in clinic_cases(store, "own", Silent())}
    assert set(found) == {"Family open", "Family signed"}
    assert found["Family open"].genes == ("CHD7",)
    assert found["Family open"].diagnosis == "first candidate: CHARGE syndrome"
    assert found["Family signed"].diagnosis == "CHARGE syndrome"
    assert ("own", 3) not in store.asked
    assert all(version == 3 for _, version in store.asked)  # the newest by number: no conflict is hidden


def test_a_case_of_the_clinic_with_the_same_features_comes_first() -> None:
    case = stored("own", *BOTH).case
    found = similar(CaseResult(case, "", ""), bundled_knowledge(), Silent(), book=book(), uid="own")
    assert found is not None
    assert {one.label for one in found.neighbours[:2]} == {"Family open", "Family signed"}
    assert found.neighbours[0].source == "clinic"
    assert any(one.source == "published" for one in found.neighbours)


def test_without_primary_consent_nothing_is_compared() -> None:
    case = stored("own", Scope.RESEARCH).case
    assert similar(CaseResult(case, "", ""), bundled_knowledge(), Silent()) is None
