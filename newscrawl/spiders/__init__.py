"""The spiders: `news` finds what is new on sites, `pages` fetches what it is told to."""
