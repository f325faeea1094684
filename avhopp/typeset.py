"""Sets an accessible PDF (PDF/UA-1 and PDF/A-2a) by typst, from a template and data that it is given as JSON.

Nothing in the data is ever interpreted as a programme: the template reads it as text. The compiler sees the template's
own folder and no network, and refuses a picture without words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst


def pdf(*, template: Path, data: Mapping[str, Any]) -> bytes:
    """Set the document; the template finds the data under `sys.inputs.report`."""
    made: bytes = typst.compile(
        template,
        root=template.parent,
        sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
        ignore_system_fonts=True,
    )
    return made
