"""How the candidates for the title vote for one another."""

from collections.abc import Sequence

from newscrawl.clean.metadata.title_candidates import Candidate, stands_before_bar

# What a source is worth as evidence for its text, as fitted on the DEV pages (benchmarks/metadata). The
# visible headline leads; two others that agree against it win (a teaser or kicker stands in its h1).
# <title> is worth little: content systems write it and og:title from one field.
WEIGHTS = {
    "h1": 1.5,
    "ld": 1.4,
    "og": 1.2,
    "twitter": 1.2,
    "marked": 0.5,  # itemprop=headline
    "title": 0.25,
    "trail": 0.5,
    "other": 0.5,
    "h2": 0.4,
    "classed": 0.3,  # class=entry-title and the like
}
# Shortest text, in characters, that can be a headline inside a longer one; below it, it is a section.
MIN_PART_CHARS = 12
# What is left of a visible heading's worth when no declared title speaks of the same thing: it is a logo,
# a section or a sub-heading.
MISFIT_SHARE = 0.4
# What is left of a text's worth that the page shows in its trail of links: it is for search engines, and
# readers see another headline.
TRAIL_SHARE = 0.25
# What a text that the page shows gives to another that is its own without a kicker or a tail: "Opinion |
# Rain" for "Rain". (What stands in declarations only gives all: there, tails are sections and outlets.)
PART_SHARE = 0.7
# What twitter:title is worth where og:title says the same: content systems copy one to the other.
COPY_SHARE = 0.6
# Least likeness of a heading to a declared title (Dice coefficient of their words) for both to be one.
MIN_LIKENESS = 0.3


def best_candidate(candidates: Sequence[Candidate]) -> Candidate:
    """Return the candidate with the most votes; of equal ones the first."""
    declared = [c for c in candidates if c.is_declared]
    titles = [c for c in declared if c.source != "title"] or declared
    trails = {c.key for c in candidates if c.source == "trail"}
    seen = [c for c in candidates if not c.is_declared and c.source != "trail"]
    fits = {c.key: _likeness(c, titles) for c in seen}
    best_fit = max((fits[c.key] for c in candidates if c.source == "h1"), default=0.0)
    firsts = {c.key for c in candidates if c.source == "h1"}
    distinct = {c.key: c for c in reversed(candidates)}  # of equal ones the first, in its place

    def score(candidate: Candidate) -> float:
        if distinct[candidate.key] is not candidate:
            return 0.0
        total = _votes(candidate, candidates)
        if candidate.key in trails and candidate.key not in fits:
            return total * TRAIL_SHARE
        fit = fits.get(candidate.key)
        is_misfit = (
            fit is not None
            and titles
            and (fit < MIN_LIKENESS or (candidate.key in firsts and fit < best_fit))
        )
        if not is_misfit:
            return total
        # Another heading says what the page declares, word for word.
        is_beaten = (fit or 0.0) < MIN_LIKENESS and max(fits.values()) == 1.0
        return total * (MISFIT_SHARE / 2 if is_beaten else MISFIT_SHARE)

    return max(candidates, key=score)


def _votes(candidate: Candidate, candidates: Sequence[Candidate]) -> float:
    worth: dict[str, float] = {}
    seen = {c.key for c in candidates if not c.is_declared}
    for other in candidates:
        if other.key == candidate.key:
            share = 1.0
        elif _holds(other, candidate):
            share = PART_SHARE if other.key in seen else 1.0
        else:
            continue
        worth[other.source] = max(worth.get(other.source, 0.0), share * WEIGHTS[other.source])
    if "og" in worth and "twitter" in worth:
        worth["twitter"] *= COPY_SHARE
    return sum(worth.values())


def _holds(longer: Candidate, shorter: Candidate) -> bool:
    """Whether one text is the other plus parts set off by a separator, at its start or end."""
    if (
        width_of(shorter.key) < MIN_PART_CHARS
        or len(longer.key) <= len(shorter.key)
        or shorter.key not in longer.key
    ):
        return False
    parts = longer.parts
    if stands_before_bar(shorter.text, longer.text):
        return True
    return len(parts) > 1 and any(
        shorter.key in (" ".join(parts[at:]), " ".join(parts[: len(parts) - at]))
        for at in range(1, len(parts))
    )


def width_of(text: str) -> int:
    """Return the length of a text in Latin letters: a Chinese, Japanese or Korean character is worth two.

    >>> width_of("rain"), width_of("海港")
    (4, 4)
    """
    return len(text) if text.isascii() else sum(2 if char > "\u2e7f" else 1 for char in text)


def _likeness(candidate: Candidate, titles: Sequence[Candidate]) -> float:
    """Return how like the candidate is to the title that is most like it, 0 to 1."""
    return max((_dice(candidate, other) for other in titles), default=0.0)


def _dice(a: Candidate, b: Candidate) -> float:
    if a.key == b.key or _holds(a, b):
        return 1.0
    return 2 * len(a.words & b.words) / max(1, len(a.words) + len(b.words))
