"""Right-to-left script: shaping, and the order in which a line is drawn (UAX 9)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genoai_desktop.report.bidi import display_order, shaped, visual
from genoai_desktop.report.fonts import EAST, REGULAR, missing, runs

LETTERS = "אבגשابجدabcABC 123 ٣٤,.-()[]%/+:"


def drawn(line: str, base: int = 0) -> str:
    return "".join(glyph for _, glyph in display_order(line, base=base))


@pytest.mark.parametrize(
    ("line", "base", "expected"),
    [
        ("abc אבג", 0, "abc גבא"),
        ("אבג abc", 1, "abc גבא"),
        ("אבג 123", 0, "123 גבא"),  # a number keeps its order and stands after the word
        ("abc (אבג) def", 0, "abc (גבא) def"),
        ("אב (abc) גד", 1, "דג (abc) בא"),
        ("אבג 50%", 0, "50% גבא"),
        ("אבג, abc", 0, "גבא, abc"),
        ("(אבג)", 1, "(גבא)"),
    ],
)
def test_lines_are_put_in_display_order(line: str, base: int, expected: str) -> None:
    assert drawn(line, base) == expected


def test_arabic_letters_join_also_below_vowel_marks() -> None:
    assert shaped("محمد") == "\ufee3\ufea4\ufee4\ufeaa"
    assert [letter for letter in shaped("مُحَمَّد") if letter >= "\ufe80"] == list(shaped("محمد"))
    assert shaped("لا") == "\ufefb"
    assert visual("محمد") == shaped("محمد")[::-1]


@given(st.text(LETTERS, max_size=24), st.integers(0, 1))
@settings(max_examples=200, deadline=None)
def test_no_letter_is_lost_or_doubled(line: str, base: int) -> None:
    assert sorted(index for index, _ in display_order(line, base=base)) == list(range(len(line)))


@given(st.text(st.characters(max_codepoint=0x24F, categories=("L", "N", "P", "Zs")), max_size=30))
@settings(max_examples=100, deadline=None)
def test_latin_text_is_left_alone(line: str) -> None:
    assert visual(line) == line


def test_each_stretch_is_drawn_by_a_face_that_has_it() -> None:
    assert runs("Li 李小明!", REGULAR) == [(REGULAR, "Li "), (EAST, "李小明"), (REGULAR, "!")]
    assert missing(["李小明 山田 たろう カナ 김민준 محمد שלום Ωж"]) == ()
    assert missing(["ก"]) == ("ก",)


def test_common_east_asian_letters_are_all_there() -> None:
    blocks = ((0x4E00, 0x9FA5), (0x3041, 0x3094), (0x30A1, 0x30F6), (0xAC00, 0xD7A3))
    for first, last in blocks:
        assert missing(chr(code) for code in range(first, last + 1)) == ()


def test_a_date_behind_an_arabic_name_keeps_its_order() -> None:
    for said in ("محمد · 2026-03-05", "Report · محمد · 2026-03-05 · x", "محمد, 34 years"):
        number = "2026-03-05" if "2026" in said else "34 years"
        assert number in visual(said)
        assert visual(said).index(number) > 5


def test_a_number_that_belongs_to_the_name_stays_with_it() -> None:
    assert visual("שדרה 12") == "12 הרדש"
