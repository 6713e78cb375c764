"""jusText's vote: its context-free and its context-sensitive class for each block.

The same answers as `justext.core.classify_paragraphs` and `revise_paragraph_classification` (a test
holds them equal), in linear time: jusText's own search for neighbours is quadratic.
Pomikálek, "Removing Boilerplate and Duplicate Content from Web Corpora", 2011.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import justext
from justext import core

from newscrawl.clean.blocks import Block, Inside


class JustextClass(IntEnum):
    """jusText's classes, in order of how much they speak for running text."""

    BAD = 0
    SHORT = 1
    NEAR_GOOD = 2
    GOOD = 3


_BAD, _SHORT, _NEAR, _GOOD = (int(value) for value in JustextClass)


@dataclass(frozen=True, slots=True)
class JustextVote:
    """Per block: the share of stop words (-1 without a list), the class alone and in context.

    The share is 0 where nobody asked for it.
    """

    stop_density: list[float]
    alone: list[int]
    in_context: list[int]


# jusText names its lists in English; keys are ISO 639 codes.
STOP_LISTS = {
    "af": "Afrikaans", "sq": "Albanian", "ar": "Arabic", "an": "Aragonese", "hy": "Armenian",
    "az": "Azerbaijani", "eu": "Basque", "be": "Belarusian", "bn": "Bengali", "bs": "Bosnian",
    "br": "Breton", "bg": "Bulgarian", "ca": "Catalan", "hr": "Croatian", "cs": "Czech", "da": "Danish",
    "nl": "Dutch", "en": "English", "eo": "Esperanto", "et": "Estonian", "fi": "Finnish", "fr": "French",
    "gl": "Galician", "ka": "Georgian", "de": "German", "el": "Greek", "gu": "Gujarati", "ht": "Haitian",
    "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "is": "Icelandic", "ig": "Igbo", "id": "Indonesian",
    "ga": "Irish", "it": "Italian", "jv": "Javanese", "kn": "Kannada", "kk": "Kazakh", "ko": "Korean",
    "ku": "Kurdish", "ky": "Kyrgyz", "la": "Latin", "lv": "Latvian", "lt": "Lithuanian",
    "lb": "Luxembourgish", "mk": "Macedonian", "ms": "Malay", "ml": "Malayalam", "mt": "Maltese",
    "mr": "Marathi", "ne": "Nepali", "nb": "Norwegian_Bokmal", "no": "Norwegian_Bokmal",
    "nn": "Norwegian_Nynorsk", "oc": "Occitan", "fa": "Persian", "pl": "Polish", "pt": "Portuguese",
    "qu": "Quechua", "ro": "Romanian", "ru": "Russian", "sr": "Serbian", "sk": "Slovak", "sl": "Slovenian",
    "es": "Spanish", "su": "Sundanese", "sw": "Swahili", "sv": "Swedish", "tl": "Tagalog", "ta": "Tamil",
    "te": "Telugu", "tr": "Turkish", "tk": "Turkmen", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek",
    "vi": "Vietnamese", "cy": "Welsh", "fy": "West_Frisian", "yo": "Yoruba",
}  # fmt: skip


@lru_cache(maxsize=16)
def stop_words(language: str | None) -> frozenset[str]:
    """Return jusText's stop list of a language (ISO 639 or BCP 47 tag); empty where it has none."""
    name = STOP_LISTS.get((language or "").replace("_", "-").split("-")[0].lower())
    if name is None:
        return frozenset()
    return frozenset(justext.get_stoplist(name))


