"""Every edit of a pedigree by key, by mouse and by touch; each is taken back and done again."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import genoai_desktop.ui  # noqa: F401 - before PySide6

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report/pedigree"))

from families import four_generations
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from genoai_desktop.domain.family import Adoption, Donor, Family, Member, Pregnancy, Zygosity
from genoai_desktop.domain.family_edit import add_child, add_parents, add_partner, add_sibling, begin
from genoai_desktop.domain.family_kinship import relationship
from genoai_desktop.domain.person import Sex
from genoai_desktop.ui.pedigree.commands import COMMANDS
from genoai_desktop.ui.pedigree.editor import PedigreeEditor
from genoai_desktop.ui.theme.manager import Theme

Key = Qt.Key
Check = Callable[[Family, str], bool]


class Hands:
    """Presses keys, clicks and taps in an editor, as a person would."""

    def __init__(self, editor: PedigreeEditor, touch: QPointingDevice) -> None:
        self.editor, self.touch = editor, touch

    @property
    def family(self) -> Family:
        """The family in view."""
        assert self.editor.family is not None
        return self.editor.family

    def press(self, *keys: Key) -> None:
        """Type in the drawing."""
        for key in keys:
            QTest.keyClick(self.editor.view, key)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click on the middle of a widget, or on a point of it."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or _middle(widget))

    def tap(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Touch and let go."""
        at = at or _middle(widget)
        QTest.touchEvent(widget, self.touch).press(0, at, widget)
        QApplication.processEvents()
        QTest.touchEvent(widget, self.touch).release(0, at, widget)
        QApplication.processEvents()

    def place(self, person: str) -> QPoint:
        """Where somebody stands in the view."""
        return self.editor.view.mapFromScene(self.editor.view.people[person].pos())

    def field(self, kind: type[QWidget], name: str) -> QWidget:
        """The field of that name for the person in view, scrolled to."""
        self.editor.show_rest()
        QApplication.processEvents()
        found = [one for one in self.editor.panel.findChildren(kind) if one.accessibleName() == name]
        made = next(one for one in found if not one.isHidden() and one.isVisibleTo(self.editor.panel))
        self.editor.sheet.ensureWidgetVisible(made)
        QApplication.processEvents()
        return made


