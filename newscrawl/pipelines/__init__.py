"""One page's life after the fetch: clean, validate, store (see ITEM_PIPELINES in `newscrawl.settings`)."""
