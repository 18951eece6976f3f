# ruff: noqa: E501 - one state, one line
"""One registry of every page in every state: empty, loading, failed, partial and full.

A test walks it and a script takes its pictures. A state is brought about as in daily work: a case is
opened, a use case fails or does not come back, consent is missing, a table of the knowledge is gone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import QuickServices
from ledger_made import changed_cases, ledger_rows
from page_cases import (
    build_uncertain,
    changed,
    declined,
    full,
    no_candidates,
    unmeasured,
    without_phenotype,
    without_variants,
)
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from sample_case import Opened
from store_fixtures import quick_store, unlocked
from test_similar_page import answer

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.ui.pages.registry import PAGES
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.viewmodels import locus as locus_scenes
from genoai_desktop.ui.viewmodels.browse import Filters
from genoai_desktop.ui.viewmodels.reads import Read, Reads
from genoai_desktop.ui.window import MainWindow


class StagedServices(QuickServices):
    """Use cases that fail or never come back where a state asks for it. ``release`` lets all go on."""

    def __init__(self) -> None:
        super().__init__()
        self.gate, self.reported = threading.Event(), threading.Event()
        self.waiting = False

    def never(self, label: str, fraction: float | None) -> Callable[..., Any]:
        """A use case that reports once and then waits until it is cancelled."""

        self.waiting = True

        def wait(*arguments: Any) -> Any:
            context: Context = arguments[-1]
            context.report(label, fraction)
            self.reported.set()
            while not self.gate.wait(0.02):
                context.check()

        return wait

    def stage(self, name: str, function: Callable[..., Any]) -> None:
        """Put ``function`` in the place of the use case ``name``."""
        setattr(self, name, function)


def failing(error: Exception) -> Callable[..., Any]:
    """A use case that ends with ``error``."""

    def fail(*_arguments: Any) -> Any:
        raise error

    return fail


def table_missing(name: str) -> Exception:
    """What the program itself says of a table that is gone."""
    try:
        Bundle().raw(name + " (gone)")
    except UserError as error:
        return error
    raise AssertionError(name)


@dataclass(slots=True)
class Stage:
    """Where a state is brought about."""

    window: MainWindow
    services: StagedServices
    folder: Path

    def open(self, opened: Opened) -> None:
        """Put a case on the desk."""
        self.window.desk.add(opened)  # type: ignore[arg-type]

    def store(self) -> None:
        """An unlocked, empty case store."""
        unlocked(self.window, quick_store(self.folder / "clinic"))


@dataclass(frozen=True, slots=True)
class PageState:
    """``says``: words that must be on the page. ``offers``: a button, field or list to go on with."""

    page: str
    state: str
    prepare: Callable[[Stage], None]
    says: tuple[str, ...] = ()
    offers: str = ""
    afterwards: Callable[[Stage], None] | None = None
    """Once the page is in view."""
    held: bool = False
    """Something is under way as long as the state lasts."""

    @property
    def name(self) -> str:
        """As pictures and tests call it."""
        return f"{self.page}-{self.state}"


def with_reads(stage: Stage) -> None:
    """Reads around the first candidate's variant; the real ones need a file of 100 MB."""
    at = 60_741_400
    reads = tuple(
        Read(at - 170 + 13 * n, at - 20 + 13 * n, n % 2 == 0, n % 12, ((at, "T"),) if n % 2 else ())
        for n in range(24)
    )
    cover = tuple(18 + (n % 7) for n in range(401))
    locus_scenes.read_alignments = lambda *_: Reads(at - 200, cover, reads)  # type: ignore[assignment]
    stage.open(changed(full(), reads="child.bam"))


def near(stage: Stage) -> None:
    from genoai_desktop.ui.desk import Target

    stage.window.locus.go(Target("8", 60_741_260, 60_741_540))


def recent(stage: Stage) -> None:
    """Two files opened before; one of them was moved away."""
    there = stage.folder / "family.vcf.gz"
    there.write_bytes(b"")
    for path in (stage.folder / "elsewhere" / "trio.vcf.gz", there):
        stage.window.desk.remember(path)


