"""Structure tree, language, title and metadata of a finished PDF; same input, same bytes."""

import re
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from genoai_desktop.report import steps
from genoai_desktop.report.signature import NAMESPACE
from genoai_desktop.report.tagging.nodes import Node, pruned

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:genoai="{namespace}">
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{author}<xmp:CreatorTool>GenoAI Desktop</xmp:CreatorTool>
{dates}<pdf:Producer>{producer}</pdf:Producer>
{statement}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
_PRODUCER = "GenoAI Desktop"


@dataclass(frozen=True, slots=True)
class Meta:
    """Metadata of a document: ``language`` as RFC 3066; ``created`` ISO 8601 local time, may be empty."""

    title: str
    language: str
    author: str = ""
    created: str = ""
    statement: tuple[tuple[str, str], ...] = ()
    """Names and values that say who signed what."""


def finished(data: bytes, tree: Node, meta: Meta) -> bytes:
    """The PDF with its structure tree (``tree`` is a ``Document`` whose nodes hold their marks)."""
    with Pdf.open(BytesIO(data)) as pdf:
        root = pruned(tree) or Node("Document")
        _structure(pdf, root)
        _catalogue(pdf, meta)
        _unicode_maps(pdf)
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _structure(pdf: Pdf, root: Node) -> None:
    top = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    parents: dict[int, dict[int, Object]] = {}
    places: dict[str, Object] = {}
    top.K = _element(pdf, root, top, parents, places)
    numbers = Array()
    for number, page in enumerate(pdf.pages):
        marks = parents.get(number, {})
        page.obj.StructParents = number
        page.obj.Tabs = Name.S
        held = Array([marks[mark] for mark in range(len(marks))])
        numbers.append(number)
        numbers.append(pdf.make_indirect(held))
    _widgets(pdf, places, numbers)
    top.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    top.ParentTreeNextKey = len(numbers) // 2
    pdf.Root.StructTreeRoot = top
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _widgets(pdf: Pdf, places: dict[str, Object], numbers: Array) -> None:
    """Put the widgets of form fields into the elements that name them, and these into the parent tree."""
    for page in pdf.pages:
        for widget in page.obj.get("/Annots", []):
            made = places.get(str(widget.get("/T", "")))
            if made is None:
                continue
            widget.StructParent = len(numbers) // 2
            numbers.append(widget.StructParent)
            numbers.append(made)
            made.K = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page.obj)


def _element(
    pdf: Pdf,
    node: Node,
    parent: Object,
    parents: dict[int, dict[int, Object]],
    places: dict[str, Object],
) -> Object:
    steps.check()
    made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + node.role), P=parent))
    _attributes(made, node)
    if node.field:
        places[node.field] = made
    kids = [_element(pdf, child, made, parents, places) for child in node.children]
    for page, number in node.marks:
        parents.setdefault(page, {})[number] = made
    if node.marks:
        made.Pg = pdf.pages[node.marks[0][0]].obj
    held = [_mark(pdf, page, number, node.marks[0][0]) for page, number in node.marks]
    if kids or held:
        made.K = Array([*held, *kids])
    return made


def _mark(pdf: Pdf, page: int, number: int, first: int) -> object:
    if page == first:
        return number
    return Dictionary(Type=Name.MCR, Pg=pdf.pages[page].obj, MCID=number)


def _attributes(made: Object, node: Node) -> None:
    if node.alt:
        made.Alt = String(node.alt)
    if node.actual:
        made.ActualText = String(node.actual)
    if node.language:
        made.Lang = String(node.language)
    if node.scope:
        made.A = Dictionary(O=Name.Table, Scope=Name("/" + node.scope))
    if node.box:
        box = Array([round(edge, 2) for edge in node.box])
        made.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=box)
    if node.role == "L":
        made.A = Dictionary(O=Name.List, ListNumbering=Name.Disc)


def _catalogue(pdf: Pdf, meta: Meta) -> None:
    root = pdf.Root
    root.Lang = String(meta.language)
    preferences = root.get("/ViewerPreferences", Dictionary())
    preferences.DisplayDocTitle = True
    root.ViewerPreferences = preferences
    stamp = meta.created[:19] if len(meta.created) >= 19 else meta.created[:10]
    author = f"<dc:creator><rdf:Seq><rdf:li>{escape(meta.author)}</rdf:li></rdf:Seq></dc:creator>\n"
    dates = f"<xmp:CreateDate>{stamp}</xmp:CreateDate>\n<xmp:ModifyDate>{stamp}</xmp:ModifyDate>\n"
    packet = _XMP.format(
        title=escape(meta.title),
        language=escape(meta.language),
        author=author if meta.author else "",
        dates=dates if stamp else "",
        producer=_PRODUCER,
        namespace=NAMESPACE,
        statement="".join(f"<genoai:{key}>{escape(said)}</genoai:{key}>\n" for key, said in meta.statement),
    )
    stream = pdf.make_stream(packet.encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML)
    root.Metadata = stream
    _information(pdf, meta, stamp)


def _unicode_maps(pdf: Pdf) -> None:
    """Leave out codes that no glyph uses: the writer maps them to U+0000, which PDF/UA-1 (7.21.7) forbids."""
    for one in pdf.objects:
        if isinstance(one, Dictionary) and one.get("/Type") == Name.Font and "/ToUnicode" in one:
            one.ToUnicode = pdf.make_stream(_used_codes(one.ToUnicode.read_bytes()))


def _used_codes(table: bytes) -> bytes:
    before, middle, after = re.split(rb"(?s)\d+ beginbfchar\n(.*)endbfchar\n", table, maxsplit=1)
    kept = [line for line in middle.splitlines() if not line.endswith(b"<0000>")]
    blocks = [kept[start : start + 100] for start in range(0, len(kept), 100)]  # at most 100 a block
    said = [b"%d beginbfchar\n%s\nendbfchar\n" % (len(block), b"\n".join(block)) for block in blocks]
    return before + b"".join(said) + after


def _information(pdf: Pdf, meta: Meta, stamp: str) -> None:
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    pdf.docinfo["/Title"] = str(meta.title)  # a text of the program is more than a string
    if meta.author:
        pdf.docinfo["/Author"] = meta.author
    pdf.docinfo["/Creator"] = pdf.docinfo["/Producer"] = _PRODUCER
    digits = "".join(letter for letter in stamp if letter.isdigit())
    if digits:
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = f"D:{digits}"
