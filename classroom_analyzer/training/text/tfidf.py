"""The baseline of text heads: logistic regression on TF-IDF of words and pairs of words. It knows no meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from classroom_analyzer.perception.text.words import BUCKETS, word_buckets
from classroom_analyzer.training.text.kernel_logistic import solve_dual

__all__ = ["TfidfBaseline", "fit_tfidf", "word_rows"]

PENALTY = 0.05  # of 0.04, 0.13 and 0.4 the smallest was best on the training data

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class TfidfBaseline:
    """A fitted baseline.

    Attributes:
        idf: ``(BUCKETS,)`` weight of each hashed word.
        weight: ``(BUCKETS,)`` coefficients.
        bias: Log-odds of an empty row.
    """

    idf: Floats
    weight: Floats
    bias: float

    def log_odds(self, *texts: Sequence[str]) -> Floats:
        """Score rows, ``(n,)``.

        Args:
            texts: One list of n texts for each text that a row consists of.
        """
        return np.asarray(_weighted(_hashed(texts), self.idf) @ self.weight + self.bias)


def fit_tfidf(texts: Sequence[Sequence[str]], share: Floats) -> TfidfBaseline:
    """Fit the baseline to shares of raters, as the head is fitted.

    Args:
        texts: One list of n texts for each text that a row consists of.
        share: ``(n,)`` in [0, 1].
    """
    rows, idf = word_rows(texts)
    dual, bias = solve_dual((rows @ rows.T).toarray(), share, PENALTY)
    return TfidfBaseline(idf, np.asarray(rows.T @ dual), bias)


def word_rows(texts: Sequence[Sequence[str]]) -> tuple[csr_matrix, Floats]:
    """Give ``(n, BUCKETS)`` TF-IDF rows of unit length, and the ``(BUCKETS,)`` idf of these texts.

    Args:
        texts: One list of n texts for each text that a row consists of.
    """
    there = _hashed(texts)
    idf = np.log((1 + len(texts[0])) / (1 + np.asarray(there.sum(axis=0)).ravel())) + 1
    return _weighted(there, idf), idf


def _hashed(texts: Sequence[Sequence[str]]) -> csr_matrix:
    """``(n, BUCKETS)`` of 0 and 1: which words and pairs of words occur; each text of a row has words of its own."""
    row, column = [], []
    for place, one_text in enumerate(texts):
        for number, text in enumerate(one_text):
            buckets = word_buckets(text, place)
            row += [number] * len(buckets)
            column += buckets
    counts = csr_matrix((np.ones(len(row)), (row, column)), shape=(len(texts[0]), BUCKETS))
    counts.data[:] = 1
    return counts


def _weighted(there: csr_matrix, idf: Floats) -> csr_matrix:
    """Rows of unit length."""
    rows = there @ diags(idf)
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return diags(1 / np.where(length > 0, length, 1)) @ rows