def _middle(widget: QWidget) -> QPoint:
    if isinstance(widget, QCheckBox):  # the box itself, not the room behind a short word
        return QPoint(10, widget.height() // 2)
    return widget.rect().center()


@pytest.fixture
def hands(qtbot: QtBot, theme: Theme) -> Hands:
    """An editor with a woman, her parents, brother and partner."""
    editor = PedigreeEditor(theme)
    qtbot.addWidget(editor)
    editor.resize(790, 780)  # on the small screen of the tests: a finger cannot touch beyond it
    editor.show()
    editor.activateWindow()
    family = add_partner(add_sibling(add_parents(begin("P1", Sex.FEMALE), "P1"), "P1", Sex.MALE), "P1")
    editor.show_family(family)
    editor.view.setFocus()
    QApplication.processEvents()
    return Hands(editor, QTest.createTouchDevice())


def _kept(hands: Hands, before: Family, check: Check, person: str = "P1") -> None:
    """The edit is there, goes away with Ctrl+Z and comes back with Ctrl+Y, the same."""
    after = hands.family
    assert after != before
    assert check(after, person)
    steps = len(hands.editor._past)
    while hands.editor.can_undo:
        QTest.keyClick(hands.editor.view, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hands.family == before
    for _ in range(steps):
        hands.editor.do("redo")
    assert hands.family == after


def _grown(people: int) -> Check:
    return lambda family, _person: len(family.members) == 5 + people


def _has(test: Callable[[Member], object]) -> Check:
    return lambda family, person: bool(test(family.by_id[person]))


KIN: dict[str, tuple[Key, Check]] = {
    "partner": (Key.Key_M, lambda family, person: len(family.partners(person)) == 2),
    "child": (Key.Key_C, lambda family, person: len(family.children_of[person]) == 1),
    "sibling": (Key.Key_S, lambda family, person: len(family.siblings(person)) == 2),
    "twin": (Key.Key_T, lambda family, person: family.twins_of(person) is not None),
    "half_sibling": (Key.Key_H, lambda family, person: len(family.half_siblings(person)) == 1),
}


@pytest.mark.parametrize("way", ["key", "mouse", "touch"])
@pytest.mark.parametrize("name", KIN)
def test_kin(hands: Hands, name: str, way: str) -> None:
    before, (key, check) = hands.family, KIN[name]
    button = hands.editor.bar.buttons[name]
    {
        "key": lambda: hands.press(key),
        "mouse": lambda: hands.click(button),
        "touch": lambda: hands.tap(button),
    }[way]()
    _kept(hands, before, check)


@pytest.mark.parametrize("way", ["click", "tap"])
@pytest.mark.parametrize("name", ["parents", "partner", "child", "sibling"])
def test_kin_by_the_handles_of_a_chosen_person(hands: Hands, name: str, way: str) -> None:
    before, viewport = hands.family, hands.editor.view.viewport()
    getattr(hands, way)(viewport, hands.place("P2"))
    assert hands.editor.view.person == "P2"
    handle = hands.editor.view.handles[name]
    getattr(hands, way)(viewport, hands.editor.view.mapFromScene(handle.pos()))
    checks: dict[str, Check] = {
        "parents": lambda family, person: len(family.by_id[person].parents) == 2,
        "partner": lambda family, person: len(family.partners(person)) == 2,
        "child": lambda family, person: len(family.children_of[person]) == 3,
        "sibling": lambda family, person: len(family.siblings(person)) == 1,
    }
    _kept(hands, before, checks[name], "P2")


def test_two_quick_taps_on_a_handle_add_two_children(hands: Hands) -> None:
    hands.tap(hands.editor.view.viewport(), hands.place("P5"))
    for _ in range(2):
        hands.editor.choose("P5")
        handle = hands.editor.view.handles["child"]
        hands.tap(hands.editor.view.viewport(), hands.editor.view.mapFromScene(handle.pos()))
    assert len(hands.family.children_of["P5"]) == 2


@pytest.mark.parametrize(
    ("keys", "check"),
    [
        ((Key.Key_A,), _has(lambda m: m.diagnoses)),
        ((Key.Key_A, Key.Key_A), _has(lambda m: m.unaffected and not m.diagnoses)),
        ((Key.Key_D,), _has(lambda m: m.deceased)),
        ((Key.Key_G,), _has(lambda m: m.sex is Sex.MALE)),
        ((Key.Key_K,), _has(lambda m: m.carrier)),
        ((Key.Key_B,), _has(lambda m: m.pregnancy is Pregnancy.ONGOING)),
        ((Key.Key_B,) * 2, _has(lambda m: m.pregnancy is Pregnancy.MISCARRIAGE)),
        ((Key.Key_B,) * 3, _has(lambda m: m.pregnancy is Pregnancy.STILLBIRTH)),
        ((Key.Key_B,) * 4, _has(lambda m: m.pregnancy is Pregnancy.TERMINATION)),
        ((Key.Key_B,) * 5, _has(lambda m: m.pregnancy is Pregnancy.ECTOPIC)),
        ((Key.Key_O,), _has(lambda m: m.adopted is Adoption.IN and m.adoptive and not m.parents)),
        ((Key.Key_O, Key.Key_O), _has(lambda m: m.adopted is Adoption.OUT and m.parents)),
        ((Key.Key_E,), _has(lambda m: m.donor is Donor.EGG)),
        ((Key.Key_R,), _has(lambda m: m.surrogate)),
        ((Key.Key_U,), lambda family, person: family.consultand == person),
    ],
    ids=lambda value: "-".join(key.name for key in value) if isinstance(value, tuple) else "",
)
def test_marks_by_key(hands: Hands, keys: tuple[Key, ...], check: Check) -> None:
    before = hands.family
    hands.press(*keys)
    _kept(hands, before, check)


@pytest.mark.parametrize("way", ["click", "tap"])
@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("deceased", "deceased"),
        ("known unaffected", "unaffected"),
        ("carrier", "carrier"),
        ("presymptomatic carrier", "presymptomatic"),
        ("documented evaluation", "evaluated"),
        ("gestational carrier", "surrogate"),
        ("family history not known", "history_unknown"),
        ("relatives may see this", "shares"),
    ],
)
def test_marks_in_the_details(hands: Hands, name: str, field: str, way: str) -> None:
    before = hands.family
    getattr(hands, way)(hands.field(QCheckBox, name))
    _kept(hands, before, _has(lambda member: getattr(member, field)))


