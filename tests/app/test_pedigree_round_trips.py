"""Any family out and back in: each kind of fact is the same, or the writer said that it is lost."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report/pedigree"))

from families import with_in_laws

from genoai_desktop.app.pedigrees.exchange import read_family, write_family
from genoai_desktop.app.pedigrees.losses import HELD, lost
from genoai_desktop.domain import family as domain
from genoai_desktop.domain.family import ancestors
from genoai_desktop.domain.family_case import persons_of
from genoai_desktop.domain.family_check import checked
from genoai_desktop.domain.person import Affected, Sex

CONDITIONS = (domain.Condition("BC1", "Breast cancer", "BC1"), domain.Condition("OC", "Ovarian cancer", "OC"))
CODED = (
    domain.Condition("bc", "Breast cancer", "MONDO:0007254"),
    domain.Condition("oc", "Ovarian cancer", "MONDO:0008170"),
)
FORMATS = {
    "ped": CONDITIONS,
    "gedcom": CONDITIONS,
    "gedcom7": CONDITIONS,
    "canrisk": CONDITIONS,
    "canrisk3": CONDITIONS,
    "canrisk2": CONDITIONS,
    "canrisk1": CONDITIONS,
    "phenopackets": CODED,
}

OTHERS = "conditions other than the one studied"
NAMES = st.sampled_from(("", "Ana", "Björn Ægir", "李 小明", "D'Arcy, Jr. @home", "# 5"))
NOTES = st.sampled_from(
    ("", "seen twice", "a\\b; c, d", "@ at the start", "two  spaces\nand a line\n\n" + "much @ more" * 60)
)


@st.composite
def families(draw: st.DrawFn, conditions: tuple[domain.Condition, ...]) -> domain.Family:
    """A family with marks of every kind on some of its members."""
    family = with_in_laws(draw(st.integers(0, 10_000)), draw(st.integers(3, 14)))
    family = replace(family, conditions=conditions)
    parents = {parent for member in family.members for parent in member.parents}
    partners = {one for union in family.unions for one in union.partners}

    def marked(member: domain.Member) -> domain.Member:
        age = draw(st.none() | st.integers(1, 99))
        some = draw(st.integers(0, 3)) == 0
        well = draw(st.integers(0, 3)) == 0
        onset = draw(st.none() | st.integers(1, age or 60))
        free = member.id not in parents and member.id not in partners and member.id != family.proband
        return replace(
            member,
            name=draw(NAMES),
            age=None if age is None else float(age),
            birth_year=draw(st.none() | st.integers(1900, 2020)),
            deceased=draw(st.booleans()),
            gender=draw(st.sampled_from(domain.Gender)) if some else domain.Gender.NOT_STATED,
            unassigned=member.sex is Sex.UNKNOWN and draw(st.booleans()),
            unaffected=well,
            carrier=some and draw(st.booleans()),
            presymptomatic=some and draw(st.booleans()),
            evaluated=some and draw(st.booleans()),
            history_unknown=some and draw(st.booleans()),
            shares=draw(st.integers(0, 5)) == 0,
            nudge=12.5 if some and draw(st.booleans()) else 0.0,
            note=draw(NOTES) if some else "",
            ashkenazi=some,
            gestation=draw(st.none() | st.integers(4, 41)) if some and free else None,
            cause_of_death="stroke" if some else "",
            donor=(domain.Donor.SPERM if member.sex is Sex.MALE else domain.Donor.EGG)
            if some
            else domain.Donor.NO,
            childless=domain.Childless.INFERTILE if some and free else domain.Childless.NO,
            adopted=domain.Adoption.OUT if some and free else domain.Adoption.NO,
            tests=(domain.GeneResult("BRCA1", True, "P"),) if some else (),
            pregnancy=draw(st.sampled_from(domain.Pregnancy)) if some and free else domain.Pregnancy.NO,
            diagnoses=(domain.Diagnosis(conditions[0].id, None if onset is None else float(onset)),)
            if not well and draw(st.booleans())
            else (),
        )

    made = replace(family, members=tuple(map(marked, family.members)))
    made = replace(
        made,
        studied=draw(st.sampled_from(["", *(one.id for one in conditions)])),
        title=draw(st.sampled_from(("", "Family Ωmega"))),
        factors=draw(st.sampled_from(((), (("menarche", "12"), ("parity", "2"))))),
    )
    made = replace(made, unions=tuple(_said_of(draw, one) for one in made.unions))
    made = replace(made, consultand=draw(st.none() | st.sampled_from([one.id for one in persons_of(made)])))
    return checked(_with_twins(draw, _with_second_parents(draw, made)))


def _said_of(draw: st.DrawFn, union: domain.Union) -> domain.Union:
    if draw(st.integers(0, 3)):
        return union
    return replace(
        union,
        separated=draw(st.booleans()),
        consanguineous=draw(st.booleans()),
        note=draw(st.sampled_from(("", "third cousins", "@ cousins"))),
        childless=draw(st.sampled_from(domain.Childless)),
    )


def _with_second_parents(draw: st.DrawFn, family: domain.Family) -> domain.Family:
    """Here and there somebody adopted, or carried by another woman."""
    women = [one.id for one in family.members if one.sex is Sex.FEMALE and not one.lost]

    def second(member: domain.Member) -> domain.Member:
        above = ancestors(family, member.id) | {member.id} | set(family.children_of.get(member.id, ()))
        kind = draw(st.integers(0, 9))
        if kind == 0 and family.unions:
            couple = draw(st.sampled_from(family.unions)).partners
            if not above & set(couple) and member.adopted is not domain.Adoption.OUT:
                return replace(member, adoptive=couple, adopted=domain.Adoption.IN)
        if kind == 1 and women and (carrier := draw(st.sampled_from(women))) not in above:
            return replace(member, gestated_by=carrier)
        return member

    return replace(family, members=tuple(map(second, family.members)))


def _with_twins(draw: st.DrawFn, family: domain.Family) -> domain.Family:
    for member in family.members:
        both = [member.id, *family.siblings(member.id)][:2]
        if len(both) == 2 and draw(st.booleans()):
            same = family.by_id[both[0]].sex is family.by_id[both[1]].sex
            kinds = [domain.Zygosity.FRATERNAL, *([domain.Zygosity.IDENTICAL] if same else [])]
            return replace(family, twins=(domain.Twins(tuple(both), draw(st.sampled_from(kinds))),))
    return family


def _each(value: Callable[[domain.Member], Any]) -> Callable[[domain.Family], Any]:
    return lambda family: {m.id: value(m) for m in family.members}


FACTS: dict[str, Callable[[domain.Family], Any]] = {
    "names": _each(lambda m: m.name),
    "ages": _each(lambda m: m.age),
    "births": _each(lambda m: m.birth_year),
    "deaths": _each(lambda m: m.deceased),
    "causes": _each(lambda m: (m.death_year, m.cause_of_death)),
    "onsets": _each(lambda m: [d.age for d in m.diagnoses]),
    "genders": _each(lambda m: (m.gender, m.unassigned)),
    "unaffected": _each(lambda m: m.unaffected),
    "carriers": _each(lambda m: (m.carrier, m.presymptomatic)),
    "tests": _each(lambda m: m.tests),
    "pregnancies": _each(lambda m: m.pregnancy is domain.Pregnancy.ONGOING),
    "weeks": _each(lambda m: m.gestation),
    "twins": lambda family: {(frozenset(t.members), t.zygosity) for t in family.twins},
    "adoption": _each(lambda m: (m.adopted, frozenset(m.adoptive))),
    "donors": _each(lambda m: (m.donor, m.surrogate, m.gestated_by)),
    "partners": lambda family: (
        [m.childless for m in family.members if m.childless is not domain.Childless.NO],
        {
            (frozenset(u.partners), u.separated, u.childless)
            for u in family.unions
            if u.separated or u.childless is not domain.Childless.NO
        },
    ),
    "kin": lambda family: {
        (frozenset(u.partners), u.consanguineous, u.note)
        for u in family.unions
        if u.consanguineous or u.note
    },
    "couples": lambda family: {frozenset(u.partners) for u in family.unions},
    "proband": lambda family: family.proband,
    "consultand": lambda family: family.consultand,
    "agreed": _each(lambda m: m.shares),
    "places": _each(lambda m: m.nudge),
    "ancestry": _each(lambda m: m.ashkenazi),
    "notes": _each(lambda m: (m.note, m.evaluated, m.history_unknown)),
    "factors": lambda family: family.factors,
    "title": lambda family: family.title,
    "listed": lambda family: {one.name for one in family.conditions},
}  # fmt: skip


def test_every_kind_of_loss_has_its_fact_here() -> None:
    assert set(FACTS) == HELD


@pytest.mark.parametrize("kind", FORMATS)
def test_what_comes_back_differently_was_said_to_be_lost(kind: str) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(families(FORMATS[kind]))
    def holds(family: domain.Family) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "family"
            said = write_family(family, path, kind)
            back = read_family(path).family
        kept = {person.id for person in persons_of(family)}
        everybody = len(back.members) == len(family.members)
        assert everybody or "losses of pregnancy" in said
        for fact, of in FACTS.items():
            words = set(lost(family, HELD - {fact}))
            before, after = of(family), of(back)
            if isinstance(before, dict) and not everybody:
                before = {person: value for person, value in before.items() if person in kept}
                after = {person: value for person, value in after.items() if person in kept}
            if fact == "twins" and not everybody:
                continue
            if fact == "ages":  # CanRisk adds one that follows from the years
                after = {person: value for person, value in after.items() if before.get(person) is not None}
                before = {person: value for person, value in before.items() if value is not None}
            if fact == "title" and kind.startswith("canrisk") and not before:
                continue  # the family's name is needed there
            if fact == "listed" and (kind == "ped" or before <= after):
                continue  # a PED file has no names of conditions; CanRisk asks about breast cancer always
            if fact == "onsets" and kind == "ped" and OTHERS in said:
                before = _ages_studied(family)  # of the others nothing is kept, age or none
                before = {person: value for person, value in before.items() if person in after}
            if fact == "consultand" and before is None:
                continue  # CanRisk says of the target that it is both
            assert before == after or words & set(said), fact
        links = {p.id: (p.father, p.mother, p.sex) for p in persons_of(family)}
        assert {p.id: (p.father, p.mother, p.sex) for p in persons_of(back) if p.id in links} == links

        told = {"which condition is studied", "names of conditions"} & set(said)
        before, after = (one.condition_studied for one in (family, back))
        assert told or (before and before.name) == (after and after.name) or not _affected(family)

    holds()


def _ages_studied(family: domain.Family) -> dict[str, list[float | None]]:
    studied = family.condition_studied
    return {
        m.id: [d.age for d in m.diagnoses if studied and d.condition == studied.id] for m in family.members
    }


def _affected(family: domain.Family) -> bool:
    return any(person.affected is Affected.YES for person in persons_of(family))


def test_what_canrisk_holds_in_another_form_is_said(tmp_path: Path) -> None:
    tests = (domain.GeneResult("BRCA1", True, "P"), domain.GeneResult("BRCA1", False, "N"))
    one = domain.Member("identifier 1", sex=Sex.FEMALE, age=0.5, tests=tests)
    family = domain.Family((one,), one.id, conditions=CONDITIONS[1:], studied="OC")
    said = write_family(family, tmp_path / "f.canrisk4", "canrisk")
    assert set(said) == {
        "identifiers of more than seven letters or figures",
        "parts of years in ages",
        "further tests of the same gene",
        "which condition is studied",
        "conditions that nobody has",
    }


def test_a_ped_file_says_that_a_diagnosis_of_another_condition_is_lost_whether_or_not_it_has_an_age(
    tmp_path: Path,
) -> None:
    for age in (None, 50.0):
        one = domain.Member("P1", sex=Sex.FEMALE, diagnoses=(domain.Diagnosis("BC1", age),))
        family = domain.Family((one,), one.id, conditions=CONDITIONS, studied="OC")
        said = write_family(family, tmp_path / "f.ped", "ped")
        assert read_family(tmp_path / "f.ped").family.by_id["P1"].diagnoses == ()
        assert OTHERS in said
        assert ("ages at onset" in said) is (age is not None)


def test_a_ped_file_says_that_identifiers_and_names_of_conditions_change(tmp_path: Path) -> None:
    family = domain.Family((domain.Member("P 1", sex=Sex.FEMALE),), "P 1", conditions=CONDITIONS[:1])
    said = write_family(family, tmp_path / "f.ped", "ped")
    assert set(said) == {"names of conditions", "letters of identifiers"}


def _packet(path: Path, diseases: dict[str, list[str]], affected: dict[str, str]) -> Path:
    def of(person: str) -> dict[str, Any]:
        terms = [{"term": {"id": code, "label": code}} for code in diseases.get(person, [])]
        return {"subject": {"id": person}, "diseases": terms}

    persons = [{"individualId": one, "affectedStatus": status} for one, status in affected.items()]
    document = {"proband": of("a"), "relatives": [of(one) for one in affected if one != "a"]}
    path.write_text(json.dumps({**document, "pedigree": {"persons": persons}}), encoding="utf-8")
    return path


def test_who_is_affected_in_a_packet_stays_so_where_only_the_proband_has_a_disease(tmp_path: Path) -> None:
    status = {"a": "AFFECTED", "b": "AFFECTED", "c": "UNAFFECTED", "d": "MISSING"}
    found = read_family(_packet(tmp_path / "f.json", {"a": ["OMIM:1"], "d": ["OMIM:2"]}, status))
    people = {person.id: person.affected.value for person in persons_of(found.family)}
    assert people == {"a": "affected", "b": "affected", "c": "unaffected", "d": "unknown"}
    assert [one.where.field for one in found.findings] == ["affectedStatus"]


def test_the_condition_of_exactly_the_affected_people_is_the_one_studied(tmp_path: Path) -> None:
    status = {"a": "AFFECTED", "b": "UNAFFECTED", "c": "AFFECTED"}
    found = read_family(
        _packet(tmp_path / "f.json", {"a": ["OMIM:2", "OMIM:1"], "b": ["OMIM:2"], "c": ["OMIM:1"]}, status)
    )
    people = {person.id: person.affected.value for person in persons_of(found.family)}
    assert people == {"a": "affected", "b": "unaffected", "c": "affected"}
    assert found.family.studied == "OMIM:1"
    assert not found.findings
