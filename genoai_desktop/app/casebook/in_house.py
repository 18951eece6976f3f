"""How often the clinic's other cases carried a variant, for the ranking of one."""

from typing import TYPE_CHECKING

from genoai_desktop.analysis.rare_disease import InHouse

if TYPE_CHECKING:
    from genoai_desktop.app.casebook.casebook import Casebook


def in_house(book: "Casebook", uid: str = "") -> InHouse | None:
    """Counts among the stored cases whose patients agreed to research use, without the case ``uid`` itself.

    None where there is no such case.

    Raises:
        UserError: the store was locked.
    """
    counts, cases = book.in_house(uid)
    return InHouse(counts, cases) if cases else None
