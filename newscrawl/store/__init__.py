"""All SQL lives here: tables, engine, migrations' way in, and the one road by which rows are written."""

from newscrawl.store.article_rows import Change
from newscrawl.store.crawl_record import finish_crawl, start_crawl
from newscrawl.store.engine import open_engine
from newscrawl.store.errors import DatabaseFull, DatabaseUnavailable
from newscrawl.store.feed_state import FeedState, feed_states, feeds_of_outlet, save_feed_states
from newscrawl.store.fetch_state import FetchRecord, KnownUrl, due_urls, known_urls, record_fetches
from newscrawl.store.raw_page import read_raw_page
from newscrawl.store.schema import SchemaState, prepare_database, schema_state, upgrade_database
from newscrawl.store.transaction import begin_read, begin_write, write_with_retry
from newscrawl.store.writer import BatchResult, PageResult, write_batch

__all__ = [
    "BatchResult",
    "Change",
    "DatabaseFull",
    "DatabaseUnavailable",
    "FeedState",
    "FetchRecord",
    "KnownUrl",
    "PageResult",
    "SchemaState",
    "begin_read",
    "begin_write",
    "due_urls",
    "feed_states",
    "feeds_of_outlet",
    "finish_crawl",
    "known_urls",
    "open_engine",
    "prepare_database",
    "read_raw_page",
    "record_fetches",
    "save_feed_states",
    "schema_state",
    "start_crawl",
    "upgrade_database",
    "write_batch",
    "write_with_retry",
]