def stored(stage: Stage) -> None:
    """A store with a case in it."""
    from store_fixtures import real_case

    stage.store()
    session = stage.window.desk.add(real_case(stage.folder / "family.vcf"))
    book = stage.window.vault.casebook
    assert book is not None
    book.save(session.stored)
    stage.window.desk.close(session.opened)


def find_nothing(stage: Stage) -> None:
    stage.window.pages["cases"].finder.setText("Nobody")  # type: ignore[attr-defined]


def broken_store(stage: Stage) -> None:
    stage.store()
    book = stage.window.vault.casebook
    assert book is not None
    error = UserError("The case store could not be read.", remedy="Check that the disk is connected.")
    book.heads = failing(error)  # type: ignore[method-assign]


def ledger(stage: Stage, news: bool = True) -> None:
    stage.store()
    stage.services.stage("ledger_rows", lambda *_: ledger_rows())
    stage.services.stage("ledger_overview", lambda *_: changed_cases(news))


def choose(index: int) -> Callable[[Stage], None]:
    return lambda stage: stage.window.pages["ledger"].tabs.setCurrentIndex(index)  # type: ignore[attr-defined]


def check(stage: Stage) -> None:
    stage.services.stage("check_cases", stage.services.never("Checking Family 9", 0.4))
    stage.window.pages["ledger"].check("quick")  # type: ignore[attr-defined]


def filter_all(stage: Stage) -> None:
    stage.window.variants.filters.set(Filters(text="nothing like it"))


def sought(stage: Stage) -> None:
    stage.window.variants.finder.field.setText("c.1480C>T")
    stage.window.variants.find("c.1480C>T")


def rank_by(stage: Stage) -> None:
    stage.window.pages["candidates"].bar.evidence["phenotype"].click()  # type: ignore[attr-defined]


def jump(place: str) -> Callable[[Stage], None]:
    def go(stage: Stage) -> None:
        stage.window.locus.place.setText(place)
        stage.window.locus.place.returnPressed.emit()

    return go


def typed_term(stage: Stage) -> None:
    stage.window.pages["phenotype"].picker.field.setText("xqzzk")  # type: ignore[attr-defined]


def opening(stage: Stage) -> None:
    stage.services.stage("analyse", stage.services.never("Annotating variants", 0.4))
    stage.window.open_demo()


def opening_failed(stage: Stage) -> None:
    error = UserError(
        "The file ends in the middle of a record.",
        where="family.vcf.gz, line 1204",
        remedy="Copy it again from where it came from.",
    )
    stage.services.stage("analyse", failing(error))
    stage.window.open_demo()


def then(*steps: Callable[[Stage], None]) -> Callable[[Stage], None]:
    """One after the other."""

    def go(stage: Stage) -> None:
        for step in steps:
            step(stage)

    return go


def case(make: Callable[[], Opened]) -> Callable[[Stage], None]:
    return lambda stage: stage.open(make())


def staged(name: str, make: Callable[[StagedServices], Callable[..., Any]]) -> Callable[[Stage], None]:
    return lambda stage: stage.services.stage(name, make(stage.services))


# --- the registry -----------------------------------------------------------------------------

_DECLINED = ("Not covered by consent", "was not run")
_TABLE = ("cannot be used", "Install the program or the update pack again")


def states() -> tuple[PageState, ...]:
    """Every state, in the order of the rail."""
    return (*_cases(), *_ledger(), *_overview(), *_variants(), *_candidates(), *_comparing(), *_others())


def _cases() -> tuple[PageState, ...]:
    say = "Drop a .vcf, .vcf.gz or .bcf file"
    page = "cases"
    return (
        PageState(page, "empty", lambda _: None, (say, "No case store is in use"), "Choose a file…"),
        PageState(page, "recent", recent, ("Recent files", "not found"), "family.vcf.gz"),
        PageState(page, "loading", opening, ("Annotating variants",), "Cancel", held=True),
        PageState(
            page, "error", opening_failed, ("line 1204", "Copy it again"), "Choose a file…"
        ),
        PageState(page, "store-empty", lambda s: s.store(), ("No case is stored yet",), "Choose a file…"),
        PageState(page, "store", stored, ("Stored cases",), "Search stored cases"),
        PageState(page, "store-none-found", stored, ("No stored case matches",), "Search stored cases",
                  find_nothing),
        PageState(page, "store-error", broken_store, ("could not be read", "disk is connected"), "Choose a file…"),
        PageState(page, "full", case(full), (say, "In view"), "Show"),
    )  # fmt: skip


