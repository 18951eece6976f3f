"""What ClinGen's expert panels publish for their genes: thresholds and PM1 residues, as numbers.

Each row names the specification in ClinGen's Criteria Specification Registry (GN number) or the
panel's paper. A missing value means that the general rule applies.
"""

import polars as pl

AD_HEARING = ("COCH", "KCNQ4", "MYO6", "TECTA")
AR_HEARING = ("CDH23", "GJB2", "MYO15A", "MYO7A", "OTOF", "SLC26A4", "USH2A")
RASOPATHY = (
    "BRAF", "HRAS", "KRAS", "MAP2K1", "MAP2K2", "MRAS", "NRAS", "PPP1CB", "PTPN11", "RAF1", "RIT1", "RRAS2",
    "SHOC2", "SOS1", "SOS2",
)  # fmt: skip
RASOPATHY_PP2 = {"BRAF", "MAP2K1", "PPP1CB", "PTPN11"}
RETT = ("CDKL5", "FOXG1", "MECP2", "SLC9A6", "TCF4", "UBE3A")
SCID_WITHOUT_PM1 = ("ADA", "DCLRE1C", "IL7R")

Row = tuple[str, float | None, float | None, float | None, bool, bool, int | None, int | None, str]
"""Gene; BA1, BS1, PM2 (frequencies); PM1 usable; PP2 for any missense; PM5 for truncations from and to
a residue; reference."""


def _rows() -> list[Row]:
    rows: list[Row] = [
        ("RUNX1", 0.0015, 0.00015, None, True, False, 33, 480, "GN008; Luo 2019, Blood Adv 3:2962"),
        ("CDH1", 0.002, 0.001, None, False, False, 1, 836, "GN007; Lee 2018, Hum Mutat 39:1553"),
        ("RYR1", 0.0038, 0.0008, None, True, False, None, None, "GN012; Johnston 2021, Genet Med 23:1288"),
        ("TP53", 0.001, 0.0003, 0.00003, True, False, None, None, "GN009; Fortuno 2021, Hum Mutat 42:223"),
        ("FBN1", 0.001, 0.00005, 0.000005, True, True, None, None, "GN022"),
        ("DICER1", 0.003, 0.0003, 0.000005, True, False, None, None, "GN024"),
        ("LDLR", 0.005, 0.002, 0.0002, True, False, None, None, "GN013; Chora 2022, Genet Med 24:293"),
        ("GAA", 0.01, 0.005, 0.001, True, False, None, None, "GN010"),
        ("ACADVL", 0.007, 0.0035, 0.001, True, False, None, None, "GN021"),
        ("PTEN", 0.00056, 0.000043, 0.00001, True, True, None, None, "GN003; Mester 2018, Hum Mutat 39:1581"),
        ("MYH7", 0.001, 0.0002, 0.00004, True, False, None, None, "GN002; Kelly 2018, Genet Med 20:351"),
        ("PAH", 0.015, 0.002, 0.0002, True, False, None, None, "GN006; Zastrow 2018, Hum Mutat 39:1569"),
        ("ATM", 0.005, 0.0005, 0.00001, False, False, 1, 3047, "GN020"),
        ("PALB2", 0.001, 0.0001, 0.000003, False, False, 1, 1183, "GN077"),
        ("APC", 0.001, 0.00001, 0.000003, False, False, None, None, "GN089"),
        ("HNF1A", 0.0001, 0.000033, 0.000003, True, False, None, None, "GN017"),
        ("HNF4A", 0.0001, 0.000033, 0.000003, True, False, None, None, "GN085"),
        ("GCK", 0.0001, 0.00004, 0.000003, True, True, None, None, "GN086"),
    ]
    for gene in RASOPATHY:
        pm1 = gene not in {"SHOC2", "PPP1CB"}
        rows.append(
            (gene, 0.0005, 0.00025, None, pm1, gene in RASOPATHY_PP2, None, None, "GN038 to GN049; Gelb 2018")
        )
    hearing = "GN005; Oza 2018, Hum Mutat 39:1593"
    rows += [(gene, 0.001, 0.0002, 0.00002, True, False, None, None, hearing) for gene in AD_HEARING]
    rows += [(gene, 0.005, 0.003, 0.00007, True, False, None, None, hearing) for gene in AR_HEARING]
    rows += [
        (gene, 0.0003, 0.00008, None, gene != "SLC9A6", False, None, None, "GN032 to GN037") for gene in RETT
    ]
    rows += [
        (gene, None, None, None, False, False, None, None, "GN113 to GN129") for gene in SCID_WITHOUT_PM1
    ]
    return rows


