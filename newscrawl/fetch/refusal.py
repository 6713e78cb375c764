"""A request that is not made, with the status that its row in `fetches` gets."""

from datetime import datetime

from scrapy.exceptions import IgnoreRequest

from newscrawl.model import FetchStatus


class RequestRefused(IgnoreRequest):  # Scrapy's own name for it ends in Request, too
    """Raised by a fetch guard. `until` is when the request may be made, where that is known; `is_told`
    says that the log has it already.
    """

    def __init__(
        self, status: FetchStatus, detail: str, until: datetime | None = None, *, is_told: bool = False
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.until = until
        self.is_told = is_told
