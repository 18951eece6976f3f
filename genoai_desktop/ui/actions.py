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
    also: str = ""
    """A second shortcut, for keyboards on which the first takes more keys."""


def actions() -> tuple[Action, ...]:
    """Every action, in the order of the menus."""
    case, view, go, help_ = tr("&Case"), tr("&View"), tr("&Go"), tr("&Help")
    edit, store = tr("&Edit"), tr("&Store")
    return (
        Action("open", tr("Open a VCF file…"), case, "Ctrl+O", "open"),
        Action("demo", tr("Open the demo case"), case, "Ctrl+Shift+D", "play"),
        Action("edit", tr("Edit this case…"), case, "Ctrl+E", "phenotype", needs_case=True),
        Action("save_report", tr("Save the document…"), case, "Ctrl+S", "save", needs_case=True),
        Action("print_report", tr("Print the document…"), case, "Ctrl+P", "print", needs_case=True),
        Action("check_pdf", tr("Check a signed PDF…"), case, "", "check"),
        Action("close_case", tr("Close this case"), case, "Ctrl+W", "close", needs_case=True),
        Action("reference", tr("Set up reference genome…"), case),
        Action("forget_recent", tr("Forget recent files"), case),
        Action("quit", tr("Quit"), case, "Ctrl+Q"),
        Action("undo", tr("Undo"), edit, "Ctrl+Z", "undo", needs_case=True),
        Action("redo", tr("Redo"), edit, "Ctrl+Shift+Z", needs_case=True),
        Action("notes", tr("Status and notes…"), edit, "Ctrl+Shift+N", needs_case=True),
        Action("attachments", tr("Attachments…"), edit, "Ctrl+Shift+A", needs_case=True),
        Action("compare", tr("Compare versions…"), edit, "Ctrl+Shift+V", needs_case=True),
        Action("settings", tr("Settings…"), edit, "Ctrl+,", "settings"),
        Action("lock", tr("Lock now"), store, "Ctrl+L", "lock"),
        Action("set_up_store", tr("Set up a case store…"), store),
        Action("locate_store", tr("Use a store in another folder…"), store),
        Action("users", tr("Users, passphrase and clinic…"), store),
        Action("letterhead", tr("Letterhead and clinic texts…"), store),
        Action("backup", tr("Back up and restore…"), store),
        Action("audit", tr("Audit trail…"), store),
        Action("updates", tr("Update the knowledge…"), store),
        Action("cases", tr("Case list"), go, "Ctrl+0", "cases"),
        Action("ledger", tr("Ledger of variants"), go, "Ctrl+Shift+L", "ledger"),
        Action("overview", tr("Overview"), go, "Ctrl+1", "overview", needs_case=True),
        Action("phenotype", tr("Phenotype"), go, "Ctrl+2", "phenotype", needs_case=True),
        Action("pedigree", tr("Pedigree"), go, "Ctrl+Shift+P", "pedigree", needs_case=True),
        Action("quality", tr("Quality"), go, "Ctrl+3", "quality", needs_case=True),
        Action("variants", tr("Variants"), go, "Ctrl+4", "variants", needs_case=True),
        Action("candidates", tr("Candidates"), go, "Ctrl+5", "candidates", needs_case=True),
        Action("medicines", tr("Medicines"), go, "Ctrl+6", "medicines", needs_case=True),
        Action("risks", tr("Risks"), go, "Ctrl+7", "risks", needs_case=True),
        Action("similar", tr("Similar cases"), go, "Ctrl+Shift+S", "similar", needs_case=True),
        Action("locus", tr("Locus"), go, "Ctrl+8", "locus", needs_case=True),
        Action("consent", tr("Consent"), go, "Ctrl+Shift+9", "shield", needs_case=True),
        Action("report", tr("Report"), go, "Ctrl+9", "report", needs_case=True),
        Action("find", tr("Find on this page"), go, "Ctrl+F", "search"),
        Action("find_variant", tr("Where is my variant?"), go, "Ctrl+Shift+F", "search", needs_case=True),
        Action("next_case", tr("Next open case"), go, "Ctrl+Tab", "right", needs_case=True),
        Action("palette", tr("Command palette…"), view, "Ctrl+K", "search"),
        Action("theme", tr("Switch between light and dark"), view, "Ctrl+Shift+T", "theme"),
        Action("text_larger", tr("Larger text"), view, "Ctrl++", also="Ctrl+="),
        Action("text_smaller", tr("Smaller text"), view, "Ctrl+-"),
        Action("text_normal", tr("Normal text size"), view, "Ctrl+Alt+0"),
        Action("language", tr("Language…"), view),
        Action("full_screen", tr("Full screen"), view, "F11"),
        Action("cancel", tr("Stop what is under way"), view, "Ctrl+."),
        Action("help", tr("Guide…"), help_, "F1", "info"),
        Action("limits", tr("What this program cannot do"), help_),
        Action("shortcuts", tr("Keyboard shortcuts"), help_, "Ctrl+F1"),
        Action("about", tr("About: sources, versions, licences"), help_, "", "info"),
    )
