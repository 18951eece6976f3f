"""Every long job of the window on something large enough to be stopped in the middle, and how it ended.

A job is made in a folder of its own and gives ``(function, arguments)`` as the window hands them to its pool.
"""

import itertools
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pysam
from job_stores import PASSPHRASE, new_store
from ledger_cases import demo, knowledge, make_pack, patient, public_key, stored
from more_jobs import MORE

from genoai_desktop.app.casebook import Casebook, backup, files
from genoai_desktop.app.casebook.reopen import relocated
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.letters import NO_CLINIC, Document, DocumentKind
from genoai_desktop.jobs.pool import Job, State, WorkerPool
from genoai_desktop.knowledge.installed import Installed
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.viewmodels.reads import read_alignments

RECORDS = 30_000
"""Of the made genome; the benchmark takes ten times as many."""
CASES = 2
SCANS = 3
"""Attachments of 8 MB in the store that is backed up; the benchmark takes more."""
Made = tuple[Callable[..., Any], tuple[Any, ...]]


@dataclass
class Ended:
    """How a stopped job ended: by ``Cancelled``, by itself, or by an error; seconds from stop to rest.

    ``busy``: of the processor, this whole process.
    """

    how: str
    label: str
    labels: list[str]
    seconds: float
    busy: float = 0.0
    answered: float = 0.0
    """Seconds until the job was over for whoever stopped it; a late result is dropped."""


