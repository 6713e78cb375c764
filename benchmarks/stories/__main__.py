"""How well stories are told apart: `python -m benchmarks.stories [--check] [SET ...]`.

Rows go through the engine one batch of 50 after the other, in the order of publication, with one set of
parameters for all sets. The index is the one in memory; tests/store/test_story_equality.py holds that SQL
gives the same stories. Sets named NAME+e5 are NAME with embeddings, where the extra `multilingual` is
installed. `--check` compares with floors that were measured on data of the digests given.
"""

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.data import bench_folder
from benchmarks.stories.languages import SUFFIX, embedded, is_installed, precision_across
from benchmarks.stories.memory_index import MemoryStoryIndex
from benchmarks.stories.metrics import bcubed_f, pair_scores
from newscrawl.model import StoryInput
from newscrawl.stories import fingerprint_article

BATCH = 50
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SHUFFLE_SEED = 1
SEED_DATES = {"000": "2024-03-26T09:00", "001": "2024-03-26T10:00", "002": "2024-03-26T12:00"} | {
    "003": "2024-03-26T15:00",
    "004": "2024-03-28T09:00",
}

# set: (metric, floor, first 12 digits of the data's SHA-256, best simple peer on these rows)
FLOORS: dict[str, tuple[str, float, str, float]] = {
    "neardup": ("pair F1 of copies", 0.975, "cd7369bccef9", 0.980),
    "fulltext": ("B3 F", 0.878, "72ae05ed1534", 0.828),
    "allsides2021": ("B3 F", 0.902, "01984fd1b616", 0.862),
    "og2021_titles": ("B3 F", 0.612, "b50de101b634", 0.578),
    "tg_pairs": ("F1", 0.855, "f5f423ae86f9", 0.884),
    "wmt21_parallel": ("B3 F, no model", 0.70, "09a56684d05d", 0.515),
    "wmt21_parallel+e5": ("B3 F", 0.92, "09a56684d05d", 0.764),
    "og2021_titles+e5": ("B3 F", 0.62, "b50de101b634", 0.578),
    "seeds": ("of 4 expectations", 4.0, "265d71eaf545", 4.0),
}


def read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def story_input(article_id: int, row: dict[str, Any]) -> StoryInput:
    published = datetime.fromisoformat(row["published"]) if row.get("published") else None
    if published is not None and published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    return StoryInput(
        article_id=article_id,
        site=row.get("source") or row["id"],
        url=f"https://{row['id']}",
        title=row["title"],
        text=row["text"],
        language=row["lang"],
        published_at=published,
        first_seen_at=NOW,
        fingerprint=fingerprint_article(row["title"], row["text"], row["lang"]),
    )


def run(
    rows: Sequence[dict[str, Any]], order: Sequence[int], *, embed: bool = False
) -> tuple[MemoryStoryIndex, dict[int, str]]:
    """Place the rows in the given order; return the index, and article id -> the row's id."""
    index = MemoryStoryIndex()
    inputs = [story_input(number, rows[i]) for number, i in enumerate(order, 1)]
    inputs = embedded(inputs) if embed else inputs
    for start in range(0, len(inputs), BATCH):
        index.place(inputs[start : start + BATCH])
    return index, {number: rows[i]["id"] for number, i in enumerate(order, 1)}


def stream_order(rows: Sequence[dict[str, Any]]) -> list[int]:
    return sorted(range(len(rows)), key=lambda i: (rows[i]["published"] or "", i))


def shuffled(rows: Sequence[dict[str, Any]]) -> list[int]:
    order = list(range(len(rows)))
    random.Random(SHUFFLE_SEED).shuffle(order)
    return order


def clusters(
    rows: Sequence[dict[str, Any]], order: Sequence[int], *, embed: bool = False
) -> tuple[dict[str, str], dict[str, str]]:
    index, names = run(rows, order, embed=embed)
    gold = {row["id"]: row["cluster"] for row in rows}
    return gold, {names[i]: str(article.story_id) for i, article in index.known.items()}


def score_events(rows: list[dict[str, Any]]) -> tuple[float, str]:
    precision, recall, f = bcubed_f(*clusters(rows, stream_order(rows)))
    _, _, mixed = bcubed_f(*clusters(rows, shuffled(rows)))
    return f, f"P {precision:.3f} R {recall:.3f}; shuffled {mixed:.3f}"