@pytest.mark.parametrize(
    ("name", "down", "check"),
    [
        ("Sex at birth", 1, _has(lambda m: m.sex is not Sex.FEMALE)),
        ("Gender", 3, _has(lambda m: m.gender.value == "nonbinary")),
        ("Pregnancy", 3, _has(lambda m: m.pregnancy is Pregnancy.STILLBIRTH)),
        ("Adopted", 1, _has(lambda m: m.adopted is Adoption.IN)),
        ("Donor", 2, _has(lambda m: m.donor is Donor.EGG)),
        ("No children", 2, _has(lambda m: m.childless.value == "infertility")),
    ],
)
def test_choices_in_the_details(hands: Hands, name: str, down: int, check: Check) -> None:
    before = hands.family
    for _ in range(down):
        QTest.keyClick(hands.field(QComboBox, name), Key.Key_Down)
    _kept(hands, before, check)


def test_four_conditions_with_ages(hands: Hands) -> None:
    before = hands.family
    names = ("Breast cancer", "Ovarian cancer", "Diabetes", "Stroke")
    for name in names:
        field = hands.field(QLineEdit, "New condition")
        QTest.keyClicks(field, name)
        QTest.keyClick(field, Key.Key_Return)
    for number, name in enumerate(names):
        field = hands.field(QLineEdit, f"Age at onset of {name}")
        field.setFocus()
        QTest.keyClicks(field, str(40 + number))
        QTest.keyClick(field, Key.Key_Return)
    ages = [diagnosis.age for diagnosis in hands.family.by_id["P1"].diagnoses]
    assert ages == [40.0, 41.0, 42.0, 43.0]
    _kept(hands, before, _has(lambda member: len(member.diagnoses) == 4))


def test_cousins_who_marry(hands: Hands) -> None:
    family, who = four_generations()
    hands.editor.show_family(family)
    hands.editor.choose(who["tobias"])
    others = hands.field(QComboBox, "Partner who is in the pedigree already")
    assert isinstance(others, QComboBox)
    others.setCurrentIndex(others.findData(who["julia"]) - 1)
    QTest.keyClick(others, Key.Key_Down)
    assert relationship(hands.family, who["tobias"], who["julia"]) is not None
    _kept(hands, family, lambda made, person: who["julia"] in made.partners(person), who["tobias"])


def test_partners_who_are_said_to_be_related(hands: Hands) -> None:
    before = hands.family
    hands.click(hands.field(QCheckBox, "blood relative of P5"))
    field = hands.field(QLineEdit, "Related to P5 as")
    field.setFocus()
    QTest.keyClicks(field, "third cousins")
    QTest.keyClick(field, Key.Key_Return)
    union = hands.family.union_of("P1", "P5")
    assert union is not None
    assert (union.consanguineous, union.note) == (True, "third cousins")
    _kept(hands, before, lambda family, _person: bool(family.union_of("P1", "P5")))


