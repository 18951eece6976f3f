"""Seconds from stopping each long job of the window, in each of its stages, until its worker is free again.

    python tests/benchmarks/bench_cancel.py [WORD ...]

With words only the jobs whose names hold one of them. A job is started anew for every stage and stopped as
soon as it says that the stage began. ``finished`` means that the stage was over before the stop was seen.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]


def main(words: list[str]) -> None:
    """Print job, stage, how it ended, and the seconds."""
    import long_jobs
    from long_jobs import JOBS, stopped

    long_jobs.SCANS = 25

    print("job\tstage\tended\tseconds")
    for name, make in JOBS.items():
        if words and not any(word in name for word in words):
            continue
        number = 0
        while True:
            with tempfile.TemporaryDirectory() as folder:
                os.environ["GENOAI_DATA"] = str(Path(folder) / "data")
                function, arguments = make(Path(folder))
                ended = stopped(function, arguments, number)
            if not ended.label and number:
                break
            print(f"{name}\t{ended.label}\t{ended.how}\t{ended.seconds:.3f}", flush=True)
            number += 1


if __name__ == "__main__":
    main(sys.argv[1:])
