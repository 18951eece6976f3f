"""Names are turned back only to what a bundled source writes."""

import re
import sys
from pathlib import Path

import pytest

from genoai_desktop.knowledge.translated_names import same_name
from genoai_desktop.report import phrases

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "packaging")]

from condition_words import names  # noqa: E402
from upright_names import table, turned_back  # noqa: E402

NUMBER = re.compile(r",? (?:type )?(?:\d{1,3}[A-Za-z]{0,2}|[IVX]+[A-Za-z]?)$")


def test_the_bundled_table_is_made_of_the_bundled_names() -> None:
    assert phrases.table("upright_names.json") == table(names())


def test_each_is_a_name_of_the_same_words_in_a_source() -> None:
    known = {same_name(one) for one in names() if "," not in one}
    made = phrases.table("upright_names.json")
    assert len(made) > 300
    for turned, upright in made.items():
        assert same_name(turned) == same_name(upright)
        assert same_name(upright) in known or same_name(NUMBER.sub("", upright)) in known
        assert "," not in upright


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("metaphyseal chondrodysplasia, Jansen type", "Jansen metaphyseal chondrodysplasia"),
        ("Albinism, oculocutaneous, type IV", "oculocutaneous albinism type 4"),
        ("Ataxia, of nobody, type 2", ""),
    ],
)
def test_a_name_is_turned_back_with_its_capitals_or_not_at_all(name: str, said: str) -> None:
    written = ("jansen metaphyseal chondrodysplasia", "oculocutaneous albinism type 4")
    assert turned_back(name, {same_name(one): {one} for one in written}) == said
