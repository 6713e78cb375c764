"""What a short line is about, by words in many languages: a reading time, a password, comments, consent.

The words are data: `data/line_words.toml`.
"""

import tomllib
from collections import defaultdict
from importlib.resources import files
from typing import Final

# Characters of a word by which its phrases are found: enough to tell words apart, few enough for endings.
_KEY_CHARS: Final = 5


def _load() -> tuple[dict[str, list[tuple[str, str]]], tuple[tuple[str, str], ...]]:
    text = files("newscrawl.clean").joinpath("data/line_words.toml").read_text("utf-8")
    by_key: dict[str, list[tuple[str, str]]] = defaultdict(list)
    unspaced = []
    for topic, entry in tomllib.loads(text).items():
        for phrase in entry["words"]:
            longest = max(phrase.split(), key=len)
            if phrase.isascii() or longest[0].lower() != longest[0].upper():
                by_key[longest[:_KEY_CHARS]].append((phrase, topic))
            else:  # scripts without cases, some of them without spaces
                unspaced.append((phrase, topic))
    return dict(by_key), tuple(unspaced)


_BY_KEY, _UNSPACED = _load()


def topics_of_line(text: str) -> tuple[str, ...]:
    """Return the topics of `data/line_words.toml` that a line speaks of.

    >>> topics_of_line("5 min read"), topics_of_line("Forgot your password?")
    (('reading-time',), ('password',))
    """
    line = text.casefold()
    found = [
        topic
        for word in line.split()
        for phrase, topic in _BY_KEY.get(word.lstrip("0123456789(|·•-–")[:_KEY_CHARS], ())
        if phrase in line
    ]
    if not line.isascii():
        found += [topic for phrase, topic in _UNSPACED if phrase in line]
    return tuple(found)
