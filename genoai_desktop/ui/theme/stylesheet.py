"""The one stylesheet. ``$name`` stands for a design token.

The colour of text and the size of the body are not in it: the application's palette and font give them to every
widget at once. As a rule for every widget they were a third of the time of a change of theme.
"""

# ruff: noqa: E501 - one rule, one line

from string import Template

from genoai_desktop.ui.theme.tokens import Palette, values

_SHEET = Template("""
QMainWindow, QDialog, QWidget#page, QWidget#shell { background: $background; }
QWidget#pageBody, QScrollArea, QScrollArea > QWidget > QWidget#pageBody { background: $background; border: 0; }
ScrollBody { border: 1px solid transparent; }
ScrollBody:focus { border-color: $accent; }
QLabel, QCheckBox, QRadioButton { background: transparent; }
QLabel[role="title"] { font-size: $type_title; font-weight: 600; min-height: $line_title; }
QLabel[role="heading"] { font-size: $type_heading; font-weight: 600; }
QLabel[role="strong"] { font-size: $type_strong; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="caption"] { color: $muted; font-size: $type_caption; }
QLabel[role="source"] { color: $muted; font-size: $type_source; }
QLabel[role="source"]:focus { color: $accent; background: $accent_soft; }
QLabel[role="overline"] { color: $muted; font-size: $type_caption; font-weight: 600; }
QLabel[role="figure"] { font-size: $type_figure; font-weight: 600; }
QLabel[role="watermark"] { color: $muted; font-size: $type_caption; padding: 4px 24px; }
QFrame#foot { background: $surface; border: 0; border-top: 1px solid $border; }
QLabel[tone="danger"] { color: $danger; } QLabel[tone="warning"] { color: $warning; }
QLabel[tone="success"] { color: $success; } QLabel[tone="accent"] { color: $accent; }
QLabel[badge="neutral"], QLabel[badge="danger"], QLabel[badge="warning"], QLabel[badge="success"],
QLabel[badge="accent"] { border-radius: 8px; padding: 2px 9px; min-height: $line_14; font-size: $type_caption; font-weight: 600; }
QLabel[badge="neutral"] { background: $neutral_soft; color: $text; }
QLabel[badge="danger"] { background: $danger_soft; color: $danger; }
QLabel[badge="warning"] { background: $warning_soft; color: $warning; }
QLabel[badge="success"] { background: $success_soft; color: $success; }
QLabel[badge="accent"] { background: $accent_soft; color: $accent; }

QFrame[card="true"] { background: $surface; border: 1px solid $border; border-radius: $radius; }
QFrame[card="true"][active="true"] { border: 2px solid $accent; }
QFrame[line="true"] { background: $border; max-height: 1px; min-height: 1px; border: 0; }
QFrame[banner="info"] { background: $accent_soft; border: 0; border-left: 4px solid $accent; border-radius: 4px; }
QFrame[banner="warning"] { background: $warning_soft; border: 0; border-left: 4px solid $warning; border-radius: 4px; }
QFrame[banner="error"] { background: $danger_soft; border: 0; border-left: 4px solid $danger; border-radius: 4px; }
QFrame[banner="success"] { background: $success_soft; border: 0; border-left: 4px solid $success; border-radius: 4px; }

QFrame#sidebar { background: $sidebar; border: 0; }
QFrame#sidebar QScrollArea, QFrame#sidebar QWidget#rail { background: $sidebar; border: 0; }
QFrame#sidebar QLabel { color: $sidebar_muted; }
QFrame#sidebar QLabel#wordmark { color: $sidebar_text; font-size: $type_heading; font-weight: 600; }
QFrame#sidebar QLabel#caseName { color: $sidebar_text; font-weight: 600; font-size: $type_strong; }
QFrame#sidebar QToolButton { color: $sidebar_text; background: transparent; border: 2px solid transparent;
  border-radius: 6px; padding: 5px 8px; text-align: left; font-size: $type_body; }
QFrame#sidebar QToolButton:hover { background: $sidebar_active; }
QFrame#sidebar QToolButton:checked { background: $sidebar_active; font-weight: 600; }
QFrame#sidebar QToolButton:focus { border-color: $sidebar_muted; }
QFrame#sidebar QToolButton:disabled { color: $sidebar_muted; }
QFrame#sidebar QFrame[line="true"] { background: $sidebar_active; }

QPushButton { background: $surface; border: 1px solid $control_border; border-radius: 6px;
  padding: 5px 14px; min-height: $line_20; font-weight: 500; }
QPushButton:hover { background: $accent_soft; border-color: $accent; }
QPushButton:pressed { background: $selection; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 13px; }
QPushButton:disabled { color: $muted; background: $neutral_soft; border-color: $border; }
QPushButton:checked { background: $accent_soft; border-color: $accent; color: $accent; }
QPushButton[primary="true"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton[primary="true"]:disabled { background: $neutral_soft; border-color: $border; color: $muted; }
QPushButton[finger="true"] { min-height: $finger; min-width: $space_l; }
QPushButton[quiet="true"] { background: transparent; border-color: transparent; color: $accent; padding: 3px 1px; }
QPushButton[quiet="true"]:hover { text-decoration: underline; background: transparent; }
QPushButton[quiet="true"]:disabled { color: $muted; background: transparent; border-color: transparent; }
QPushButton[quiet="true"]:focus { border: 2px solid $accent; padding: 2px 0; }

QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QTextEdit { background: $surface;
  border: 1px solid $control_border; border-radius: 6px; padding: 4px 8px; min-height: $line_22;
  selection-background-color: $selection; selection-color: $text; placeholder-text-color: $muted; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus {
  border: 2px solid $accent; padding: 3px 7px; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }
QAbstractSpinBox QLineEdit { background: transparent; border: 0; padding: 0; min-height: 0; }
QAbstractSpinBox QLineEdit:focus { border: 0; padding: 0; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url("$arrow"); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; padding: 4px;
  selection-background-color: $selection; selection-color: $text; outline: 0; }
QCheckBox, QRadioButton { spacing: 8px; min-height: $line_22; }
QCheckBox::indicator { width: $line_16; height: $line_16; border: 1px solid $control_border; border-radius: 4px;
  background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$check"); }
QCheckBox::indicator:focus { border: 2px solid $accent; }
QCheckBox:focus { color: $accent; }

QTableView, QListView, QTreeView { background: $surface; border: 1px solid $border; border-radius: 6px;
  alternate-background-color: $raised; gridline-color: $border; outline: 0;
  selection-background-color: $selection; selection-color: $text; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 1px solid $accent; }
QTableView::item { padding: 2px 8px; border: 0; }
QListView::item, QTreeView::item { padding: 5px 8px; border-radius: 4px; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected { background: $selection; color: $text; }
QHeaderView { background: $raised; border: 0; }
QHeaderView::section { background: $raised; color: $muted; border: 0; border-bottom: 1px solid $border;
  padding: 6px 11px; font-weight: 600; font-size: $type_caption; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QLabel[role="sheet"] { border: 1px solid $border; background: #ffffff; color: #526074; }
QFrame#dropCover { background: $accent_soft; border: 4px dashed $accent; }
QTableCornerButton::section { background: $raised; border: 0; }

QMenuBar { background: $surface; border-bottom: 1px solid $border; }
QMenuBar::item { background: transparent; padding: 5px 10px; }
QMenuBar::item:selected { background: $accent_soft; }
QMenu { background: $surface; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 16px; border-radius: 4px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QToolTip { background: $surface; color: $text; border: 1px solid $control_border; padding: 6px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $control_border; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $accent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $track; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: transparent; width: 12px; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; padding: 8px 14px; border: 0; border-bottom: 2px solid transparent; color: $muted; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { background: $accent_soft; }
QTabWidget::pane { border: 0; }
QGroupBox { border: 0; margin-top: 22px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; color: $text; }
""")


def stylesheet(palette: Palette, images: dict[str, str], scale: int = 100) -> str:
    """The stylesheet of one theme. ``images`` gives file paths for ``arrow`` and ``check``.

    ``scale`` is the text size in per cent.
    """
    return _SHEET.substitute(values(palette, scale) | images)
