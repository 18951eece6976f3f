"""The drawing: every symbol of the nomenclature, the same shapes for every writer, words for the blind."""

import re
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from families import four_generations
from pdf_ua import problems

from genoai_desktop.domain.family import (
    Adoption,
    Childless,
    Condition,
    Diagnosis,
    Donor,
    Family,
    Gender,
    Member,
    Pregnancy,
)
from genoai_desktop.domain.family_edit import add_parents, begin, set_condition, set_diagnosis, set_member
from genoai_desktop.domain.person import Sex
from genoai_desktop.report.pedigree.drawing import drawing, scene
from genoai_desktop.report.pedigree.labels import WIDTH, label_lines, wrapped
from genoai_desktop.report.pedigree.patterns import PATTERNS, filled
from genoai_desktop.report.pedigree.pdf import pdf, png
from genoai_desktop.report.pedigree.shapes import Circle, Line, Polygon, Text
from genoai_desktop.report.pedigree.svg import svg
from genoai_desktop.report.pedigree.symbols import contour, symbol

SQUARE = ((-20.0, -20.0), (20.0, -20.0), (20.0, 20.0), (-20.0, 20.0))


def _alone(**changes: object) -> tuple[Family, Member]:
    member = Member("P1", **changes)  # type: ignore[arg-type]
    conditions = tuple(Condition(str(number), f"Condition {number}") for number in range(4))
    return Family((member,), "", conditions=conditions), member


def _corners(**changes: object) -> int:
    return len(contour(_alone(**changes)[1]))


def test_the_shape_follows_gender_and_the_label_says_sex_at_birth() -> None:
    assert _corners(sex=Sex.MALE) == 4
    assert _corners(sex=Sex.FEMALE) > 30
    assert contour(_alone()[1])[0][0] == 0  # a diamond stands on its tip
    family, member = _alone(sex=Sex.MALE, gender=Gender.WOMAN)
    assert len(contour(member)) > 30
    assert "AMAB" in [line.text for line in label_lines(family, member, "I-1")]
    family, member = _alone(sex=Sex.MALE, gender=Gender.MAN)
    assert "AMAB" not in [line.text for line in label_lines(family, member, "I-1")]


@pytest.mark.parametrize("loss", [Pregnancy.MISCARRIAGE, Pregnancy.TERMINATION, Pregnancy.ECTOPIC])
def test_early_losses_are_triangles(loss: Pregnancy) -> None:
    assert _corners(pregnancy=loss) == 3


@pytest.mark.parametrize(
    ("changes", "letter"),
    [
        ({"pregnancy": Pregnancy.ONGOING}, "P"),
        ({"donor": Donor.SPERM}, "D"),
        ({"surrogate": True}, "G"),
        ({"count": 5}, "5"),
        ({"count": 0}, "n"),
        ({"evaluated": True}, "*"),
    ],
)
def test_letters_in_and_beside_symbols(changes: dict[str, object], letter: str) -> None:
    family, member = _alone(**changes)
    assert letter in [shape.text for shape in symbol(family, member) if isinstance(shape, Text)]


def test_marks_add_lines() -> None:
    bare = len(symbol(*_alone()))
    for changes in (
        {"deceased": True},
        {"carrier": True},
        {"presymptomatic": True},
        {"adopted": Adoption.OUT},
        {"childless": Childless.INFERTILE},
    ):
        assert len(symbol(*_alone(**changes))) > bare


def test_four_conditions_have_four_places_and_patterns() -> None:
    family, member = _alone(sex=Sex.FEMALE, diagnoses=tuple(Diagnosis(str(n)) for n in range(4)))
    colours = {shape.colour for shape in symbol(family, member) if isinstance(shape, Line)}
    fills = {shape.fill for shape in symbol(family, member) if isinstance(shape, Polygon | Circle)}
    assert {"fill0", "fill1", "fill2", "fill3"} <= colours | fills
    parts = [s for s in symbol(family, member) if isinstance(s, Polygon) and s.stroke and not s.fill]
    middles = {(sum(x for x, _ in part.points) > 0, sum(y for _, y in part.points) > 0) for part in parts}
    assert len(middles) == 4


def test_patterns_differ_without_colour_and_stay_inside() -> None:
    seen = set()
    for index in range(len(PATTERNS)):
        shapes = filled(SQUARE, index, "")
        kinds = []
        for shape in shapes:
            if isinstance(shape, Line):
                assert all(abs(v) <= 20.01 for v in (shape.x1, shape.y1, shape.x2, shape.y2))
                across = shape.x2 - shape.x1
                kinds.append(
                    ("line", round((shape.y2 - shape.y1) / across, 1) if abs(across) > 1e-6 else 9.0)
                )
            elif isinstance(shape, Circle):
                kinds.append(("dot", round(shape.x, 1)))
        seen.add((tuple(sorted(set(kinds))), len(shapes)))
    assert len(seen) == len(PATTERNS)


def test_svg_is_well_formed_and_says_what_it_shows() -> None:
    family, _ = four_generations()
    root = ElementTree.fromstring(svg(drawing(family, title="Family <Brandt> & Co")))
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title") == "Family <Brandt> & Co"
    said = root.findtext(f"{space}desc") or ""
    assert "first cousins" in said
    assert "Mia" not in said
    texts = " ".join(element.text or "" for element in root.iter(f"{space}text"))
    assert "Mia" in texts
    assert "Breast cancer" in texts


