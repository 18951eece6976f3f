"""``risk pedigree``: families as JSON objects in, carrier probabilities out."""

from collections.abc import Mapping
from typing import Any

from genoai_desktop.analysis.risk.inheritance import Genetics, Mode
from genoai_desktop.analysis.risk.pedigree import Member, Model, disease_risk, posterior
from genoai_desktop.analysis.risk.phenotype import GeneTest, Penetrance, complete
from genoai_desktop.domain.case import Affected, Sex
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.risk import RiskTables

PROBAND = "P"
SEXES = {"F": Sex.FEMALE, "M": Sex.MALE, None: Sex.UNKNOWN, "": Sex.UNKNOWN, "U": Sex.UNKNOWN}
HEALTH = {True: Affected.YES, False: Affected.NO, None: Affected.UNKNOWN}
BRCA_LIKE, CARRIER = "AD_BRCA1_like", "AR_carrier"
OTHER_KINDS = {"AD": Mode.DOMINANT, "AR": Mode.RECESSIVE, "XL": Mode.X_LINKED, "MT": Mode.MITOCHONDRIAL}
BRCA_SENSITIVITY = 0.95


def answer_family(family: Mapping[str, Any], tables: RiskTables) -> dict[str, Any]:
    """The family with ``carrier_probability``, ``genotype_probability`` and, where asked, ``proband_risk10``.

    ``kind``: ``AD_BRCA1_like`` (BRCA1 breast curve in women, phenocopies), ``AR_carrier`` (``detection``
    per allele), or ``AD``, ``AR``, ``XL``, ``MT`` with ``penetrance`` and ``phenocopy`` as
    ``[[age, cumulative], ...]`` (complete from birth when absent), ``de_novo``, ``mosaicism``.
    ``q``: frequency of the disease allele. ``test``: copies found, 0 negative, null not tested.

    Raises:
        UserError: ``where`` is the person and field.
    """
    kind = family.get("kind")
    if kind not in (BRCA_LIKE, CARRIER, *OTHER_KINDS):
        raise _refuse("kind", tr("this kind of model is not known"))
    sensitivity = _number(family, "detection", BRCA_SENSITIVITY if kind == BRCA_LIKE else 1.0, 0, 1)
    model = _model(str(kind), family, tables)
    people = family.get("ped")
    if not isinstance(people, Mapping) or not people:
        raise _refuse("ped", tr("the pedigree is missing"))
    members = [_member(str(name), person, sensitivity, str(kind)) for name, person in people.items()]
    found = posterior(members, model)
    result: dict[str, Any] = dict(family)
    result["carrier_probability"] = {member.id: found.carrier(member.id) for member in members}
    result["genotype_probability"] = {m.id: [float(v) for v in found.genotypes[m.id]] for m in members}
    proband = next((m for m in members if m.id == family.get("proband", PROBAND)), None)
    if kind != CARRIER and proband is not None:
        asked = proband.affected is not Affected.YES and proband.age is not None
        until = (proband.age or 0) + 10
        risk = disease_risk(proband, found.genotypes[proband.id], model, until) if asked else None
        result["proband_risk10"] = risk
    return result


def _model(kind: str, family: Mapping[str, Any], tables: RiskTables) -> Model:
    frequency = _number(family, "q", None, 0, 1)
    de_novo, mosaicism = _number(family, "de_novo", 0.0, 0, 1), _number(family, "mosaicism", 0.0, 0, 1)
    if kind == BRCA_LIKE:
        curve = tables.brca_curve("BRCA1", "breast")

        def cumulative(copies: int, _sex: Sex, age: float) -> float:
            return curve.at(age) if copies else _phenocopy(age)

        penetrance = Penetrance(cumulative, frozenset({Sex.FEMALE, Sex.UNKNOWN}), smallest=1e-6)
        return Model(Genetics(Mode.DOMINANT, frequency, de_novo, mosaicism), penetrance)
    mode = Mode.RECESSIVE if kind == CARRIER else OTHER_KINDS[kind]
    genetics = Genetics(mode, frequency, de_novo, mosaicism)
    if kind == CARRIER or not family.get("penetrance"):
        return Model(genetics, complete(mode))
    return Model(genetics, _stated_penetrance(family, mode))


def _phenocopy(age: float) -> float:
    """Breast cancer in women without the variant, as the reference model states it: 11 % by 80."""
    return 0.0 if age < 25 else min(0.11, 0.11 * ((age - 25) / 55) ** 2)


def _stated_penetrance(family: Mapping[str, Any], mode: Mode) -> Penetrance:
    carriers, others = _points(family, "penetrance"), _points(family, "phenocopy")
    full = complete(mode).cumulative

    def cumulative(copies: int, sex: Sex, age: float) -> float:
        points = carriers if full(copies, sex, age) else others
        return max((risk for start, risk in points if start <= age), default=0.0)

    return Penetrance(cumulative, smallest=1e-6 if others else 0.0)


def _points(family: Mapping[str, Any], field: str) -> list[tuple[float, float]]:
    points = family.get(field) or []
    try:
        pairs = [(float(age), float(risk)) for age, risk in points]
    except (TypeError, ValueError):
        raise _refuse(field, tr("pairs of age and cumulative risk are needed")) from None
    if any(not 0 <= risk <= 1 or not 0 <= age <= 130 for age, risk in pairs):
        raise _refuse(field, tr("ages must be 0 to 130 and risks 0 to 1"))
    return pairs


def _member(name: str, person: Any, sensitivity: float, kind: str) -> Member:
    if not isinstance(person, Mapping):
        raise _refuse(f"ped, {name}", tr("a person must be an object"))
    sex, health, test = person.get("sex"), person.get("aff"), person.get("test")
    if sex not in SEXES:
        raise _refuse(f"{name}, sex", tr("the sex must be F, M or null"))
    if health not in (True, False, None):
        raise _refuse(f"{name}, aff", tr("affected must be true, false or null"))
    if test not in (None, 0, 1, 2):
        raise _refuse(f"{name}, test", tr("a test result must be 0, 1, 2 or null"))
    age = _number(person, "age", None, 0, 130, name) if person.get("age") is not None else None
    onset = _number(person, "onset", None, 0, 130, name) if person.get("onset") is not None else None
    if kind == BRCA_LIKE and health is True and onset is None:
        onset = age  # in this list the age of an affected person is the age at diagnosis
    mother, father, twin = (person.get(key) or None for key in ("mother", "father", "twin"))
    tests = (GeneTest(int(test), sensitivity),) if test is not None else ()
    return Member(name, mother, father, SEXES[sex], HEALTH[health], age, onset, tests, twin)


def _number(
    source: Mapping[str, Any], field: str, default: float | None, low: float, high: float, person: str = ""
) -> float:
    value = source.get(field, default)
    where = f"{person}, {field}" if person else field
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise _refuse(where, tr("a number from {low} to {high} is needed", low=low, high=high))
    return float(value)


def _refuse(where: str, what: str) -> UserError:
    return UserError(what, where=where, remedy=tr("Correct this field."), code="risk.pedigree")
