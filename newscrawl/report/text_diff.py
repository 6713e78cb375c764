"""What changed between two versions of a text, for people: by paragraph, and by word inside a paragraph."""

import difflib
import re
from collections.abc import Iterator, Sequence

ALIKE = 0.5
"""Least share of words in common (difflib's ratio) for a paragraph to be shown as a changed one; below, one
went and one came."""

MAX_WORDS = 2_000
"""Words of a paragraph that are compared one by one (the cost is quadratic); a longer one goes and comes
whole."""

MAX_PAIRS = 10_000
"""Pairs of paragraphs that are compared; where more have changed, all of them went, and all came."""

CONTEXT_WORDS = 8
"""Words of a changed paragraph that are shown before and after a change."""

_PIECES = re.compile(r"\S+|\s+")


def diff_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Yield lines: `- ` a paragraph that went, `+ ` one that came, `~ ` one in which words changed.

    Inside the last, `[-…-]` went and `{+…+}` came; unchanged stretches are cut to `…`. Paragraphs that did
    not change are not shown.

    >>> list(diff_lines(["One died in the fire."], ["Two died in the fire.", "The mayor came."]))
    ['~ [-One-]{+Two+} died in the fire.', '+ The mayor came.']
    """
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            continue
        yield from _changed(old[old_from:old_to], new[new_from:new_to])


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Pair paragraphs in their order where they are alike; the others went or came."""
    at = 0
    comparable = len(old) * len(new) <= MAX_PAIRS
    for paragraph in old:
        rest = range(at, len(new)) if comparable else ()
        found = next((n for n in rest if _alike(paragraph, new[n])), None)
        if found is None:
            yield f"- {paragraph}"
            continue
        yield from (f"+ {came}" for came in new[at:found])
        yield f"~ {_word_diff(paragraph, new[found])}"
        at = found + 1
    yield from (f"+ {came}" for came in new[at:])


def _alike(old: str, new: str) -> bool:
    first, second = old.split(), new.split()
    if max(len(first), len(second)) > MAX_WORDS:
        return False
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _word_diff(old: str, new: str) -> str:
    first, second = _PIECES.findall(old), _PIECES.findall(new)
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    parts = []
    opcodes = matcher.get_opcodes()
    for number, (tag, old_from, old_to, new_from, new_to) in enumerate(opcodes):
        if tag == "equal":
            parts.append(_context(first[old_from:old_to], number > 0, number < len(opcodes) - 1))
            continue
        went, came = "".join(first[old_from:old_to]), "".join(second[new_from:new_to])
        parts.append((f"[-{went}-]" if went else "") + (f"{{+{came}+}}" if came else ""))
    return "".join(parts)


def _context(pieces: Sequence[str], after_change: bool, before_change: bool) -> str:
    """Cut an unchanged stretch to what stands beside a change; pieces are words and the blanks between."""
    reach = 2 * CONTEXT_WORDS
    if len(pieces) <= reach * (after_change + before_change):
        return "".join(pieces)
    head = "".join(pieces[:reach]) if after_change else ""
    tail = "".join(pieces[-reach:]) if before_change else ""
    return f"{head}…{tail}"
