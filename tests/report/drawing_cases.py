"""Every drawing of chances with figures that cannot be mistaken for each other; nobody's."""

from collections.abc import Callable
from math import cos, sin

from genoai_desktop.domain.profiles import ProfileGroup, ProfileResult
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.risk import AncestryMap, PolygenicScore, RiskCurve, RiskPart
from genoai_desktop.report.drawings.bars import chance_line, contributions
from genoai_desktop.report.drawings.curves import age_curve, score_distribution
from genoai_desktop.report.drawings.maps import ancestry_map, profile_map
from genoai_desktop.report.drawings.people import compared, people
from genoai_desktop.report.pedigree.shapes import Drawing

SOURCE = Citation("Someone", "PMID:1", "2020")


def curve(*, band: bool = True, baseline: bool = True) -> RiskCurve:
    """From 30 to 80 years, up to 69 %."""
    ages = tuple(float(age) for age in range(30, 81, 10))
    values = (0.02, 0.1, 0.25, 0.42, 0.58, 0.69)
    return RiskCurve(
        "Breast cancer, carriers of BRCA2",
        ages,
        values,
        tuple(v * 0.85 for v in values) if band else (),
        tuple(v * 1.12 for v in values) if band else (),
        tuple(v * 0.18 for v in values) if baseline else (),
        "secondary",
        SOURCE,
        "women in general",
    )


def score(z: float | None = 0.7, before: float | None = 1.4) -> PolygenicScore:
    """A place of its own among people of a named reference."""
    return PolygenicScore(
        "breast cancer (313)", 0.4, 300, 313, z, 76.0 if z is not None else None, "EUR", z_unadjusted=before
    )


def parts() -> tuple[RiskPart, ...]:
    """One that raises, one that lowers, one that is left out."""
    return (
        RiskPart("lifestyle", "Family and reproductive history", 0.1, 0.116, True),
        RiskPart("monogenic", "BRCA1 and BRCA2", 0.23, -0.021, True),
        RiskPart("polygenic", "Polygenic score", 0.21, 0.0, False, "no score"),
    )


def places() -> AncestryMap:
    """Five groups in a ring, the person between two."""
    names = ("AFR", "AMR", "EAS", "EUR", "SAS")
    points = tuple(
        (cos(1.25 * n) + 0.13 * cos(5 * k), sin(1.25 * n) + 0.13 * sin(7 * k), name)
        for n, name in enumerate(names)
        for k in range(12)
    )
    centers = tuple((name, cos(1.25 * n), sin(1.25 * n), 500 + n) for n, name in enumerate(names))
    return AncestryMap(points, centers, (0.2, 0.55), ("component 1", "component 2"), SOURCE)


def profiles() -> ProfileResult:
    """Sixty cases in four groups, three of them near."""
    groups = tuple(ProfileGroup(n, 20 + n, ("Coloboma", "Seizure"), 0.8 - n / 10) for n in (1, 2, 3))
    points = tuple((cos(n * 2.1) * n / 60, sin(n * 1.7), n % 4) for n in range(60))
    return ProfileResult((), groups, 40.0, False, (0.1, 0.2), points, ())


def _score_drawing() -> Drawing:
    made = score_distribution(score())
    assert made is not None
    return made


DRAWINGS: dict[str, Callable[[], Drawing]] = {
    "people": lambda: people(0.21),
    "compared": lambda: compared(0.69, 0.12, "women in general"),
    "rare": lambda: compared(0.002, 0.0005),
    "curve": lambda: age_curve(curve()),
    "score": _score_drawing,
    "line": lambda: chance_line(0.21, 0.15, 0.3, 0.095),
    "parts": lambda: contributions(parts()),
    "ancestry": lambda: ancestry_map(places()),
    "profiles": lambda: profile_map(profiles()),
}
