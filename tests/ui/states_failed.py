"""States of every page whose analysis failed in the program."""

from page_cases import failing
from stage import State
from states_ways import case, page

from genoai_desktop.domain.failed import Part

_PAGES = {Part.RARE: "candidates", Part.PGX: "medicines", Part.RISK: "risks", Part.QUALITY: "quality"}
_SAID = ("This analysis failed", "KeyError at analysis/steps.py:12")
_WITHOUT = {
    ("candidates", Part.CLASSIFICATION): "Classes of the variants",
    ("risks", Part.ANCESTRY): "“Ancestry” failed",
    ("medicines", Part.ANCESTRY): "“Ancestry” failed",
    ("similar", Part.RARE): "which genes explain the case is not known",
    ("report", Part.PGX): "nothing can be said about it",
    ("cases", Part.RARE): "nothing can be said about it",
}
"""Pages beside an analysis that failed, and what they say of it."""

STATES: tuple[State, ...] = (
    *(
        State(f"{name}.analysis_failed", page(name, case(failing(part))), _SAID, "Try again")
        for part, name in _PAGES.items()
    ),
    *(
        State(f"overview.failed_{part.value}", page("overview", case(failing(part))),
              ("nothing can be said", "Problem"))
        for part in Part
    ),
    *(
        State(f"{name}.without_{part.value}", page(name, case(failing(part))), (said,))
        for (name, part), said in _WITHOUT.items()
    ),
)  # fmt: skip
