"""How far the rows that this project wrote were checked: said wherever one of them is shown."""

from genoai_desktop.domain.text import joined, tr
from genoai_desktop.knowledge.pgx_guidelines import CautionRow, Interaction, Review


def interaction_source(row: Interaction) -> str:
    """The source of a row, or that it is general knowledge."""
    if row.checked:
        return row.source
    return tr("general knowledge, not checked against a source; as in: {source}", source=row.source)


def caution_source(row: CautionRow) -> str:
    """The source of a row, or that it is general knowledge."""
    if row.checked:
        return row.source
    return tr("general knowledge of approved labels, not checked against each label")


def review_text(review: Review) -> str:
    """The state of review, in a sentence or two."""
    counted = tr(
        "Of {rows} interactions and cautions, {checked} were checked against the source they name; the "
        "others are general knowledge and marked as such.",
        rows=review.rows, checked=review.checked,
    )  # fmt: skip
    if not review.reviewer:
        who = tr("No pharmacist has reviewed the wordings, interactions and cautions of this program.")
    else:
        who = tr("Reviewed by {name}, {date}.", name=review.reviewer, date=review.date)
    return joined(" ", (who, counted))
