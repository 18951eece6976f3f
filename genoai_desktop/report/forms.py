"""Fields to fill in on the pages of a PDF (ISO 32000-1, 12.7), drawn with the embedded typeface.

What is typed has one simple font (WinAnsi, the letters of western European languages), embedded whole so that
every viewer can write with it; boxes to tick are drawn with lines and need none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, String
from reportlab.pdfbase import pdfmetrics

from genoai_desktop.knowledge.locations import resources
from genoai_desktop.report import steps
from genoai_desktop.report.fonts import REGULAR, register

SIZE = 9.0
"""Of what is typed, in points."""
LONGEST = 300
"""Characters of one answer."""
_INK, _EDGE = "0.106 0.153 0.2", "0.322 0.376 0.427"
"""Red, green and blue, 0..1."""
_CODES = range(32, 256)
_NONSYMBOLIC = 32


@dataclass(frozen=True, slots=True)
class FormField:
    """One field; ``said`` names it in words, ``box`` is left, bottom, right, top in points, ``page`` 0-based.

    ``ticked``: a box to tick instead of a line to write on.
    """

    name: str
    said: str
    page: int
    box: tuple[float, float, float, float]
    ticked: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        left, bottom, right, top = self.box
        return right - left, top - bottom


def with_form(data: bytes, fields: Iterable[FormField]) -> bytes:
    """The PDF with these fields, all empty; same input, same bytes."""
    register()
    with Pdf.open(BytesIO(data)) as pdf:
        font = _font(pdf)
        made = []
        for field in fields:
            steps.check()
            page = pdf.pages[field.page].obj
            widget = pdf.make_indirect(_widget(pdf, field, page, font))
            page.Annots = Array([*page.get("/Annots", []), widget])
            made.append(widget)
        pdf.Root.AcroForm = Dictionary(
            Fields=Array(made), DR=Dictionary(Font=Dictionary(Sans=font)), DA=String(_appearance())
        )
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _appearance() -> str:
    return f"/Sans {SIZE:g} Tf {_INK} rg"


def _widget(pdf: Pdf, field: FormField, page: Object, font: Object) -> Dictionary:
    common = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        T=String(field.name),
        TU=String(field.said),
        Rect=Array([round(edge, 2) for edge in field.box]),
        F=4,  # printed as well
        P=page,
        BS=Dictionary(W=1, S=Name.S),
        MK=Dictionary(BC=Array(map(float, _EDGE.split())), BG=Array([1, 1, 1])),
    )
    if field.ticked:
        states = Dictionary(Yes=_drawn(pdf, field, _tick(*field.size)), Off=_drawn(pdf, field, ""))
        return _more(common, FT=Name.Btn, V=Name.Off, AS=Name.Off, AP=Dictionary(N=states))
    empty = _drawn(pdf, field, "/Tx BMC EMC", font)
    return _more(
        common, FT=Name.Tx, V=String(""), MaxLen=LONGEST, DA=String(_appearance()), AP=Dictionary(N=empty)
    )


def _more(made: Dictionary, **entries: object) -> Dictionary:
    for key, value in entries.items():
        made[f"/{key}"] = value
    return made


def _drawn(pdf: Pdf, field: FormField, inside: str, font: Object | None = None) -> Object:
    """How a field looks: white, with a thin edge, and what stands in it."""
    width, height = field.size
    frame = f"0.5 0.5 {width - 1:.2f} {height - 1:.2f} re"
    code = f"q 1 g {frame} f {_EDGE} RG 1 w {frame} S Q {inside}".strip()
    look = pdf.make_stream(code.encode("ascii"), Type=Name.XObject, Subtype=Name.Form)
    look.BBox = Array([0, 0, round(width, 2), round(height, 2)])
    look.Resources = Dictionary(Font=Dictionary(Sans=font)) if font is not None else Dictionary()
    return look


def _tick(width: float, height: float) -> str:
    points = ((0.22, 0.52), (0.43, 0.28), (0.8, 0.76))
    (x, y), *others = ((width * across, height * up) for across, up in points)
    lines = " ".join(f"{right:.2f} {above:.2f} l" for right, above in others)
    return f"q {_INK} RG 1.6 w 1 J 1 j {x:.2f} {y:.2f} m {lines} S Q"


def _letters() -> dict[int, int]:
    """Code of WinAnsi to Unicode."""
    said = ((code, bytes([code]).decode("cp1252", "ignore")) for code in _CODES)
    return {
        code: ord(letter) for code, letter in said if letter and (letter.isprintable() or letter == "\xa0")
    }


def _font(pdf: Pdf) -> Object:
    face, letters = pdfmetrics.getFont(REGULAR).face, _letters()
    widths = [round(face.charWidths.get(letters.get(code, 0), 0), 2) for code in _CODES]
    file = pdf.make_stream((resources() / "fonts" / "DejaVuSans.ttf").read_bytes())
    file.Length1 = len(file.read_bytes())
    name = Name("/DejaVuSans")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=_NONSYMBOLIC,
        FontBBox=Array([round(edge) for edge in face.bbox]),
        ItalicAngle=0,
        Ascent=round(face.ascent),
        Descent=round(face.descent),
        CapHeight=round(face.capHeight),
        StemV=round(face.stemV),
        FontFile2=file,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=name,
            FirstChar=_CODES.start,
            LastChar=_CODES.stop - 1,
            Widths=Array(widths),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=pdf.make_indirect(descriptor),
            ToUnicode=pdf.make_stream(_unicode(letters)),
        )
    )


def _unicode(letters: dict[int, int]) -> bytes:
    rows = "\n".join(f"<{code:02X}> <{letter:04X}>" for code, letter in letters.items())
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{len(letters)} beginbfchar\n{rows}\nendbfchar\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
