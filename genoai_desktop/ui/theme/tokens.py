"""Design tokens: every colour, size and distance of the window, once.

Text colours have a contrast of at least 4.5:1 on ``surface``, ``background`` and ``raised``
(WCAG 2.2 AA); ``tests/ui/test_theme.py`` measures it.
"""

from dataclasses import dataclass, fields
from enum import StrEnum


class Scheme(StrEnum):
    """The two themes."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme, as ``#rrggbb``."""

    background: str
    surface: str
    raised: str
    sidebar: str
    sidebar_text: str
    sidebar_muted: str
    sidebar_active: str
    border: str
    control_border: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    success: str
    success_soft: str
    neutral_soft: str
    track: str
    selection: str
    series_a: str
    series_b: str
    series_c: str
    series_d: str


LIGHT = Palette(
    background="#f4f6f9",
    surface="#ffffff",
    raised="#f8fafc",
    sidebar="#10243e",
    sidebar_text="#f2f6fb",
    sidebar_muted="#a9bdd6",
    sidebar_active="#1f4470",
    border="#dbe1e9",
    control_border="#8793a3",
    text="#16202e",
    muted="#526074",
    accent="#0b5cad",
    accent_hover="#084b90",
    on_accent="#ffffff",
    accent_soft="#e4effa",
    danger="#a8201a",
    danger_soft="#fbe9e7",
    warning="#7a4b00",
    warning_soft="#fdf1dc",
    success="#17663c",
    success_soft="#e3f4ea",
    neutral_soft="#eaeef3",
    track="#e3e8ef",
    selection="#d5e6f7",
    series_a="#0b5cad",
    series_b="#b4530a",
    series_c="#17663c",
    series_d="#7b3fa0",
)

DARK = Palette(
    background="#10151d",
    surface="#18202b",
    raised="#1d2733",
    sidebar="#0b1017",
    sidebar_text="#eef3f9",
    sidebar_muted="#9fb1c8",
    sidebar_active="#1d3a5c",
    border="#2b3746",
    control_border="#6c7c90",
    text="#e9eef5",
    muted="#a7b4c5",
    accent="#7db9f2",
    accent_hover="#a3cff8",
    on_accent="#0b1a2b",
    accent_soft="#1b3350",
    danger="#ff9d94",
    danger_soft="#43201f",
    warning="#f3c06b",
    warning_soft="#3d2f15",
    success="#7fd6a3",
    success_soft="#183a28",
    neutral_soft="#273342",
    track="#2c3948",
    selection="#234263",
    series_a="#7db9f2",
    series_b="#f2a65e",
    series_c="#7fd6a3",
    series_d="#cba0ee",
)

PALETTES = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK}

SPACE = {"xs": 4, "s": 8, "m": 12, "l": 16, "xl": 24, "xxl": 32}
"""The spacing scale, in device-independent pixels."""

TYPE = {"source": 11, "caption": 12, "body": 13, "strong": 14, "heading": 16, "title": 22, "figure": 26}
"""The type scale, in device-independent pixels."""

RADIUS = 8
CONTROL_HEIGHT = 32
FINGER = 44
"""Height and width of what a finger presses, in device-independent pixels."""
FAMILIES = ("Inter", "Segoe UI", "SF Pro Text", "DejaVu Sans")
MONO_FAMILIES = ("DejaVu Sans Mono", "Cascadia Mono", "Menlo")


TEXT_SCALES = (100, 115, 130, 150, 175, 200)
"""Text sizes that a person can choose, in per cent."""


def type_size(role: str, scale: int = 100) -> int:
    """A size of the type scale at a text size in per cent, in device-independent pixels."""
    return round(TYPE[role] * scale / 100)


def values(palette: Palette, scale: int = 100) -> dict[str, str]:
    """Every token by name, as the stylesheet's placeholders call it. ``scale``: text size in per cent."""
    table = {field.name: getattr(palette, field.name) for field in fields(palette)}
    table |= {f"space_{name}": f"{size}px" for name, size in SPACE.items()}
    table |= {f"type_{name}": f"{type_size(name, scale)}px" for name in TYPE}
    table |= {"radius": f"{RADIUS}px", "control_height": f"{CONTROL_HEIGHT}px"}
    table["finger"] = f"{FINGER - 12}px"  # within padding and border
    table |= {f"line_{size}": f"{round(size * scale / 100)}px" for size in (14, 16, 20, 22)}
    table["line_title"] = f"{round(type_size('title', scale) * 1.25)}px"
    return table


def contrast(first: str, second: str) -> float:
    """WCAG 2.2 contrast ratio of two ``#rrggbb`` colours, 1..21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


PEDIGREE_FILLS_DARK = {
    "fill0": "#e9eef5",
    "fill1": "#f2a65e",
    "fill2": "#7db9f2",
    "fill3": "#cba0ee",
    "fill4": "#7fd6a3",
    "fill5": "#f3c06b",
    "fill6": "#ff9d94",
    "fill7": "#a7b4c5",
}
"""Fills of a pedigree's conditions on dark paper; on light paper they are those of the printed drawing."""
