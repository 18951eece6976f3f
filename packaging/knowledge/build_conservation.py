"""Conservation of the human proteins among their relatives, and published changes at residues of paralogs.

Needs Debian's ``metastudent-data`` and ``diamond-aligner`` (``homologues``), which are too large to lie with
the other sources: without them the bundled tables are left as they are. Takes about half an hour.
"""

import lzma
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

import homologues
import numpy as np
import numpy.typing as npt
import polars as pl
from alignment_columns import columns
from common import OUT, Origin, write_table
from homologues import RESIDUES, Relatives

from genoai_desktop.knowledge.conservation import LZMA, NONE

NEAR = 60.0
"""Identity in per cent from which a relative counts as near."""
FITTED, ROUNDS = 20_000, 10
SEED = 5
Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint8]


def build(_source: Path, out: Path = OUT) -> None:
    """Write ``conservation``, ``conservation_profiles`` and ``paralog_labels`` (needs ``protein_labels``)."""
    if not homologues.SEQUENCES.exists() or not shutil.which("diamond"):
        print("conservation: left as it is; needs Debian's metastudent-data and diamond-aligner")
        return
    with tempfile.TemporaryDirectory() as work:
        proteins, subjects = homologues.human_proteins(out), homologues.swissprot()
        write(homologues.search(proteins, subjects, Path(work)), proteins, subjects, out)


def write(hits: Path, proteins: dict[str, str], subjects: dict[str, str], out: Path = OUT) -> None:
    """Write the tables from DIAMOND's hits."""
    genes, changes = _genes(out), _changes(out)
    transcripts = {sequence: transcript for transcript, sequence in proteins.items()}
    human = {name: transcripts[text] for name, text in subjects.items() if text in transcripts}
    profiles, rows, paralogs = [], [], []
    for found in homologues.relatives(hits, proteins, subjects, human):
        own = homologues.encoded(proteins[found.transcript])
        made = columns(found, own)
        profiles.append(made.profile.astype(np.float16))
        count = np.minimum(made.aligned, 255).astype(np.uint8)
        near = _near(made.nearest, own)
        rows.append((found.transcript, count.tobytes(), near, np.ascontiguousarray(made.kept.T).tobytes()))
        paralogs += _paralogs(
            found, {name: genes.get(human[name], "") for name in found.places}, genes, changes
        )
    text = "".join(proteins[row[0]] for row in rows)
    books, codes = _typical(np.concatenate(profiles), np.frombuffer(text.encode(), dtype=np.uint8))
    write_table("conservation_profiles", books, _origin("Typical columns: natural log of shares."), out)
    write_table("conservation", _table(rows, codes), _origin(_DESCRIPTION), out)
    labels = pl.DataFrame(paralogs, schema=_LABELS, orient="row").sort("gene", "aa_position")
    write_table("paralog_labels", labels, _PARALOGS, out)


def _genes(out: Path) -> dict[str, str]:
    """Gene of each MANE Select transcript."""
    frame = pl.read_parquet(out / "transcripts.parquet").filter(~pl.col("clinical"))
    return dict(frame.select("transcript", "gene").iter_rows())


def _changes(out: Path) -> dict[str, dict[int, tuple[str, str]]]:
    """Gene to residue to the new residues of its pathogenic and benign changes."""
    found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(lambda: ["", ""]))
    labels = pl.read_parquet(out / "protein_labels.parquet")
    for gene, position, _, alt, pathogenic, _ in labels.iter_rows():
        found[gene][position][0 if pathogenic else 1] += alt
    return {gene: {at: (bad, good) for at, (bad, good) in own.items()} for gene, own in found.items()}


def _paralogs(
    found: Relatives,
    names: dict[str, str],
    genes: dict[str, str],
    changes: dict[str, dict[int, tuple[str, str]]],
) -> list[tuple[str | int, ...]]:
    """Published changes of other genes at the residues aligned with the protein's own, one row a residue."""
    own = genes.get(found.transcript)
    aligned: dict[int, list[tuple[float, tuple[str, str]]]] = {}
    for name, identity in zip(found.names, found.identity, strict=True):
        gene = names.get(name)
        if own and gene and gene != own and gene in changes:
            places = found.places[name]
            for at in np.flatnonzero(np.isin(places, list(changes[gene]))):
                aligned.setdefault(int(at) + 1, []).append((float(identity), changes[gene][int(places[at])]))
    return [(own or "", position, *_summed(aligned[position])) for position in sorted(aligned)]


