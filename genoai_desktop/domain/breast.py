"""What the breast cancer models ask beyond the pedigree (``Case.family``)."""

from dataclasses import dataclass

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

PARTS = ("lifestyle", "monogenic", "polygenic")


@dataclass(frozen=True, slots=True)
class BreastFactors:
    """Answers of the woman whose risk is asked. None is not known; nothing is guessed.

    ``population``: race and ethnicity code of BCRA 2.1.2, 1..11 (1 White, 2 African American, 3 and 5
    Hispanic, 4 other or unknown, 6..11 Asian and Pacific). ``first_birth``: age in years, with
    ``childless`` True for no live birth. ``hyperplasia``: of a biopsy. ``switched_off``: parts of
    ``PARTS`` that the combined figure leaves out.
    """

    population: int = 4
    menarche: int | None = None
    first_birth: int | None = None
    childless: bool | None = None
    biopsies: int | None = None
    hyperplasia: bool | None = None
    switched_off: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be, with the field's name.

        Raises:
            UserError: ``where`` is the field.
        """
        rules = (
            (self.population in range(1, 12), "population", tr("the code must be 1 to 11")),
            (_within(self.menarche, 7, 25), "menarche", tr("the age must be 7 to 25 years")),
            (_within(self.first_birth, 10, 60), "first_birth", tr("the age must be 10 to 60 years")),
            (
                not (self.childless and self.first_birth is not None),
                "first_birth",
                tr("an age at first birth contradicts “no live birth”"),
            ),
            (
                self.menarche is None or self.first_birth is None or self.first_birth >= self.menarche,
                "first_birth",
                tr("the age at first birth is below the age at menarche"),
            ),
            (_within(self.biopsies, 0, 30), "biopsies", tr("the number must be 0 to 30")),
            (
                self.hyperplasia is None or bool(self.biopsies),
                "hyperplasia",
                tr("hyperplasia is known from a biopsy only"),
            ),
            (
                set(self.switched_off) <= set(PARTS),
                "switched_off",
                tr("a part must be one of {parts}", parts=", ".join(PARTS)),
            ),
        )
        for good, name, why in rules:
            if not good:
                raise UserError(why, where=name, remedy=tr("Correct this field."), code="risk.out-of-range")


def _within(value: int | None, low: int, high: int) -> bool:
    return value is None or low <= value <= high
