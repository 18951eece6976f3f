"""``kill -9`` of the whole program at a random moment: what the window called saved is there."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from genoai_desktop.app.casebook import Door

PASSPHRASE = "correct horse battery"
PROGRAM = """
import sys
from dataclasses import replace
from pathlib import Path
import genoai_desktop.ui
from PySide6.QtWidgets import QApplication
from store_fixtures import StoreServices, real_case, unlocked
from genoai_desktop.ui.application import prepare
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.window import MainWindow
application = QApplication([])
prepare(application)
folder = Path(sys.argv[1])
vcf = folder.parent / "family.vcf"
window = MainWindow(StoreServices(vcf), Theme(Scheme.LIGHT))
unlocked(window, folder)
window.desk.add(real_case(vcf))
print(window.desk.session.uid, flush=True)
for number in range(10000):
    window.desk.change(replace(window.desk.current.case, indication=f"state {number}"))
    while window.vault.unsaved() or window.runner.busy:
        application.processEvents()
    assert "Saved" in window.save_state.text()
    print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 needs POSIX")
def test_what_was_called_saved_is_there(tmp_path: Path, quick_keys: None) -> None:
    folder = tmp_path / "clinic"
    Door(folder).set_up(Door.prepare("ada", PASSPHRASE)).close()
    (tmp_path / "family.vcf").write_text("##fileformat=VCFv4.3\n")
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as program:
        assert program.stdout is not None
        uid = program.stdout.readline().strip()
        assert uid, "the program ended before it opened a case"
        lines = [program.stdout.readline() for _ in range(random.Random().randint(2, 6))]
        program.send_signal(signal.SIGKILL)
        lines += program.stdout.readlines()
    with Door(folder).unlock("ada", PASSPHRASE) as book:
        number = int(book.load(uid).case.indication.split()[1])
        assert number >= int(lines[-1])
        assert book.audit_problems() == []
        assert book.damage() == []
