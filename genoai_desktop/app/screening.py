"""The clinic's own screening options: shown as rows, checked as a whole, kept in the data folder.

Only genes whose rows differ from the bundled table are written, so that the others follow the bundle's
later releases.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from genoai_desktop.cases.audit import Act
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.durable import make_folder, remove_file, replace_file
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.installed import written_in_words
from genoai_desktop.knowledge.locations import data_home
from genoai_desktop.knowledge.screening import BREAST, COLUMNS, FILE, Screening, as_tsv, bundled, with_clinic

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Casebook

Row = tuple[str, ...]


def rows(knowledge: Knowledge, context: Context) -> tuple[Row, ...]:
    """Every option in force, in the columns of ``COLUMNS``.

    Raises:
        UserError: the clinic's present table cannot be read.
    """
    context.check()
    return _rows(with_clinic(_bundle(knowledge), data_home() / FILE))


def bundled_rows(knowledge: Knowledge) -> tuple[Row, ...]:
    """The options of the bundle alone."""
    return _rows(_bundle(knowledge))


def keep(
    edited: Sequence[Row], knowledge: Knowledge, context: Context, book: "Casebook | None" = None
) -> int:
    """Write what differs from the bundle into the clinic's table, and use it from now on.

    Returns how many rows are the clinic's own; without any the file is taken away. A gene that has no row
    left is kept as one with no option. Recorded in an open store.

    Raises:
        UserError: a row that cannot be (names line and field), the device failed, or a store is open whose
            user is no administrator; nothing is changed. With code ``store.unknown`` the device failed at
            the very end: whether the new table is there is not known.
    """
    context.check()
    if book is not None:
        book.require_administrator()
        book.record(Act.SETTING, "", "screening options")
    own = _different(edited, bundled_rows(knowledge))
    path = data_home() / FILE
    with written_in_words(FILE, "screening.write"):
        if own:
            _put(path, own, knowledge)
        else:
            remove_file(path)
    knowledge.risk.__dict__.pop("screening", None)  # read again at the next question
    return len(own)


def _put(path: Path, own: Iterable[Row], knowledge: Knowledge) -> None:
    """Checked as a file of another name; then the old table is replaced, or stays."""
    data = _tsv(own).encode()
    make_folder(path.parent)
    trial = path.with_name(f"new-{FILE}")
    try:
        trial.write_bytes(data)
        with_clinic(_bundle(knowledge), trial)
    finally:
        trial.unlink(missing_ok=True)
    replace_file(path, data)


def _bundle(knowledge: Knowledge) -> Screening:
    return bundled(knowledge.bundle.document("screening_options"))


def _rows(screening: Screening) -> tuple[Row, ...]:
    lines = csv.reader(io.StringIO(as_tsv(screening)), delimiter="\t")
    return tuple(tuple(line) for number, line in enumerate(lines) if number)


def _different(edited: Sequence[Row], base: Iterable[Row]) -> list[Row]:
    """Rows of genes (or of the breast bands) that are not as in the bundle."""
    mine, theirs = _by_gene(edited), _by_gene(base)
    own = [row for gene, found in mine.items() if found != theirs.get(gene) for row in found]
    gone = [gene for gene in theirs if gene not in mine and gene != BREAST]
    empty = [""] * (len(COLUMNS) - 2)
    return own + [(gene, "any", *empty) for gene in gone]


def _by_gene(found: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in found:
        cells = tuple(cell.strip() for cell in row)
        if any(cells):
            grouped.setdefault(cells[0], []).append(cells)
    return grouped


def _tsv(own: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(own)
    return out.getvalue()
