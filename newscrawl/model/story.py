"""What the story engine is asked, and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from newscrawl.model.embedding import Embedding
from newscrawl.model.fingerprint import Fingerprint


class Relation(StrEnum):
    """What an article is to the story it stands in. Each story has exactly one `ORIGINAL`."""

    ORIGINAL = "original"  # the earliest article of the story that copies nothing
    COPY = "copy"  # the same text, letter for letter but for white space, case and punctuation
    NEAR_COPY = "near_copy"  # the same text cut, edited, spun or wrapped in other text
    REPORT = "report"  # an independent report of the same event
    FOLLOW_UP = "follow_up"  # what happened next


class MatchKind(StrEnum):
    """By which level of identity an article found its story."""

    NEW = "new"  # nothing matched: it opened the story
    TEXT_HASH = "text_hash"
    NEAR_COPY = "near_copy"
    SAME_EVENT = "same_event"
    TRANSLATION = "translation"  # the same event in another language, by its embedding
    REPAIR = "repair"  # moved or merged when later articles showed where it belongs
    MANUAL = "manual"  # put there by a person


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryInput:
    """An article that a story is to be found for. `is_new` is False where its text has changed."""

    article_id: int
    site: str
    url: str
    title: str
    text: str
    language: str | None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    first_seen_at: datetime
    paywalled: bool = False
    agency: str | None = None  # whose text it is, by its own word
    fingerprint: Fingerprint
    embedding: Embedding | None = None
    is_new: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an article was put, and why.

    `match_score` is the score of the level that decided, from 0 to 1; `match_article_id` the article
    that it matched best, where there is one.
    """

    article_id: int
    story_id: int
    relation: Relation
    copy_of_id: int | None
    match_kind: MatchKind
    match_score: float | None
    match_article_id: int | None
