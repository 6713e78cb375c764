"""Reporters whom Chinese reports name beside their job: on a line of their own, or in the dateline.

"海港晚报记者 陈晓明" below the headline, "海港网5月4日讯（记者 陈晓明 王芳）" at the start of the text.
"""

import re

from newscrawl.clean.metadata.cjk_names import MAX_CHARS, is_chinese_name, split_han_names
from newscrawl.clean.metadata.facts import is_aside, is_caption
from newscrawl.clean.metadata.lines import PageLines
from newscrawl.clean.metadata.title import Headline

# Lines below the headline in which a reporter's own line and the text's dateline are; characters of both.
LINES, LINE_CHARS, DATELINE_CHARS = 25, 30, 80

_JOB = r"(?:记者|記者|特派员|特派員|通讯员|通訊員|评论员|評論員|作者)"
_OWN_LINE = re.compile(
    rf"[\u4e00-\u9fff·/／\s]{{0,16}}{_JOB}\s*[:：/／]?\s*([\u4e00-\u9fff\s、，/／╱]{{2,20}})"
)
_IN_DATELINE = re.compile(
    rf"[（(【\[〔]\s*[\u4e00-\u9fff/／]{{0,16}}?{_JOB}\s*[:：/／]?\s*([\u4e00-\u9fff\s、，/／╱]{{2,40}})[)）】\]〕]"
)
# "陈晓明北岸报道": what a name goes on with, a place among it of two characters, none, or more.
_REPORTED = re.compile(r"(?:报道|報導|報道|电|電|整合|整理)$")
_PLACE_CHARS = (2, 0, 3, 4)
_BETWEEN = re.compile(rf"[、，/／╱]|{_JOB}")
# "陈晓明 摄": who took the picture.
_PICTURE = re.compile(r"[摄攝图圖]\s*$")


def read_reporters(lines: PageLines, headline: Headline) -> list[str]:
    """Return the people whom the first lines below the headline call its reporters."""
    at, around = headline.line_in(lines), headline.around
    for line in lines.first(at + LINES)[at : at + LINES]:
        if line.text.isascii():
            continue
        own = _OWN_LINE.fullmatch(line.text) if len(line.text) <= LINE_CHARS else None
        match = own or _IN_DATELINE.search(line.text[:DATELINE_CHARS])
        if match is None or _PICTURE.search(match[1]):
            continue
        names = reporters_in(match[1])
        if names and not is_aside(line.element, around) and not is_caption(line.element):
            return names
    return []


def reporters_in(text: str) -> list[str]:
    """Return the names in what follows the job.

    >>> reporters_in("陈晓明、王芳 通讯员 李海"), reporters_in("从海港获悉")
    (['陈晓明', '王芳', '李海'], [])
    """
    parts = [name for part in _BETWEEN.split(text) for name in split_han_names(part.strip())]
    return [name for name in map(_name_at_start, parts) if name]


def _name_at_start(text: str) -> str:
    """Return the name that `text` is, or that a place and "reports" follow; else ""."""
    rest = _REPORTED.sub("", text)
    ends = _PLACE_CHARS if rest != text else (0,)
    names = (rest[: len(rest) - count] for count in ends)
    return next((name for name in names if len(name) <= MAX_CHARS and is_chinese_name(name)), "")
