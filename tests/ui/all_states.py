"""The one list of what the program can show: page or dialog, state, and how to get there.

Pictures, kept pictures and every look for words that are cut off, for contrast, names and the keyboard
take their states from here.
"""

import states_analyses
import states_case
import states_dialogs
import states_failed
import states_window
from stage import State

STATES: tuple[State, ...] = (
    *states_case.STATES,
    *states_analyses.STATES,
    *states_failed.STATES,
    *states_window.STATES,
    *states_dialogs.STATES,
)
BY_NAME = {state.name: state for state in STATES}
