"""Names of conditions keep or get their capitals."""

import pytest
from known import bundled_knowledge

from genoai_desktop.knowledge.condition_names import named, titled


@pytest.mark.parametrize(
    ("source", "said", "headed"),
    [
        (
            "mitochondrial dna depletion syndrome 4a",
            "mitochondrial DNA depletion syndrome 4A",
            "Mitochondrial DNA depletion syndrome 4A",
        ),
        ("tetralogy of fallot", "tetralogy of Fallot", "Tetralogy of Fallot"),
        ("hiv infection", "HIV infection", "HIV infection"),
        ("chromosome 18p deletion syndrome", "chromosome 18p deletion syndrome",
         "Chromosome 18p deletion syndrome"),
        ("mucopolysaccharidosis, type iiia", "mucopolysaccharidosis, type IIIA",
         "Mucopolysaccharidosis, type IIIA"),
        ("hypercholesterolemia, familial, 1", "hypercholesterolemia, familial, 1",
         "Hypercholesterolemia, familial, 1"),
        ("cblC deficiency", "cblC deficiency", "cblC deficiency"),
        ("pseudo-TORCH syndrome 1", "pseudo-TORCH syndrome 1", "Pseudo-TORCH syndrome 1"),
        ("CHARGE syndrome", "CHARGE syndrome", "CHARGE syndrome"),
        ("2q23.1 microduplication syndrome", "2q23.1 microduplication syndrome",
         "2q23.1 microduplication syndrome"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_capitals_that_a_source_left_out(source: str, said: str, headed: str) -> None:
    assert (named(source), titled(source)) == (said, headed)


def test_no_bundled_name_loses_a_letter() -> None:
    table = bundled_knowledge().phenotypes.disease_table["name"]
    for name in table:
        assert named(name).lower() == name.lower()
        if name != name.lower():
            assert named(name) == name