def _ledger() -> tuple[PageState, ...]:
    page = "ledger"
    waits = staged("ledger_rows", lambda s: s.never("Reading the stored cases", 0.3))
    fails = staged("ledger_rows", lambda _: failing(UserError("The case store could not be read.",
                                                             remedy="Check that the disk is connected.")))  # fmt: skip
    return (
        PageState(page, "no-store", lambda _: None, ("needs an unlocked case store",), "Set up a case store…"),
        PageState(page, "empty", lambda s: s.store(), ("Nothing is in the ledger yet",), "Case list"),
        PageState(page, "loading", then(lambda s: s.store(), waits), ("Reading the stored cases",), "Cancel",
                  held=True),
        PageState(page, "error", then(lambda s: s.store(), fails), ("could not be read", "disk is connected"),
                  "Try again"),
        PageState(page, "changes", ledger, ("What is said otherwise",), "Open the case"),
        PageState(page, "no-news", lambda s: ledger(s, news=False), ("0 with news",), "Check now"),
        PageState(page, "checking", ledger, ("Checking Family 9",), "Stop", check, held=True),
        PageState(page, "full", ledger, ("variants",), "Search the ledger", choose(1)),
    )  # fmt: skip


def _overview() -> tuple[PageState, ...]:
    page = "overview"
    return (
        PageState(page, "full", case(full), ("First candidate", "CHD7"), "All candidates"),
        PageState(page, "declined", case(declined), ("Not covered by consent",), "Consent"),
        PageState(page, "no-phenotype", case(without_phenotype), ("No phenotype",), "Add phenotype terms"),
        PageState(page, "no-variants", case(without_variants), ("no alternate allele",), "Quality"),
        PageState(page, "unmeasured", case(unmeasured), ("Nothing odd was found",), "All candidates"),
        PageState(page, "build-uncertain", case(build_uncertain), ("build is not known",), "Edit this case…"),
        PageState("quality", "full", case(full), ("The file", "Sample CHILD"), ""),
        PageState("quality", "unmeasured", case(unmeasured), ("No quality figures",), "Edit this case…"),
        PageState("quality", "no-variants", case(without_variants), ("does not carry this field",), ""),
        PageState("quality", "build-uncertain", case(build_uncertain), ("build is not certain",),
                  "Edit this case…"),
        PageState("phenotype", "full", case(full), ("Observed", "Coloboma"), "Add as observed"),
        PageState("phenotype", "empty", case(without_phenotype), ("None yet",), "Search HPO terms"),
        PageState("phenotype", "none-found", case(full), ("No term fits",), "Search HPO terms", typed_term),
        PageState("phenotype", "error", then(staged("find_terms", lambda _: failing(table_missing("hpo"))),
                  case(full)), ("cannot be searched",), "Search HPO terms", typed_term),
    )  # fmt: skip


def _variants() -> tuple[PageState, ...]:
    page = "variants"
    return (
        PageState(page, "full", case(full), ("variants shown",), "Where is my variant?"),
        PageState(page, "found", case(full), ("Shown",), "Where is my variant?", sought),
        PageState(page, "none-left", case(full), ("No variant is left",), "Clear the filters", filter_all),
        PageState(page, "no-variants", case(without_variants), ("no alternate allele",), "Quality"),
        PageState("locus", "full", case(full), ("GRCh38", "pathogenic"), "Jump to gene or place"),
        PageState("locus", "reads", with_reads, ("GRCh38",), "Jump to gene or place", near),
        PageState("locus", "no-variants", case(without_variants), ("No variant of the patient",),
                  "Jump to gene or place"),
        PageState("locus", "not-found", case(full), ("No gene or place of that name",),
                  "Jump to gene or place", jump("NOSUCHGENE")),
    )  # fmt: skip


