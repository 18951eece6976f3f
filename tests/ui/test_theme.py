"""One table of tokens: contrast in both themes, and no colour anywhere else."""

import re
from pathlib import Path

import pytest

from genoai_desktop import ui
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.icons import svg
from genoai_desktop.ui.theme.stylesheet import stylesheet
from genoai_desktop.ui.theme.tokens import PALETTES, Palette, Scheme, contrast

GROUNDS = ("surface", "background", "raised")
INKS = ("text", "muted", "accent", "danger", "warning", "success")


@pytest.mark.parametrize("palette", PALETTES.values(), ids=[str(s) for s in PALETTES])
def test_text_reaches_aa_on_every_ground(palette: Palette) -> None:
    for ground in GROUNDS:
        for ink in INKS:
            assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5, (ink, ground)
    for tone in ("accent", "danger", "warning", "success"):
        assert contrast(getattr(palette, tone), getattr(palette, f"{tone}_soft")) >= 4.5, tone
    pairs = [
        ("on_accent", "accent"),
        ("text", "selection"),
        ("muted", "selection"),
        ("text", "neutral_soft"),
        ("muted", "neutral_soft"),
        ("sidebar_text", "sidebar"),
        ("sidebar_muted", "sidebar"),
        ("sidebar_text", "sidebar_active"),
    ]
    for ink, ground in pairs:
        assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5, (ink, ground)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=[str(s) for s in PALETTES])
def test_controls_and_figures_reach_three_to_one(palette: Palette) -> None:
    for token in ("control_border", "series_a", "series_b", "series_c", "series_d"):
        assert contrast(getattr(palette, token), palette.surface) >= 3.0, token


def test_contrast_is_the_wcag_figure() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_placeholder_of_the_stylesheet_is_a_token() -> None:
    for palette in PALETTES.values():
        assert "$" not in stylesheet(palette, {"arrow": "a.svg", "check": "b.svg"})


def test_colours_are_written_in_the_token_table_alone() -> None:
    folder = Path(str(ui.__file__)).parent
    for path in folder.rglob("*.py"):
        if path.name != "tokens.py":
            found = re.findall(r'"#[0-9a-fA-F]{6}"', path.read_text(encoding="utf-8"))
            assert not found, (path.name, found)


@pytest.mark.parametrize("scheme", list(PALETTES), ids=str)
def test_the_images_of_the_stylesheet_follow_the_tokens(scheme: Scheme) -> None:
    palette, folder = PALETTES[scheme], resources() / "icons"
    assert (folder / f"arrow-{scheme}.svg").read_bytes() == svg("down", palette.muted, 3.0)
    assert (folder / f"check-{scheme}.svg").read_bytes() == svg("check", palette.on_accent, 3.0)
