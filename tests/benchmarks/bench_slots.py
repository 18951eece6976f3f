"""Which steps of the window take longer than a person notices, on the demo: ``python bench_slots.py``.

A whole session with the real window and the demo exome: opening, every page for the first and the second
time, every tab, list and filter, every action of the menus from the menu and from the palette, every button
that opens something, theme, text up to 200 %, language, a new size, every field of a case edited, undone and
made again, criteria, letters, reads, a family of 150, a store of 500 cases, closing during an analysis.
Memory is tidied as in the program (``ui.collector``).

Times each event that Qt delivers: while one lasts, the window answers nothing. Prints the worst event of each
step: the processor's time of this thread, and the clock without the time in which other programs had the
processor ("quiet"); median of ``--times`` sessions and the worst. A step is over where the median of either
is over 50 ms. ``--parts`` shortens the session, ``--only`` the table. Exit status 1 when one is, 2 when a
step raised an error or an action was left out.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from statistics import median
from types import TracebackType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import genoai_desktop.ui  # noqa: F401  the guard comes before Qt

LIMIT_MS = 50.0
PARTS = ("looking", "acting", "editing", "family", "store")


def session(parts: list[str]) -> dict[str, object]:
    """One session; what each step cost in milliseconds, and what went wrong."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["GENOAI_DATA"] = str(Path(place) / "data")
        from slots.clock import Timed
        from slots.whole import told, whole_session

        troubles: list[str] = []

        def trouble(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            troubles.append("".join(traceback.format_exception(kind, error, trace)))

        sys.excepthook = trouble
        try:
            steps, left_out = whole_session(Path(place), parts)
        except Exception:
            timed = Timed.instance()
            if not isinstance(timed, Timed):
                raise
            troubles.append(f"The session broke off at {timed.at!r}:\n{traceback.format_exc()}")
            steps, left_out = told(timed), []
    return {"steps": steps, "troubles": troubles, "left out": left_out}


def repeated(times: int, parts: list[str]) -> list[dict[str, object]]:
    """Sessions in processes of their own."""
    runs = []
    for _ in range(times):
        with tempfile.NamedTemporaryFile(suffix=".json") as answer:
            command = [
                sys.executable,
                "-X",
                "faulthandler",
                __file__,
                "--answer",
                answer.name,
                "--parts",
                *parts,
            ]
            run = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True)
            told = Path(answer.name).read_text()
            if not told:
                sys.exit(f"{run.stderr}\nThe session ended with status {run.returncode} and told nothing.")
            runs.append(json.loads(told))
            if run.returncode:  # what was measured counts all the same
                runs[-1]["troubles"].append(f"{run.stderr}\nThe end of the session: {run.returncode}")
    return runs


def main() -> int:
    """Run the sessions and judge."""
    parser = argparse.ArgumentParser(description="Steps of the window over 50 ms, on the demo.")
    parser.add_argument("--limit", type=float, default=LIMIT_MS, help="milliseconds")
    parser.add_argument("--show", type=int, default=25, help="how many steps are printed at least")
    parser.add_argument("--times", type=int, default=3, help="sessions")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--only", default="", metavar="TEXT", help="tell and judge steps with it in the name")
    parser.add_argument("--answer", type=Path, help="one session in this process, its figures into this file")
    chosen = parser.parse_args()
    if chosen.answer is not None:
        chosen.answer.write_text(json.dumps(session(chosen.parts)))
        return 0
    runs = repeated(chosen.times, chosen.parts)
    over = show(runs, chosen.limit, chosen.show, chosen.only)
    for run in runs:
        for words in (*run["troubles"], *run["left out"]):
            print(words)
    wrong = any(run["troubles"] or (run["left out"] and chosen.parts == list(PARTS)) for run in runs)
    return 2 if wrong else int(over > 0)


def show(runs: list[dict[str, object]], limit: float, least: int, only: str) -> int:
    """Print the table of the steps with ``only`` in their names; how many are over."""
    rows = []
    for step in dict.fromkeys(name for run in runs for name in run["steps"] if only in name):
        costs = [run["steps"][step] for run in runs if step in run["steps"]]
        own, quiet = ([cost[kind] for cost in costs] for kind in ("processor", "quiet"))
        clock = max(cost["clock"] for cost in costs)
        rows.append((max(median(own), median(quiet)), own, quiet, clock, step, costs[0]["what"]))
    rows.sort(key=lambda row: -row[0])
    over = sum(row[0] > limit for row in rows)
    print("   processor ms   quiet ms        clock")
    print("   median worst   median worst    worst  step: event")
    for number, (worst, own, quiet, clock, step, what) in enumerate(rows):
        if number < max(least, over):
            told = "  ".join(f"{median(costs):6.0f} {max(costs):6.0f}" for costs in (own, quiet))
            print(f"{'!' if worst > limit else ' '} {told}   {clock:6.0f}  {step}: {what}")
    late = sum(max(*row[1], *row[2]) > limit for row in rows)
    print(
        f"{len(rows)} steps; by the median of {len(runs)} sessions {over} over {limit:.0f} ms; in any {late}"
    )
    return over


if __name__ == "__main__":
    sys.exit(main())
