"""States of the lists of cases and of what is known of a case: from the case list to Similar cases."""

from typing import Any

from ledger_made import changed_cases, ledger_rows
from page_cases import (
    build_uncertain,
    changed,
    declined,
    declining,
    full,
    no_candidates,
    structural,
    unmeasured,
    unstated_sex,
    without_phenotype,
    without_variants,
)
from stage import Stage, State
from states_ways import (
    STORE_UNREAD,
    Step,
    answers,
    case,
    edited,
    failing,
    fails,
    on_page,
    page,
    store,
    table_missing,
    waits,
)
from store_fixtures import real_case
from test_similar_page import answer

from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.errors import UserError
from genoai_desktop.ui.desk import Target
from genoai_desktop.ui.pages.registry import PAGES as PAGE_IDS
from genoai_desktop.ui.viewmodels import locus as locus_scenes
from genoai_desktop.ui.viewmodels.browse import Filters
from genoai_desktop.ui.viewmodels.reads import Read, Reads

CUT_SHORT = UserError(
    "The file ends in the middle of a record.",
    where="family.vcf.gz, line 1204",
    remedy="Copy it again from where it came from.",
)
AT = 60_741_400
"""Of the first candidate's variant on chromosome 8, 1-based, GRCh38."""


def _with_reads(stage: Stage) -> None:
    """Reads around the first candidate's variant; the real ones need a file of 100 MB."""
    reads = tuple(
        Read(AT - 170 + 13 * n, AT - 20 + 13 * n, n % 2 == 0, n % 12, ((AT, "T"),) if n % 2 else ())
        for n in range(24)
    )
    cover = tuple(18 + (n % 7) for n in range(401))
    stage.put(locus_scenes, "read_alignments", lambda *_: Reads(AT - 200, cover, reads))
    stage.open(changed(full(), reads="child.bam"))


def _near(stage: Stage) -> None:
    stage.window.locus.go(Target("8", AT - 140, AT + 140))


def _recent(stage: Stage) -> None:
    """Two files opened before; one of them was moved away."""
    there = stage.folder / "family.vcf.gz"
    there.write_bytes(b"")
    for path in (stage.folder / "elsewhere" / "trio.vcf.gz", there):
        stage.window.desk.remember(path)


def _kept(stage: Stage) -> None:
    """A store with a case in it, not open."""
    stage.store()
    session = stage.window.desk.add(real_case(stage.vcf))
    stage.book.save(session.stored)
    stage.window.desk.close(session.opened)


def _broken_store(stage: Stage) -> None:
    stage.store()
    stage.book.heads = failing(STORE_UNREAD)


def _ledger(news: bool = True) -> Step:
    def made(stage: Stage) -> None:
        stage.store()
        stage.services.stage("ledger_rows", lambda *_: ledger_rows())
        stage.services.stage("ledger_overview", lambda *_: changed_cases(news))

    return made


def _check(use_case: Step) -> Step:
    def start(stage: Stage) -> None:
        use_case(stage)
        stage.window.page.check("quick")  # type: ignore[attr-defined]
        stage.settle(stage.window.page.checker)  # type: ignore[attr-defined]

    return start


def _sought(name: str) -> Step:
    def seek(stage: Stage) -> None:
        stage.window.variants.finder.field.setText(name)
        stage.window.variants.find(name)

    return seek


def _rank(*before: Step) -> Step:
    """Ask for the order by phenotype alone."""

    def ask(stage: Stage) -> None:
        for step in before:
            step(stage)
        stage.window.page.bar.evidence["phenotype"].click()  # type: ignore[attr-defined]

    return ask


def _jump(place: str) -> Step:
    def go(stage: Stage) -> None:
        stage.window.locus.place.setText(place)
        stage.window.locus.place.returnPressed.emit()

    return go


def _typed_term(made: Any) -> None:
    made.picker.field.setText("xqzzk")


def _opening(stage: Stage) -> None:
    stage.window.open_demo()


def _filter_all(made: Any) -> None:
    made.filters.set(Filters(text="nothing like it"))


_DECLINED = ("Not covered by consent", "was not run")
_TABLE = ("cannot be used", "Install the program or the update pack again")
_UNREAD = ("could not be read", "disk is connected")
_DROP = "Drop a .vcf, .vcf.gz or .bcf file"

