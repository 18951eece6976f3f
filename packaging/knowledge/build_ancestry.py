"""Ancestry: principal components of 2,504 people of the 1000 Genomes Project at 23,770 sites.

The coordinates that are stored for a person come from components computed *without* that person
(`_left_out`): they are what a newcomer with the same genotypes would get, so that the classifier
built on them is fitted to newcomers and its leave-one-out figure is honest.
"""

import gzip
import lzma
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from common import Origin, write_bytes, write_table
from sites import codes, pack

COMPONENTS = 8
MINIMUM_MAF = 0.005
SUPERPOPULATIONS = ("AFR", "AMR", "EAS", "EUR", "SAS")
_STEPS = 6
_COMPLEMENT = {"A": "T", "C": "G", "G": "C", "T": "A"}
Floats = npt.NDArray[np.float64]


def build(source: Path, out: Path) -> None:
    """Write ``ancestry_sites``, ``ancestry_loadings``, ``ancestry_people``, ``ancestry_genotypes``."""
    folder = source / "ancestry"
    people = pl.read_csv(folder / "samples_in_column_order.tsv", separator="\t").rename({"gender": "sex"})
    raw = gzip.decompress((folder / "GRCH37.sites.bin.gz").read_bytes())
    genotypes = np.frombuffer(raw, dtype=np.uint8).reshape(-1, people.height)
    frequency = genotypes.mean(axis=1) / 2
    used = np.minimum(frequency, 1 - frequency) >= MINIMUM_MAF
    loadings, coordinates = components(genotypes[used], frequency[used])
    everywhere = np.zeros((len(genotypes), COMPONENTS))
    everywhere[used] = loadings
    write_table("ancestry_sites", pack(_sites(folder)), _origin("Sites on both builds."), out)
    write_table("ancestry_loadings", _loadings(genotypes, people, everywhere), _origin("By site."), out)
    named = people.with_columns(
        pl.Series(f"pc{k + 1}", coordinates[:, k].round(5), dtype=pl.Float32) for k in range(COMPONENTS)
    )
    write_table("ancestry_people", named, _origin("Left-out coordinates of every person."), out)
    write_bytes(
        "ancestry_genotypes",
        ".xz",
        lzma.compress(_two_bits(genotypes).tobytes(), preset=9),
        len(genotypes),
        _origin("Copies of the GRCh37 ALT, two bits each, four people a byte, sites in rows."),
        out,
    )


def components(genotypes: npt.NDArray[np.uint8], frequency: Floats) -> tuple[Floats, Floats]:
    """Loadings (sites x components) and left-out coordinates (people x components).

    A standardised genotype is about ``loadings @ coordinates``; coordinates have variance one.
    """
    scale = np.sqrt(2 * frequency * (1 - frequency))
    z = (genotypes - 2 * frequency[:, None]) / scale[:, None]
    gram = z.T @ z
    vectors = np.linalg.eigh(gram)[1][:, ::-1][:, :COMPONENTS]
    vectors = vectors * np.where(vectors[np.abs(vectors).argmax(axis=0), range(COMPONENTS)] < 0, -1, 1)
    people = len(gram)
    loadings = z @ vectors / np.sqrt(people)
    return loadings, _left_out(gram, vectors)


def _left_out(gram: Floats, vectors: Floats) -> Floats:
    """Each person's coordinates on components of all others, rotated onto the common components.

    Subspace iteration from the common components; six steps change nothing in the third decimal.
    """
    people = len(gram)
    result = np.zeros_like(vectors)
    for person in range(people):
        row = gram[person].copy()
        row[person] = 0
        basis = vectors.copy()
        basis[person] = 0
        for _ in range(_STEPS):
            basis = gram @ basis
            basis[person] = 0
            basis = np.linalg.qr(basis)[0]
        image = gram @ basis
        image[person] = 0
        values, turn = np.linalg.eigh(basis.T @ image)
        basis = (basis @ turn)[:, ::-1]
        own = row @ basis / values[::-1] * np.sqrt(people)
        left, _, right = np.linalg.svd(basis.T @ vectors)
        result[person] = own @ (left @ right)
    return result


def _sites(folder: Path) -> pl.DataFrame:
    """Rows with ``site`` (index of the genotypes' row) and ``flip`` (ALT here is REF on GRCh37)."""
    first, second = (_read(folder / f"GRCH{build}.sites") for build in ("37", "38"))
    rows = []
    for site, (old, new) in enumerate(zip(first.iter_rows(), second.iter_rows(), strict=True)):
        chrom, pos37, ref, alt = old
        if new[0] == chrom and new[2:] == (ref, alt):
            rows.append((chrom, pos37, new[1], ref, alt, site, False))
            continue
        rows.append((chrom, pos37, None, ref, alt, site, False))
        palindromic = _COMPLEMENT[ref] == alt
        turned = new[2:] == (_COMPLEMENT[ref], _COMPLEMENT[alt])
        swapped = new[2:] == (alt, ref)
        if not palindromic and (turned or swapped):
            rows.append((new[0], None, new[1], new[2], new[3], site, swapped))
    names = ["chrom", "pos37", "pos38", "ref", "alt", "site", "flip"]
    frame = pl.DataFrame(rows, orient="row", schema=names)
    return frame.with_columns(pl.col("chrom").cast(pl.UInt8), pl.col("site").cast(pl.UInt16))


def _read(path: Path) -> pl.DataFrame:
    rows = [line.split(":") for line in path.read_text(encoding="ascii").split()]
    frame = pl.DataFrame(rows, orient="row", schema=dict.fromkeys(["chrom", "pos", "ref", "alt"], pl.String))
    return frame.with_columns(codes(frame["chrom"]).alias("chrom"), pl.col("pos").cast(pl.Int64))


def _loadings(genotypes: npt.NDArray[np.uint8], people: pl.DataFrame, loadings: Floats) -> pl.DataFrame:
    """``freq``, a frequency per superpopulation (units of 1/10000), ``l1..l8`` (zero: not used)."""
    columns: dict[str, pl.Series] = {"freq": _ten_thousandths(genotypes)}
    for name in SUPERPOPULATIONS:
        members = (people["superpopulation"] == name).to_numpy()
        columns[name.lower()] = _ten_thousandths(genotypes[:, members])
    for k in range(COMPONENTS):
        columns[f"l{k + 1}"] = pl.Series(np.round(loadings[:, k], 4), dtype=pl.Float32)
    return pl.DataFrame(columns)


def _ten_thousandths(genotypes: npt.NDArray[np.uint8]) -> pl.Series:
    return pl.Series(np.round(genotypes.mean(axis=1) * 5_000), dtype=pl.UInt16)


def _two_bits(genotypes: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    parts = genotypes.reshape(len(genotypes), -1, 4)
    packed = parts[:, :, 0] | parts[:, :, 1] << 2 | parts[:, :, 2] << 4 | parts[:, :, 3] << 6
    return packed.astype(np.uint8)


def _origin(description: str) -> Origin:
    return Origin(
        source="1000 Genomes Project phase 3, 2,504 people, 23,770 sites",
        release="phase 3 (2013-05-02)",
        licence="MIT (selection of sites); 1000 Genomes open data",
        builder="build_ancestry",
        description=description,
    )
