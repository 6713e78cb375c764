"""Forms that are the page itself."""

from typing import Final

from newscrawl.clean.blocks import BlockPage, Inside

PAGE_FORM_SHARE: Final = 0.5
"""Share of the page's characters from which a form is the page itself."""


def settle_forms(page: BlockPage) -> None:
    """Take a form that holds most of the page's text for what it is: the page (ASP.NET wraps all in one)."""
    held = [0] * len(page.boxes)
    for block in page.blocks:
        held[block.box.index] += len(block.text)
    for box in reversed(page.boxes):  # children stand after their parents
        if box.parent is not None:
            held[box.parent.index] += held[box.index]
    pages = {
        box.index for box in page.boxes if box.tag == "form" and held[box.index] > PAGE_FORM_SHARE * held[0]
    }
    if not pages:
        return
    outside = {page.boxes[0].index}
    for box in page.boxes[1:]:
        above_is_outside = box.parent is not None and box.parent.index in outside
        own_form = box.tag == "fieldset" or (box.tag == "form" and box.index not in pages)
        if above_is_outside and not own_form and box.element.get("role") not in ("search", "form"):
            outside.add(box.index)
            box.inside &= ~Inside.FORM