def justext_vote(
    blocks: Sequence[Block], language: str | None, asked: Container[int] | None = None
) -> JustextVote:
    """Classify blocks as jusText does, with its defaults, in linear time.

    `asked` are the blocks whose share of stop words is wanted (default: all); of others it is counted only
    where the class depends on it.
    """
    stop = stop_words(language)
    is_stop_word = stop.__contains__
    lengths, densities, links, headings, copyrights = [], [], [], [], []
    for block in blocks:
        text = block.text
        size, linked = len(text), block.link_chars
        density = 0.0
        if stop and (
            asked is None
            or block.index in asked
            or (size >= core.LENGTH_LOW_DEFAULT and linked <= core.MAX_LINK_DENSITY_DEFAULT * size)
        ):
            words = text.lower().split()
            density = sum(map(is_stop_word, words)) / len(words) if words else 0.0
        lengths.append(size)
        densities.append(density)
        links.append(linked)
        headings.append(block.box.inside & Inside.HEADING != 0)
        copyrights.append("\xa9" in text or "&copy" in text)
    # Without a stop list every long block would be "bad": length and links alone decide then.
    judged = densities if stop else [1.0] * len(densities)
    alone = classify_alone(lengths, judged, links, copyrights)
    in_context = classify_in_context(alone, lengths, headings)
    return JustextVote(densities if stop else [-1.0] * len(densities), alone, in_context)


def classify_alone(
    lengths: Sequence[int], densities: Sequence[float], link_chars: Sequence[int], copyrights: Sequence[bool]
) -> list[int]:
    """Return jusText's context-free classes. Lengths are in characters."""
    classes = []
    for length, density, linked, has_copyright in zip(
        lengths, densities, link_chars, copyrights, strict=True
    ):
        if (linked / length if length else 0) > core.MAX_LINK_DENSITY_DEFAULT or has_copyright:
            classes.append(_BAD)
        elif length < core.LENGTH_LOW_DEFAULT:
            classes.append(_BAD if linked > 0 else _SHORT)
        elif density >= core.STOPWORDS_HIGH_DEFAULT:
            classes.append(_GOOD if length > core.LENGTH_HIGH_DEFAULT else _NEAR)
        elif density >= core.STOPWORDS_LOW_DEFAULT:
            classes.append(_NEAR)
        else:
            classes.append(_BAD)
    return classes


def classify_in_context(alone: Sequence[int], lengths: Sequence[int], headings: Sequence[bool]) -> list[int]:
    """Return jusText's context-sensitive classes. Its first pass over headings never fires, nor here."""
    classes = list(alone)
    before = _nearest(classes, _SURE)
    after = _nearest(classes[::-1], _SURE)[::-1]
    near_before = _nearest(classes, _NOT_SHORT)
    near_after = _nearest(classes[::-1], _NOT_SHORT)[::-1]
    for at, value in enumerate(alone):
        if value == _SHORT:
            if before[at] == after[at]:
                classes[at] = before[at]
            elif (before[at] == _BAD and near_before[at] == _NEAR) or (
                after[at] == _BAD and near_after[at] == _NEAR
            ):
                classes[at] = _GOOD
            else:
                classes[at] = _BAD
    after = _nearest(classes[::-1], _SURE)[::-1]
    previous = _BAD
    for at, value in enumerate(classes):
        if value == _NEAR:
            classes[at] = _BAD if previous == _BAD and after[at] == _BAD else _GOOD
        previous = classes[at]  # nothing but good and bad is left behind
    for at, value in enumerate(classes):
        if headings[at] and value == _BAD and alone[at] != _BAD:
            distance, ahead = 0, at + 1
            while ahead < len(classes) and distance <= core.MAX_HEADING_DISTANCE_DEFAULT:
                if classes[ahead] == _GOOD:
                    classes[at] = _GOOD
                    break
                distance += lengths[ahead]
                ahead += 1
    return classes


# By class: whether it is one of good and bad, or of these and neargood.
_SURE = (True, False, False, True)
_NOT_SHORT = (True, False, True, True)


def _nearest(classes: Sequence[int], is_wanted: tuple[bool, ...]) -> list[int]:
    """Return for each place the nearest wanted class before it, or BAD."""
    nearest, last = [], _BAD
    for value in classes:
        nearest.append(last)
        if is_wanted[value]:
            last = value
    return nearest
