"""Make newscrawl/stories/data/calendar.json: names of weekdays and months, from dateparser's CLDR data.

pip install dateparser && python -m benchmarks.stories.make_calendar
"""

import importlib
import json
import pkgutil
from pathlib import Path

import dateparser.data.date_translation_data as languages

TARGET = Path(__file__).parents[2] / "newscrawl" / "stories" / "data" / "calendar.json"
LEAST_LETTERS = 4
"""Shorter names ("may", "sun", "mar", "wed") are other words as often as dates."""

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
# Written without spaces, these names are no tokens; they are pairs of characters.
UNSPACED = {
    "ja": {pair: f"w{day}" for day, char in enumerate("月火水木金土日") for pair in (f"{char}曜",)},
    "zh": {
        pair: f"w{min(day, 6)}"
        for day, char in enumerate("一二三四五六日天")
        for pair in (f"周{char}", f"期{char}", f"拜{char}")
    },
}


def names_of(language: str) -> dict[str, str]:
    """Return name -> "w0".."w6" or "m1".."m12" of one language."""
    info = importlib.import_module(f"{languages.__name__}.{language}").info
    found: dict[str, str] = {}
    for kind, keys, first in (("w", WEEKDAYS, 0), ("m", MONTHS, 1)):
        for number, key in enumerate(keys, first):
            for name in info.get(key, ()):
                name = name.casefold().strip(".")
                if name.isalpha() and len(name) >= LEAST_LETTERS:
                    found.setdefault(name, f"{kind}{number}")
    return found


def main() -> None:
    codes = sorted(m.name for m in pkgutil.iter_modules(languages.__path__) if m.name.isalpha())
    table = {code: UNSPACED.get(code) or names_of(code) for code in codes}
    table = {code: names for code, names in table.items() if len(names) >= 7}
    text = json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True)
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(f"{len(table)} languages, {sum(map(len, table.values()))} names, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
