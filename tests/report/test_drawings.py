"""Drawings of chances: right places, words for those who cannot see them, colour never alone, golden images.

After a wanted change run this file as a script, and look at the new images.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from drawing_cases import DRAWINGS, curve, parts, places, profiles, score
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_reading import rendered
from PIL import Image

from genoai_desktop.report.drawings.bars import chance_line, contributions, points
from genoai_desktop.report.drawings.curves import age_curve, curve_words, score_distribution, score_words
from genoai_desktop.report.drawings.maps import ancestry_map, profile_map
from genoai_desktop.report.drawings.marks import PRINT, SERIES, ticks, top_of
from genoai_desktop.report.drawings.people import compared, people
from genoai_desktop.report.drawings.words import hundred_words, in_hundred, percent
from genoai_desktop.report.pedigree.shapes import Circle, Line, Polygon, Text

GOLDEN = Path(__file__).parent / "golden_drawings"


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_page_draws_as_it_did(name: str) -> None:
    with Image.open(GOLDEN / f"{name}.png") as kept:
        then = np.asarray(kept.convert("RGB"), dtype=np.int16)
    now = np.asarray(rendered(DRAWINGS[name]()), dtype=np.int16)
    assert then.shape == now.shape
    assert (np.abs(then - now).max(axis=2) > 48).mean() < 0.004, f"{name} looks different"


@pytest.mark.parametrize("name", DRAWINGS)
def test_everything_lies_within_the_drawing_and_has_words(name: str) -> None:
    drawing = DRAWINGS[name]()
    assert drawing.title
    assert len(drawing.description) > 15
    for shape in drawing.shapes:
        for x, y in _extent(shape):
            assert -0.6 <= x <= drawing.width + 0.6, shape
            assert -0.6 <= y <= drawing.height + 0.6, shape
    assert {_colour(shape) for shape in drawing.shapes} <= set(PRINT) | {""}


def _extent(shape: object) -> list[tuple[float, float]]:
    if isinstance(shape, Line):
        return [(shape.x1, shape.y1), (shape.x2, shape.y2)]
    if isinstance(shape, Polygon):
        return list(shape.points)
    if isinstance(shape, Circle):
        return [
            (shape.x - shape.radius, shape.y - shape.radius),
            (shape.x + shape.radius, shape.y + shape.radius),
        ]
    assert isinstance(shape, Text)
    wide = len(shape.text) * shape.size * 0.6
    left = shape.x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor]
    return [(left, shape.y), (left + wide, shape.y - shape.size * 0.7)]


def _colour(shape: object) -> str:
    return shape.colour if isinstance(shape, Line | Text) else shape.fill or shape.stroke  # type: ignore[attr-defined]


@given(st.floats(0.005, 0.995))
def test_as_many_people_are_filled_as_the_words_say(chance: float) -> None:
    filled = [s for s in people(chance).shapes if isinstance(s, Circle) and s.fill]
    assert len(filled) == in_hundred(chance)
    assert str(in_hundred(chance)) in hundred_words(chance)


def test_less_than_half_a_person_is_not_drawn_as_a_whole_one() -> None:
    shapes = people(0.002).shapes
    assert not [s for s in shapes if isinstance(s, Circle) and s.fill]
    assert len([s for s in shapes if isinstance(s, Polygon) and s.fill]) == 1
    assert hundred_words(0.002) == "fewer than 1 in 100"
    assert hundred_words(0.998) == "more than 99 in 100"
    assert not [s for s in people(0.0).shapes if isinstance(s, Polygon) and s.fill]


def test_the_comparison_is_named_and_counted() -> None:
    made = compared(0.69, 0.12, "women in general")
    assert "about 69 in 100" in made.description
    assert "women in general" in made.description
    assert "about 12 in 100" in made.description


def test_a_curve_is_drawn_to_scale_with_the_population_dashed() -> None:
    made = age_curve(curve())
    ends = [s for s in made.shapes if isinstance(s, Circle)]
    assert len(ends) == 1
    low, high = 172.0 - 32.0, 12.0
    assert ends[0].y == pytest.approx(low - (low - high) * 0.69 / 0.8)
    dashes = [s for s in made.shapes if isinstance(s, Line) and s.colour == "muted" and s.width == 1.4]
    assert len(dashes) > 10
    assert "by age 80 69 % (59 % to 77 %; comparison 12 %)" in curve_words(curve())
    bare = age_curve(curve(band=False, baseline=False))
    assert not [s for s in bare.shapes if isinstance(s, Polygon) and s.fill == "band"]
    assert "comparison" not in bare.description


def test_labels_at_the_end_of_near_lines_stay_apart() -> None:
    near = replace(curve(band=False), baseline=tuple(v * 0.99 for v in curve().values))
    labels = [s.y for s in age_curve(near).shapes if isinstance(s, Text) and s.bold]
    assert abs(labels[0] - labels[1]) >= 18


def test_a_curve_without_ages_is_refused() -> None:
    with pytest.raises(ValueError, match="ages"):
        age_curve(replace(curve(), ages=(), values=(), low=(), high=(), baseline=()))


def test_a_score_without_reference_or_place_is_not_drawn() -> None:
    assert score_distribution(score(None)) is None
    assert score_distribution(replace(score(), reference="")) is None
    words = score_words(score())
    assert "percentile 76 of that reference" in words
    assert "before the adjustment for ancestry +1.40" in words


@settings(deadline=None)
@given(st.floats(-9, 9, allow_nan=False))
def test_a_score_far_out_stays_on_the_drawing(z: float) -> None:
    made = score_distribution(score(z, None))
    assert made is not None
    for shape in made.shapes:
        if not isinstance(shape, Text):
            assert all(0 <= x <= made.width for x, _ in _extent(shape))


def test_parts_say_what_they_add_and_what_was_left_out() -> None:
    made = contributions(parts())
    assert "+11.6 points" in made.description
    assert "−2.1 points" in made.description
    assert "left out (no score)" in made.description
    outlines = [s for s in made.shapes if isinstance(s, Polygon) and not s.fill]
    assert len(outlines) == 1
    assert points(0.0) == "no change"


def test_groups_of_a_map_differ_in_shape_and_not_in_colour_alone() -> None:
    made = ancestry_map(places())
    kinds = {(type(s).__name__, len(s.points) if isinstance(s, Polygon) else 0) for s in made.shapes}
    assert len({kind for _, kind in SERIES}) == 5
    assert {("Circle", 0), ("Polygon", 3), ("Polygon", 4)} <= kinds
    assert "nearest to the middle of" in made.description
    lost = ancestry_map(replace(places(), person=None))
    assert "could not be placed" in lost.description


def test_a_map_of_cases_without_a_place_is_still_a_map() -> None:
    made = profile_map(replace(profiles(), place=None, groups=()))
    assert not [s for s in made.shapes if isinstance(s, Text) and s.bold]
    assert "60 published cases" in made.description


@given(st.floats(0.0001, 1.0))
def test_scales_hold_their_values_with_few_round_ticks(value: float) -> None:
    top = top_of([value])
    assert top >= min(value, 1.0)
    found = ticks(0.0, top, (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2))
    assert 2 <= len(found) <= 7
    assert max(found) <= top * 1.0001


@given(st.floats(0.0, 1.0))
def test_percentages_have_few_digits(value: float) -> None:
    assert len([c for c in percent(value) if c.isdigit()]) <= 3


def test_a_chance_line_marks_interval_and_comparison() -> None:
    made = chance_line(0.21, 0.15, 0.3, 0.095)
    assert "95 % interval 15 % to 30 %" in made.description
    assert "Comparison at 9.5 %" in made.description
    bare = chance_line(0.21, None, None, None)
    assert "interval" not in bare.description


def _renew() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for name, make in DRAWINGS.items():
        rendered(make()).quantize(32).save(GOLDEN / f"{name}.png", optimize=True)


if __name__ == "__main__":
    _renew()


@pytest.mark.parametrize(("caption", "lines"), [("62 in 100", 1), ("weniger als 1 von 100", 2), ("", 0)])
def test_a_caption_stays_within_the_column_of_its_people(caption: str, lines: int) -> None:
    drawn = people(0.002, 76, caption=caption)
    texts = [shape for shape in drawn.shapes if isinstance(shape, Text)]
    assert " ".join(text.text for text in texts) == caption
    assert len(texts) == lines
    assert all(text.y < drawn.height for text in texts)