def test_names_can_be_left_out_of_every_picture() -> None:
    family, _ = four_generations()
    picture = svg(drawing(family, names=False)).decode()
    assert not re.search("Mia|Brandt|Stefan|Anna", picture)


def test_pdf_is_one_page_of_text_with_embedded_fonts() -> None:
    family, _ = four_generations()
    made = pdf(drawing(family, title="Family"))
    document = pypdfium2.PdfDocument(made)
    assert len(document) == 1
    words = document[0].get_textpage().get_text_bounded()
    assert "proband" in words
    assert "IV-3" in words
    document.close()
    assert problems(made) == ["no heading"]  # the page is one picture


def test_png_is_an_image_of_fair_size() -> None:
    made = png(drawing(begin("P1")), 100)
    assert made.startswith(b"\x89PNG")
    assert len(made) > 2000


def test_a_consanguineous_couple_has_a_double_line() -> None:
    family, who = four_generations()
    drawn = scene(family)
    levels = [s for s in drawn.lines if isinstance(s, Line) and s.y1 == s.y2]
    y = drawn.layout.y[who["anna"]]
    assert len([s for s in levels if abs(s.y1 - y) == pytest.approx(2.6)]) == 2


def test_an_adopted_child_hangs_from_a_dashed_line() -> None:
    family = add_parents(begin("P1", Sex.MALE), "P1")
    father, mother = family.member("P1").parents
    family = set_member(
        family, "P1", mother=None, father=None, adoptive=(father, mother), adopted=Adoption.IN
    )
    assert any(isinstance(shape, Line) and shape.dash for shape in scene(family).lines)


def test_labels_keep_to_their_width() -> None:
    from reportlab.pdfbase import pdfmetrics

    words = "Hohenlohe-Waldenburg-Schillingsfürst 王小明 Donaudampfschifffahrtsgesellschaftskapitänin"
    for line in wrapped(words, WIDTH, "Sans"):
        assert pdfmetrics.stringWidth(line, "Sans", 9.0) <= WIDTH


def test_a_new_age_moves_nobody() -> None:
    family, who = four_generations()
    older = set_member(family, who["mia"], age=23.0, carrier=True)
    assert scene(family).layout.x == scene(older).layout.x
    assert scene(family).people[who["karl"]] is scene(older).people[who["karl"]]


def test_the_legend_lists_only_what_is_there() -> None:
    family, _ = four_generations()
    words = [shape.text for shape in drawing(family).shapes if isinstance(shape, Text)]
    assert "Prostate cancer" in words
    plain = replace(family, members=tuple(replace(m, diagnoses=()) for m in family.members))
    words = [shape.text for shape in drawing(plain).shapes if isinstance(shape, Text)]
    assert "Prostate cancer" not in words


ARABIC, CHINESE = "محمد بن عبد الله الأنصاري", "李小明"


def test_names_of_every_script_keep_their_reading_order_until_they_are_drawn() -> None:
    lines = wrapped(ARABIC, WIDTH, "Sans-Bold")
    assert " ".join(lines) == ARABIC
    assert len(lines) == 2
    family = set_member(begin("P1"), "P1", name=ARABIC)
    assert f">{lines[0]}<" in svg(drawing(family, title=CHINESE)).decode()  # viewers turn it themselves


def test_a_long_name_is_cut_at_its_own_hyphens() -> None:
    assert wrapped("Hohenlohe-Waldenburg-Schillingsfürst", WIDTH, "Sans-Bold")[:2] == (
        "Hohenlohe-",
        "Waldenburg-",
    )


def test_an_east_asian_name_is_drawn_and_not_boxed() -> None:
    made = pdf(drawing(set_member(begin("P1"), "P1", name=CHINESE), title=CHINESE))
    document = pypdfium2.PdfDocument(made)
    words = document[0].get_textpage().get_text_bounded()
    title = document.get_metadata_value("Title")
    document.close()
    assert words.count(CHINESE) == 2
    assert title == CHINESE
    assert problems(made) == ["no heading"]


def test_a_long_name_without_spaces_is_cut_without_hyphens_where_the_script_has_none() -> None:
    lines = wrapped("山" * 40, WIDTH, "Sans")
    assert len(lines) > 1
    assert "".join(lines) == "山" * 40
    assert any(line.endswith("-") for line in wrapped("A" * 40, WIDTH, "Sans"))


def test_the_line_of_a_gestational_carrier_leaves_her_label_free() -> None:
    family = add_parents(begin("P1"), "P1")
    carrier = Member("S", name="Sue", sex=Sex.FEMALE, surrogate=True)
    family = replace(family, members=(*family.members, carrier))
    drawn = scene(set_member(family, "P1", gestated_by="S"))
    x = drawn.layout.x["S"]
    dashed = [line for line in drawn.lines if isinstance(line, Line) and line.dash]
    assert dashed
    assert not [line for line in dashed if line.x1 == line.x2 and abs(line.x1 - x) < 40]


def test_an_age_stays_on_the_line_of_the_word_before_it() -> None:
    family = set_condition(begin("P1"), Condition("c", "Retinitis pigmentosa"))
    family = set_diagnosis(family, "P1", Diagnosis("c", 3.0))
    words = [line.text for line in label_lines(family, family.by_id["P1"], "I-1")]
    assert words == ["I-1", "Retinitis", "pigmentosa 3"]
