"""The language of a text: what the page declares, checked against what the text looks like."""

from newscrawl.clean.justext_vote import stop_words
from newscrawl.clean.language_model import language_of

# Characters of text that are looked at: enough to be sure, cheap (0.15 ms).
_SAMPLE_CHARS = 700
# Share of stop words: .55-.70 in a language's own prose, .2-.4 in its relatives'. The closest sisters
# pass too (Spanish in the Galician list: .56); there a declaration is the better guess.
SURE_STOP_DENSITY = 0.45
# The same over a longer sample, where it varies less: nine of ten texts of the DEV pages are above it in
# their own language, none in another one (Tagalog, full of English words, has .39 of these).
SURE_STOP_DENSITY_OF_LONG, _LONG_SAMPLE_CHARS = 0.4, 3_000
# Characters. Below this the guess from content is no better than the declaration.
_MIN_SAMPLE_CHARS = 120


def text_language(text: str, declared: str | None) -> str | None:
    """Return a BCP 47 tag: the declared one where the content agrees with it, else the content's own.

    The declaration says more where it can be trusted (`pt-BR`); themes often declare `en-US` for
    whatever is written in them.
    """
    if len(text) < _MIN_SAMPLE_CHARS:
        return declared
    if declared and _reads_as(text, declared):
        return declared
    middle = max(0, len(text) // 2 - _SAMPLE_CHARS // 2)
    guessed = language_of(text[middle : middle + _SAMPLE_CHARS])
    if declared and _primary(declared) == _SAME.get(guessed, guessed):
        return declared
    if declared and _primary(declared) in _CLOSE.get(guessed, ()):
        return declared
    return guessed


def _reads_as(text: str, declared: str) -> bool:
    """Tell whether so many words are stop words of the declared language that it needs no guess."""
    stop = stop_words(declared)
    return bool(stop) and (
        _stop_density(text[:_SAMPLE_CHARS], stop) >= SURE_STOP_DENSITY
        or _stop_density(text[:_LONG_SAMPLE_CHARS], stop) >= SURE_STOP_DENSITY_OF_LONG
    )


def _stop_density(text: str, stop: frozenset[str]) -> float:
    words = text.lower().split()
    return sum(map(stop.__contains__, words)) / max(1, len(words))


def _primary(tag: str) -> str:
    code = tag.replace("_", "-").split("-")[0].lower()
    return _SAME.get(code, code)


_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "sh": "sr", "fil": "tl"}
# Languages that a guess from content confuses: here the declaration decides.
_CLOSE = {
    "no": ("da", "no"),
    "da": ("no",),
    "hr": ("bs", "sr", "sl"),
    "bs": ("hr", "sr"),
    "sr": ("hr", "bs", "me"),
    "id": ("ms",),
    "ms": ("id",),
    "cs": ("sk",),
    "sk": ("cs",),
    "gl": ("pt", "es"),
    "pt": ("gl",),
    "bg": ("mk",),
    "mk": ("bg",),
    "ru": ("uk", "be", "bg"),
    "uk": ("ru", "be"),
    "af": ("nl",),
    "es": ("gl", "ca"),
}
