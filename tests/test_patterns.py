"""Every pattern of the package at ten times the input: at most fifteen times the time."""

import importlib
import pkgutil
import re
import time

import pytest

import newscrawl

# Characters of the small input. A quadratic pattern takes 30 ms and more at ten times that.
SIZE = 400
# Seconds that a busy machine may add to a fast pattern.
AIR = 0.008

# What a page, a feed or a URL can repeat to make a pattern try again and again.
SEEDS = (
    *(
        "a",
        "A",
        "1",
        "é",
        "新",
        " ",
        "\t",
        "-",
        "_",
        ".",
        ",",
        ":",
        "/",
        "|",
        "<",
        "(",
        "[",
        "{",
        "&",
        "@",
        "#",
        "%2",
    ),
    *(
        '="',
        "='",
        "</",
        "<!--",
        "<a ",
        "<meta ",
        "a ",
        "A ",
        "1 ",
        "a.",
        "a-",
        "a,",
        "a_",
        "a@",
        "a@a.",
        "1a",
        "AaA1_",
    ),
    *(
        "x y",
        ". ",
        " | ",
        " > ",
        " by ",
        "By A ",
        "A. B ",
        "10:10 ",
        "1/1/",
        "2020-01-01 ",
        "12 May 2020, ",
        "©",
    ),
    *(
        "my goal ",
        "comment ",
        "is a ",
        "I am a ",
        "photo ",
        "http://",
        "a=1&",
        "published ",
        "&amp;",
        "// ",
        "令和 ",
    ),
)

# Patterns that never see such a text, and why.
BOUNDED = {
    "clean.metadata.byline_lines._SLASH": "a short line",
    "clean.metadata.date_text._CJK": "200 characters around a date",
    "clean.metadata.date_text._TIME_AFTER": "60 characters after a day",
    "clean.metadata.date_text._ZONE": "only where a time ends",
    "clean.metadata.date_text._ZONE_NAME": "only where a time ends",
    "clean.metadata.date_text._ZONE_REGION": "only where a time ends",
    "clean.metadata.jsonld._CLOSING": "the tail of a script",
    "clean.metadata.names._ADDRESS": "MAX_BYLINE_CHARS",
    "clean.metadata.names._COMMA": "MAX_BYLINE_CHARS",
    "clean.metadata.title_candidates._SEPARATOR": "tidy text, with no two spaces in a row",
    "clean.metadata.title_candidates._SEPARATOR_OR_COLON": "tidy text, with no two spaces in a row",
    "discover.read_listing._HTML_START": "the start of a body",
    "discover.robots._HTML": "4,096 bytes",
    "stories.canonical_url._TELLING_SEGMENT": "a segment of a URL",
}


def patterns_of_the_package():
    found = {}
    for info in pkgutil.walk_packages(newscrawl.__path__, "newscrawl."):
        module = importlib.import_module(info.name)
        place = info.name.removeprefix("newscrawl.")
        for name, value in vars(module).items():
            values = value if isinstance(value, (tuple, list)) else (value,)
            for pattern in values:
                if isinstance(pattern, re.Pattern):
                    found.setdefault((pattern.pattern, pattern.flags), (f"{place}.{name}", pattern))
    return sorted(found.values(), key=lambda pair: pair[0])


def seconds(pattern, text):
    began = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - began


def grows_too_fast(pattern, seed):
    raw = seed if isinstance(pattern.pattern, str) else seed.encode()
    small, large = raw * (SIZE // len(raw)), raw * (10 * SIZE // len(raw))
    # A busy machine is no reason: the best of some tries counts.
    return all(seconds(pattern, large) > 15 * seconds(pattern, small) + AIR for _ in range(4))


@pytest.mark.parametrize(("name", "pattern"), patterns_of_the_package())
def test_a_pattern_is_linear_whatever_is_repeated(name, pattern):
    if name in BOUNDED:
        pytest.skip(f"sees {BOUNDED[name]} alone")
    assert [seed for seed in SEEDS if grows_too_fast(pattern, seed)] == []
