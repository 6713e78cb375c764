"""Spider arguments as the command line gives them (`-a NAME=VALUE`), checked before anything is fetched."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from newscrawl.discover import absolute_url
from newscrawl.errors import ConfigError

TRUE_WORDS = ("1", "true", "yes", "on")
FALSE_WORDS = ("0", "false", "no", "off", "")


def check_names(given: Mapping[str, str], known: Iterable[str], spider: str) -> None:
    """Raise `ConfigError` for an argument that the spider does not have."""
    known = sorted(known)
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"it takes {', '.join(known)}"
            raise ConfigError(f"the spider {spider!r} has no argument {name!r}: {hint}")


def read_urls(text: str, argument: str) -> tuple[str, ...]:
    """Return the URLs in a comma-separated list, each once. A name without a scheme gets `https://`."""
    found: dict[str, None] = {}
    for part in text.split(","):
        if part.strip():
            found.setdefault(_read_url(part.strip(), argument))
    if not found:
        raise ConfigError(f"the argument {argument!r} holds no URL")
    return tuple(found)


def read_url_file(path: str) -> tuple[str, ...]:
    """Return the URLs in a file, one a line; blank lines and lines that begin with `#` are passed over."""
    lines = read_text_file(path).splitlines()
    found: dict[str, None] = {}
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            found.setdefault(_read_url(line.strip(), f"{path}, line {number}"))
    if not found:
        raise ConfigError(f"{path!r} holds no URL")
    return tuple(found)


def read_text_file(path: str) -> str:
    """Return the text of a file that an argument names."""
    try:
        return Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {path!r}: {getattr(error, 'strerror', None) or error}") from None


def read_flag(text: str, argument: str) -> bool:
    """Return what a yes-or-no argument says."""
    word = text.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ConfigError(f"the argument {argument!r} is 1 or 0, not {text!r}")


def _read_url(text: str, where: str) -> str:
    if "://" not in text and not text.startswith(("/", "data:", "file:", "javascript:")):
        text = f"https://{text}"
    url = absolute_url(text, text)
    if url is None or " " in text:
        raise ConfigError(f"{where}: {text!r} is no http or https URL")
    return url
