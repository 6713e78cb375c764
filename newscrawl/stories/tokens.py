"""Text into words, the same way for every level of story identity.

Scripts that are written without spaces have no words to split at, so runs of them become overlapping
pairs of characters, the usual unit for search in Chinese and Japanese (https://unicode.org/reports/tr29/
leaves them to dictionaries).
"""

import re
import unicodedata

MAX_TOKENS = 6000
"""Words of an article that take part. A longer text (a live blog) is told by its beginning."""

_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Myanmar, Khmer
    "\u3040-\u30ff\u31f0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_TOKEN = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+(?:['’][^\W_{_UNSPACED}]+)*")
_UNSPACED_START = re.compile(rf"[{_UNSPACED}]")
_POSSESSIVE = re.compile(r"['’]s?$")


def tokenize(text: str, limit: int = MAX_TOKENS) -> list[str]:
    """Return the words of `text`, case-folded and NFKC-normalised, at most `limit` of them.

    >>> tokenize("The PM’s “visit” — cancelled!")
    ['the', 'pm', 'visit', 'cancelled']
    >>> tokenize("東京五輪 2020")
    ['東京', '京五', '五輪', '2020']
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    tokens: list[str] = []
    for match in _TOKEN.finditer(text.casefold()):
        token = match.group()
        if not token.isascii() and _UNSPACED_START.match(token):
            if len(token) == 1:
                tokens.append(token)
            else:
                tokens.extend(token[i : i + 2] for i in range(len(token) - 1))
        else:
            tokens.append(_POSSESSIVE.sub("", token) if "'" in token or "’" in token else token)
        if len(tokens) >= limit:
            return tokens[:limit]
    return tokens
