"""Every long job of the program, stopped at random moments: seconds until its worker is free again.

    python tests/benchmarks/bench_cancel.py [--runs 20] [--seed 1] [--records 300000] [WORD ...]

With words only the jobs whose names hold one of them. A job runs once to its end, which tells how long it
takes and its longest stretch without a look; then it is started ``--runs`` times and stopped each time after
a random part of that. ``by itself``: it was over before the stop was seen. Seconds are by the clock and,
after the stroke, of this process's processor: on a busy machine the clock counts the others' work too.
``answered``: the longest until the window was free again, by the clock: a job is over for everybody as soon
as it is stopped, and what it still finds is dropped. That is what a person notices of one that cannot look
(the passphrase's Argon2 is one call).
"""

import argparse
import io
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]
HEAD = (
    *("job", "takes", "stretch", "under the words", "stopped", "by itself", "failed", "median", "longest"),
    "answered",
)
ALLOWED = 0.5
MOST_TRIES = 3
"""Times the runs: a job that takes a millisecond is mostly over before anything can stop it."""
Make = Callable[[Path], tuple[Callable[..., Any], tuple[Any, ...]]]


def main() -> None:
    """Print a line for every job; status 1 when one was not free within half a second of processor time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--records", type=int, default=300_000, help="of the made genome")
    parser.add_argument("words", nargs="*")
    args = parser.parse_args()
    import long_jobs
    from other_jobs import OTHERS

    long_jobs.SCANS, long_jobs.RECORDS = 25, args.records
    print("\t".join(HEAD))
    slow = []
    for name, make in {**long_jobs.JOBS, **OTHERS}.items():
        if args.words and not any(word in name for word in args.words):
            continue
        if measured(name, make, args.runs, random.Random(f"{args.seed} {name}")) > ALLOWED:
            slow.append(name)
    sys.exit(f"not free within {ALLOWED} s of processor time: {', '.join(slow)}" if slow else 0)


def measured(name: str, make: Make, runs: int, chance: random.Random) -> float:
    """Print one job's line; the longest wait in seconds of the processor."""
    from long_jobs import stopped_after
    from looks import watched

    with made(make) as (function, arguments):
        whole = watched(function, arguments)
    gap, first, ended = whole.gaps[0], sum(gap.seconds for gap in whole.gaps), []
    takes, tries = first, 0
    while len(ended) < runs and tries < MOST_TRIES * runs:
        with made(make) as (function, arguments):
            while len(ended) < runs and tries < MOST_TRIES * runs:
                tries += 1
                one = stopped_after(function, arguments, chance.uniform(0, takes))
                if one.how:
                    ended.append(one)
                else:
                    takes = one.seconds  # quicker than the first time: nothing was stopped
                if one.how != "cancelled":
                    break  # it did its work: the next begins anew
    if not ended:
        print(f"{name}\t{first:.2f}\t{gap.seconds:.2f}/{gap.busy:.2f}\ttoo short to be stopped", flush=True)
        return 0.0
    clock, busy = ([getattr(one, what) for one in ended] for what in ("seconds", "busy"))
    kinds = [one.how for one in ended]
    cells = [
        name,
        f"{first:.2f}",
        f"{gap.seconds:.2f}/{gap.busy:.2f}",
        gap.label,
        str(kinds.count("cancelled")),
        str(kinds.count("finished")),
        str(len(kinds) - kinds.count("cancelled") - kinds.count("finished")),
        f"{statistics.median(clock):.3f}/{statistics.median(busy):.3f}",
        f"{max(clock):.3f}/{max(busy):.3f}",
        f"{max(one.answered for one in ended):.4f}",
    ]
    print("\t".join(cells), flush=True)
    return max(busy)


@contextmanager
def made(make: Make) -> Iterator[tuple[Callable[..., Any], tuple[Any, ...]]]:
    """The job in a folder and with a data folder of its own."""
    from job_stores import stores_closed

    with tempfile.TemporaryDirectory() as folder:
        os.environ["GENOAI_DATA"] = str(Path(folder) / "data")
        with redirect_stdout(io.StringIO()):  # builders of tables say what they write
            job = make(Path(folder))
        with stores_closed():
            yield job


if __name__ == "__main__":
    main()
