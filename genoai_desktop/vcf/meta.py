"""Meta-information lines: grammar, required and reserved keys (VCF 4.5, sections 1.4 and 1.6)."""

import re
from collections.abc import Callable

from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.declared import Declaration, Header
from genoai_desktop.vcf.notes import Notes
from genoai_desktop.vcf.reserved import FORMAT_RESERVED, INFO_RESERVED

TYPES = {"Integer", "Float", "Flag", "Character", "String"}
_KEY = re.compile(r"^[A-Za-z_][0-9A-Za-z_.]*$")
_NUMBER = re.compile(r"^(\d+|[ARGPM.]|LA|LR|LG)$")
_ALT = re.compile(r"^(DEL|INS|DUP|INV|CNV|BND)(:[^\s,<>:]+)*$|^[RYSWKMBDHVN*]$|^NON_REF$|^\*$|^X$")
_URL = re.compile(r"^(file:\S+|[A-Za-z][A-Za-z0-9+.-]*://[^\s/:]*[A-Za-z.][^\s/:]*(:\d+)?(/\S*)?)$")
_NAME = re.compile(r"^[\w.?-]+$")
_CONTIG = re.compile(r"^[0-9A-Za-z!#$%&+./:;?@^_|~-][0-9A-Za-z!#$%&*+./:;=?@^_|~-]*$")


class MetaError(ValueError):
    """A structured value that does not follow the grammar; the text says how."""


def parse_structured(value: str) -> tuple[dict[str, str], set[str]]:
    """``<ID=x,Description="y">`` to its pairs, and the set of keys whose value was quoted.

    Raises MetaError for anything else.
    """
    if not (value.startswith("<") and value.rstrip().endswith(">")):
        raise MetaError(tr("the angle brackets are not closed"))
    body = value.rstrip()[1:-1]
    pairs: dict[str, str] = {}
    quoted: set[str] = set()
    place = 0
    while place < len(body):
        match = re.compile(r"\s*([^=,\"<>]+?)\s*=").match(body, place)
        if match is None:
            raise MetaError(tr("a key without a value, or an empty key"))
        key, place = match[1], match.end()
        text, place, was_quoted = _value(body, place)
        if key in pairs:
            raise MetaError(tr("the key {key} is given twice", key=key))
        pairs[key] = text
        if was_quoted:
            quoted.add(key)
        if place < len(body):
            if body[place] != ",":
                raise MetaError(tr("text after a closing quote"))
            place += 1
            if place == len(body):
                raise MetaError(tr("a comma at the end"))
    return pairs, quoted


def _value(body: str, place: int) -> tuple[str, int, bool]:
    if place < len(body) and body[place] == '"':
        match = re.compile(r'"((?:[^"\\]|\\.)*)"').match(body, place)
        if match is None:
            raise MetaError(tr("a quotation mark is not closed"))
        return re.sub(r"\\(.)", r"\1", match[1]), match.end(), True
    if place < len(body) and body[place] == "[":
        end = body.find("]", place)
        if end < 0:
            raise MetaError(tr("a square bracket is not closed"))
        return body[place : end + 1], end + 1, False
    end = body.find(",", place)
    end = len(body) if end < 0 else end
    text = body[place:end]
    if '"' in text:
        raise MetaError(tr("a quotation mark inside a value that is not quoted"))
    return text, end, False


