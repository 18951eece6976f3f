"""Choosing the clinic's reference genome, and what is said about the one chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.dialogs.fields import FASTA

if TYPE_CHECKING:
    from genoai_desktop.app.reference import ReferenceGenome

_MOST_NAMED = 6


def choose_reference(parent: QWidget) -> Path | None:
    """Ask for a FASTA file; None when the person thinks better of it."""
    title = tr("Choose a reference genome (GRCh37 or GRCh38)")
    name, _ = QFileDialog.getOpenFileName(parent, title, "", FASTA + ";;" + tr("All files (*)"))
    return Path(name) if name else None


def welcome(genome: ReferenceGenome) -> tuple[str, str]:
    """Tone and words for a reference genome that was accepted, with what it lacks."""
    said = [
        tr(
            "{name} is {build}. It will be filled in when a file of {build} is opened.",
            name=genome.path.name,
            build=genome.build,
        )
    ]
    if genome.missing:
        named = joined(", ", genome.missing[:_MOST_NAMED])
        more = len(genome.missing) - _MOST_NAMED
        listed = tr("{names} and {count} more", names=named, count=more) if more > 0 else named
        said.append(tr("It lacks chromosomes: {names}. Variants there do without it.", names=listed))
    if genome.old_mitochondrion:
        said.append(
            tr(
                "Its mitochondrial sequence is the older one of hg19 (NC_001807), "
                "which does not describe mitochondrial variants."
            )
        )
    return ("warning" if len(said) > 1 else "success"), joined(" ", said)
