"""Two documents that are drawn at once: PDFium alone would end the program."""

import subprocess
import sys

SCRIPT = """
import io, threading
from reportlab.pdfgen.canvas import Canvas
from genoai_desktop.domain.context import Silent
from genoai_desktop.ui.viewmodels.pdf import render

buffer = io.BytesIO()
canvas = Canvas(buffer)
for number in range(6):
    for line in range(40):
        canvas.drawString(72, 760 - 15 * line, f"Page {number}, line {line} with some words to draw")
    canvas.showPage()
canvas.save()
made = []

def draw():
    for _ in range(15):
        made.append(len(render(buffer.getvalue(), 300, Silent())))

threads = [threading.Thread(target=draw) for _ in range(4)]
for one in threads:
    one.start()
for one in threads:
    one.join()
print(made == [6] * 60)
"""


def test_documents_drawn_by_several_workers_at_once() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.strip()) == (0, "True"), run.stderr[-500:]