class MetaReader:
    """Reads one meta line after the other into the header, with Findings for what breaks a rule."""

    def __init__(self, header: Header, notes: Notes) -> None:
        self._header, self._notes = header, notes
        self._seen: set[tuple[str, str]] = set()
        self._readers: dict[str, Callable[[dict[str, str], set[str], int], None]] = {
            "INFO": self._info,
            "FORMAT": self._format,
            "FILTER": self._filter,
            "ALT": self._alt,
            "contig": self._contig,
            "META": self._meta,
            "SAMPLE": self._identified,
            "PEDIGREE": self._pedigree,
        }

    def read(self, line: str, number: int) -> None:
        """One line; nothing is raised, what cannot be read is a Finding."""
        if not line.strip():
            self._warn("vcf.blank-line", tr("An empty line in the header."), number, "header")
            return
        if not line.startswith("##"):
            self._warn("vcf.meta-syntax", tr("A header line does not start with '##'."), number, "header")
            return
        key, equals, value = line[2:].partition("=")
        if not equals or not key or key != key.strip() or not value:
            self._warn("vcf.meta-syntax", tr("A meta line is not '##key=value'."), number, "header")
            return
        if key == "fileformat":
            self._warn("vcf.meta-duplicate", tr("'##fileformat' is given more than once."), number, key)
        if key in self._readers or value.startswith("<"):
            self._structured(key, value, number)
        else:
            self._plain(key, value, number)

    def _plain(self, key: str, value: str, number: int) -> None:
        self._header.other.setdefault(key, []).append(value)
        if key in {"assembly", "pedigreeDB"} and not _URL.match(value.strip("<>")):
            self._warn("vcf.meta-value", tr("The value of ##{key} is not an address.", key=key), number, key)

    def _structured(self, key: str, value: str, number: int) -> None:
        if key == "pedigreeDB":
            self._plain(key, value, number)
            return
        if not value.startswith("<"):
            text = tr("The value of ##{key} must be in angle brackets.", key=key)
            self._warn("vcf.meta-syntax", text, number, key)
            return
        try:
            pairs, quoted = parse_structured(value)
        except MetaError as error:
            text = tr("##{key} cannot be read: {reason}.", key=key, reason=str(error))
            self._warn("vcf.meta-syntax", text, number, key)
            return
        self._header.other.setdefault(key, []).append(value)
        name = pairs.get("ID", "")
        if name:
            if (key, name) in self._seen:
                text = tr("##{key} declares the same ID twice; the first counts.", key=key)
                self._warn("vcf.meta-duplicate", text, number, key)
                return
            self._seen.add((key, name))
        if (
            key in {"INFO", "FORMAT", "FILTER", "ALT", "contig", "META"}
            and name
            and next(iter(pairs)) != "ID"
        ):
            self._notes.info(
                "vcf.meta-order", tr("ID is not the first key of ##{key}.", key=key), line=number, name=key
            )
        self._readers.get(key, self._nothing)(pairs, quoted, number)

    def _nothing(self, pairs: dict[str, str], _quoted: set[str], number: int) -> None:
        if not pairs.get("ID") and self._header.version >= (4, 3):
            self._warn("vcf.meta-key", tr("A structured meta line has no ID."), number, "header")

    def _need(self, kind: str, pairs: dict[str, str], keys: tuple[str, ...], number: int) -> bool:
        missing = [key for key in keys if not pairs.get(key) and not (key == "Description" and key in pairs)]
        if missing:
            text = tr("##{kind} has no {keys}.", kind=kind, keys=", ".join(missing))
            self._warn("vcf.meta-key", text, number, kind)
        return not missing

    def _described(self, kind: str, pairs: dict[str, str], quoted: set[str], number: int) -> None:
        if "Description" in pairs and "Description" not in quoted:
            text = tr("The Description of ##{kind} is not in quotation marks.", kind=kind)
            self._warn("vcf.meta-quote", text, number, kind)
        for key in ("ID", "Number", "Type"):
            if key in quoted:
                text = tr("{key} of ##{kind} must not be in quotation marks.", key=key, kind=kind)
                self._warn("vcf.meta-quote", text, number, kind)
        for key in ("Source", "Version"):
            if key in pairs and key not in quoted and self._header.version >= (4, 3):
                text = tr("{key} of ##{kind} is not in quotation marks.", key=key, kind=kind)
                self._warn("vcf.meta-quote", text, number, kind)

    def _declare(self, kind: str, pairs: dict[str, str], quoted: set[str], number: int) -> Declaration | None:
        self._need(kind, pairs, ("ID", "Number", "Type", "Description"), number)
        self._described(kind, pairs, quoted, number)
        name, count, type_ = pairs.get("ID", ""), pairs.get("Number", "."), pairs.get("Type", "String")
        if not name:
            return None
        if not _KEY.match(name) and name != "1000G":
            text = tr("An ID of ##{kind} has characters that are not allowed.", kind=kind)
            self._warn("vcf.meta-id", text, number, kind)
        if not _NUMBER.match(count):
            self._warn(
                "vcf.meta-number",
                tr("Number of ##{kind} {name} is not valid.", kind=kind, name=name),
                number,
                kind,
            )
            count = "."
        if type_ not in TYPES or (kind == "FORMAT" and type_ == "Flag"):
            self._warn(
                "vcf.meta-type",
                tr("Type of ##{kind} {name} is not valid.", kind=kind, name=name),
                number,
                kind,
            )
            type_ = "String"
        if (type_ == "Flag") != (count == "0") and kind == "INFO":
            text = tr("##INFO {name}: Number=0 and Type=Flag belong together.", name=name)
            self._warn("vcf.meta-flag", text, number, kind)
        if kind == "FORMAT" and count == "0":
            text = tr("##FORMAT {name}: Number=0 is not allowed.", name=name)
            self._warn("vcf.meta-number", text, number, kind)
            count = "."
        return Declaration(count, type_, pairs.get("Description", ""))

    def _reserved(
        self, kind: str, name: str, found: Declaration, table: dict[str, tuple[str, str]], line: int
    ) -> None:
        expected = table.get(name)
        if expected is None:
            return
        number, type_ = expected
        if found.type != type_ or (number not in {".", found.number}):
            text = tr(
                "##{kind} {name} is reserved as Number={number}, Type={type} and declared otherwise.",
                kind=kind,
                name=name,
                number=number,
                type=type_,
            )
            self._notes.info("vcf.meta-reserved", text, line=line, name=kind)

    def _info(self, pairs: dict[str, str], quoted: set[str], number: int) -> None:
        if (found := self._declare("INFO", pairs, quoted, number)) is not None:
            self._header.info[pairs["ID"]] = found
            self._reserved("INFO", pairs["ID"], found, INFO_RESERVED, number)

    def _format(self, pairs: dict[str, str], quoted: set[str], number: int) -> None:
        if (found := self._declare("FORMAT", pairs, quoted, number)) is not None:
            self._header.format[pairs["ID"]] = found
            self._reserved("FORMAT", pairs["ID"], found, FORMAT_RESERVED, number)

    def _filter(self, pairs: dict[str, str], quoted: set[str], number: int) -> None:
        self._need("FILTER", pairs, ("ID", "Description"), number)
        self._described("FILTER", pairs, quoted, number)
        name = pairs.get("ID", "")
        if name == "0" or ";" in name or " " in name:
            self._warn("vcf.meta-id", tr("An ID of ##FILTER is not allowed."), number, "FILTER")
        if name:
            self._header.filters.add(name)

    def _alt(self, pairs: dict[str, str], quoted: set[str], number: int) -> None:
        self._need("ALT", pairs, ("ID", "Description"), number)
        self._described("ALT", pairs, quoted, number)
        name = pairs.get("ID", "")
        if set(pairs) & {"Number", "Type"}:
            self._notes.info("vcf.meta-extra", tr("##ALT has a Number or Type."), line=number, name="ALT")
        if name and not _ALT.match(name):
            self._warn(
                "vcf.meta-id",
                tr("The ID of an ##ALT line is not one that the specification knows."),
                number,
                "ALT",
            )
        if name:
            self._header.alts.add(name)

    def _contig(self, pairs: dict[str, str], _quoted: set[str], number: int) -> None:
        name = pairs.get("ID", "")
        if not self._need("contig", pairs, ("ID",), number):
            return
        if not _CONTIG.match(name):
            self._warn(
                "vcf.contig-name",
                tr("A contig's name has characters that are not allowed."),
                number,
                "contig",
            )
        elif "*" in name and not name.startswith("HLA"):
            self._notes.info(
                "vcf.contig-name", tr("A contig's name has a '*' in it."), line=number, name="contig"
            )
        length = pairs.get("length")
        if length is not None and not length.isdigit():
            self._warn("vcf.contig-length", tr("The length of a contig is not a number."), number, "contig")
            length = None
        self._header.contigs[name] = int(length) if length else None
        if assembly := pairs.get("assembly"):
            self._header.assemblies[name] = assembly
        if "URL" in pairs and not _URL.match(pairs["URL"]):
            self._warn("vcf.meta-value", tr("The URL of a contig is not an address."), number, "contig")

    def _meta(self, pairs: dict[str, str], _quoted: set[str], number: int) -> None:
        self._need("META", pairs, ("ID", "Type", "Number"), number)
        if not _NUMBER.match(pairs.get("Number", ".")):
            self._warn("vcf.meta-number", tr("Number of a ##META line is not valid."), number, "META")
        if pairs.get("Type", "String") not in TYPES:
            self._warn("vcf.meta-type", tr("Type of a ##META line is not valid."), number, "META")
        values = pairs.get("Values")
        if values is not None and not (values.startswith("[") and values.endswith("]")):
            self._warn(
                "vcf.meta-value",
                tr("The Values of a ##META line are not in square brackets."),
                number,
                "META",
            )

    def _identified(self, pairs: dict[str, str], _quoted: set[str], number: int) -> None:
        self._need("SAMPLE", pairs, ("ID",), number)
        if not _NAME.match(pairs.get("ID", "x")):
            self._warn(
                "vcf.meta-id", tr("An ID of ##SAMPLE has characters that are not allowed."), number, "SAMPLE"
            )
        if "Mixture" in pairs and "Genomes" not in pairs and self._header.version < (4, 3):
            self._warn("vcf.meta-key", tr("##SAMPLE has Mixture and no Genomes."), number, "SAMPLE")

    def _pedigree(self, pairs: dict[str, str], _quoted: set[str], number: int) -> None:
        if not pairs or (self._header.version >= (4, 3) and not pairs.get("ID")):
            self._warn("vcf.meta-key", tr("A ##PEDIGREE line has no ID."), number, "PEDIGREE")
        if not all(_NAME.match(value) for value in pairs.values()):
            text = tr("A name in ##PEDIGREE has characters that are not allowed.")
            self._warn("vcf.meta-value", text, number, "PEDIGREE")

    def _warn(self, code: str, text: str, number: int, name: str) -> None:
        self._notes.warn(code, text, line=number, name=name)
