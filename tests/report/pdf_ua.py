"""An independent checker of tagged PDFs (PDF/UA-1, ISO 14289-1), reading the finished file with pikepdf.

Checkpoints of the Matterhorn Protocol 1.1 that ``problems`` looks at, by its own reading of the bytes:
01-001 to 01-005 and 01-007 (every painted thing is tagged or an artifact, never both; ``Suspects``),
02-001 and 02-003 (standard roles), 04-001 in so far as a filled icon also has an outline is not judged,
06-001 to 06-004 (metadata, identifier, title), 07-001 and 07-002 (title shown), 09-001 (the order of the
tree is the order of drawing), 09-004 to 09-006 (tables, lists), 10-001 (Unicode of every used code),
11-006 (language of the document), 13-004 (alternative text), 14-002 and 14-003 (headings begin at H1 and
skip none), 15-003 (table headings have a scope), 17 does not apply (no formulas), 28-002, 28-005 and
28-008 to 28-010 (annotations: tab order, form fields in ``Form``, with a name), 30-001 (no reference
XObjects), 31-009 (fonts embedded), 31-027 (``ToUnicode``). Colour contrast and wording need a person.

``spoken`` reads a file as a screen reader would: the tree's order, with alternative and actual texts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Name, Pdf

_ROLES = "Document Part Sect Div P H1 H2 H3 H4 L LI Lbl LBody Table TR TH TD Figure Form Caption Span Note"
ROLES = frozenset(_ROLES.split())
_PAINTING = "Tj TJ ' \" S s f F f* B B* b b* sh Do INLINE IMAGE BI EI"
PAINTING = frozenset(_PAINTING.split())
SHOWING = frozenset(["Tj", "TJ", "'", '"'])


@dataclass
class Element:
    """One structure element with its marked content in the order of the tree."""

    role: str
    depth: int
    object: Any
    marks: list[tuple[int, int]] = field(default_factory=list)
    children: list["Element"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """This element and all below."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class _Page:
    text: dict[int, str] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    artifacts: str = ""
    spans: list[tuple[str, str]] = field(default_factory=list)
    """Language and text of each stretch in another one."""
    faults: list[str] = field(default_factory=list)


def problems(data: bytes) -> list[str]:
    """Everything that is wrong, in words; empty when nothing is."""
    with Pdf.open(BytesIO(data)) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            return ["the document is not tagged"]
        pages = [_read(page) for page in pdf.pages]
        tree = _tree(pdf)
        found = [*_catalogue(pdf), *_fonts(pdf), *_annotations(pdf)]
        for number, page in enumerate(pages, start=1):
            found += [f"page {number}: {fault}" for fault in page.faults]
        found += [*_marks(pdf, pages, tree), *_headings(tree), *_shapes(tree)]
        return found


def spoken(data: bytes) -> list[tuple[str, str]]:
    """Role and text of every element that holds content, in reading order."""
    with Pdf.open(BytesIO(data)) as pdf:
        pages = [_read(page) for page in pdf.pages]
        said = []
        for one in _tree(pdf).walk():
            words = str(one.object.get("/Alt", one.object.get("/ActualText", "")))
            drawn = " ".join(pages[page].text.get(mark, "") for page, mark in one.marks)
            if words or drawn.strip():
                said.append((one.role, words or " ".join(drawn.split())))
        return said


def languages_said(data: bytes) -> dict[str, str]:
    """Text to language of every element that states one of its own."""
    with Pdf.open(BytesIO(data)) as pdf:
        pages = [_read(page) for page in pdf.pages]
        stated = [one for one in _tree(pdf).walk() if "/Lang" in one.object]
        texts = (" ".join(pages[page].text.get(mark, "") for page, mark in one.marks) for one in stated)
        return {" ".join(text.split()): str(one.object.Lang) for one, text in zip(stated, texts, strict=True)}


def spans_said(data: bytes) -> list[tuple[str, str]]:
    """Language and text of every stretch inside a paragraph that states one of its own."""
    with Pdf.open(BytesIO(data)) as pdf:
        return [span for page in pdf.pages for span in _read(page).spans]


