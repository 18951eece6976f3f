"""Numbers in the language of the window, English as data."""

import pickle
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from genoai_desktop.domain.numbers import Figure, written
from genoai_desktop.domain.numerals import QUANTITIES, localised
from genoai_desktop.domain.text import joined, shown, tr, use_language
from genoai_desktop.knowledge.locations import resources

GERMAN = resources() / "translations"


@pytest.fixture
def german() -> Iterator[None]:
    """This thread's window speaks German."""
    use_language("de", GERMAN)
    yield
    use_language("en", GERMAN)


@pytest.mark.parametrize(
    ("english", "de", "es", "fr"),
    [
        ("41,200", "41.200", "41.200", "41\u202f200"),
        ("4,491", "4.491", "4491", "4\u202f491"),
        ("1,234.5 %", "1.234,5\u00a0%", "1234,5\u00a0%", "1\u202f234,5\u00a0%"),
        ("< 0.01 %", "< 0,01\u00a0%", "< 0,01\u00a0%", "< 0,01\u00a0%"),
        (">98%", ">98\u00a0%", ">98\u00a0%", ">98\u00a0%"),
        ("-0.69", "-0,69", "-0,69", "-0,69"),
        ("2026", "2026", "2026", "2026"),
    ],
)
def test_marks_of_each_language(english: str, de: str, es: str, fr: str) -> None:
    assert [localised(english, one) for one in ("de", "es", "fr")] == [de, es, fr]
    assert localised(english, "en") == english


@pytest.mark.parametrize("name", ["v3.3", "4.2.12", "c.2612C>T", "NC_000010.11:g.121520163G>A", "CYP2D6*1"])
def test_names_that_hold_digits_stay(name: str) -> None:
    assert localised(name, "de") == name


def test_a_number_is_written_in_the_language_of_the_window(german: None) -> None:
    assert written(41200) == "41.200"
    assert written(0.5, ".2f") == "0,50"
    assert f"{written(1.5, '.1f')} MB" == "1,5 MB"


def _sentence() -> str:
    return tr("{ratio} times as likely", ratio=f"{1200:,}")


def test_what_a_worker_wrote_is_english_there_and_german_in_the_window(german: None) -> None:
    with ThreadPoolExecutor(1) as pool:
        number = pool.submit(written, 1234.5, ",.1f").result()
        sentence = pool.submit(_sentence).result()
        line = pool.submit(lambda: joined(", ", (Figure.of("62 %"), "x"))).result()
    assert (str(number), str(sentence)) == ("1,234.5", "1,200 times as likely")
    assert shown(number) == "1.234,5"
    assert shown(sentence) == "1.200-mal so wahrscheinlich"
    assert shown(line) == "62\u00a0%, x"
    assert shown(pickle.loads(pickle.dumps(number))) == "1.234,5"


def test_a_sentence_from_the_store_has_its_numbers_too(german: None) -> None:
    assert shown("1,200 times as likely") == "1.200-mal so wahrscheinlich"


def test_only_quantities_are_numbers(german: None) -> None:
    said = tr("{name}: {left} left, {removed} removed", name="1.60", left="1,060", removed="2.5")
    assert said.startswith("1.60: ")
    assert "1.060" in said
    assert "2,5" in said


def test_a_number_that_a_message_formats_itself(german: None) -> None:
    said = tr("{condition}: each child has a chance of {p:.2g} % (about 1 in {n}) to have it.",
              condition="X", p=0.25, n=400)  # fmt: skip
    assert "0,25" in said


def test_a_day_is_written_as_the_language_writes_it(german: None) -> None:
    said = tr("Your wording ({author}, {day}).", author="A. Example", day="2026-11-30")
    assert "30.11.2026" in said
    assert tr("Your wording ({author}, {day}).", author="A. Example", day="today").endswith("today).")


def test_every_placeholder_that_is_given_a_formatted_number_is_known_as_a_quantity() -> None:
    formatted = re.compile(r"\b(\w+)=f\"\{[^{}]*:[+]?(?:,|,?\.\d+[f%]|g)\}\"")
    found = {
        name
        for file in (resources().parent / "genoai_desktop").rglob("*.py")
        for name in formatted.findall(file.read_text(encoding="utf-8"))
    }
    assert found - QUANTITIES <= {"new"}  # also the word for versions, where 1.60 is no number


def test_a_range_is_a_quantity_too(german: None) -> None:
    english = "1.5-2 times the usual dose."
    assert tr("{factor} times the usual dose.", factor="1.5-2") == "1,5-2-mal die übliche Dosis."
    assert shown(english) == "1,5-2-mal die übliche Dosis."
