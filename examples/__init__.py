"""What ships with the project to try it on: the example newsstand, and the crawl of it."""
