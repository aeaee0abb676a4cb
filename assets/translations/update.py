"""Renews the Qt Linguist catalogues beside this file from the sources: ``make translations``.

lupdate reads the window's modules itself. What is said elsewhere (settings, texts of the domain, reports and their
templates) is listed for it in a scratch module. Translations that are there stay; what nobody says any more goes.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import extract_from_ast

from classroom_analyzer.domain.estimates import STATUS_TEXTS
from classroom_analyzer.domain.policy import POLICY_TEXTS
from classroom_analyzer.settings.schema import Settings

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PACKAGE = ROOT / "classroom_analyzer"
TEMPLATES = HERE.parent / "report"
REPORTS = "reports"  # context of ``say("...")`` and of ``t("...")`` in a template
SPOKEN_TEMPLATES = ("report.html.j2",)

Sentence = tuple[str, str, str, bool]
"""Context, text, comment, and whether it counts something."""


def main(into: Path = HERE) -> None:
    """Renew both catalogues; English holds only sentences that count, for their plural.

    Args:
        into: Folder of the catalogues.
    """
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "said_elsewhere.py"
        scratch.write_text(scratch_module(sorted(set(said_elsewhere()))), encoding="utf-8")
        sources = [str(path) for path in sorted((PACKAGE / "gui").rglob("*.py"))]
        for language, only in (("zh_CN", []), ("en", ["-pluralonly"])):
            catalogue = into / f"classroom_analyzer_{language}.ts"
            subprocess.run(
                [_lupdate(), "-silent", "-locations", "none", "-no-obsolete", "-source-language", "en",
                 "-target-language", language, *only, *sources, str(scratch), "-ts", str(catalogue)],
                check=True,
            )  # fmt: skip


def said_elsewhere() -> Iterator[Sentence]:
    """Yield what is said outside the window's modules."""
    for field in Settings.model_fields.values():
        if isinstance(field.json_schema_extra, dict):
            for text in (field.title, field.description):
                if text:
                    yield "settings", text, "", False
    for text in (*STATUS_TEXTS.values(), *POLICY_TEXTS.values()):
        yield "domain", text, "", False
    for path in sorted((PACKAGE / "gui").rglob("*.py")):
        yield from counting_in(ast.parse(path.read_text(encoding="utf-8")))
    for path in sorted((PACKAGE / "reports").rglob("*.py")):
        yield from sentences_of(ast.parse(path.read_text(encoding="utf-8")))
    for name in SPOKEN_TEMPLATES:
        template = (TEMPLATES / name).read_text(encoding="utf-8")
        for _, _, said in extract_from_ast(Environment().parse(template), ("t",)):
            text = said if isinstance(said, str) else next(part for part in said if part is not None)
            yield REPORTS, text, "", "%n" in text


def counting_in(tree: ast.AST) -> Iterator[Sentence]:
    """Yield ``translate(context, text, comment, n)``; lupdate knows by ``self.tr`` only that a sentence counts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "translate":
            said = [a.value for a in node.args[:3] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if len(said) == 3 and len(node.args) > 3:
                yield said[0], said[1], said[2], True


def sentences_of(tree: ast.AST) -> Iterator[Sentence]:
    """Yield the sentences of a module of the reports: ``say("...")`` and ``noted("...")``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "noted"):
            text = node.args[0]
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield REPORTS, text.value, "", "%n" in text.value


def scratch_module(sentences: list[Sentence]) -> str:
    """Return a module in which lupdate finds the sentences."""
    lines = []
    for context in sorted({sentence[0] for sentence in sentences}):
        lines += [f"class {context}:", "    def said(self, n):"]
        for _, text, comment, counts in (s for s in sentences if s[0] == context):
            lines.append(f"        self.tr({_quoted(text)}, {_quoted(comment)}{', n' if counts else ''})")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _lupdate() -> str:
    beside = Path(sys.executable).with_name("pyside6-lupdate")
    found = str(beside) if beside.exists() else shutil.which("pyside6-lupdate")
    if found is None:
        raise SystemExit("pyside6-lupdate is missing; it comes with PySide6")
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=HERE, help="Folder of the catalogues.")
    main(parser.parse_args().into)
