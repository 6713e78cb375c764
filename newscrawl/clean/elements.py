"""What an element means for the walk: by its tag, and by the attributes that say what it is."""

from typing import Final

from newscrawl.clean.blocks import Box, Inside
from newscrawl.clean.lexicon import groups_of_names


def _words(text: str) -> list[str]:
    return text.split()


# What a browser shows nothing of, or nothing that can be article text.
SKIPPED_TAGS: Final = frozenset(
    _words(
        "script style head template svg canvas iframe object embed video audio map select datalist "
        "textarea input img source track link meta base title area applet frame frameset noframes param "
        "progress meter"
    )
)
# Elements that do not interrupt a line of text. Every other element, unknown ones too, makes a box:
# custom elements (`<app-teaser>`) are containers in nearly all pages.
INLINE_TAGS: Final = frozenset(
    _words(
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q rp rt ruby s "
        "samp small span strike strong sub sup time tt u var wbr label math mi mn mo mrow msup msub mfrac "
        "msqrt msubsup mtext picture blink o:p"
    )
)
PICTURES: Final = frozenset(("img", "video", "iframe", "svg", "canvas"))
_BOLD_TAGS: Final = frozenset(("b", "strong"))
_EMPHASIS_TAGS: Final = frozenset(("i", "em", "cite"))
# What the walk does at an element.
BOX, BREAK, SKIPPED, INLINE, LINK, BOLD, EMPHASIS = range(7)
PARTS: Final[dict[str, int]] = {
    **dict.fromkeys(INLINE_TAGS, INLINE),
    **dict.fromkeys(_BOLD_TAGS, BOLD),
    **dict.fromkeys(_EMPHASIS_TAGS, EMPHASIS),
    **dict.fromkeys(SKIPPED_TAGS, SKIPPED),
    "a": LINK,
    "br": BREAK,
}


_INSIDE_OF_TAG: Final[dict[str, int]] = {
    "li": Inside.LI,
    "dd": Inside.LI,
    "dt": Inside.LI,
    "table": Inside.TABLE,
    "figure": Inside.FIGURE,
    "figcaption": Inside.FIGCAPTION | Inside.FIGURE,
    "blockquote": Inside.QUOTE,
    "aside": Inside.ASIDE,
    "nav": Inside.NAV,
    "header": Inside.HEADER,
    "footer": Inside.FOOTER,
    "form": Inside.FORM,
    "fieldset": Inside.FORM,
    "article": Inside.ARTICLE,
    "main": Inside.MAIN,
    "button": Inside.BUTTON,
    "noscript": Inside.NOSCRIPT,
    "pre": Inside.PRE,
    "address": Inside.ADDRESS,
    "dialog": Inside.DIALOG,
    "details": Inside.DETAILS,
    "caption": Inside.TABLE,
    "h1": Inside.HEADING,
    "h2": Inside.HEADING,
    "h3": Inside.HEADING,
    "h4": Inside.HEADING,
    "h5": Inside.HEADING,
    "h6": Inside.HEADING,
}
_INSIDE_OF_ROLE: Final[dict[str, int]] = {
    "navigation": Inside.NAV,
    "banner": Inside.HEADER,
    "contentinfo": Inside.FOOTER,
    "complementary": Inside.ASIDE,
    "search": Inside.FORM,
    "form": Inside.FORM,
    "main": Inside.MAIN,
    "article": Inside.ARTICLE,
    "dialog": Inside.DIALOG,
    "alertdialog": Inside.DIALOG,
    "button": Inside.BUTTON,
    "menu": Inside.NAV,
    "menubar": Inside.NAV,
    "heading": Inside.HEADING,
}

# The attributes that say what an element is.
_TELLING: Final = frozenset(
    _words("class id role itemprop hidden aria-hidden style data-component data-testid data-type aria-label")
)


def describe(box: Box, path_ids: dict[tuple[int, str, str], int]) -> None:
    """Fill in what the element's tag and attributes say."""
    tag = box.tag
    names = classes = ""
    own = _INSIDE_OF_TAG.get(tag, 0)
    for key, value in box.element.items():
        if key == "class":
            classes = value
            names = f"{names} {value}" if names else value
        elif key not in _TELLING:
            continue
        elif key == "id":
            names = f"{names} {value}" if names else value
        elif key == "role":
            own |= _INSIDE_OF_ROLE.get(value, 0)
        elif key == "itemprop":
            box.itemprop = value
        elif key == "hidden":
            own |= Inside.HIDDEN
        elif key == "aria-hidden":
            own |= Inside.HIDDEN if value == "true" else 0
        elif key == "style":
            if "none" in value or "hidden" in value:
                squeezed = value.replace(" ", "").lower()
                if "display:none" in squeezed or "visibility:hidden" in squeezed:
                    own |= Inside.HIDDEN
        else:
            names = f"{names} {value}" if names else value
    box.names = names
    if names:
        box.groups = groups_of_names(names)
        box.groups_above |= box.groups
    if own:
        box.inside |= own
        if own & Inside.HEADING and len(tag) == 2:
            box.level = int(tag[1]) if tag[1].isdigit() else 3
    parent = box.parent
    step = (parent.path_id if parent is not None else -1, tag, classes)
    box.path_id = path_ids.setdefault(step, len(path_ids) + 1)