def orphans(data: bytes) -> list[str]:
    """Headings that stand on another page than what follows them."""
    with Pdf.open(BytesIO(data)) as pdf:
        pages = [_read(page) for page in pdf.pages]
        drawn = [one for one in _tree(pdf).walk() if one.marks]
        return [
            pages[one.marks[-1][0]].text[one.marks[-1][1]]
            for one, after in pairwise(drawn)
            if one.role.startswith("H") and one.marks[-1][0] != after.marks[0][0]
        ]


def _catalogue(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "MarkInfo does not say that the document is marked"
    if root.get("/MarkInfo", {}).get("/Suspects", False):
        yield "the tags are called suspect"
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", str(root.get("/Lang", ""))):
        yield "no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "the title is not shown"
    if "/Metadata" not in root:
        yield "no metadata"
        return
    packet = root.Metadata.read_bytes().decode("utf-8")
    title = re.search(r"<dc:title>.*?<rdf:li[^>]*>(.+?)</rdf:li>", packet, re.DOTALL)
    if title is None:
        yield "no title in the metadata"
    if "<pdfuaid:part>1</pdfuaid:part>" not in packet:
        yield "no PDF/UA identifier"


def _fonts(pdf: Pdf) -> Iterator[str]:
    for one in pdf.objects:
        if not isinstance(one, pikepdf.Dictionary) or one.get("/Type") != Name.Font:
            continue
        if one.get("/Subtype") in {Name.CIDFontType2, Name.CIDFontType0}:
            continue
        name = str(one.get("/BaseFont", "?"))
        descriptor = one.get("/FontDescriptor", pikepdf.Dictionary())
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            yield f"font {name} is not embedded"
        if "/ToUnicode" not in one:
            yield f"font {name} has no Unicode table"
        elif set(_unicode(one).values()) & {"\0", "\ufeff", "\ufffe"}:
            yield f"font {name} maps a code to no character"


def _annotations(pdf: Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        if page.obj.get("/Tabs") != Name.S:
            yield f"page {number}: tab order is not the structure's"
        for one in page.obj.get("/Annots", []):
            if "/StructParent" not in one:
                yield f"page {number}: an annotation is not in the structure"
            if (
                one.get("/Subtype") == Name.Widget
                and "/TU" not in one
                and "/TU" not in one.get("/Parent", {})
            ):
                yield f"page {number}: a form field has no name"


def _unicode(font: Any) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"^<([0-9A-F]{2})> <((?:[0-9A-F]{4})+)>$", table, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(value).decode("utf-16-be") for code, value in pairs}


def _read(page: pikepdf.Page) -> _Page:
    made = _Page()
    stack: list[int | str] = []
    maps: dict[str, dict[int, str]] = {}
    fonts = page.obj.get("/Resources", {}).get("/Font", {})
    current: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            stack.append(_opened(operands, stack, made))
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            key = str(operands[0])
            if key not in maps:
                maps[key] = _unicode(fonts[key])
            current = maps[key]
        elif name in PAINTING:
            _painted(name, operands, stack, made, current)
        elif name in {"T*", "Td"}:
            for number in (one for one in stack if isinstance(one, int)):
                made.text[number] += " "
    if stack:
        made.faults.append("marked content is left open")
    return made


def _opened(operands: Any, stack: list[int | str], made: _Page) -> int | str:
    role = str(operands[0])[1:]
    properties = operands[1] if len(operands) > 1 else {}
    if role == "Artifact":
        if any(isinstance(one, int) for one in stack):
            made.faults.append("an artifact inside tagged content")
        return "Artifact"
    if "/MCID" not in properties:
        if "/Lang" in properties:
            made.spans.append((str(properties["/Lang"]), ""))
            return "Lang"
        return role
    if stack:
        made.faults.append("tagged content inside other marked content")
    number = int(properties["/MCID"])
    made.order.append(number)
    made.text[number] = ""
    return number


def _painted(name: str, operands: Any, stack: list[int | str], made: _Page, current: dict[int, str]) -> None:
    holder = next((one for one in stack if isinstance(one, int) or one == "Artifact"), None)
    parts = operands[0] if name == "TJ" else operands[-1:] if name in SHOWING else []
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    if name in SHOWING and not codes:
        return
    if holder is None:
        made.faults.append(f"“{name}” is painted outside of tags and artifacts: {codes[:20]!r}")
    unknown = {code for code in codes if code not in current}
    if unknown:
        made.faults.append(f"codes without a character: {sorted(unknown)}")
    words = "".join(current.get(code, "") for code in codes)
    if "Lang" in stack:
        language, before = made.spans[-1]
        made.spans[-1] = language, before + words
    if isinstance(holder, int):
        made.text[holder] += words
    else:
        made.artifacts += words


def _tree(pdf: Pdf) -> Element:
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    root = pdf.Root.StructTreeRoot.K
    return _element(root[0] if isinstance(root, pikepdf.Array) else root, 0, numbers)


def _element(one: Any, depth: int, pages: dict[tuple[int, int], int]) -> Element:
    made = Element(str(one.S)[1:], depth, one)
    kids = one.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            made.marks.append((pages[one.Pg.objgen], kid))
        elif kid.get("/Type") == Name.MCR:
            made.marks.append((pages[kid.Pg.objgen], int(kid.MCID)))
        elif kid.get("/Type") != Name.OBJR:
            if kid.P.objgen != one.objgen:
                raise ValueError("an element names another parent")
            made.children.append(_element(kid, depth + 1, pages))
    return made


def _marks(pdf: Pdf, pages: list[_Page], tree: Element) -> Iterator[str]:
    told = [mark for one in tree.walk() for mark in one.marks]
    drawn = [(number, mark) for number, page in enumerate(pages) for mark in page.order]
    if sorted(told) != sorted(drawn):
        yield f"content and structure differ: {sorted(set(drawn) ^ set(told))[:5]}"
    for number, page in enumerate(pages):
        if [mark for where, mark in told if where == number] != page.order:
            yield f"page {number + 1}: the order of the structure is not the order of drawing"
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(nums[n]): nums[n + 1] for n in range(0, len(nums), 2)}
    for one in tree.walk():
        for where, mark in one.marks:
            held = parents.get(int(pdf.pages[where].obj.StructParents))
            if held is None or held[mark].objgen != one.object.objgen:
                yield f"the parent tree does not lead to {one.role}"
                return