def score_copies(rows: list[dict[str, Any]]) -> tuple[float, str]:
    found = []
    for order in (stream_order(rows), shuffled(rows)):
        index, names = run(rows, order)
        groups = {names[i]: str(copy_of or i) for i, (_, copy_of) in index.relations().items()}
        found.append(pair_scores({row["id"]: row["cluster"] for row in rows}, groups))
    (precision, recall, f), (_, _, mixed) = found
    return f, f"P {precision:.3f} R {recall:.3f}; shuffled {mixed:.3f}"


def score_pairs(rows: list[dict[str, Any]]) -> tuple[float, str]:
    flat = [
        {**row[side], "id": f"{number}{side}", "lang": row["lang"], "published": None, "cluster": ""}
        for number, row in enumerate(rows)
        for side in "ab"
    ]
    index, names = run(flat, range(len(flat)))
    story = {names[i]: article.story_id for i, article in index.known.items()}
    same = [story[f"{n}a"] == story[f"{n}b"] for n in range(len(rows))]
    hits = sum(bool(row["label"]) and one for row, one in zip(rows, same, strict=True))
    precision, recall = hits / max(sum(same), 1), hits / sum(bool(row["label"]) for row in rows)
    return 2 * precision * recall / (precision + recall), f"P {precision:.3f} R {recall:.3f}"


def score_languages(rows: list[dict[str, Any]], *, embed: bool) -> tuple[float, str]:
    gold, found = clusters(rows, stream_order(rows), embed=embed)
    precision, recall, f = bcubed_f(gold, found)
    across = precision_across(rows, found)
    return f, f"P {precision:.3f} R {recall:.3f}; pairs across languages P {across:.3f}"


def score_seeds(rows: list[dict[str, Any]], others: list[dict[str, Any]]) -> tuple[float, str]:
    dated = [{**row, "published": SEED_DATES[row["id"][-3:]]} for row in rows]
    together = [*others, *dated]
    index, names = run(together, shuffled(together))
    ids = {name: i for i, name in names.items()}
    stories = {index.known[ids[row["id"]]].story_id for row in dated}
    strangers = [n for i, n in names.items() if index.known[i].story_id in stories and "seed" not in n]
    relations = index.relations()
    copy_of = relations[ids["seed:003"]][1]
    facts = [len(stories) == 1, not strangers, copy_of == ids["seed:001"]]
    facts.append(relations[ids["seed:004"]][0] == "follow_up")
    return float(sum(facts)), "one story, no distractor, 003 copies 001, 004 follows up"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", choices=[[], *FLOORS], metavar="SET")
    parser.add_argument("--check", action="store_true", help="fail where a floor is broken")
    options = parser.parse_args()
    folder = bench_folder("stories")
    if folder is None:
        print("stories: the data is not here (NEWSCRAWL_BENCH), nothing measured")
        return 0
    broken = []
    print("set               metric              ours   floor  peer   details")
    for name in options.sets or FLOORS:
        metric, floor, digest, peer = FLOORS[name]
        path = folder / f"{name.removesuffix(SUFFIX)}.jsonl.gz"
        if name.endswith(SUFFIX) and not is_installed():
            print(f"{name}: not measured, the extra 'multilingual' is not installed")
            continue
        if options.check and digest and sha256(path.read_bytes()).hexdigest()[:12] != digest:
            print(f"{name}: the data changed since the floor was measured; not checked")
            continue
        started = time.process_time()
        rows = read(path)
        if name == "neardup":
            ours, details = score_copies(rows)
        elif name == "tg_pairs":
            ours, details = score_pairs(rows)
        elif name == "wmt21_parallel" or name.endswith(SUFFIX):
            ours, details = score_languages(rows, embed=name.endswith(SUFFIX))
        elif name == "seeds":
            ours, details = score_seeds(rows, read(folder / "fulltext.jsonl.gz"))
        else:
            ours, details = score_events(rows)
        spent = time.process_time() - started
        print(
            f"{name:17} {metric:18} {ours:5.3f}  {floor:5.3f}  {peer:5.3f}  {details} ({spent:.0f} s)",
            flush=True,
        )
        if ours < floor:
            broken.append(name)
    if broken and options.check:
        print(f"below its floor: {', '.join(broken)}")
    return 1 if broken and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
