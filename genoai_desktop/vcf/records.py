"""The careful check: one record at a time, every rule of the specification, exact Findings."""

import re
from dataclasses import dataclass, field

from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.alleles import BREAKEND, SINGLE, SYMBOLIC
from genoai_desktop.vcf.declared import Declaration, Header
from genoai_desktop.vcf.genotypes import parse_genotype
from genoai_desktop.vcf.notes import Notes
from genoai_desktop.vcf.reserved import FORMAT_RESERVED, INFO_RESERVED
from genoai_desktop.vcf.values import problem

POS_MAX = 2**31 - 1
RELAX = 2_000
"""After this many records with the same fault in one key, the key's values are no longer checked."""
_BASES = re.compile(r"^[ACGTNacgtn]+$")
_IUPAC = re.compile(r"^[ACGTNRYKMSWBDHVacgtnrykmswbdhv]+$")
_CHROM = re.compile(
    r"^(<[0-9A-Za-z!#$%&+./:;?@^_|~=*-]+>|[0-9A-Za-z!#$%&+./:;?@^_|~-][0-9A-Za-z!#$%&*+./:;=?@^_|~-]*)$"
)
_KEY = re.compile(r"^[A-Za-z_][0-9A-Za-z_.]*$")
_NUMBER = re.compile(r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$|^[-+]?(inf|infinity|nan)$", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class BadRecord(Exception):  # noqa: N818 - a verdict, not a fault of the program
    """The record cannot be loaded; what is wrong has been noted."""


@dataclass(slots=True)
class RecordChecker:
    """Checks records of one file, and learns keys that are used without a declaration."""

    header: Header
    notes: Notes
    info: dict[str, Declaration] = field(default_factory=dict)
    format: dict[str, Declaration] = field(default_factory=dict)
    relaxed: dict[tuple[str, str], int] = field(default_factory=dict)
    learned: int = 0
    _line: int = 0

    def __post_init__(self) -> None:
        self.info.update(self.header.info)
        self.format.update(self.header.format)

    def check(self, fields: list[str], line: int) -> bool:
        """Whether the record can be loaded. ``fields``: the fixed columns, FORMAT, the wanted samples."""
        self._line = line
        try:
            self._chrom(fields[0])
            self._pos(fields[1], fields[0])
            self._id(fields[2])
            self._ref(fields[3])
            alternates = self._alt(fields[4], fields[3])
            self._qual(fields[5])
            self._filter(fields[6])
            self._info_column(fields[7], alternates)
            if len(fields) > 8:
                self._samples(fields[8], fields[9:], alternates)
        except BadRecord:
            return False
        return True

    def _bad(self, code: str, text: str, name: str) -> BadRecord:
        text = tr("{what} The record was not loaded.", what=text)
        self.notes.error(code, text, line=self._line, name=name)
        return BadRecord()

    def _odd(self, code: str, text: str, name: str) -> None:
        self.notes.warn(code, text, line=self._line, name=name)

    def _chrom(self, text: str) -> None:
        if not text.strip():
            raise self._bad("vcf.chrom-empty", tr("CHROM is empty."), "CHROM")
        if text == ".":
            raise self._bad("vcf.chrom-missing", tr("CHROM is missing ('.')."), "CHROM")
        if any(letter.isspace() for letter in text):
            raise self._bad("vcf.chrom-space", tr("CHROM has a space in it."), "CHROM")
        if not _CHROM.match(text) or (":" in text and self.header.version < (4, 3)):
            self._odd("vcf.chrom-name", tr("CHROM has characters that are not allowed."), "CHROM")

    def _pos(self, text: str, chrom: str) -> None:
        if not (text.isascii() and text.isdigit()):
            raise self._bad("vcf.pos", tr("POS is not a whole number."), "POS")
        position = int(text) if len(text) < 20 else POS_MAX + 1
        if position > POS_MAX:
            raise self._bad("vcf.pos-range", tr("POS is larger than any chromosome can be."), "POS")
        length = self.header.contigs.get(chrom)
        if position == 0:
            self._odd("vcf.pos-zero", tr("POS is 0, which stands for the telomere."), "POS")
        elif length is not None and position > length + 1:
            self._odd("vcf.pos-beyond", tr("POS is beyond the length of the contig in the header."), "POS")

    def _id(self, text: str) -> None:
        if not text:
            self._odd("vcf.id-empty", tr("ID is empty; '.' is meant."), "ID")
        elif any(letter.isspace() for letter in text):
            self._odd("vcf.id-space", tr("ID has a space in it."), "ID")
        else:
            parts = text.split(";")
            if "" in parts or len(set(parts)) < len(parts):
                self._odd("vcf.id-list", tr("ID lists the same name twice, or an empty one."), "ID")
            if "," in text:
                self._odd("vcf.id-comma", tr("ID has a comma; names are separated by ';'."), "ID")
            if "<" in text or ">" in text or _CONTROL.search(text):
                self._odd(
                    "vcf.id-marks", tr("ID holds mark-up or control characters; shown as plain text."), "ID"
                )

    def _ref(self, text: str) -> None:
        if _BASES.match(text):
            return
        if text == "." or not text:
            raise self._bad("vcf.ref-missing", tr("REF is missing."), "REF")
        if not _IUPAC.match(text):
            raise self._bad("vcf.ref", tr("REF has letters other than A, C, G, T, N."), "REF")
        what = tr(
            "REF has an ambiguity code; the first base of it in the alphabet was taken (VCF 4.3, 1.6.1)."
        )
        self._odd("vcf.ref-ambiguous", what, "REF")

    def _alt(self, text: str, ref: str) -> int:
        if text == ".":
            return 0
        if not text:
            raise self._bad("vcf.alt-empty", tr("ALT is empty."), "ALT")
        parts = text.split(",")
        for part in parts:
            self._one_alt(part)
        if len(set(parts)) < len(parts) and not all("<" in part for part in parts):
            self._odd("vcf.alt-duplicate", tr("ALT lists the same allele twice."), "ALT")
        if ref.upper() in {part.upper() for part in parts}:
            self._odd("vcf.alt-is-ref", tr("ALT lists the reference allele."), "ALT")
        if len(parts) > 100:
            self._odd("vcf.many-alternates", tr("A record has more than 100 alternates."), "ALT")
        return len(parts)

    def _one_alt(self, part: str) -> None:
        if _BASES.match(part) or part == "*":
            return
        if SYMBOLIC.match(part):
            name = part[part.index("<") + 1 : -1]
            kind = name.split(":")[0]
            known = self.header.alts | {"NON_REF", "*", "DEL", "INS", "DUP", "INV", "CNV", "BND"}
            if name not in known and kind not in known and name not in self.header.contigs:
                self.notes.info(
                    "vcf.alt-undeclared", tr("A symbolic ALT is not declared."), line=self._line, name="ALT"
                )
            return
        if BREAKEND.match(part):
            match = BREAKEND.match(part)
            if match is not None and (match[2] != match[5] or bool(match[1]) == bool(match[6])):
                raise self._bad("vcf.breakend", tr("A breakend in ALT is malformed."), "ALT")
            return
        if SINGLE.match(part):
            return
        if part == "<" or "[" in part or "]" in part:
            raise self._bad("vcf.breakend", tr("A breakend in ALT is malformed."), "ALT")
        if _IUPAC.match(part):
            raise self._bad("vcf.alt-ambiguous", tr("ALT has an ambiguity code, which names no base."), "ALT")
        raise self._bad("vcf.alt", tr("ALT is neither bases, '*', '<ID>' nor a breakend."), "ALT")

    def _qual(self, text: str) -> None:
        if text == ".":
            return
        if not _NUMBER.match(text):
            self._odd("vcf.qual", tr("QUAL is not a number; read as missing."), "QUAL")
        elif text.startswith("-"):
            self._odd("vcf.qual-negative", tr("QUAL is negative."), "QUAL")

    def _filter(self, text: str) -> None:
        if not text:
            self._odd("vcf.filter-empty", tr("FILTER is empty; '.' is meant."), "FILTER")
            return
        parts = text.split(";")
        if any(letter.isspace() for letter in text) or "" in parts or "0" in parts:
            self._odd(
                "vcf.filter", tr("FILTER has a space, an empty name, or the reserved name 0."), "FILTER"
            )
        if len(parts) > 1 and ("PASS" in parts or "." in parts):
            self._odd("vcf.filter-pass", tr("FILTER lists PASS or '.' beside other filters."), "FILTER")
        if len(set(parts)) < len(parts):
            self._odd("vcf.filter-duplicate", tr("FILTER lists the same filter twice."), "FILTER")
        if any(part not in self.header.filters and part not in {"PASS", ".", ""} for part in parts):
            text = tr("A filter is used and not declared in the header.")
            self.notes.info("vcf.filter-undeclared", text, line=self._line, name="FILTER")

    def _info_column(self, text: str, alternates: int) -> None:
        if text == ".":
            return
        if not text:
            self._odd("vcf.info-empty", tr("INFO is empty; '.' is meant."), "INFO")
            return
        if " " in text and self.header.version < (4, 3):
            self._odd("vcf.info-space", tr("INFO has a space in it."), "INFO")
        seen: set[str] = set()
        parts = text.split(";")
        if parts[-1] == "" and len(parts) > 1:
            parts.pop()
            self.notes.info(
                "vcf.info-semicolon", tr("INFO ends with a semicolon."), line=self._line, name="INFO"
            )
        for part in parts:
            key, equals, value = part.partition("=")
            if key in seen:
                self._odd(
                    "vcf.info-duplicate", tr("INFO gives the same key twice; the first counts."), "INFO"
                )
                continue
            seen.add(key)
            self._info_value(key, value if equals else None, alternates)

    def _info_value(self, key: str, value: str | None, alternates: int) -> None:
        name = f"INFO/{key[:40]}"
        declared = self.info.get(key)
        if declared is None:
            if not key or (not _KEY.match(key) and key != "1000G"):
                self._odd("vcf.info-key", tr("INFO has a key that is not allowed, or an empty one."), "INFO")
                return
            number, type_ = INFO_RESERVED.get(key, ("0", "Flag") if value is None else (".", "String"))
            declared = self._learn(self.info, key, Declaration(number, type_), name, "vcf.info-undeclared")
        if ("INFO", key) in self.relaxed and self.relaxed["INFO", key] > RELAX:
            return
        if declared.type == "Flag":
            if value is not None:
                self._fault("INFO", key, "vcf.info-flag", tr("A flag has a value."), name)
        elif value is None:
            self._fault("INFO", key, "vcf.info-no-value", tr("A key that must have a value has none."), name)
        elif (fault := problem(value, declared, alternates, None)) is not None:
            self._fault("INFO", key, f"vcf.info-{fault}", self._words(fault, declared), name)
        elif "=" in value and self.header.version >= (4, 3):
            self.notes.info("vcf.info-equals", tr("A value has '=' in it."), line=self._line, name=name)

    def _learn(
        self, known: dict[str, Declaration], key: str, declared: Declaration, name: str, code: str
    ) -> Declaration:
        text = tr("A key is used and not declared in the header (said once per key).")
        self.notes.info(code, text, line=self._line, name=name)
        if len(known) < 5_000:
            known[key] = declared
            self.learned += 1
        return declared

    def _fault(self, column: str, key: str, code: str, text: str, name: str) -> None:
        self.relaxed[column, key] = self.relaxed.get((column, key), 0) + 1
        if self.relaxed[column, key] == RELAX + 1:
            self.learned += 1
        self._odd(code, text, name)

    def _words(self, fault: str, declared: Declaration) -> str:
        words = {
            "count": tr("The number of values is not what Number={number} asks for.", number=declared.number),
            "type": tr("A value is not of Type {type}; read as missing.", type=declared.type),
            "range": tr("An integer does not fit 32 bits; read as missing."),
            "empty": tr("A value is empty; '.' is meant."),
        }
        return words[fault]

    def _samples(self, form: str, samples: list[str], alternates: int) -> None:
        if not form or form == ".":
            if samples and not form:
                self._odd("vcf.format-empty", tr("FORMAT is empty."), "FORMAT")
            return
        keys = form.split(":")
        if len(set(keys)) < len(keys):
            raise self._bad("vcf.format-duplicate", tr("FORMAT gives the same key twice."), "FORMAT")
        if "GT" in keys[1:]:
            self._odd("vcf.format-gt-first", tr("GT is not the first key of FORMAT."), "FORMAT")
        for key in keys:
            if key not in self.format:
                if not _KEY.match(key):
                    raise self._bad("vcf.format-key", tr("FORMAT has a key that is not allowed."), "FORMAT")
                number, type_ = FORMAT_RESERVED.get(key, (".", "String"))
                self._learn(
                    self.format,
                    key,
                    Declaration(number, type_),
                    f"FORMAT/{key[:40]}",
                    "vcf.format-undeclared",
                )
        for text in samples:
            self._sample(keys, text, alternates)

    def _sample(self, keys: list[str], text: str, alternates: int) -> None:
        values = text.split(":")
        if not text:
            self._odd("vcf.sample-empty", tr("A sample's column is empty; read as missing."), "samples")
            return
        if len(values) > len(keys):
            raise self._bad(
                "vcf.sample-count", tr("A sample has more values than FORMAT has keys."), "samples"
            )
        ploidy = None
        if "GT" in keys and keys.index("GT") < len(values):
            ploidy = self._genotype(values[keys.index("GT")], alternates)
        for key, value in zip(keys, values, strict=False):
            if key == "GT" or self.relaxed.get(("FORMAT", key), 0) > RELAX:
                continue
            declared = self.format.get(key, Declaration(".", "String"))
            if (fault := problem(value, declared, alternates, ploidy)) is not None:
                self._fault(
                    "FORMAT", key, f"vcf.format-{fault}", self._words(fault, declared), f"FORMAT/{key[:40]}"
                )

    def _genotype(self, text: str, alternates: int) -> int | None:
        if text == "":
            self._odd("vcf.gt-empty", tr("A genotype is empty; read as missing."), "GT")
            return None
        genotype = parse_genotype(text)
        if genotype is None:
            raise self._bad("vcf.gt", tr("A genotype cannot be read."), "GT")
        if max(genotype.alleles) > alternates:
            raise self._bad(
                "vcf.gt-allele", tr("A genotype names an allele that the record does not have."), "GT"
            )
        return len(genotype.alleles)