def _headings(tree: Element) -> Iterator[str]:
    last = 0
    for one in tree.walk():
        if one.role not in ROLES:
            yield f"unknown role {one.role}"
        if re.fullmatch(r"H\d", one.role):
            level = int(one.role[1])
            if level > last + 1:
                yield f"heading H{level} follows H{last}"
            last = level
    if last == 0:
        yield "no heading"


def _shapes(tree: Element) -> Iterator[str]:
    allowed = {"Table": {"TR"}, "TR": {"TH", "TD"}, "L": {"LI"}, "LI": {"Lbl", "LBody"}}
    for one in tree.walk():
        names = {child.role for child in one.children}
        if one.role in allowed and not names <= allowed[one.role]:
            yield f"{one.role} holds {sorted(names - allowed[one.role])}"
        for child in one.children:
            parent = next((role for role, inner in allowed.items() if child.role in inner), None)
            if parent is not None and one.role != parent:
                yield f"{child.role} stands in {one.role}"
        if one.role == "Figure":
            box = one.object.get("/A", {}).get("/BBox", [])
            if not str(one.object.get("/Alt", "")).strip():
                yield "a figure without alternative text"
            if len(box) != 4 or not (box[0] < box[2] and box[1] < box[3]):
                yield "a figure without its place"
        if one.role == "Table":
            yield from _table(one)


def _table(one: Element) -> Iterator[str]:
    heads = [cell for row in one.children for cell in row.children if cell.role == "TH"]
    if not heads:
        yield "a table without headings"
    if any("/Scope" not in cell.object.get("/A", {}) for cell in heads):
        yield "a table heading without scope"
    if len({len(row.children) for row in one.children}) > 1:
        yield "rows of a table differ in their number of cells"
