"""Measurements: quality against labelled data, cost against peers. `make bench` runs them all."""
