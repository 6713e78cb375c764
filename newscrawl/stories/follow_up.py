"""What points back: words by which an article says that it goes on from earlier news."""


def backward_cues(title: str, text: str, language: str | None) -> tuple[str, ...]:
    """Return stable slugs of the cues that `title` and `text` hold, or none."""
    return ()