@dataclass
class Watch:
    """Stops the job at the ``number``-th different label that it reports (0 = the first).

    With ``hold`` the worker waits there until it is stopped: a quick machine would be done before that.
    """

    number: int
    hold: bool = False
    labels: list[str] = field(default_factory=list)
    under_way: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)
    rest: threading.Event = field(default_factory=threading.Event)
    ended: str = "finished"
    at: float = 0.0
    looked: int = 0
    """With ``hold``: how often the job looked after it was stopped; SQLite's error costs one more look."""

    def progressed(self, job: Job, label: str, fraction: float | None) -> None:
        stage = re.sub(r"[0-9]+", "#", label)  # a counter in the words is no new stage
        if stage not in self.labels:
            self.labels.append(stage)
        if len(self.labels) > self.number:
            self.under_way.set()

    def settled(self, job: Job) -> None:
        """The job is settled at once; whether its function has come to rest, ``watched`` tells."""

    def watched(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            *others, context = arguments
            self.begun.set()
            try:
                return function(*others, self._holding(context) if self.hold else context)
            except Cancelled:
                self.ended = "cancelled"
                raise
            except Exception as error:
                self.ended = f"{type(error).__name__}: {error}"
                raise
            finally:
                self.at = time.perf_counter()
                self.under_way.set()
                self.rest.set()

        return call

    def _holding(self, context: Any) -> Any:
        """The job's own context, whose first report returns only when the job was stopped."""
        report, check, job = context.report, context.check, context._job

        def looking() -> None:
            self.looked += context._cancelled
            check()

        context.check = looking

        def once(label: str, fraction: float | None) -> None:
            report(label, fraction)
            context.report = report
            waited = itertools.takewhile(lambda _: not (context._cancelled or job.wait(0.01)), range(6_000))
            assert sum(1 for _ in waited) < 6_000, "nobody stopped the job"

        context.report = once
        return context


def stopped(
    function: Callable[..., Any], arguments: tuple[Any, ...], number: int = 0, *, hold: bool = False
) -> Ended:
    """Start the job, stop it at its ``number``-th label, and wait until its worker is free again."""
    watch, pool = Watch(number, hold), WorkerPool(1)
    try:
        job = pool.submit(watch.watched(function), *arguments, listener=watch)
        assert watch.under_way.wait(120), "the job never said what it does"
        begun = time.perf_counter()
        job.cancel()
        assert job.state in (State.CANCELLED, State.DONE, State.FAILED)
        assert watch.rest.wait(120), "the worker never came to rest"
    finally:
        pool.shutdown()
    return ended_of(watch, number, begun)


def stopped_after(function: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> Ended:
    """Start the job, stop it after that long wherever it is, and wait until its worker is free again.

    ``how`` is empty when it was over before the stop; ``seconds`` is how long it took then.
    """
    watch, pool = Watch(sys.maxsize), WorkerPool(1)
    try:
        job = pool.submit(watch.watched(function), *arguments, listener=watch)
        assert watch.begun.wait(120), "a job that is stopped while it waits is never begun"
        started = time.perf_counter()
        over = watch.rest.wait(seconds)
        begun, busy = time.perf_counter(), time.process_time()
        job.cancel()
        answered = time.perf_counter() - begun
        assert job.final
        assert watch.rest.wait(120), "the worker never came to rest"
        spent = time.process_time() - busy
        assert job.state is not State.CANCELLED or job.result is None, "a late result was not dropped"
    finally:
        pool.shutdown()
    label = watch.labels[-1] if watch.labels else ""
    if over and watch.ended == "finished":
        return Ended("", label, watch.labels, watch.at - started)
    return Ended(watch.ended, label, watch.labels, max(0.0, watch.at - begun), spent, answered)


def ended_of(watch: Watch, number: int, begun: float) -> Ended:
    """What is known of a job that was stopped at ``begun``."""
    label = watch.labels[number] if number < len(watch.labels) else ""
    return Ended(watch.ended, label, watch.labels, max(0.0, watch.at - begun))


def big_vcf(path: Path, records: int = 0) -> Path:
    """A made genome: shape only, no biology."""
    random, chromosomes = Random(1), [*map(str, range(1, 23)), "X"]
    lengths = knowledge().genes.chromosome_lengths(Build.GRCH38)
    contigs = "".join(f"##contig=<ID=chr{c},length={lengths[c]}>\n" for c in chromosomes)
    each = (records or RECORDS) // len(chromosomes) + 1
    with path.open("w") as out:
        out.write("##fileformat=VCFv4.2\n" + contigs)
        out.write('##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n')
        out.write("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tCHILD\n")
        for chromosome in chromosomes:
            for place in sorted(random.sample(range(10_000, lengths[chromosome] - 10_000), each)):
                ref, alt = random.sample("ACGT", 2)
                out.write(f"chr{chromosome}\t{place}\t.\t{ref}\t{alt}\t50\tPASS\t.\tGT\t0/1\n")
    return path


def opening(folder: Path) -> Made:
    return Services(knowledge).analyse, (CaseRequest(big_vcf(folder / "big.vcf"), name="Big"),)


def again(folder: Path) -> Made:
    services = Services(knowledge)
    opened = services.analyse(CaseRequest(big_vcf(folder / "big.vcf"), name="Big"), Silent())
    from dataclasses import replace

    case = replace(opened.case, terms=demo().case.terms)
    return services.reanalyse, (opened, case)


def ranking(folder: Path) -> Made:
    return Services(knowledge).ranked_by, (patient("Ranked"), "variants")


def _full(folder: Path) -> Casebook:
    book, big = new_store(folder, 1), folder / "scan.pdf"
    big.write_bytes(Random(1).randbytes(8_000_000))
    uid = book.heads()[0].case_id
    for _ in range(SCANS):
        book.attach(uid, big)
    return book


def backing_up(folder: Path) -> Made:
    return _full(folder).backup, (folder / "b.genoai-backup",)


def restoring(folder: Path) -> Made:
    target = folder / "b.genoai-backup"
    with _full(folder) as book:
        book.backup(target)
    return backup.restore, (target, folder / "restored", "ada", PASSPHRASE)


def attaching(folder: Path) -> Made:
    book, big = new_store(folder, 1), folder / "scan.pdf"
    big.write_bytes(bytes(90_000_000))
    return book.attach, (book.heads()[0].case_id, big)


def _pack(folder: Path) -> Path:
    Installed().trust(public_key(folder))
    return make_pack(folder)


def reviewing(folder: Path) -> Made:
    return Services().review_pack, (_pack(folder),)


def installing(folder: Path) -> Made:
    return Services().install_pack, (_pack(folder),)


def rechecking(folder: Path) -> Made:
    return Services(knowledge).check_cases, (new_store(folder, CASES), "full")


def finding(folder: Path) -> Made:
    """Moved files: the folder has many of the right size, and the one of the right content last."""
    place = folder / "moved"
    place.mkdir()
    for number in range(40):
        (place / f"{number:02}.vcf").write_bytes(bytes([number]) * 10_000_000)
    (place / "zz.vcf").write_bytes(bytes(9_999_999) + b"1")
    whole = files.reference_to("vcf", place / "zz.vcf", Silent())
    from dataclasses import replace

    case = replace(stored(patient("Moved")), files=(replace(whole, path=str(folder / "gone.vcf")),))
    return relocated, (case, place)


def indexing(folder: Path) -> Made:
    lengths = knowledge().genes.chromosome_lengths(Build.GRCH38)
    path = folder / "genome.fa"
    with path.open("wb") as out:
        for name in ("1", "2", "3"):
            out.write(b">chr%s\n" % name.encode())
            out.write((b"ACGTACGTAC" * 6 + b"\n") * (lengths[name] // 60))
            out.write(b"A" * (lengths[name] % 60) + b"\n")
    return Services(knowledge).set_up_reference, (path,)


def reads(folder: Path) -> Made:
    """Deep reads over one short stretch."""
    path = folder / "deep.bam"
    header = {"HD": {"VN": "1.6", "SO": "coordinate"}, "SQ": [{"SN": "chr1", "LN": 1_000_000}]}
    with pysam.AlignmentFile(str(path), "wb", header=header) as out:
        for number in range(40_000):
            read = pysam.AlignedSegment(out.header)
            read.query_name, read.query_sequence, read.flag = f"r{number}", "ACGTACGTAC" * 15, 0
            read.reference_id, read.reference_start, read.mapping_quality = 0, 10_000 + number // 2, 60
            read.cigarstring, read.query_qualities = "150M", pysam.qualitystring_to_array("I" * 150)
            out.write(read)
    pysam.index(str(path))
    return read_alignments, (str(path), "1", 10_000, 50_000)


def report(folder: Path) -> Made:
    services = Services(knowledge)
    result = patient("Report").result
    return services.save_report, (
        result,
        folder / "report.pdf",
        Document(DocumentKind.CLINICIAN),
        NO_CLINIC,
    )


JOBS: dict[str, Callable[[Path], Made]] = {
    "open and analyse": opening,
    "analyse again": again,
    "rank again": ranking,
    "back up": backing_up,
    "restore": restoring,
    "attach a file": attaching,
    "review a pack": reviewing,
    "install a pack": installing,
    "check the stored cases": rechecking,
    "find moved files": finding,
    "index a reference genome": indexing,
    "read reads": reads,
    "write a report": report,
    **MORE,
}


def left(folder: Path) -> Iterator[str]:
    """Files below ``folder``, so that what a stopped job left is seen; packs that are not in use may stay."""
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if path.name.endswith(("-wal", "-shm")) or (inside.parts[0] == "data" and path.suffix != ".part"):
            continue
        yield str(inside)
