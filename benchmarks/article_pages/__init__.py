"""Is a page an article? Judged by its URL and by the page, on pages that were written for this."""
