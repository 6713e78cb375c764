"""The kinds of markup that the newsstand's outlets are written in."""

from examples.newsstand.themes.handmade import Handmade
from examples.newsstand.themes.magazine import Magazine
from examples.newsstand.themes.modern import Modern
from examples.newsstand.themes.tables import Tables
from examples.newsstand.themes.theme import Theme
from examples.newsstand.themes.wordpress import WordPress

THEMES: dict[str, Theme] = {
    "wordpress": WordPress(),
    "magazine": Magazine(),
    "tables": Tables(),
    "handmade": Handmade(),
    "modern": Modern(),
}

__all__ = ["THEMES", "Theme"]
