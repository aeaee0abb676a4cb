from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.perception.text.words import BUCKETS, word_buckets, word_log_odds
from classroom_analyzer.training.text.tfidf import fit_tfidf


def test_words_and_pairs_have_places_that_do_not_change_with_case_or_repetition():
    assert word_buckets("I am lost") == word_buckets("i AM lost i am lost".replace(" i am lost", ""))
    assert len(word_buckets("lost lost lost")) == 2  # the word and the pair
    assert word_buckets("lost") != word_buckets("lost", place=1)
    assert all(0 <= place < BUCKETS for place in word_buckets("12 ñ 我 \ud800 ?"))
    assert word_buckets("") == []


def test_what_a_head_says_of_words_is_what_the_fitted_weights_say():
    texts = ["i am lost here", "have a nice day", "lost again", "a day off"] * 5
    fitted = fit_tfidf([texts], np.array([1.0, 0.0, 1.0, 0.0] * 5))
    found = word_log_odds(texts[:4], fitted.idf.astype(np.float32), fitted.weight.astype(np.float32))
    assert found + fitted.bias == pytest.approx(fitted.log_odds(texts[:4]), abs=1e-4)
    assert word_log_odds([""], fitted.idf.astype(np.float32), fitted.weight.astype(np.float32))[0] == 0
