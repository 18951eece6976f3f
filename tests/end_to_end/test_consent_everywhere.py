"""Each scope declined in turn, on every way out: pages, documents, exports, store, command line.

The ways are taken from their registries (pages, kinds of documents, functions of ``report``, formats of
pedigrees, use cases of the window): a new one is either covered by this test or fails it.
"""

import inspect
import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "casebook"))

from ledger_cases import demo as analysed
from ledger_cases import knowledge, stored

from genoai_desktop import report
from genoai_desktop.app import documents, reanalyse
from genoai_desktop.app.casebook import Casebook, Door
from genoai_desktop.app.casebook.ledger import collect, export_ledger, ledger_rows
from genoai_desktop.app.consent import narrowed
from genoai_desktop.app.outputs import write_case
from genoai_desktop.app.pedigrees.exchange import FORMATS, Format
from genoai_desktop.app.request import OpenCase
from genoai_desktop.app.similar import similar
from genoai_desktop.domain.case import Consent, Scope
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family_case import family_of
from genoai_desktop.domain.letters import LETTERS, NO_CLINIC, DocumentKind

PASSPHRASE = "correct horse battery"
MARKS = {
    Scope.PRIMARY: ("CHD7", "60850548"),
    Scope.SECONDARY: ("LDLR", "11100252"),
    Scope.CARRIER: ("POLG", "89323423", "117559590"),
    Scope.PGX: ("*2/*2", "Poor Metabolizer", "Poor metabolizer", "genes called", "Avoid simvastatin"),
    Scope.POLYGENIC: (),
}
"""What of the demo case only a result of that scope says; the polygenic scores' names are added below."""


@cache
def everything() -> OpenCase:
    """The demo case as a patient's, with consent to everything."""
    opened = analysed()
    case = replace(opened.case, synthetic=False, id="Family 12", consent=Consent(frozenset(Scope)))
    request = replace(opened.request, synthetic=False)
    return replace(opened, request=request, case=case, result=replace(opened.result, case=case))


def marks(scope: Scope) -> tuple[str, ...]:
    if scope is not Scope.POLYGENIC:
        return MARKS[scope]
    risk = everything().result.risk
    assert risk is not None
    return tuple(word for one in risk.polygenic for word in (one.id, one.name) if word)


@cache
def without(scope: Scope | None, how: str = "anew") -> OpenCase:
    """All but one scope consented to: analysed anew, or taken out of what is there at once."""
    full = everything()
    if scope is None:
        return full
    case = replace(full.case, consent=Consent(frozenset(Scope) - {scope}))
    if how == "at once":
        return narrowed(full, case, knowledge().genes.secondary_findings, knowledge().dominant_genes)
    opened = reanalyse(full, case, knowledge(), Silent())
    return replace(opened, ledger=collect(opened, knowledge()))


def text_of(data: bytes) -> str:
    """What a person can read in a file."""
    if not data.startswith(b"%PDF"):
        return data.decode("utf-8")
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    pages = [document[number] for number in range(len(document))]
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    document.close()
    return text


