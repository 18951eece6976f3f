"""The parts of ``bench_slots.py``: a stopwatch for events, and what a person does to the window."""
