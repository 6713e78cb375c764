"""Match scores as they are stored."""

SCORE_DIGITS = 4
"""Digits kept of a match score: the fifth differs between processors."""


def rounded_score(score: float | None) -> float | None:
    """Return a score with the digits that every processor agrees on.

    >>> rounded_score(0.123456)
    0.1235
    """
    return None if score is None else round(score, SCORE_DIGITS)