def _candidates() -> tuple[PageState, ...]:
    page = "candidates"
    waits = staged("ranked_by", lambda s: s.never("Comparing diseases", 0.6))
    fails = staged("ranked_by", lambda _: failing(table_missing("phenotypes")))
    return (
        PageState(page, "full", case(full), ("CHARGE syndrome", "Why: the evidence"), "Show locus"),
        PageState(page, "declined", case(declined), _DECLINED, "Consent"),
        PageState(page, "none", case(no_candidates), ("No candidate",), "Edit this case…"),
        PageState(page, "no-variants", case(without_variants), ("rests on the phenotype alone",), ""),
        PageState(page, "no-phenotype", case(without_phenotype), ("variants alone",), ""),
        PageState(page, "loading", then(waits, case(full)), ("Comparing diseases",), "Cancel", rank_by,
                  held=True),
        PageState(page, "error", then(fails, case(full)), _TABLE, "Phenotype and variants", rank_by),
    )  # fmt: skip


def _comparing() -> tuple[PageState, ...]:
    page = "similar"
    found = staged("similar_cases", lambda _: lambda *_a: answer())
    unlike = staged("similar_cases", lambda _: lambda *_a: answer(unlike=True, percentile=1.2))
    waits = staged("similar_cases", lambda s: s.never("Comparing with other cases", 0.5))
    fails = staged("similar_cases", lambda _: failing(table_missing("profiles")))
    return (
        PageState(page, "full", then(found, case(full)), ("Most alike", "Map of cases"), ""),
        PageState(page, "unlike", then(unlike, case(full)), ("Unlike anything seen",), ""),
        PageState(page, "loading", then(waits, case(full)), ("Comparing with other cases",), "Cancel",
                  held=True),
        PageState(page, "error", then(fails, case(full)), _TABLE, "Try again"),
        PageState(page, "declined", case(declined), _DECLINED, "Consent"),
        PageState(page, "no-features", case(without_phenotype), ("No observed feature",), "Phenotype"),
    )  # fmt: skip


def _others() -> tuple[PageState, ...]:
    """Every page of a case without one."""
    return tuple(
        PageState(page, "no-case", lambda _: None, ("No case is open",), "Case list")
        for page in PAGES
        if page not in ("cases", "ledger")
    )


# --- bringing a state about --------------------------------------------------------------------


def settle(window: MainWindow, held: bool, most: float = 20.0) -> None:
    """Until everything is on the page and nothing but what the state holds is under way."""
    services = window.desk.services._services  # type: ignore[attr-defined]
    end = time.monotonic() + most
    for _ in range(3):
        QApplication.processEvents()
    while time.monotonic() < end:
        QApplication.processEvents()
        page = window.page
        busy = not held and (page.runner.busy or window.runner.busy)
        pauses = (getattr(page, "_pause", None), getattr(getattr(page, "picker", None), "_pause", None))
        waiting = any(timer is not None and timer.isActive() for timer in pauses)
        waiting = waiting or (held and services.waiting and not services.reported.is_set())
        if not busy and not waiting and page.built and window.desk.theme.settled:
            break
    for _ in range(5):
        QApplication.processEvents()


def bring_about(
    state: PageState, theme: Theme, folder: Path, size: tuple[int, int] = (1280, 800)
) -> MainWindow:
    """A window that shows the state. The caller puts it away with ``put_away``."""
    services = StagedServices()
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(services, theme, settings)
    window.resize(*size)
    window.show()
    stage = Stage(window, services, folder)
    state.prepare(stage)
    window.show_page(state.page)
    settle(window, held=state.held and state.afterwards is None)
    if state.afterwards is not None:
        state.afterwards(stage)
        settle(window, held=state.held)
    return window


_READ = locus_scenes.read_alignments


def put_away(window: MainWindow) -> None:
    """Stop what is held, close, and undo what the state changed."""
    locus_scenes.read_alignments = _READ
    services = window.desk.services._services  # type: ignore[attr-defined]
    services.gate.set()
    window.close()
    window.deleteLater()


__all__ = ["PageState", "Stage", "bring_about", "put_away", "settle", "states"]
