"""What site memory brings on sites of which several pages are known."""
