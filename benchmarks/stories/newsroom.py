"""Generated news with the statistics of news, as much as is wanted: what `benchmarks.stories.scale` writes.

Words follow Zipf's law over 300,000 invented ones. An event is told for about a day by a handful of sites, in
texts that share its names, topic, days and numbers; a fifth of the articles are copies, slightly edited, of
one that told the event before, and 1 in 500 copies an article that is a year old and more. 1,400 articles a
day: a million of them spans two years.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np

from benchmarks.stories.quick_fingerprint import QuickFingerprints
from newscrawl.model import Article, ArticleStatus, CleanedPage

VOCABULARY = 300_000
ZIPF_EXPONENT, ZIPF_SHIFT = 1.05, 2.7
ARTICLES_PER_DAY = 1_400
OPEN_EVENTS = 3_000
NEW_EVENT_SHARE = 0.3
TOPIC_SHARE = 0.18
"""Words of a text that are drawn from its event's fifty-six; the others come from the whole vocabulary."""
COPY_SHARE = 0.2
EDITED_SHARE = 1 / 12
OLD_COPY_EVERY = 500
"""One article in so many copies an old one; as many are kept for it."""
OLD_DAYS = 365.0
START = datetime(2024, 1, 1, tzinfo=UTC)
SITES = 211
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MOMENTS = [*_DAYS, *_MONTHS, *map(str, range(1990, 2030)), *map(str, range(2, 400))]
EVENT_MOMENTS = 6
_SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
_PARAGRAPH_WORDS = 60


def told_at(number: int) -> datetime:
    """Return when the `number`-th article is published."""
    return START + timedelta(days=number / ARTICLES_PER_DAY)


class Newsroom:
    """Generates articles, of one seed always the same. `old_copies`: number of the copy -> its source's."""

    def __init__(self, seed: int = 7) -> None:
        self.old_copies: dict[int, int] = {}
        self._random = np.random.default_rng(seed)
        weights = 1 / (np.arange(VOCABULARY) + ZIPF_SHIFT) ** ZIPF_EXPONENT
        self._cumulative = np.cumsum(weights / weights.sum())
        self._words = [*(_word(rank) for rank in range(VOCABULARY)), *_MOMENTS]
        self._fingerprints = QuickFingerprints(self._words, "en")
        self._events: list[tuple[np.ndarray, list[np.ndarray]]] = []
        self._kept: list[tuple[int, np.ndarray, np.ndarray]] = []

    def articles(self, count: int) -> Iterator[CleanedPage]:
        """Yield `count` articles with their fingerprints, oldest first; about 0.6 ms each."""
        for number in range(count):
            topic, tokens = self._old_copy(number) or self._report()
            if number % OLD_COPY_EVERY == 0:
                self._kept.append((number, topic, tokens))
            yield self._page(number, topic, tokens)

    def _report(self) -> tuple[np.ndarray, np.ndarray]:
        if len(self._events) < OPEN_EVENTS or self._random.random() < NEW_EVENT_SHARE:
            names = self._random.integers(2_000, VOCABULARY, 25)
            moments = VOCABULARY + self._random.integers(0, len(_MOMENTS), EVENT_MOMENTS)
            self._events.append((np.concatenate([self._draw(25), names, moments]), []))
            self._events = self._events[-OPEN_EVENTS:]
        recency = int(self._random.exponential(OPEN_EVENTS / 8))
        topic, told = self._events[max(len(self._events) - 1 - recency, 0)]
        if told and self._random.random() < COPY_SHARE:
            return topic, self._edited(told[int(self._random.integers(len(told)))])
        length = int(np.clip(self._random.lognormal(6.0, 0.5), 80, 2000))
        own = self._random.random(length) < TOPIC_SHARE
        tokens = np.where(own, self._random.choice(topic, length), self._draw(length))
        told.append(tokens)
        return topic, tokens

    def _old_copy(self, number: int) -> tuple[np.ndarray, np.ndarray] | None:
        if number % OLD_COPY_EVERY != OLD_COPY_EVERY // 2 or number < OLD_DAYS * ARTICLES_PER_DAY:
            return None
        oldest = [kept for kept in self._kept if number - kept[0] >= OLD_DAYS * ARTICLES_PER_DAY]
        source, topic, tokens = oldest[int(self._random.integers(len(oldest)))]
        self.old_copies[number] = source
        return topic, self._edited(tokens)

    def _edited(self, tokens: np.ndarray) -> np.ndarray:
        edited = tokens.copy()
        places = self._random.integers(0, len(tokens), int(len(tokens) * EDITED_SHARE))
        edited[places] = self._draw(len(places))
        return edited

    def _draw(self, count: int) -> np.ndarray:
        return np.minimum(np.searchsorted(self._cumulative, self._random.random(count)), VOCABULARY - 1)

    def _page(self, number: int, topic: np.ndarray, tokens: np.ndarray) -> CleanedPage:
        title_tokens = self._random.choice(topic, 8)
        title = " ".join(self._words[i] for i in title_tokens.tolist())
        words = [self._words[i] for i in tokens.tolist()]
        paragraphs = [words[i : i + _PARAGRAPH_WORDS] for i in range(0, len(words), _PARAGRAPH_WORDS)]
        body = "\n\n".join(" ".join(paragraph) + "." for paragraph in paragraphs)
        url = f"https://site{number % SITES}.example/{told_at(number):%Y/%m/%d}/{number}-{words[0]}"
        article = Article(
            url=url,
            canonical_url=url,
            status=ArticleStatus.OK,
            cleaner_version="scale",
            title=title,
            text=body,
            language="en",
            published_at=told_at(number),
        )
        return CleanedPage(
            page=None, article=article, fingerprint=self._fingerprints.of(title_tokens, tokens)
        )


def _word(rank: int) -> str:
    """Spell a rank of the vocabulary: the common ones are short."""
    letters, number = "", rank + len(_SYLLABLES)
    while number:
        number, syllable = divmod(number, len(_SYLLABLES))
        letters += _SYLLABLES[syllable]
    return letters
