"""Use cases that the window and the command line share."""

from genoai_desktop.app.analyse import analyse, reanalyse
from genoai_desktop.app.demo import demo_request
from genoai_desktop.app.request import CaseRequest, OpenCase

__all__ = ["CaseRequest", "OpenCase", "analyse", "demo_request", "reanalyse"]
