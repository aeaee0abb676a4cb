from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.gui.fuzzy import best_matches, match_score

COMMANDS = ["File: Open a recording", "View: Projector-safe", "Lesson: Paste chat lines", "View: Picture"]


def test_letters_must_stand_in_their_order():
    assert match_score("psc", "paste") is None
    assert match_score("pst", "paste") is not None


def test_starts_of_words_and_letters_in_a_row_come_first():
    assert best_matches("ps", COMMANDS, str)[0] == "View: Projector-safe"
    assert best_matches("pict", COMMANDS, str)[0] == "View: Picture"
    assert best_matches("open", COMMANDS, str)[0] == "File: Open a recording"


def test_case_and_spaces_do_not_count():
    assert best_matches("PASTE chat", COMMANDS, str)[0] == "Lesson: Paste chat lines"


def test_chinese_is_found_by_its_signs():
    assert best_matches("设置", ["文件：打开录像", "文件：设置"], str) == ["文件：设置"]


@given(st.text(max_size=12), st.integers(0, 6))
def test_what_is_left_out_of_a_text_finds_it(text: str, left_out: int):
    kept = "".join(c for place, c in enumerate(text.casefold()) if place != left_out)
    assert match_score(kept, text) is not None
