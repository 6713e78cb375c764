"""What a person said of a site's elements: CSS selectors of what is to stay and what is to go."""

from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class SiteSelectors:
    """The rules of one site, as a sites file has them."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What tells these rules from others in `articles.cleaner_version`: eight hexadecimal digits.

        >>> SiteSelectors(drop=("div.partner",)).mark == SiteSelectors(keep=("div.partner",)).mark
        False
        """
        text = "\n".join((*self.keep, "", *self.drop))
        return blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
