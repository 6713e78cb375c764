"""The five seed texts on the whole road: rendered in the newsstand's themes, crawled, and held to account."""
