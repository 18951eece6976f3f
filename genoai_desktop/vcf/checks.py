"""Fast checks of whole columns; what fails them goes to the careful check, record by record."""

from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.columns import Block
from genoai_desktop.vcf.declared import Declaration, Header
from genoai_desktop.vcf.notes import Notes
from genoai_desktop.vcf.order import Order
from genoai_desktop.vcf.records import RELAX, RecordChecker
from genoai_desktop.vcf.values import MAX_FAST_ALTS, fast_value

CAREFUL = 300
"""So many records at the start of every file get the careful check whatever the fast one says."""
CAREFUL_CELLS = 100_000
_ALT = r"^(?:\.|<NON_REF>|<\*>|(?:[ACGTNacgtn]+|\*)(?:,(?:[ACGTNacgtn]+|\*|<NON_REF>|<\*>))*)$"
_AMBIGUOUS = {
    "R": "A",
    "Y": "C",
    "S": "C",
    "W": "A",
    "K": "G",
    "M": "A",
    "B": "C",
    "D": "A",
    "H": "A",
    "V": "A",
}
_QUAL = r"^(?:\.|[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)$"
Mask = NDArray[np.bool_]


@dataclass(slots=True)
class Checker:
    """Checks the blocks of one file in order. ``highest``: highest position seen per contig."""

    header: Header
    samples: int
    notes: Notes
    highest: dict[str, int] = field(default_factory=dict)
    _careful: int = -1
    _records: RecordChecker | None = None
    _order: Order | None = None
    _patterns: dict[tuple[str, str, int], str] = field(default_factory=dict)
    _signatures: dict[str, bool] = field(default_factory=dict)
    _formats: dict[str, bool] = field(default_factory=dict)
    _filters: dict[str, bool] = field(default_factory=dict)
    _chroms: dict[str, bool] = field(default_factory=dict)

    @property
    def hits(self) -> dict[Build, int]:
        """Common variants seen at the positions of each build; empty where the header says the build."""
        return self._order.hits if self._order else {}

    def check(self, block: Block) -> Mask:
        """True for each row that can be loaded; the others have been noted."""
        frame = block.frame
        if not frame.height:
            return np.zeros(0, dtype=np.bool_)
        self._records = self._records or RecordChecker(self.header, self.notes)
        self._order = self._order or Order(self.header, self.notes)
        self._kinds(frame)
        fast = self._fixed(frame) & self._info(frame) & self._sample_columns(frame)
        if self._careful < 0:
            self._careful = min(CAREFUL, CAREFUL_CELLS // max(self.samples, 1))
        first = min(self._careful, frame.height)
        fast[:first] = False
        self._careful -= first
        good = np.ones(frame.height, dtype=np.bool_)
        slow = np.flatnonzero(~fast)
        for start in range(0, len(slow), 10_000):
            self._slow(frame, slow[start : start + 10_000], block.lines, good)
        self._order.check(frame, good, block.lines, self.highest)
        return good

    def _kinds(self, frame: pl.DataFrame) -> None:
        alt = frame["alt"]
        star = int(alt.str.contains("*", literal=True).sum()) - int(
            alt.str.contains("<*>", literal=True).sum()
        )
        if star:
            text = tr("Spanning deletions ('*'): kept as such, never counted as a variant of their own.")
            self.notes.info("vcf.star", text, name="ALT", count=star)
        if count := int(alt.str.contains(r"[\[\]]|<[^*N]").sum()):
            text = tr("Symbolic alleles and breakends: kept as structural variants; no bases are compared.")
            self.notes.info("vcf.structural", text, name="ALT", count=count)

    def _slow(
        self, frame: pl.DataFrame, rows: NDArray[np.int64], lines: NDArray[np.int64], good: Mask
    ) -> None:
        records = self._records
        assert records is not None
        known = records.learned
        for row, fields in zip(rows.tolist(), frame[rows].fill_null("").iter_rows(), strict=True):
            if not records.check(list(fields), int(lines[row])):
                good[row] = False
        if records.learned != known:
            self._patterns.clear()
            self._signatures.clear()
            self._formats.clear()

    def _known(self, column: pl.Series, cache: dict[str, bool], test: str) -> pl.Series:
        """Rows whose value passes ``test`` (a method name), asked once per distinct value."""
        distinct = column.unique().drop_nulls().to_list()
        if len(cache) > 50_000:
            cache.clear()
        for value in distinct:
            if value not in cache:
                cache[value] = getattr(self, test)(value)
        if all(cache[value] for value in distinct):
            return column.is_not_null()
        return column.is_in([value for value in distinct if cache[value]]).fill_null(False)

    def _chrom_known(self, name: str) -> bool:
        return name in self.header.contigs or (name.isalnum() and not self.header.contigs)

    def _filter_known(self, text: str) -> bool:
        return text in {"PASS", "."} or text in self.header.filters

    def _fixed(self, frame: pl.DataFrame) -> Mask:
        checks = frame.select(
            pl.col("pos").str.contains("^[1-9][0-9]{0,8}$")
            & pl.col("id").str.contains(r"^[!-+\--:=?-~]+$")
            & pl.col("ref").str.contains("^[ACGTNacgtn]+$")
            & pl.col("alt").str.contains(_ALT)
            & ((pl.col("alt") != pl.col("ref")).fill_null(False))
            & pl.col("qual").str.contains(_QUAL)
        ).to_series()
        chrom = self._known(frame["chrom"], self._chroms, "_chrom_known")
        passed = self._known(frame["filter"], self._filters, "_filter_known")
        good = checks.fill_null(False) & chrom & passed & self._within(frame) & _distinct(frame)
        return np.array(good.to_numpy())

    def _within(self, frame: pl.DataFrame) -> pl.Series:
        """Positions that are not beyond the declared length of their contig."""
        places = frame.select("chrom", pl.col("pos").cast(pl.Int64, strict=False))
        good = pl.Series([True]).new_from_index(0, frame.height)
        for name, top in places.group_by("chrom").agg(pl.col("pos").max()).iter_rows():
            length = self.header.contigs.get(name)
            if length is not None and top is not None and top > length + 1:
                good &= ~((places["chrom"] == name) & (places["pos"] > length + 1)).fill_null(False)
        return good

    def _counts(self, frame: pl.DataFrame) -> pl.Series:
        commas = pl.col("alt").str.count_matches(",", literal=True)
        count = pl.when(pl.col("alt") == ".").then(0).otherwise(commas + 1).fill_null(0)
        return frame.select(count.cast(pl.Int64).alias("n")).to_series()

    def _info(self, frame: pl.DataFrame) -> Mask:
        info = frame["info"]
        signature = info.str.replace_all("=[^;]*", "")
        single = self._known(signature, self._signatures, "_signature_known")
        counts = self._counts(frame)
        good = self._by_count(info, counts, "INFO", "")
        return np.array((single & good).to_numpy())

    def _signature_known(self, text: str) -> bool:
        keys = text.split(";")
        assert self._records is not None
        return text == "." or (len(set(keys)) == len(keys) and all(key in self._records.info for key in keys))

    def _by_count(self, column: pl.Series, counts: pl.Series, kind: str, form: str) -> pl.Series:
        """Match with the pattern for the record's number of alternates."""
        distinct = counts.unique().to_list()
        result = pl.Series([False]).new_from_index(0, len(column))
        for count in distinct:
            if count > MAX_FAST_ALTS:
                continue
            pattern = self._pattern(kind, form, count)
            if len(distinct) == 1:
                return self._match(column, pattern)
            rows = (counts == count).arg_true()
            result = result.scatter(rows, self._match(column.gather(rows), pattern))
        return result

    def _match(self, column: pl.Series, pattern: str) -> pl.Series:
        try:
            return column.str.contains(pattern).fill_null(False)
        except pl.exceptions.PolarsError:
            return pl.Series([False]).new_from_index(0, len(column))

    def _pattern(self, kind: str, form: str, count: int) -> str:
        found = self._patterns.get((kind, form, count))
        if found is None:
            found = self._info_pattern(count) if kind == "INFO" else self._sample_pattern(form, count)
            self._patterns[kind, form, count] = found
        return found

    def _info_pattern(self, count: int) -> str:
        assert self._records is not None
        parts = []
        for key, declared in self._records.info.items():
            name = key.replace(".", r"\.").replace("+", r"\+").replace("$", r"\$")
            if self._records.relaxed.get(("INFO", key), 0) > RELAX:
                parts.append(rf"{name}(?:=[!-:<-~]*)?")
            elif declared.type == "Flag":
                parts.append(name)
            else:
                parts.append(f"{name}={fast_value(declared, count)}")
        if not parts:
            return r"^\.$"
        one = "|".join(parts)
        return rf"^(?:\.|(?:{one})(?:;(?:{one}))*)$"

    def _sample_pattern(self, form: str, count: int) -> str:
        assert self._records is not None
        result = ""
        for key in reversed(form.split(":")):
            if key == "GT":
                allele = rf"(?:\.|[0-{count}])"
                value = rf"{allele}(?:[/|]{allele})?"
            elif self._records.relaxed.get(("FORMAT", key), 0) > RELAX:
                value = "[!-9;-~]*"
            else:
                value = fast_value(self._records.format.get(key, Declaration(".", "String")), count, False)
            result = f"(?:{value})" + (f"(?::{result})?" if result else "")
        return f"^{result}$"

    def _format_known(self, form: str) -> bool:
        keys = form.split(":")
        assert self._records is not None
        unique = len(set(keys)) == len(keys) and "GT" not in keys[1:]
        return unique and all(key in self._records.format for key in keys)

    def _sample_columns(self, frame: pl.DataFrame) -> Mask:
        if "format" not in frame.columns:
            return np.ones(frame.height, dtype=np.bool_)
        good = self._known(frame["format"], self._formats, "_format_known")
        counts = self._counts(frame)
        forms = frame["format"].unique().drop_nulls().to_list()
        if not self.samples:
            return np.array(good.to_numpy())
        long = pl.concat([frame[f"g{index}"].alias("g") for index in range(self.samples)])
        several = self.samples > 1
        counts = pl.concat([counts] * self.samples) if several else counts
        if len(forms) == 1:
            matched = self._by_count(long, counts, "FORMAT", forms[0])
        else:
            form_of = pl.concat([frame["format"]] * self.samples) if several else frame["format"]
            matched = pl.Series([False]).new_from_index(0, len(long))
            for form in forms:
                rows = (form_of == form).arg_true()
                part = self._by_count(long.gather(rows), counts.gather(rows), "FORMAT", form)
                matched = matched.scatter(rows, part)
        every = matched.to_numpy().reshape(self.samples, frame.height).all(axis=0)
        return np.array(good.to_numpy()) & every

    def mended(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Ambiguity codes in REF replaced by the first base of each in the alphabet; the rest as it was."""
        if not frame["ref"].str.contains("[^ACGTNacgtn]").any():
            return frame
        ref = pl.col("ref").str.to_uppercase()
        return frame.with_columns(ref.str.replace_many(list(_AMBIGUOUS), list(_AMBIGUOUS.values())))


def _distinct(frame: pl.DataFrame) -> pl.Series:
    """Records whose alternates all differ, from each other and from the reference."""
    rows = frame["alt"].str.contains(",", literal=True).fill_null(False).arg_true()
    good = pl.Series([True]).new_from_index(0, frame.height)
    if not len(rows):
        return good
    parts = pl.col("alt").str.split(",")
    differ = (parts.list.n_unique() == parts.list.len()) & ~parts.list.contains(pl.col("ref"))
    return good.scatter(rows, frame.select("alt", "ref")[rows].select(differ.fill_null(False)).to_series())
