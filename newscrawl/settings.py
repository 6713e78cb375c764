"""Scrapy's settings for the project, explained in docs/crawling.md; any can be set with `-s NAME=VALUE`.

The ones named NEWSCRAWL_* are the project's own; those may be given as environment variables, too.
"""

import os

from newscrawl import __version__

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
NEWSPIDER_MODULE = "newscrawl.spiders"
COMMANDS_MODULE = "newscrawl.commands"

# Where the articles go.
NEWSCRAWL_DATABASE_URL = os.environ.get("NEWSCRAWL_DATABASE_URL", "sqlite:///newscrawl.db")
# Seconds that a crawl waits for a database that went away before it gives up. What it holds is not lost
# while it waits, and no new page is fetched.
NEWSCRAWL_DATABASE_WAIT = float(os.environ.get("NEWSCRAWL_DATABASE_WAIT", "900"))
# Seconds that a crawl waits at its start for a database server that does not answer yet.
NEWSCRAWL_DATABASE_START_WAIT = float(os.environ.get("NEWSCRAWL_DATABASE_START_WAIT", "15"))
# Keep each page as it came, compressed, beside its article: `scrapy reclean` and `scrapy explain` read it.
NEWSCRAWL_KEEP_RAW = os.environ.get("NEWSCRAWL_KEEP_RAW", "1")

# Compare articles across languages with an embedding model: wants the extra `multilingual` (docs/stories.md).
NEWSCRAWL_MULTILINGUAL = os.environ.get("NEWSCRAWL_MULTILINGUAL", "0")

# A sites file whose cleaning rules every command goes by: `pages`, `reclean` and `explain` as well as `news`.
NEWSCRAWL_SITES = os.environ.get("NEWSCRAWL_SITES", "")

# Who we are: a mail address or a URL where the crawl's owner can be reached, shown in the user agent.
NEWSCRAWL_CONTACT = os.environ.get("NEWSCRAWL_CONTACT", "")
USER_AGENT = f"newscrawl/{__version__}"  # the spiders add the contact (newscrawl/spiders/base.py)
ROBOTSTXT_USER_AGENT = "newscrawl"

# Where we go: never inside. For tests and the example, loopback (and every name under .localhost) may be
# opened; private, link-local and other special addresses stay closed.
NEWSCRAWL_ALLOW_LOOPBACK = os.environ.get("NEWSCRAWL_ALLOW_LOOPBACK", "0")
TWISTED_DNS_RESOLVER = "newscrawl.fetch.resolver.GuardedResolver"
DNS_TIMEOUT = 20
# A proxy would resolve names behind the guard's back, and one may be set in the environment by chance.
HTTPPROXY_ENABLED = False
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# How we behave: robots.txt first, one request at a time to a host, a second or more apart.
ROBOTSTXT_OBEY = True
NEWSCRAWL_ROBOTS_TIMEOUT = 15.0  # seconds for robots.txt; who cannot send it in time is not crawled
NEWSCRAWL_MAX_CRAWL_DELAY = 60.0  # seconds of Crawl-delay that are kept at most
NEWSCRAWL_MAX_RETRY_AFTER = 120.0  # seconds of Retry-After that are waited for; longer parks the host
NEWSCRAWL_DEFAULT_PAUSE = 5.0  # seconds after a 429 or 503 that names none; doubles each time
CONCURRENT_REQUESTS = 32
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0  # a jitter would go below the delay half of the time
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_MAX_DELAY = 30.0
DOWNLOADER = "newscrawl.fetch.downloader.PoliteDownloader"
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # feeds list the newest first
SCHEDULER_PRIORITY_QUEUE = "newscrawl.fetch.downloader.FairQueue"
COOKIES_ENABLED = False
REFERER_ENABLED = True
REFERRER_POLICY = "same-origin"
DEFAULT_REQUEST_HEADERS = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}

# When we come back (docs/crawling.md, "Coming back"). Seconds.
NEWSCRAWL_FIRST_POLL = 30 * 60.0  # until the second look at a feed, sitemap, section or front page
NEWSCRAWL_SHORTEST_POLL = 10 * 60.0  # the time between two looks halves when there was something new ...
NEWSCRAWL_LONGEST_POLL = 24 * 3600.0  # ... and grows by half when there was not, between these bounds
NEWSCRAWL_DEAD_FEED_POLL = 7 * 24 * 3600.0  # what fails every time is looked at this often in the end
NEWSCRAWL_CLOCK = "newscrawl.fetch.clock.utc_now"  # what tells the time; tests move it

# How much we take.
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024  # bytes, inflated or not
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_FAIL_ON_DATALOSS = True
DOWNLOAD_VERIFY_CERTIFICATES = True
REDIRECT_MAX_TIMES = 8
METAREFRESH_ENABLED = False  # front pages that are only a refresh are followed by the spider, once
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the outcome is a row in `fetches` and counted in the summary
URLLENGTH_LIMIT = 2083
DEPTH_LIMIT = 0
NEWSCRAWL_SITE_BUDGET = 500  # pages found by links or plain sitemaps, of one outlet in one run: bounds traps
NEWSCRAWL_LISTED_BUDGET = 20_000  # pages that feeds and news sitemaps list, of one outlet in one run
NEWSCRAWL_SECTION_BUDGET = 20  # index pages among them that are read for links only
NEWSCRAWL_MAX_SITEMAPS = 40  # feeds and sitemaps of one outlet that one run reads
NEWSCRAWL_MAX_AGE_DAYS = 30  # what a large sitemap dates older than this is left alone; 0: no limit

DOWNLOADER_MIDDLEWARES = {
    # Engine side
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # spiders and redirects keep to outlets
    "newscrawl.fetch.address_guard.AddressGuard": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newscrawl.fetch.robots_guard.RobotsGuard": 100,
    "newscrawl.fetch.tdm_reservations.TdmReservations": 110,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "newscrawl.fetch.retries.RetryTruncated": 550,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newscrawl.fetch.decompression.BoundedDecompression": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "newscrawl.fetch.redirects.OutletRedirects": 600,
    "newscrawl.fetch.pauses.PauseMiddleware": 950,
    # Downloader side
}

# One page's life, in order.
ITEM_PIPELINES = {
    "newscrawl.pipelines.clean.CleanPipeline": 100,  # parse, cut, read metadata, fingerprint: in a worker
    "newscrawl.pipelines.validate.ValidatePipeline": 200,  # is it an article?
    "newscrawl.pipelines.store.StorePipeline": 300,  # in batches, one transaction each
}
NEWSCRAWL_CLEAN_WORKERS = min(4, os.cpu_count() or 1)  # processes
NEWSCRAWL_CLEAN_TIMEOUT = 20.0  # seconds for one page; then its worker is killed and started anew
NEWSCRAWL_BATCH_PAGES = 50  # pages in one transaction at most
NEWSCRAWL_BATCH_DELAY = 1.0  # seconds that a page waits for others at most
CONCURRENT_ITEMS = 4  # Scrapy starts this many tasks for every response
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 32 * 1024 * 1024  # bytes of pages between fetched and stored

EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": None,
    "newscrawl.fetch.throttle.PoliteThrottle": 0,
    "scrapy.extensions.logstats.LogStats": None,
    "newscrawl.spiders.progress.Progress": 0,
}
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
MEMUSAGE_ENABLED = True
LOG_LEVEL = "INFO"
LOG_VERSIONS: list[str] = []
LOG_FORMAT = "%(asctime)s %(levelname)s: %(message)s"
LOGSTATS_INTERVAL = 60.0
STATS_DUMP = False  # they are kept in `crawls.stats`