CASES = (
    State("cases.empty", page("cases"), (_DROP, "No case store is in use"), "Choose a file…"),
    State("cases.recent", page("cases", _recent), ("Recent files", "not found"), "family.vcf.gz"),
    State(
        "cases.loading",
        page("cases", waits("analyse", "Annotating variants"), _opening),
        ("Annotating variants",),
        "Cancel",
    ),
    State(
        "cases.error",
        page("cases", fails("analyse", CUT_SHORT), _opening),
        ("line 1204", "Copy it again"),
        "Choose a file…",
    ),
    State("cases.store_empty", page("cases", store), ("No case is stored yet",), "Choose a file…"),
    State("cases.store", page("cases", _kept), ("Stored cases",), "Search stored cases"),
    State(
        "cases.store_none_found",
        page("cases", _kept, then=on_page(lambda made: made.finder.setText("Nobody"))),
        ("No stored case matches",),
        "Search stored cases",
    ),
    State("cases.store_error", page("cases", _broken_store), _UNREAD, "Choose a file…"),
    State("cases.full", page("cases", case(full)), (_DROP, "In view"), "Show"),
)

LEDGER = (
    State("ledger.no_store", page("ledger"), ("needs an unlocked case store",), "Set up a case store…"),
    State("ledger.empty", page("ledger", store), ("Nothing is in the ledger yet",), "Case list"),
    State(
        "ledger.loading",
        page("ledger", store, waits("ledger_rows", "Reading the stored cases", 0.3)),
        ("Reading the stored cases",),
        "Cancel",
    ),
    State("ledger.error", page("ledger", store, fails("ledger_rows", STORE_UNREAD)), _UNREAD, "Try again"),
    State("ledger.changes", page("ledger", _ledger()), ("What is said otherwise",), "Open the case"),
    State(
        "ledger.no_news",
        page("ledger", _ledger(news=False)),
        ("0 with news", "Nothing new. Check again after an update."),
        "Check now",
    ),
    State(
        "ledger.checking",
        page("ledger", _ledger(), then=_check(waits("check_cases", "Checking Family 9"))),
        ("Checking Family 9",),
        "Stop",
    ),
    State(
        "ledger.check_failed",
        page("ledger", _ledger(), then=_check(fails("check_cases", STORE_UNREAD))),
        ("What is said otherwise", *_UNREAD),
        "Check now",
    ),
    State(
        "ledger.none_found",
        page("ledger", _ledger(), then=on_page(lambda made: (made.tabs.setCurrentIndex(1), _seek(made)))),
        ("0 of 5 variants", "No variant fits"),
        "Search the ledger",
    ),
    State(
        "ledger.full",
        page("ledger", _ledger(), then=on_page(lambda made: made.tabs.setCurrentIndex(1))),
        ("variants",),
        "Search the ledger",
    ),
)


def _seek(made: Any) -> None:
    made.table.finder.setText("xylophone")


OVERVIEW = (
    State("overview.full", page("overview", case(full)), ("First candidate", "CHD7"), "All candidates"),
    State("overview.loading", page("overview", case(full), waits("reanalyse", "Comparing diseases"), edited),
          ("Comparing diseases",), "Cancel"),
    State("overview.declined", page("overview", case(declined)), ("Not covered by consent",), "Consent"),
    State("overview.no_phenotype", page("overview", case(without_phenotype)), ("No phenotype",),
          "Add phenotype terms"),
    State("overview.no_variants", page("overview", case(without_variants)), ("no alternate allele",),
          "Quality"),
    State("overview.unmeasured", page("overview", case(unmeasured)), ("Nothing odd was found",),
          "All candidates"),
    State("overview.build_uncertain", page("overview", case(build_uncertain)), ("build is not known",),
          "Edit this case…"),
    State("overview.sex_missing", page("overview", case(unstated_sex)), ("sex not stated", "age not stated"),
          "Edit this case…"),
    State("overview.structural", page("overview", case(structural)), ("CHD7",), "All candidates"),
    *(
        State(f"overview.declined_{scope.name.lower()}", page("overview", case(declining(scope))))
        for scope in Scope
    ),
    State("quality.full", page("quality", case(full)), ("The file", "Sample CHILD")),
    State("quality.loading", page("quality", case(full), waits("reanalyse", "Measuring"), edited),
          ("Measuring",), "Cancel"),
    State("quality.unmeasured", page("quality", case(unmeasured)), ("No quality figures",),
          "Edit this case…"),
    State("quality.no_variants", page("quality", case(without_variants)), ("does not carry this field",)),
    State("quality.build_uncertain", page("quality", case(build_uncertain)), ("build is not certain",),
          "Edit this case…"),
    State("quality.sex_missing", page("quality", case(unstated_sex)), ("Sex not compared",)),
    State("phenotype.full", page("phenotype", case(full)), ("Observed", "Coloboma"), "Add as observed"),
    State("phenotype.empty", page("phenotype", case(without_phenotype)), ("None yet",), "Search HPO terms"),
    State("phenotype.none_found", page("phenotype", case(full), then=on_page(_typed_term)),
          ("No term fits",), "Search HPO terms"),
    State("phenotype.error", page("phenotype", fails("find_terms", table_missing("hpo")), case(full),
                                  then=on_page(_typed_term)),
          ("cannot be searched",), "Search HPO terms"),
    State("phenotype.loading", page("phenotype", case(full), waits("reanalyse", "Comparing diseases"),
                                    edited),
          ("Comparing diseases",), "Cancel"),
    State("phenotype.failed_again", page("phenotype", case(full), fails("reanalyse", table_missing("hpo")),
                                         edited), ("Coloboma", *_TABLE)),
)  # fmt: skip

