"""Bias audits are there for every model, complete, and warn those whom a model serves worse."""

import json
from pathlib import Path

import pytest

from genoai_desktop.domain.case import Case, Person, Sex
from genoai_desktop.domain.errors import KnowledgeError
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.risk import AncestryEstimate
from genoai_desktop.models.audits import in_age_band, read_audits, warnings_for

MODELS = Path(__file__).resolve().parents[2] / "models"


def case(sex: Sex = Sex.FEMALE, age: float | None = 45) -> Case:
    return Case("c", "p", (Person("p", sex=sex, age_years=age),), Build.GRCH38)


def row(attribute: str, group: str, *, worse: bool = True) -> dict[str, object]:
    figures = {"n": 50, "metric": "m", "value": 0.5, "low": 0.4, "high": 0.6, "worse": worse}
    return {"attribute": attribute, "group": group, **figures}


def write(folder: Path, name: str, value: object) -> None:
    (folder / name).mkdir()
    (folder / name / "audit.json").write_text(json.dumps(value))


def test_the_bundled_models_are_audited() -> None:
    audits = {audit.model: audit for audit in read_audits(MODELS)}
    assert {"ranking", "missense", "ancestry", "polygenic"} <= set(audits)
    for audit in audits.values():
        assert audit.rows
        assert audit.data
        for one in audit.rows:
            if one.value is not None and one.low is not None and one.high is not None:
                assert one.low <= one.high
    assert {one.group for one in audits["ancestry"].rows} >= {
        "AFR",
        "AMR",
        "EAS",
        "EUR",
        "SAS",
        "female",
        "male",
    }
    assert "ancestry" in audits["missense"].statement.lower()
    assert {one.attribute for one in audits["ranking"].rows} >= {"sex", "inheritance"}


def test_a_patient_of_a_group_served_worse_is_warned(tmp_path: Path) -> None:
    plain = {"model": "polygenic", "data": "d", "statement": "s"}
    write(tmp_path, "polygenic", {**plain, "rows": [row("superpopulation", "AFR"), row("sex", "male")]})
    dose = {
        "female": {"patients": 40, "mae_mg_week": [9.0, 8.0, 10.0]},
        "male": {"patients": 40, "mae_mg_week": [7, 6, 8]},
    }
    write(tmp_path, "warfarin", {"models": {"used": {"sex": dose}}, "served_worse": {"sex": ["female"]}})
    audits = read_audits(tmp_path)
    african = AncestryEstimate((("AFR", 0.98), ("EUR", 0.02)), 1, 1)
    (first, second) = warnings_for(case(), african, audits)
    assert "polygenic" in first
    assert "AFR" in first
    assert "warfarin" in second
    assert len(warnings_for(case(Sex.MALE), None, audits)) == 1
    assert warnings_for(case(Sex.UNKNOWN), None, audits) == ()


@pytest.mark.parametrize(
    ("age", "band", "inside"),
    [(24, "under 50", True), (50, "under 50", False), (69.5, "50 to 69", True), (70, "50 to 69", False),
     (70, "70 and over", True), (45, "40-49", True), (45, "grown up", False)],
)  # fmt: skip
def test_age_bands_are_understood(age: float, band: str, inside: bool) -> None:
    assert in_age_band(age, band) is inside


def test_the_bundled_dose_model_warns_a_young_patient() -> None:
    told = warnings_for(case(age=24), None, read_audits(MODELS))
    assert any("warfarin" in text and "under 50" in text for text in told)
    assert not any("warfarin" in text for text in warnings_for(case(age=60), None, read_audits(MODELS)))


def test_no_audits_no_warning_and_a_damaged_one_is_named(tmp_path: Path) -> None:
    assert read_audits(tmp_path) == ()
    write(tmp_path, "broken", {"rows": 3})
    with pytest.raises(KnowledgeError, match="broken"):
        read_audits(tmp_path)
