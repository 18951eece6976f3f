"""What the file itself says beside the variant: transcripts, frequencies, structural and repeat fields."""

import re
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from genoai_desktop.vcf.alleles import BREAKEND
from genoai_desktop.vcf.annotation import Format, find_formats, parse
from genoai_desktop.vcf.convert import Converted
from genoai_desktop.vcf.declared import Header
from genoai_desktop.vcf.notes import Notes
from genoai_desktop.vcf.table import Kind

FREQUENCY = re.compile(r"gnomad", re.I)
_IS_AF = re.compile(r"(^|_)(AF|MAF)($|_)|MAX_AF|popmax", re.I)
_NOT_AF = re.compile(r"(^|_)(AC|AN|nhomalt|faf\d*|hom|filter|cov)", re.I)
_REPEAT = r"(?:^|;)(?:RU|REPID|TRID|MOTIFS)="
_NUMBER = re.compile(r"^-?\d+$")
PLACE = 12
"""Where ``file_af`` stands in the table, after ``filter``."""


def is_frequency(key: str) -> bool:
    """Whether an INFO or CSQ key holds a gnomAD allele frequency, as ``gnomADe_AF`` does."""
    return bool(FREQUENCY.search(key) and _IS_AF.search(key) and not _NOT_AF.search(key))


@dataclass(slots=True)
class Extras:
    """Collects the two side tables of a VariantTable, block by block."""

    header: Header
    samples: int
    notes: Notes
    _formats: tuple[Format, ...] = ()
    _keys: tuple[str, ...] = ()
    _structural: list[dict[str, Any]] = field(default_factory=list)
    _annotation: list[pl.DataFrame] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._formats = find_formats(self.header)
        self._keys = tuple(key for key in self.header.info if is_frequency(key))

    def add(self, text: pl.DataFrame, done: Converted, offset: int) -> pl.DataFrame:
        """The block's frame with ``file_af``; ``offset``: rows of the table before this block."""
        frequency = pl.Series("file_af", [None], dtype=pl.Float32).new_from_index(0, done.frame.height)
        if done.frame.height and (self._formats or self._keys):
            info = text["info"].gather(done.take)
            frequency = self._own(info, done, frequency)
            for form in self._formats:
                rows, found = parse(form, info, done.frame, text["alt"].gather(done.take), is_frequency)
                if rows.height:
                    self._annotation.append(rows.with_columns(pl.col("row") + offset))
                frequency = _highest(frequency, found)
        self._structures(text, done, offset)
        return done.frame.insert_column(PLACE, frequency.alias("file_af"))

    def _own(self, info: pl.Series, done: Converted, frequency: pl.Series) -> pl.Series:
        for key in self._keys:
            value = info.str.extract(rf"(?:^|;){re.escape(key)}=([^;]+)")
            if self.header.info[key].number in {"A", "R"} and value.str.contains(",", literal=True).any():
                shift = 1 if self.header.info[key].number == "A" else 0
                frame = pl.DataFrame({"v": value, "i": done.frame["allele"].cast(pl.Int64) - shift})
                chosen = pl.col("v").str.split(",").list.get(pl.col("i"), null_on_oob=True)
                value = frame.select(chosen).to_series()
            frequency = _highest(frequency, value.cast(pl.Float32, strict=False))
        return frequency

    def _structures(self, text: pl.DataFrame, done: Converted, offset: int) -> None:
        kind = done.frame["kind"]
        large = kind.is_in([int(Kind.SYMBOLIC), int(Kind.BREAKEND)])
        # GangSTR and TRGT write repeats as plain sequence; the counts say that it is one.
        counts = done.values.text("REPCN"), done.values.text("MC")
        if any(count is not None for count in counts):
            large = large | text["info"].gather(done.take).str.contains(_REPEAT).fill_null(value=False)
        if not large.any():
            return
        rows = large.arg_true().to_numpy()
        source = done.take[rows]
        info = text["info"].gather(source).to_list()
        alts = done.frame["alt"].gather(rows).to_list()
        alleles = done.frame["allele"].gather(rows).to_list()
        copies = done.values.text("CN")
        for row, place, fields, alt, allele in zip(
            rows.tolist(), source.tolist(), info, alts, alleles, strict=True
        ):
            entry = _structure(fields or ".", alt, allele)
            entry["row"] = row + offset
            for sample in range(self.samples):
                at = sample * done.values.rows + place
                number = copies[at] if copies is not None else None
                entry[f"copy_number_{sample}"] = int(number) if number and number.isdigit() else None
                units = [count[at] for count in counts if count is not None]
                entry[f"repeat_count_{sample}"] = next((text for text in units if text), None)
            self._structural.append(entry)

    def structural_frame(self) -> pl.DataFrame:
        """See ``VariantTable.structural``; also ``copy_number_{i}`` and ``mate`` (MATEID)."""
        schema: dict[str, Any] = {
            "row": pl.UInt32,
            "svtype": pl.String,
            "end2": pl.Int64,
            "svlen": pl.Int64,
            "chrom2": pl.String,
            "copy_number": pl.Int32,
            "repeat_id": pl.String,
            "repeat_unit": pl.String,
            "mate": pl.String,
            **{f"copy_number_{i}": pl.Int32 for i in range(self.samples)},
            **{f"repeat_count_{i}": pl.String for i in range(self.samples)},
        }
        return pl.DataFrame(self._structural, schema=schema, orient="row")

    def annotation_frame(self) -> pl.DataFrame:
        """See ``VariantTable.annotation``."""
        return pl.concat(self._annotation) if self._annotation else pl.DataFrame()


def _highest(first: pl.Series, second: pl.Series) -> pl.Series:
    return pl.select(pl.max_horizontal(first.alias("a"), second.alias("b"))).to_series()


def _structure(info: str, alt: str, allele: int) -> dict[str, Any]:
    """INFO of one structural or repeat record; ``end2`` is the far end, on ``chrom2`` where that is given."""
    fields = {key: value for key, _, value in (part.partition("=") for part in info.split(";"))}
    name = alt[alt.find("<") + 1 : alt.rfind(">")] if "<" in alt else ""
    chrom2, end2 = fields.get("CHR2"), _whole(fields.get("END2")) or _whole(fields.get("END"))
    if match := BREAKEND.match(alt):
        chrom2, end2 = match[3].strip("<>"), int(match[4])
    elif chrom2 is not None and _whole(fields.get("POS2")):
        end2 = _whole(fields.get("POS2"))
    copies = re.fullmatch(r"CNV?(\d+)", name)
    return {
        "svtype": fields.get("SVTYPE") or ("BND" if match else name.split(":")[0] or None),
        "end2": end2,
        "svlen": _whole(_nth(fields.get("SVLEN"), allele)),
        "chrom2": chrom2,
        "copy_number": int(copies[1]) if copies else _whole(_nth(fields.get("CN"), allele)),
        "repeat_id": fields.get("REPID") or fields.get("VARID") or fields.get("TRID"),
        "repeat_unit": fields.get("RU") or fields.get("MOTIFS"),
        "mate": fields.get("MATEID") or fields.get("PARID"),
    }


def _nth(text: str | None, allele: int) -> str | None:
    parts = (text or "").split(",")
    return parts[allele - 1] if len(parts) >= allele else parts[0] or None


def _whole(text: str | None) -> int | None:
    return int(text) if text and len(text) < 12 and _NUMBER.match(text) else None