VARIANTS = (
    State("variants.full", page("variants", case(full)), ("variants shown",), "Where is my variant?"),
    State("variants.found", page("variants", case(full), then=_sought("c.1480C>T")), ("Shown",),
          "Where is my variant?"),
    State("variants.not_found", page("variants", case(full), then=_sought("c.99999A>C")), ("c.99999A>C",),
          "Where is my variant?"),
    State("variants.none_left", page("variants", case(full), then=on_page(_filter_all)),
          ("No variant is left",), "Clear the filters"),
    State("variants.no_variants", page("variants", case(without_variants)), ("no alternate allele",),
          "Quality"),
    State("variants.structural", page("variants", case(structural)), ("<DEL>",)),
    State("variants.declined", page("variants", case(declined))),
    State("locus.full", page("locus", case(full)), ("GRCh38", "pathogenic"), "Jump to gene or place"),
    State("locus.reads", page("locus", _with_reads, then=_near), ("GRCh38",), "Jump to gene or place"),
    State("locus.reads_missing", page("locus", case(lambda: changed(full(), reads="child.bam")), then=_near),
          ("The reads of child.bam cannot be shown",), "Jump to gene or place"),
    State("locus.structural", page("locus", case(structural)), ("GRCh38",), "Jump to gene or place"),
    State("locus.no_variants", page("locus", case(without_variants)), ("No variant of the patient",),
          "Jump to gene or place"),
    State("locus.not_found", page("locus", case(full), then=_jump("NOSUCHGENE")),
          ("No gene or place of that name",), "Jump to gene or place"),
)  # fmt: skip

_FAILS = fails("ranked_by", table_missing("phenotypes"))
CANDIDATES = (
    State("candidates.full", page("candidates", case(full)), ("CHARGE syndrome", "Why: the evidence"),
          "Show locus"),
    State("candidates.declined", page("candidates", case(declined)), _DECLINED, "Consent"),
    State("candidates.none", page("candidates", case(no_candidates)), ("No candidate",), "Edit this case…"),
    State("candidates.no_variants", page("candidates", case(without_variants)),
          ("rests on the phenotype alone",)),
    State("candidates.no_phenotype", page("candidates", case(without_phenotype)), ("variants alone",)),
    State("candidates.structural", page("candidates", case(structural)), ("<DEL>",), "Show locus"),
    State("candidates.loading", page("candidates", case(full),
                                     then=_rank(waits("ranked_by", "Comparing diseases", 0.6))),
          ("Comparing diseases",), "Cancel"),
    State("candidates.error", page("candidates", _FAILS, case(full), then=_rank()), _TABLE,
          "Phenotype and variants"),
)  # fmt: skip

_MISSING = fails("similar_cases", table_missing("profiles"))
SIMILAR = (
    State("similar.full", page("similar", answers("similar_cases", answer), case(full)),
          ("Most alike", "Map of cases")),
    State("similar.unlike", page("similar", answers("similar_cases",
                                                    lambda: answer(unlike=True, percentile=1.2)), case(full)),
          ("Unlike anything seen",)),
    State("similar.loading", page("similar", waits("similar_cases", "Comparing with other cases", 0.5),
                                  case(full)), ("Comparing with other cases",), "Cancel"),
    State("similar.error", page("similar", _MISSING, case(full)), _TABLE, "Try again"),
    State("similar.declined", page("similar", case(declined)), _DECLINED, "Consent"),
    State("similar.no_features", page("similar", case(without_phenotype)), ("No observed feature",),
          "Phenotype"),
)  # fmt: skip

NO_CASE = tuple(
    State(f"{one}.no_case", page(one), ("No case is open",), "Case list")
    for one in PAGE_IDS
    if one not in ("cases", "ledger")
)
"""Every page of a case without one."""

STATES: tuple[State, ...] = (
    *CASES, *LEDGER, *OVERVIEW, *VARIANTS, *CANDIDATES, *SIMILAR, *NO_CASE
)  # fmt: skip
