"""Names of conditions keep or get their capitals."""

import re

import pytest
from known import bundled_knowledge

from genoai_desktop.knowledge.condition_names import in_sentence, named, titled


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


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("Cystic fibrosis", "en", "cystic fibrosis"),
        ("Long QT syndrome 1", "en", "long QT syndrome 1"),
        ("Familial Mediterranean fever", "en", "familial Mediterranean fever"),
        ("Beta-thalassemia", "en", "beta-thalassemia"),
        ("Deafness, X-linked 6", "en", "deafness, X-linked 6"),
        ("Síndrome de Marfan", "es", "síndrome de Marfan"),
        ("Maladie de Wilson", "fr", "maladie de Wilson"),
        ("Osteogenesis imperfecta Typ I", "de", "Osteogenesis imperfecta Typ I"),
    ],
)
def test_a_name_within_a_sentence_begins_small(name: str, language: str, said: str) -> None:
    assert in_sentence(name, language) == said


@pytest.mark.parametrize(
    "name",
    [
        "Gm1-gangliosidosis type 3",
        "Temtamy preaxial brachydactyly syndrome",
        "Wilson disease", "Fabry disease", "Usher syndrome, type IIIB", "Lynch syndrome", "Down syndrome",
        "Young syndrome", "Brown syndrome", "Temple syndrome", "Dent disease 1", "Pick disease of brain",
        "White-Sutton syndrome", "Short-Rib thoracic dysplasia 1", "Van Buchem disease 2", "Glass syndrome",
        "Floating-Harbor syndrome", "Hay-Wells syndrome", "Frank-Ter Haar syndrome", "Snijders Blok syndrome",
        "CHARGE syndrome", "Charge syndrome", "X-linked intellectual disability", "BRCA1-related cancer",
        "SHOX deficiency", "2q23.1 microduplication syndrome", "Bardet-biedl syndrome",
    ],
)  # fmt: skip
def test_a_proper_name_or_abbreviation_keeps_its_capital(name: str) -> None:
    assert in_sentence(name, "en") == name


def test_no_word_that_other_names_have_with_a_capital_loses_it() -> None:
    names = set(bundled_knowledge().phenotypes.disease_table["name"])
    later = {word for name in names for word in re.findall(r"[^\W\d_]+", name)[1:]}
    proper = {word.lower() for word in later if word.istitle() and word.lower() not in later}
    lost = {one for one in names if in_sentence(one, "en") != one}
    assert len(lost) > 3000
    assert {one for one in lost if re.split(r"[\W\d_]", one.lower(), maxsplit=1)[0] in proper} == set()


def test_bundled_names_lose_nothing_but_the_capital_of_their_first_letter() -> None:
    for name in bundled_knowledge().phenotypes.disease_table["name"]:
        said = in_sentence(name, "en")
        assert said == name or (said[:1], said[1:]) == (name[:1].lower(), name[1:])
