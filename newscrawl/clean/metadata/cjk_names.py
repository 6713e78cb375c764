"""Names in Han characters and Hangul: told by the family name in front, since no capitals set them apart.

The family names are data (`data/cjk_names.toml`).
"""

import re
from functools import cache

from newscrawl.clean.metadata.tables import table

# A family name and a given name of one or two characters each: two to four characters.
MIN_CHARS, MAX_CHARS = 2, 4

_HAN_ONLY = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff\s·•‧・]*")
# Foreign names are spelt by their sound, their parts set apart by a dot.
_SPELT_PARTS = re.compile(r"[\u3400-\u9fff]{1,8}(?:[·•‧・][\u3400-\u9fff]{1,8})+")
_NAME_AND_JOB = re.compile(r"([가-힣]{2,4})\s+(?:\S+\s+){0,4}?\S*?([가-힣]{2,8})$")


def is_han(text: str) -> bool:
    """Whether `text` is written in Han characters alone, which Chinese and Japanese share."""
    return _HAN_ONLY.fullmatch(text) is not None


def is_chinese_name(text: str) -> bool:
    """Whether a text in Han characters can be a person's name in Chinese.

    >>> [name for name in ("陈晓明", "欧阳晓明", "海港晚报", "安全", "马可·波罗") if is_chinese_name(name)]
    ['陈晓明', '欧阳晓明', '马可·波罗']
    """
    if _SPELT_PARTS.fullmatch(text):
        return True
    name = re.sub(r"\s+", "", text)
    if not MIN_CHARS <= len(name) <= MAX_CHARS or name[-1] in _letters("endings"):
        return False
    if name.startswith(_phrases("words")):
        return False
    if name[:2] in _phrases("long_family_names"):
        return len(name) > MIN_CHARS
    families = _letters("family_names")
    # Some bear two family names: four characters, and both of the first are one.
    return name[0] in families and (len(name) < MAX_CHARS or name[1] in families)


def split_han_names(text: str) -> list[str]:
    """Return the parts of a text in Han characters that blanks set apart; "陈 明" is one name.

    >>> split_han_names("陈晓明 王芳"), split_han_names("陈 明")
    (['陈晓明', '王芳'], ['陈 明'])
    """
    parts = text.split()
    return parts if len(parts) > 1 and all(len(part) > 1 for part in parts) and is_han(text) else [text]


def korean_name_before_job(text: str) -> str:
    """Return the name in "NAME JOB" in Korean, or "".

    >>> korean_name_before_job("김하늘 바다 칼럼니스트"), korean_name_before_job("바다 이야기")
    ('김하늘', '')
    """
    match = _NAME_AND_JOB.fullmatch(text.strip())
    if match is None or match[1][0] not in _letters("korean_family_names"):
        return ""
    return match[1] if match[2].endswith(_phrases("korean_jobs")) else ""


@cache
def _letters(key: str) -> frozenset[str]:
    return frozenset("".join(table("cjk_names")[key].split()))


@cache
def _phrases(key: str) -> tuple[str, ...]:
    return tuple(table("cjk_names")[key])