def test_the_kind_of_twins(hands: Hands) -> None:
    before = hands.family
    twin = hands.field(QComboBox, "Twin of")
    QTest.keyClick(twin, Key.Key_Down)
    QTest.keyClick(hands.field(QComboBox, "Kind of twins"), Key.Key_Up)
    twins = hands.family.twins_of("P1")
    assert twins is not None
    assert twins.zygosity is Zygosity.FRATERNAL
    _kept(hands, before, lambda family, person: family.twins_of(person) is not None)


def test_a_finger_moves_a_person_sideways(hands: Hands) -> None:
    before, viewport = hands.family, hands.editor.view.viewport()
    start = hands.place("P1")
    QTest.touchEvent(viewport, hands.touch).press(0, start, viewport)
    for step in (20, 40, 60):
        QTest.touchEvent(viewport, hands.touch).move(0, start + QPoint(step, 2), viewport)
    QTest.touchEvent(viewport, hands.touch).release(0, start + QPoint(60, 2), viewport)
    _kept(hands, before, _has(lambda member: member.nudge > 20))


def test_a_pen_is_left_to_act_as_a_mouse(hands: Hands) -> None:
    """What no widget takes of a pen becomes a press of the mouse in the window system; nothing takes it."""
    at = QPointF(hands.place("P2"))
    pen = QTabletEvent(
        QEvent.Type.TabletPress,
        QPointingDevice.primaryPointingDevice(),
        at,
        at,
        0.5,
        0,
        0,
        0,
        0,
        0,
        Qt.KeyboardModifier.NoModifier,
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
    )
    QApplication.sendEvent(hands.editor.view.viewport(), pen)
    assert not pen.isAccepted()


def test_a_person_with_children_is_removed_and_comes_back(hands: Hands) -> None:
    family = add_child(hands.family, "P1", "P5", Sex.MALE)
    hands.editor.show_family(family)
    hands.click(hands.editor.view.viewport(), hands.place("P5"))
    hands.click(hands.editor.bar.buttons["remove"])
    assert "P5" not in hands.family.by_id
    _kept(hands, family, lambda made, person: len(made.by_id["P6"].parents) == 1)


def test_any_edits_are_taken_back_and_done_again_one_by_one(hands: Hands) -> None:
    begun = hands.family
    step = st.tuples(st.sampled_from(sorted(COMMANDS)), st.integers(0, 999))

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(step, min_size=1, max_size=25))
    def holds(steps: list[tuple[str, int]]) -> None:
        editor = hands.editor
        editor.family = None
        editor.show_family(begun)
        states = [begun]
        for word, number in steps:
            members = hands.family.members
            editor.choose(members[number % len(members)].id)
            editor.do(word)
            if hands.family != states[-1]:
                states.append(hands.family)
        for state in reversed(states[:-1]):
            editor.undo()
            assert hands.family == state
        assert not editor.can_undo
        for state in states[1:]:
            editor.redo()
            assert hands.family == state
        assert not editor.can_redo

    holds()


def test_three_generations_of_fifteen_people_take_fifteen_keys(hands: Hands) -> None:
    """Proband, two siblings, parents, grandparents, four aunts and uncles, one of them with a family."""
    hands.editor.show_family(begin("Q", Sex.FEMALE))
    keys = ("P", "S", "S", "Home", "Up", "P", "S", "S", "C", "Home", "Up", "Right", "P", "S", "S")
    hands.press(*(getattr(Key, f"Key_{key}") for key in keys))
    family = hands.family
    father, mother = family.by_id["Q"].parents
    assert (len(keys), len(family.members)) == (15, 15)
    assert len(family.siblings("Q")) == 2
    for parent in (father, mother):
        assert len(family.by_id[parent].parents) == 2
        assert len(family.siblings(parent)) == 2
    cousins = [one for aunt in family.siblings(father) for one in family.children_of.get(aunt, ())]
    assert len(cousins) == 1
    drawn = hands.editor.view.drawn
    assert drawn is not None
    assert (len(drawn.layout.rows), drawn.layout.crossings) == (3, 0)
