#!/bin/sh
# Package: pypdfium2 5.15.2 (on PyPI), which brings PDFium 8149.
#
# One would guess that FPDFText_GetCharAngle counts as PDF itself does: the text matrix "0 1 -1 0" turns text a quarter
# counterclockwise, so that its angle is a quarter of a turn.
# What happens: the angle is three quarters of a turn, and for "0 -1 1 0", a quarter clockwise, it is one quarter: PDFium
# counts clockwise, as on a screen whose y axis points down, though every other coordinate of its text API points up.
# What it means: whoever sorts turned lines, or turns them back, by this angle reads them from the wrong end. Take the
# direction from the origins of two characters, or count the angle clockwise.
#
# Exits 0 when this is still so, 1 when it has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pypdfium2==5.15.2
"$folder/venv/bin/python" - <<'PY'
import math
import sys
from importlib.metadata import version

import pypdfium2
from pypdfium2 import raw


def pdf(matrix: str) -> bytes:
    """A page with one word, drawn with this text matrix."""
    drawn = f"BT /F 20 Tf {matrix} 100 100 Tm (Harbour) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 6\n0000000000 65535 f \n" + rows + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + table % len(out)


print("pypdfium2", version("pypdfium2"), "PDFium", pypdfium2.PDFIUM_INFO)
expected = {"1 0 0 1": 0, "0 1 -1 0": 270, "0 -1 1 0": 90}
same = True
for matrix, degrees in expected.items():
    text = pypdfium2.PdfDocument(pdf(matrix))[0].get_textpage()
    found = round(math.degrees(raw.FPDFText_GetCharAngle(text, 0)))
    print(f"text matrix {matrix}: {text.get_text_range()!r}, angle {found} degrees")
    same = same and found == degrees
print("as described" if same else "changed")
sys.exit(0 if same else 1)
PY
