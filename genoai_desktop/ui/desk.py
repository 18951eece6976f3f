"""What every page may reach: the open cases, the theme, the workers, the use cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.jobs.pool import WorkerPool
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

_RECENT = "recent/files"
_MOST_RECENT = 8
_REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Target:
    """Where the locus view should look. Positions are 1-based, on the case's build."""

    chromosome: str
    start: int
    end: int
    gene: str = ""


class Desk(QObject):
    """The open cases and the way to the services. One per window."""

    case_changed = Signal(object)
    cases_changed = Signal()
    page_wanted = Signal(str)
    locus_wanted = Signal(object)
    edit_wanted = Signal(object, object)

    def __init__(
        self, services: Services, theme: Theme, pool: WorkerPool, settings: QSettings | None = None
    ) -> None:
        super().__init__()
        self.services, self.theme, self.pool = services, theme, pool
        self.settings = settings
        self.cases: list[OpenCase] = []
        self.current: OpenCase | None = None

    def add(self, opened: OpenCase) -> None:
        """Put a case on the desk and turn to it."""
        self.cases.append(opened)
        self.turn_to(opened)

    def replace(self, old: OpenCase, new: OpenCase) -> None:
        """The same case, analysed again."""
        self.cases = [new if case is old else case for case in self.cases]
        if self.current is old or self.current is None:
            self.turn_to(new)

    def turn_to(self, opened: OpenCase | None) -> None:
        """Show this case on every page; None shows the case list alone."""
        self.current = opened
        self.cases_changed.emit()
        self.case_changed.emit(opened)

    def change(self, case: Case) -> None:
        """Ask for an edited case in place of the one in view: it is analysed again."""
        if self.current is not None:
            self.edit_wanted.emit(self.current, case)

    def close(self, opened: OpenCase) -> None:
        """Take a case off the desk."""
        self.cases = [case for case in self.cases if case is not opened]
        if self.current is opened:
            self.turn_to(self.cases[-1] if self.cases else None)
        else:
            self.cases_changed.emit()

    def show_locus(self, variant: ReportedVariant) -> None:
        """Turn to the locus page at this variant."""
        key = variant.key
        end = key.position + len(key.ref) - 1
        self.locus_wanted.emit(Target(key.chromosome, key.position, end, variant.gene))

    @property
    def recent(self) -> list[Path]:
        """Paths of files opened before; nothing else about a case is remembered."""
        if self.settings is None:
            return []
        stored = self.settings.value(_RECENT, [])
        names = [stored] if isinstance(stored, str) else list(stored) if isinstance(stored, list) else []
        return [Path(str(name)) for name in names]

    def remember(self, path: Path) -> None:
        """Keep a path for the list of recent files."""
        if self.settings is not None:
            names = [str(path), *(str(other) for other in self.recent if other != path)]
            self.settings.setValue(_RECENT, names[:_MOST_RECENT])
            self.cases_changed.emit()

    @property
    def references(self) -> dict[str, str]:
        """Paths of the clinic's reference genomes, by build."""
        if self.settings is None:
            return {}
        stored = {build.value: self.settings.value(f"{_REFERENCE}/{build}", "") for build in Build}
        return {build: str(path) for build, path in stored.items() if path}

    def reference_for(self, build: Build | None) -> Path | None:
        """The remembered reference genome of a build, if the file is still there."""
        from genoai_desktop.app.reference import reference_for

        return reference_for(build, self.references) if self.references else None

    def remember_reference(self, build: Build, path: Path) -> None:
        """Use this FASTA for every file of that build from now on."""
        if self.settings is not None:
            self.settings.setValue(f"{_REFERENCE}/{build}", str(path))

    def forget_recent(self) -> None:
        """Empty the list of recent files."""
        if self.settings is not None:
            self.settings.remove(_RECENT)
            self.cases_changed.emit()
