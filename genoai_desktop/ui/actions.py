"""The one table of actions. Menus, shortcuts and the command palette all read it."""

from dataclasses import dataclass

from genoai_desktop.domain.text import tr


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can ask of the window. ``shortcut`` is in Qt's portable form."""

    id: str
    title: str
    menu: str
    shortcut: str = ""
    icon: str = ""
    needs_case: bool = False
    checkable: bool = False


def actions() -> tuple[Action, ...]:
    """Every action, in the order of the menus."""
    case, view, go, help_ = tr("&Case"), tr("&View"), tr("&Go"), tr("&Help")
    return (
        Action("open", tr("Open a VCF file…"), case, "Ctrl+O", "open"),
        Action("demo", tr("Open the demo case"), case, "Ctrl+Shift+D", "play"),
        Action("edit", tr("Edit this case…"), case, "Ctrl+E", "phenotype", needs_case=True),
        Action("save_report", tr("Save the report as PDF…"), case, "Ctrl+S", "save", needs_case=True),
        Action("print_report", tr("Print the report…"), case, "Ctrl+P", "print", needs_case=True),
        Action("close_case", tr("Close this case"), case, "Ctrl+W", "close", needs_case=True),
        Action("reference", tr("Set up reference genome…"), case),
        Action("forget_recent", tr("Forget recent files"), case),
        Action("quit", tr("Quit"), case, "Ctrl+Q"),
        Action("cases", tr("Case list"), go, "Ctrl+0", "cases"),
        Action("overview", tr("Overview"), go, "Ctrl+1", "overview", needs_case=True),
        Action("phenotype", tr("Phenotype"), go, "Ctrl+2", "phenotype", needs_case=True),
        Action("quality", tr("Quality"), go, "Ctrl+3", "quality", needs_case=True),
        Action("variants", tr("Variants"), go, "Ctrl+4", "variants", needs_case=True),
        Action("candidates", tr("Candidates"), go, "Ctrl+5", "candidates", needs_case=True),
        Action("medicines", tr("Medicines"), go, "Ctrl+6", "medicines", needs_case=True),
        Action("risks", tr("Risks"), go, "Ctrl+7", "risks", needs_case=True),
        Action("locus", tr("Locus"), go, "Ctrl+8", "locus", needs_case=True),
        Action("report", tr("Report"), go, "Ctrl+9", "report", needs_case=True),
        Action("find_variant", tr("Where is my variant?"), go, "Ctrl+F", "search", needs_case=True),
        Action("palette", tr("Command palette…"), view, "Ctrl+K", "search"),
        Action("theme", tr("Switch between light and dark"), view, "Ctrl+Shift+T", "theme"),
        Action("full_screen", tr("Full screen"), view, "F11"),
        Action("cancel", tr("Stop what is under way"), view, "Ctrl+."),
        Action("shortcuts", tr("Keyboard shortcuts"), help_, "F1"),
        Action("about", tr("About: sources, versions, licences"), help_, "", "info"),
    )
