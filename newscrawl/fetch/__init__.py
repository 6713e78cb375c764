"""Between the crawl and the network: who may be reached, how often, how much, and what counts as whole."""

from newscrawl.fetch.outcome import explain_failure, status_of_http
from newscrawl.fetch.refusal import RequestRefused

__all__ = ["RequestRefused", "explain_failure", "status_of_http"]
