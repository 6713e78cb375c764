"""A writer in a process of its own: python writing_process.py DATABASE_URL FIRST COUNT [PAUSE_S]

It stores COUNT pages in batches of 10, beginning with number FIRST and going round; then it prints "done".
"""

import sys
import time

from cleaned_pages import MORNING, cleaned

from newscrawl.store import open_engine, prepare_database, write_batch

STORIES = 30
WORDS = ("harbour", "ferry", "rudder", "storm", "tug", "captain", "ticket", "island", "bread", "vote", "fire")


def page(number: int) -> object:
    story = number % STORIES
    told = " ".join(WORDS[(story + step * (1 + story // 15)) % len(WORDS)] + str(story) for step in range(40))
    return cleaned(
        f"https://outlet{number % 7}.example.org/{number}",
        title=f"Report {story} of {number}",
        text=f"{told}. Told by outlet {number}.\n\n{told[::2]} number {number} again.",
        requested_url=f"https://outlet{number % 7}.example.org/{number}?utm_source=rss",
    )


def main(url: str, first: int, count: int, pause_s: float) -> None:
    engine = open_engine(url)
    prepare_database(engine)
    numbers = [(first + step) % count for step in range(count)]
    for start in range(0, count, 10):
        batch = [page(number) for number in numbers[start : start + 10]]
        write_batch(engine, batch, crawl_id=None, now=MORNING)  # type: ignore[arg-type]
        time.sleep(pause_s)
    print("done")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]) if len(sys.argv) > 4 else 0.0)
