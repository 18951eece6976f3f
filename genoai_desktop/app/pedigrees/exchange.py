"""Every format of a family in one table; which reader a file needs is told by its content."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from genoai_desktop.app.pedigrees.canrisk_family import read_canrisk_family, write_canrisk_family
from genoai_desktop.app.pedigrees.gedcom import read_gedcom
from genoai_desktop.app.pedigrees.gedcom_writer import write_gedcom
from genoai_desktop.app.pedigrees.imported import Imported
from genoai_desktop.app.pedigrees.packets import read_family_packet, write_family_packet
from genoai_desktop.app.pedigrees.ped import read_ped_family, write_ped
from genoai_desktop.app.pedigrees.questionnaire import read_questionnaire, write_questionnaire
from genoai_desktop.app.tables import write_bytes
from genoai_desktop.domain.context import Context, Silent, shares
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.family import Family, Member, fresh_id
from genoai_desktop.domain.family_check import checked
from genoai_desktop.domain.text import later, tr
from genoai_desktop.report.pedigree.drawing import drawing
from genoai_desktop.report.pedigree.layout import lay_out
from genoai_desktop.report.pedigree.pdf import pdf, png
from genoai_desktop.report.pedigree.shapes import Drawing
from genoai_desktop.report.pedigree.svg import svg
from genoai_desktop.report.speech import documents_in

Writer = Callable[[Family, Path], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Format:
    """One way out. The writer returns what the format cannot hold.

    ``language``: of a picture that has one of its own; else it is made in the one that is asked for.
    """

    id: str
    title: str
    suffix: str
    write: Writer
    picture: bool = False
    language: str = ""

    @property
    def name(self) -> str:
        """The title in the language of this thread."""
        return tr(self.title)


def _drawn(make: Callable[[Drawing], bytes], *, names: bool = True) -> Writer:
    def write(family: Family, path: Path) -> tuple[str, ...]:
        if names:
            write_bytes(make(drawing(family, title=family.title)), path)
            return ()
        unions = tuple(replace(one, note="") for one in family.unions)
        write_bytes(make(drawing(replace(family, unions=unions), names=False)), path)
        noted = any(one.note for one in family.members) or any(one.note for one in family.unions)
        return (tr("notes"),) if noted else ()  # asked for without names; a note can hold one

    return write


_IN = (("en", "English"), ("de", "Deutsch"), ("es", "Español"), ("fr", "Français"))
FORMATS = (
    Format("pdf", "PDF", ".pdf", _drawn(pdf), True),
    *(Format(f"pdf_{code}", f"PDF ({name})", ".pdf", _drawn(pdf), True, code) for code, name in _IN),
    Format("pdf_nameless", later("PDF without names"), ".pdf", _drawn(pdf, names=False), True),
    Format("svg", "SVG", ".svg", _drawn(svg), True),
    Format("png", "PNG", ".png", _drawn(png), True),
    Format("ped", "PED", ".ped", write_ped),
    Format("gedcom7", "GEDCOM 7", ".ged", lambda family, path: write_gedcom(family, path, "7.0")),
    Format("gedcom", "GEDCOM 5.5.1", ".ged", lambda family, path: write_gedcom(family, path, "5.5.1")),
    Format("canrisk", "CanRisk 4", ".canrisk4", lambda family, path: write_canrisk_family(family, path, 4)),
    Format("canrisk3", "CanRisk 3", ".canrisk3", lambda family, path: write_canrisk_family(family, path, 3)),
    Format("canrisk2", "CanRisk 2", ".canrisk2", lambda family, path: write_canrisk_family(family, path, 2)),
    Format("canrisk1", "CanRisk 1", ".canrisk", lambda family, path: write_canrisk_family(family, path, 1)),
    Format("phenopackets", "GA4GH Phenopackets Family", ".json", write_family_packet),
    Format(
        "questionnaire",
        later("Family questionnaire"),
        ".pdf",
        lambda _family, path: write_questionnaire(path),
    ),
)


def write_family(
    family: Family, path: Path, kind: str, context: Context | None = None, language: str = "en"
) -> tuple[str, ...]:
    """Write in the format of that id, a picture in ``language``; returns what the format cannot hold.

    Raises:
        UserError: there is no such format, the family lacks what it needs, or the file cannot be written.
        Cancelled: the person stopped it; the file is as it was.
    """
    ordering, last = shares(context or Silent(), 9, 1)
    ordering.report(tr("Writing the pedigree"), 0.0)
    for one in FORMATS:
        if one.id == kind:
            if one.picture:
                lay_out(family, context=ordering)  # the long part; the order found is remembered
            ordering.check()
            with documents_in(one.language or language if one.picture else "en"):
                lost = one.write(family, path)
            last.report(tr("Writing the pedigree"), 1.0)
            return lost
    raise UserError(tr("There is no such format."), where=kind, remedy=", ".join(one.id for one in FORMATS))


def write_view(view: Family, path: Path, context: Context | None = None, language: str = "en") -> None:
    """Write one relative's view (``redacted.view_of``) as PDF, without arrows: nobody in it is the patient.

    Raises:
        UserError: the file cannot be written.
        Cancelled: the person stopped it; the file is as it was.
    """
    ordering, last = shares(context or Silent(), 9, 1)
    ordering.report(tr("Writing the pedigree"), 0.0)
    lay_out(view, context=ordering)
    ordering.check()
    with documents_in(language):
        data = pdf(drawing(view, roles=False))
    write_bytes(data, path)
    last.report(tr("Writing the pedigree"), 1.0)


def read_family(path: Path) -> Imported:
    """Read a family from any of the formats.

    Raises:
        UserError: the file cannot be read or is of no known format.
    """
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise UserError(tr("The file cannot be read."), where=file_where(path)) from error
    wide = head.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = head.decode("utf-16" if wide else "latin-1", errors="replace")
    text = text.removeprefix("\u00ef\u00bb\u00bf").lstrip()
    if text.startswith("0 HEAD"):
        return read_gedcom(path)
    if text.startswith("%PDF"):
        return read_questionnaire(path)
    if text.startswith(("{", "[")):
        return read_family_packet(path)
    if text.startswith(("##CanRisk", "BOADICEA")):
        return read_canrisk_family(path)
    if text.startswith("##fileformat=VCF") or "\0" in text:
        raise UserError(
            tr("This file is none of the formats of a family."),
            where=file_where(path),
            remedy=tr("Choose PED, GEDCOM, CanRisk, a Phenopackets Family, or a questionnaire (PDF)."),
            code="family.format",
        )
    return read_ped_family(path)


def joined_to(current: Family, found: Family) -> Family:
    """An imported family for this case: its proband is the case's, samples stay with their people.

    Raises:
        UserError: somebody who was sequenced is not in the imported family.
    """
    proband = current.by_id[current.proband]
    same = next((one for one in (proband.id, proband.sample) if one and one in found.by_id), None)
    found = _renamed(found, same or found.proband, proband.id)
    samples = {m.id: m.sample for m in current.members if m.sample}
    missing = [person for person in samples if person not in found.by_id]
    if missing:
        raise UserError(
            tr("{count} sequenced people of this case are not in the imported family.", count=len(missing)),
            remedy=tr("Give them the same identifiers in the file as their samples have, and import again."),
            code="family.samples",
        )
    members = tuple(replace(one, sample=samples.get(one.id)) for one in found.members)
    return checked(replace(found, members=members, proband=proband.id))


def _renamed(family: Family, old: str, new: str) -> Family:
    if old == new:
        return family
    names = {old: new}
    if new in family.by_id:
        names[new] = fresh_id([*family.by_id, new])

    def name(person: str) -> str:
        return names.get(person, person)

    def member(one: Member) -> Member:
        return replace(
            one,
            id=name(one.id),
            mother=name(one.mother) if one.mother else None,
            father=name(one.father) if one.father else None,
            adoptive=tuple(map(name, one.adoptive)),
            gestated_by=name(one.gestated_by) if one.gestated_by else None,
        )

    return replace(
        family,
        members=tuple(map(member, family.members)),
        proband=name(family.proband),
        consultand=name(family.consultand) if family.consultand else None,
        unions=tuple(
            replace(one, partners=(name(one.partners[0]), name(one.partners[1]))) for one in family.unions
        ),
        twins=tuple(replace(one, members=tuple(map(name, one.members))) for one in family.twins),
    )
