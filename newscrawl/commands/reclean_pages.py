"""Stored pages cleaned again in worker processes, and the results kept on disk until they are written."""

import asyncio
import pickle
import tempfile
from collections.abc import Iterator, Mapping
from typing import IO

import zstandard

from newscrawl.clean import clean_ruled_page
from newscrawl.model import Article, Page
from newscrawl.pipelines.header_directives import with_header_directives
from newscrawl.pipelines.worker_pool import WorkerDiedError, WorkerPool, WorkerTimeoutError
from newscrawl.store.reclean import RecleanedArticle

TIMEOUT_S = 60.0
"""Seconds that one page may take; the slowest hostile page of the cleaner's benchmark takes under 2."""


def clean_stored(page: Page) -> Article:
    """Return the article of a stored page. Runs in a worker process."""
    article = clean_ruled_page(page.body, page.url, page.rules, encoding=page.encoding)
    return with_header_directives(article, page.headers)


class PageCleaner:
    """Cleans stored pages, several at once; a page that kills its worker costs only itself."""

    def __init__(self, workers: int) -> None:
        self._pool = WorkerPool(workers, preload=("newscrawl.commands.reclean_pages",))

    def clean(self, pages: Mapping[int, Page]) -> dict[int, Article | None]:
        """Return the article of each page by its key; None where cleaning failed."""
        return asyncio.run(self._clean(pages))

    def close(self) -> None:
        """Stop the workers."""
        self._pool.close()

    async def _clean(self, pages: Mapping[int, Page]) -> dict[int, Article | None]:
        results = await asyncio.gather(*map(self._clean_one, pages.values()))
        return dict(zip(pages, results, strict=True))

    async def _clean_one(self, page: Page) -> Article | None:
        try:
            return await self._pool.run(clean_stored, page, timeout_s=TIMEOUT_S)
        except (WorkerTimeoutError, WorkerDiedError):
            return None


class Spool:
    """Cleaned articles in a temporary file: as many as the database has, in the memory of one batch."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="newscrawl-reclean-")  # noqa: SIM115 (`close` closes it)
        self.count = 0

    def add(self, items: list[RecleanedArticle]) -> None:
        """Append a batch."""
        data = zstandard.compress(pickle.dumps(items))
        self._file.write(len(data).to_bytes(8, "little") + data)
        self.count += len(items)

    def batches(self) -> Iterator[list[RecleanedArticle]]:
        """Give the batches in the order in which they were added."""
        self._file.seek(0)
        while head := self._file.read(8):
            data = self._file.read(int.from_bytes(head, "little"))
            yield pickle.loads(zstandard.decompress(data))  # noqa: S301 (a nameless file of this process)

    def close(self) -> None:
        """Delete the file."""
        self._file.close()
