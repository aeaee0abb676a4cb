"""The catalogues themselves: nothing is missing, no placeholder is lost, and no text of the window goes round them."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from classroom_analyzer.models import assets
from classroom_analyzer.models.translations import LANGUAGES, catalogue_path, resolve_language, words_in

GUI = sorted((Path(__file__).parent.parent.parent / "classroom_analyzer" / "gui").rglob("*.py"))
PLACEHOLDER = re.compile(r"\{[^}]*\}|%n")
# Texts of a widget that people read; a plain string in one of these is not translated.
SPEAKING = {
    "setText", "setWindowTitle", "setToolTip", "setPlaceholderText", "setAccessibleName", "setAccessibleDescription",
    "setInformativeText", "addButton", "show_text", "show_message", "setSuffix", "setTitle", "setStatusTip",
    "setSpecialValueText", "escaped_tooltip", "label", "QPushButton", "QLabel", "QCheckBox", "QRadioButton",
    "QGroupBox", "QAction", "addTab", "addMenu", "setHeaderLabels",
}  # fmt: skip
# Computed texts that the catalogue holds in these contexts, listed by assets/translations/update.py.
COMPUTED_CONTEXTS = {"domain", "settings"}


def load_update() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations_update", assets.path("translations", "update.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def calls(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            found.append((name, node))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_finished(language: str):
    for (context, text, _), message in words_in(language).messages.items():
        assert message.finished, f"{context}: {text}"
        assert all(message.forms), f"{context}: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_placeholder_is_lost_or_made_up(language: str):
    for (_, text, _), message in words_in(language).messages.items():
        for form in message.forms:
            assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(text)), text


def test_numbers_have_as_many_forms_as_the_language_needs():
    for language, forms in (("en", 2), ("zh_CN", 1)):
        counting = [m for m in words_in(language).messages.values() if m.counts]
        assert counting
        assert all(len(m.forms) == forms for m in counting)


def test_menu_letters_stay_in_chinese_menus():
    for (_, text, _), message in words_in("zh_CN").messages.items():
        marked = re.search(r"&(\w)", text)
        if marked and text.count("&") == 1:
            assert f"(&{marked[1].upper()})" in message.forms[0], text


def test_chinese_sentences_hold_chinese():
    for (_, text, _), message in words_in("zh_CN").messages.items():
        words = PLACEHOLDER.sub("", text).replace("Classroom Analyzer", "")
        if len(re.findall("[A-Za-z]", words)) > 3:
            assert re.search("[\u4e00-\u9fff]", message.forms[0]), text


def test_the_catalogues_hold_what_is_said_and_nothing_else(tmp_path: Path):
    if shutil.which("pyside6-lupdate") is None and not Path(sys.executable).with_name("pyside6-lupdate").exists():
        pytest.skip("pyside6-lupdate is not installed")
    script = assets.path("translations", "update.py")
    before = {language: catalogue_path(language).read_bytes() for language in LANGUAGES}
    copies = tmp_path / "translations"
    copies.mkdir()
    for language in LANGUAGES:
        (copies / catalogue_path(language).name).write_bytes(before[language])
    subprocess.run([sys.executable, script, "--into", copies], check=True, capture_output=True)
    for language in LANGUAGES:
        renewed = (copies / catalogue_path(language).name).read_bytes()
        assert renewed == before[language], f"run make translations and finish {catalogue_path(language).name}"


@pytest.mark.parametrize("path", GUI, ids=lambda path: path.stem)
def test_every_text_of_the_window_goes_through_the_catalogue(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for name, call in calls(tree):
        if name in ("tr", "translate"):
            texts = call.args[:1] if name == "tr" else call.args[:2]
            fixed = [isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts]
            context = getattr(texts[0], "value", None) if texts else None
            computed = name == "translate" and fixed[:1] == [True] and context in COMPUTED_CONTEXTS
            assert all(fixed) or computed, f"{path.name}:{call.lineno}: not a plain sentence"
        elif name in SPEAKING:
            for argument in call.args:
                for part in ast.walk(argument) if isinstance(argument, ast.JoinedStr) else (argument,):
                    text = getattr(part, "value", None)
                    if isinstance(part, ast.Constant) and isinstance(text, str):
                        is_address = text.startswith("http://")
                        assert is_address or not re.search(r"[A-Za-z]{2}", text), f"{path.name}:{call.lineno}: {text!r}"


def test_what_the_system_asks_for_chooses_the_language(monkeypatch: pytest.MonkeyPatch):
    assert resolve_language("zh_CN", ["en-GB"]) == "zh_CN"
    assert resolve_language("system", ["zh-Hans-CN", "en-US"]) == "zh_CN"
    assert resolve_language("system", ["zh-TW"]) == "en"
    assert resolve_language("system", ["fr-FR", "zh-CN"]) == "zh_CN"
    assert resolve_language("system", ["fr-FR"]) == "en"
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert resolve_language("system") == "zh_CN"
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert resolve_language("system") == "en"


def test_a_sentence_without_translation_is_said_in_english():
    assert words_in("zh_CN").translate("nowhere", "Not in it {x}") == "Not in it {x}"


def test_reports_and_window_share_their_catalogue():
    update = load_update()
    said = {(context, text) for context, text, _, _ in update.said_elsewhere()}
    there = {(context, text) for context, text, _ in words_in("zh_CN").messages}
    assert said <= there
