"""Every page and dialog in every state: says what it is, what is missing and what to do; nothing is cut off.

Each state is seen in its looks (``page_looks.covering``), or in all with GENOAI_EVERY_LOOK=1.
"""

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from all_states import BY_NAME, STATES
from looking_language import left_english
from looking_over import in_sight, unsaid, wrong_with
from page_looks import USUAL, Look, covering, looks_of, wear
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QCheckBox
from stage import Stage, State

from genoai_desktop.ui.pages.registry import PAGES
from genoai_desktop.ui.pedigree.editor import PedigreeEditor
from genoai_desktop.ui.theme.manager import Theme

SEEN = [(state, look) for state in STATES for look in looks_of(state.name)]

pytestmark = [
    pytest.mark.usefixtures("quick_keys"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=False),
]


@pytest.fixture
def staged(theme: Theme, tmp_path: Path) -> Iterator[Callable[[Look], Stage]]:
    """A stage in a look; gone at the end."""
    made: list[Stage] = []

    def build(look: Look) -> Stage:
        made.append(Stage(theme, tmp_path, look.size))
        return made[-1]

    yield build
    for stage in made:
        stage.close()


@pytest.mark.parametrize(("state", "look"), SEEN, ids=lambda part: part.name)
def test_a_state_is_whole_named_readable_and_says_what_to_do(
    state: State, look: Look, staged: Callable[[Look], Stage], theme: Theme
) -> None:
    with wear(theme, look):
        stage = staged(look)
        root = state.show(stage)
        if look.language == "en":
            assert "\n".join(unsaid(state, root)) == ""
        roomy = (look.scale, look.language) == (100, "en")
        walked = roomy and not stage.services.waiting
        found = left_english(root) if look.language == "de" else []
        found += wrong_with(root, QSize(*look.size), walked=walked, measured=look in covering(state.name)[:2])
        assert "\n".join(found) == ""


def test_every_page_has_an_empty_and_a_filled_state() -> None:
    for page in PAGES:
        own = {state.name.split(".")[1] for state in STATES if state.subject == page}
        assert own & {"empty", "no_case", "no_store"}, page
        assert own & {"full", "family", "stated", "clinician"}, page
    assert len(BY_NAME) == len(STATES)


def test_the_looks_that_are_tested_hold_every_pair_of_values_and_each_value_of_every_state() -> None:
    def values(look: Look) -> tuple[object, ...]:
        return look.scheme, look.scale, look.language, look.size

    pairs: set[tuple[int, int, object, object]] = set()
    for state in STATES:
        looks = [values(look) for look in covering(state.name)]
        assert [len(set(column)) for column in zip(*looks, strict=True)] == [2, 2, 2, 2], state.name
        for look in looks:
            pairs |= {(a, b, look[a], look[b]) for a, b in combinations(range(4), 2)}
    assert len(pairs) == 6 * 2 * 2


@pytest.mark.parametrize("look", USUAL, ids=lambda look: look.name)
@pytest.mark.parametrize("name", ["pedigree.alone", "pedigree.reviewer"])
def test_a_filled_sheet_of_a_pedigree_is_not_wider_than_its_column(
    name: str, look: Look, staged: Callable[[Look], Stage], theme: Theme
) -> None:
    with wear(theme, look):
        root = BY_NAME[name].show(staged(look))
        editor = next(made for made in root.findChildren(PedigreeEditor) if in_sight(made))
        editor.show_rest()
        assert editor.panel.findChildren(QCheckBox)
        QApplication.processEvents()
        assert editor.panel.minimumSizeHint().width() <= editor.sheet.viewport().width()