def panels() -> pl.DataFrame:
    """One row a gene; frequencies 0..1, residues 1-based on the MANE Select protein."""
    names = ("gene", "ba1", "bs1", "pm2", "pm1", "pp2", "truncating_from", "truncating_to", "reference")
    frame = pl.DataFrame(_rows(), schema=list(names), orient="row").sort("gene")
    return frame.with_columns(pl.col("truncating_from", "truncating_to").cast(pl.UInt16))


_RAS = [(10, 17, 2), (25, 40, 2), (57, 64, 2), (145, 156, 2)]
_REGIONS: dict[str, list[tuple[int, int, int]]] = {
    "HRAS": _RAS,
    "KRAS": _RAS,
    "NRAS": _RAS,
    "MRAS": [(20, 27, 2), (35, 50, 2), (67, 74, 2)],
    "RRAS2": [(21, 28, 2), (36, 51, 2), (68, 75, 2)],
    "RIT1": [(28, 35, 2), (43, 58, 2), (75, 82, 2)],
    "MAP2K1": [(43, 61, 2), (124, 134, 2)],
    "MAP2K2": [(47, 65, 2), (128, 138, 2)],
    "SOS1": [(420, 500, 2)],
    "SOS2": [(418, 498, 2)],
    "RAF1": [(251, 266, 2)],
    "BRAF": [(459, 474, 2), (594, 627, 2)],
    "PTPN11": [(4, 4, 2), (7, 9, 2), (58, 63, 2), (69, 77, 2), (247, 247, 2), (251, 251, 2), (255, 256, 2),
               (258, 258, 2), (261, 261, 2), (265, 265, 2), (278, 281, 2), (284, 284, 2)],
    "RYR1": [(1, 552, 2), (2101, 2458, 2), (4631, 4991, 1)],
    "TCF4": [(564, 617, 2)],
    "CDKL5": [(19, 43, 2), (169, 171, 2)],
    "FOXG1": [(181, 275, 2)],
    "MECP2": [(90, 162, 2), (302, 306, 2)],
    "UBE3A": [(820, 820, 2)],
    "ACADVL": [(1, 40, 2), (214, 223, 2), (249, 251, 2), (460, 466, 2), (481, 516, 2)],
    "HNF1A": [(1, 32, 1), (107, 174, 1), (201, 280, 1)],
    "HNF4A": [(37, 113, 1), (180, 220, 1), (300, 350, 1)],
    "RUNX1": [(89, 204, 1)],
    "DICER1": [(1682, 1846, 1)],
    "LDLR": [(105, 232, 2)],
}  # fmt: skip
_RESIDUES: dict[str, tuple[int, str]] = {
    "RUNX1": (2, "107 110 134 162 166 167 169 170 194 196 198 201 204"),
    "DICER1": (2, "1344 1705 1709 1713 1809 1810 1813"),
    "TP53": (2, "175 245 248 249 273 282"),
    "GAA": (2, "282 376 404 405 441 481 516 518 519 600 613 616 618 649 650 674"),
    "HNF1A": (2, "130 131 132 143 144 145 146 147 148 149 155 156 157 158 203 204 205 206 263 264 265 270 "
                 "271 272 273"),
    "HNF4A": (2, "38 41 43 49 50 51 55 56 57 58 59 63 64 67 70 72 74 75 80 87 88 90 91 93 94 109 112 113"),
    "GCK": (2, "78 82 85 151 153 168 169 204 205 225 228 229 231 254 258 287 290 295 296 331 333 336 "
                "410 416"),
    "LDLR": (2, "27 34 39 46 52 63 68 75 82 89 95 104 109 116 121 128 134 143 148 155 160 167 173 184 197 "
                "204 209 216 231 236 243 248 255 261 270 276 284 289 296 302 313 318 325 329 338 340 352 358 "
                "364 368 377 379 392 667 677 681 696 698 711"),
}  # fmt: skip


def hot_regions() -> pl.DataFrame:
    """Residue ranges, 1-based and inclusive, with the points that PM1 gets there."""
    rows = [(gene, *region) for gene, regions in _REGIONS.items() for region in regions]
    for gene, (points, residues) in _RESIDUES.items():
        rows += [(gene, int(residue), int(residue), points) for residue in residues.split()]
    frame = pl.DataFrame(rows, schema=["gene", "start", "end", "points"], orient="row")
    return frame.sort("gene", "start", "end").with_columns(
        pl.col("start", "end").cast(pl.UInt16), pl.col("points").cast(pl.UInt8)
    )
