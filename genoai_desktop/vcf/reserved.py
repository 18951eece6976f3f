"""Reserved INFO and FORMAT keys with Number and Type (VCF 4.3 and later, tables 1 and 2, section 3)."""


def _table(text: str) -> dict[str, tuple[str, str]]:
    kinds = {"I": "Integer", "F": "Float", "S": "String", "B": "Flag"}
    rows = (entry.split("/") for entry in text.split())
    return {name: (number, kinds[kind]) for name, number, kind in rows}


INFO_RESERVED = _table(
    "AA/1/S AC/A/I AD/R/I ADF/R/I ADR/R/I AF/A/F AN/1/I BQ/1/F CIGAR/A/S DB/0/B DP/1/I END/1/I H2/0/B H3/0/B "
    "MQ/1/F MQ0/1/I NS/1/I SB/./S SOMATIC/0/B VALIDATED/0/B 1000G/0/B IMPRECISE/0/B NOVEL/0/B SVTYPE/1/S "
    "SVLEN/./I CIPOS/./I CIEND/./I HOMLEN/./I HOMSEQ/./S BKPTID/./S MEINFO/./S METRANS/./S DGVID/./S "
    "DBVARID/./S DBRIPID/./S MATEID/./S PARID/./S EVENT/./S CILEN/./I"
)
FORMAT_RESERVED = _table(
    "AD/R/I ADF/R/I ADR/R/I DP/1/I EC/A/I FT/1/S GL/G/F GP/G/F GQ/1/I GT/1/S HQ/2/I MQ/1/I GLE/G/S PL/G/I "
    "PP/G/I PQ/1/I PS/1/I CNQ/1/F CNL/G/F CNP/G/F NQ/1/I HAP/1/I AHAP/1/I"
)
