"""Tiny copies of DAiSEE and EngageNet, made by the tests: the published layout, other content."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

DAISEE_HEADER = "ClipID,Boredom,Engagement,Confusion,Frustration "  # the published header ends in a space
DAISEE_CLIPS: Mapping[str, tuple[str, ...]] = {
    "Train": ("1100011002", "1100011003", "1100021001", "1100031001"),
    "Validation": ("2100011001", "2100021001"),
    "Test": ("5000441001", "5000451001"),
}
ENGAGENET_LABELS = ("Highly-Engaged", "Engaged", "Barely-engaged", "Not-Engaged", "SNP(Subject Not Present)")


def write_daisee(root: Path, clips: Mapping[str, Sequence[str]] = DAISEE_CLIPS, content: bytes = b"") -> Path:
    """Write folders, clips of the given content and label files; a clip's labels follow from its last digit."""
    (root / "Labels").mkdir(parents=True)
    for split, ids in clips.items():
        lines = [DAISEE_HEADER]
        for clip in ids:
            folder = root / "DataSet" / split / clip[:6] / clip
            folder.mkdir(parents=True)
            (folder / f"{clip}.avi").write_bytes(content)
            lines.append(f"{clip}.avi,0,{int(clip[-1]) % 4},1,0")
        (root / "Labels" / f"{split}Labels.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root


def write_workbook(path: Path, lines: Sequence[Sequence[str]]) -> None:
    """Write a workbook with one sheet of shared strings, as Excel does."""
    words = sorted({cell for line in lines for cell in line})
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rows = "".join(
        f'<row r="{y}">'
        + "".join(
            f'<c r="{chr(65 + x)}{y}" t="s"><v>{words.index(cell)}</v></c>' for x, cell in enumerate(line) if cell
        )
        + "</row>"
        for y, line in enumerate(lines, start=1)
    )
    with zipfile.ZipFile(path, "w") as archive:
        items = "".join(f"<si><t>{escape(word)}</t></si>" for word in words)
        archive.writestr("xl/sharedStrings.xml", f"<sst {space}>{items}</sst>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>")