def declined(text: str, scope: Scope) -> list[str]:
    """Marks of the scope in the text, as words of their own: LDLRAP1 is not LDLR."""
    return [mark for mark in marks(scope) if re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", text)]


Way = Callable[[OpenCase, Path], str]


def document_way(kind: DocumentKind) -> Way:
    def write(opened: OpenCase, folder: Path) -> str:
        said = []
        for offer in documents.offers(opened.result):
            if offer.document.kind is kind:
                for share in (False, True) if kind is DocumentKind.FAMILY else (False,):
                    path = folder / f"{kind}-{len(said)}"
                    document = replace(offer.document, share=share)
                    documents.save(opened.result, path, document, NO_CLINIC, knowledge(), Silent())
                    said.append(text_of(path.read_bytes()))
        return "\n".join(said)

    return write


def report_ways() -> Iterator[tuple[str, Way]]:
    """Every function of ``report`` that makes something of a result alone, or writes it to a path."""
    for name in report.__all__:
        found = getattr(report, name)
        if not inspect.isfunction(found) or name in {"read_json", "document_to_result"}:
            continue
        first, *others = inspect.signature(found).parameters.values()
        needed = [one.name for one in others if one.default is inspect.Parameter.empty]
        assert first.name == "result", f"report.{name} takes something else: cover it here"
        assert set(needed) <= {"path", "relative", "document"}, f"report.{name} needs more: cover it here"
        yield f"report.{name}", report_way(found, needed)


def report_way(function: Callable[..., Any], needed: list[str]) -> Way:
    def call(opened: OpenCase, folder: Path) -> str:
        offered = [one.document for one in documents.offers(opened.result) if one.document.kind in LETTERS]
        said = []
        for document in offered if "document" in needed else offered[:1]:
            given = {"path": folder / "out", "relative": opened.case.index.mother, "document": document}
            try:
                made = function(opened.result, **{name: given[name] for name in needed})
            except UserError:  # not offered without this consent
                continue
            if "path" in needed:
                made = (folder / "out").read_bytes()
            said.append(text_of(made) if isinstance(made, bytes) else str(made))
        return "\n".join(said)

    return call


def pedigree_way(form: Format) -> Way:
    """A pedigree holds what a person typed: no format of it may look at a result."""

    def write(opened: OpenCase, folder: Path) -> str:
        path = folder / f"pedigree{form.suffix}"
        try:
            form.write(family_of(opened.case), path)
        except UserError:  # CanRisk asks for more than the demo family says
            return ""
        return text_of(path.read_bytes()) if form.suffix != ".png" else ""

    return write


def command_line(opened: OpenCase, folder: Path) -> str:
    write_case(opened, folder / "out", Silent())
    return "\n".join(text_of(path.read_bytes()) for path in (folder / "out").iterdir())


def variants_in_memory(opened: OpenCase, _folder: Path) -> str:
    frame = opened.table.frame.select("pos", "ref", "alt").drop_nulls()
    genes = opened.annotated.variants["gene"].drop_nulls().unique().to_list()
    pathogenic = opened.annotated.variants["clinvar_class"].is_in([4, 5])
    known = opened.annotated.variants.filter(pathogenic)["gene"].drop_nulls().to_list()
    return " ".join(map(str, [*frame["pos"].to_list(), *known, *(genes if len(genes) < 100 else ())]))


def in_store(opened: OpenCase, folder: Path) -> str:
    """The document, the words to search by, the ledger and its export, similar cases, versions compared."""
    if not (folder / "clinic").exists():
        Door(folder / "clinic").set_up(Door.prepare("ada", PASSPHRASE)).close()
    with Door(folder / "clinic").unlock("ada", PASSPHRASE) as book:
        return "\n".join(_store_texts(book, opened, folder))


def _store_texts(book: Casebook, opened: OpenCase, folder: Path) -> Iterator[str]:
    kept = stored(opened)
    book.save(replace(stored(everything()), uid=kept.uid))
    saved = book.save(kept)
    yield json.dumps(book.peek(kept.uid)[0]["summary"]) + json.dumps(book.peek(kept.uid)[0]["ledger"])
    yield "\n".join(book.compare(kept.uid, 1, saved.version))
    rows = ledger_rows(book, Silent())
    yield repr(rows)
    export_ledger(book, rows, folder / "ledger.csv")
    yield (folder / "ledger.csv").read_text()
    yield repr(similar(opened.result, knowledge(), Silent(), book=book, uid="another"))
    words = {word for _, word in book._worker.call(_words)}
    yield " ".join(word.upper() for word in words)
    book.export_audit(book.audit(), folder / "audit.csv")
    yield (folder / "audit.csv").read_text()


def _words(store: Any) -> list[tuple[str, str]]:
    return list(store._connection.execute("SELECT kind, word FROM search_word").fetchall())


WAYS: dict[str, Way] = {
    **{f"document {kind.value}": document_way(kind) for kind in DocumentKind},
    **dict(report_ways()),
    **{f"pedigree {form.id}": pedigree_way(form) for form in FORMATS},
    "command line": command_line,
    "variants in memory": variants_in_memory,
    "store": in_store,
}
AT_ONCE = (
    *(f"document {kind}" for kind in ("json", "variants", "fhir", "cascade", "letter")),
    "variants in memory",
    "store",
)
"""Ways that are looked at as well where a scope was only taken out; the others read the same result."""
ASKED = [scope for scope in Scope if scope not in (Scope.RESEARCH, Scope.RECONTACT)]


pytestmark = pytest.mark.usefixtures("quick_keys")


def test_with_consent_every_scope_shows() -> None:
    text = json.dumps(report.result_document(everything().result))
    for scope in ASKED:
        assert marks(scope)
        assert declined(text, scope), scope


@pytest.mark.parametrize("scope", ASKED)
@pytest.mark.parametrize("how", ["anew", "at once"])
def test_a_declined_scope_leaves_on_no_way(scope: Scope, how: str, tmp_path: Path) -> None:
    leaks = {}
    names = WAYS if how == "anew" else AT_ONCE
    for number, (name, way) in enumerate((name, WAYS[name]) for name in names):
        folder = tmp_path / str(number)
        folder.mkdir()
        if found := declined(way(without(scope, how), folder), scope):
            leaks[name] = found
    assert leaks == {}