def _summed(known: list[tuple[float, tuple[str, str]]]) -> tuple[int | str, ...]:
    """Weights and nearest identities in per cent, and new residues; of pathogenic, then benign changes."""
    kinds = [
        [(identity, residues[kind]) for identity, residues in known if residues[kind]] for kind in (0, 1)
    ]
    return (
        *(round(sum(identity * len(residues) for identity, residues in own)) for own in kinds),
        *(round(max((identity for identity, _ in own), default=0)) for own in kinds),
        *("".join(sorted({letter for _, residues in own for letter in residues})) for own in kinds),
    )


def _near(nearest: Floats, own: Codes) -> bytes:
    """Three planes of a 24-bit mask of the other residues that near relatives carry, lowest byte first."""
    nearest = np.where(np.arange(len(RESIDUES)) == own[:, None], 0, nearest)
    mask = ((nearest >= NEAR) * (1 << np.arange(len(RESIDUES)))).sum(axis=1).astype("<u4")
    return np.ascontiguousarray(mask.view(np.uint8).reshape(-1, 4)[:, :3].T).tobytes()


def _typical(profiles: npt.NDArray[np.float16], residues: Codes) -> tuple[pl.DataFrame, Codes]:
    """At most 255 typical columns of each amino acid (k-means on log shares), and each residue's code."""
    rng = np.random.default_rng(SEED)
    codes = np.full(len(profiles), NONE, dtype=np.uint8)
    books = []
    for residue in RESIDUES:
        at = np.flatnonzero((residues == ord(residue)) & ~np.isnan(profiles[:, 0]))
        own = profiles[at].astype(np.float32)
        center = _centers(own[rng.permutation(len(own))[:FITTED]])
        codes[at] = np.concatenate(
            [_closest(own[i : i + 50_000], center) for i in range(0, len(own), 50_000)]
        )
        books.append(
            pl.DataFrame(center.round(3), schema=[(name, pl.Float32) for name in RESIDUES]).select(
                pl.lit(residue).alias("residue"),
                pl.int_range(len(center), dtype=pl.UInt8).alias("code"),
                pl.all(),
            )
        )
    return pl.concat(books), codes


def _centers(points: Floats) -> Floats:
    center = points[:NONE].copy()
    for _ in range(ROUNDS):
        of = _closest(points, center)
        for kind in np.unique(of):
            center[kind] = points[of == kind].mean(axis=0)
    return center


def _closest(points: Floats, center: Floats) -> Codes:
    return ((center * center).sum(axis=1) - 2 * points @ center.T).argmin(axis=1).astype(np.uint8)


def _table(rows: list[tuple[str, bytes, bytes, bytes]], codes: Codes) -> pl.DataFrame:
    ends = np.cumsum([len(row[1]) for row in rows])
    parts = np.split(codes, ends[:-1])
    kept = [
        (name, packed(part.tobytes(), *others)) for (name, *others), part in zip(rows, parts, strict=True)
    ]
    return pl.DataFrame(kept, schema={"transcript": pl.String, "planes": pl.Binary}, orient="row").sort(
        "transcript"
    )


def packed(*planes: bytes) -> bytes:
    """The planes of one protein as the reader unpacks them: apart, so that one protein costs one protein."""
    return lzma.compress(b"".join(planes), format=lzma.FORMAT_RAW, filters=LZMA)


_LABELS = {
    "gene": pl.String,
    "aa_position": pl.UInt16,
    "pathogenic_weight": pl.UInt16,
    "benign_weight": pl.UInt16,
    "pathogenic_identity": pl.UInt8,
    "benign_identity": pl.UInt8,
    "pathogenic": pl.Categorical,
    "benign": pl.Categorical,
}
_SOURCE = "UniProtKB/Swiss-Prot 2014-01, 516,371 sequences (Debian metastudent-data 2.0.1), by DIAMOND 2.1.3"
_DESCRIPTION = (
    "By residue of each protein: its typical column, relatives aligned, residues that near ones carry, "
    "and how many relatives of five bands of identity keep the residue"
)


def _origin(description: str) -> Origin:
    return Origin(
        source=_SOURCE,
        release="2014-01",
        licence="UniProt CC BY 4.0 (computed from the sequences; none is bundled)",
        builder="build_conservation",
        description=description,
    )


_PARALOGS = Origin(
    source="UniProt human variants 2026-04; ClinVar 2016-06; alignments as for conservation",
    release="2026-04; 2016-06 (dated)",
    licence="CC BY 4.0 (UniProt); public domain (ClinVar)",
    builder="build_conservation",
    description="Published changes of other human genes at the residue aligned with a gene's own",
)
