"""Counting words in any script, and telling dates, bylines and the like from prose."""

import re
from functools import lru_cache
from typing import Final

# Scripts written without spaces: Thai, Lao, Burmese, Khmer, kana, Han.
SPACELESS: Final = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
)
# A character of such a script stands for this many words (measured on Chinese news: findings).
WORDS_PER_SPACELESS_CHAR: Final = 0.6
_ALPHABETIC_EDGE: Final = 0x0E00

_SENTENCE_END: Final = re.compile(r"[.!?…。！？؟۔।](?:[\"'”’»)\]」』]*)(?:\s|$)")
_SENTENCE_LAST: Final = frozenset(".!?…。！？؟۔।:;\"”’»'」』)")


def count_words(text: str) -> float:
    """Return the number of words; a character of a script without spaces counts as 0.6.

    >>> count_words("Two words")
    2
    """
    plain = text.count(" ") + 1
    if text.isascii() or max(text) < "\u0e00":
        return plain
    spaceless = len(SPACELESS.findall(text))
    if not spaceless:
        return plain
    return spaceless * WORDS_PER_SPACELESS_CHAR + SPACELESS.sub("", text).count(" ")


def ends_like_a_sentence(text: str) -> bool:
    """Tell whether the last character could end a sentence."""
    return text[-1] in _SENTENCE_LAST


def count_sentences(text: str) -> int:
    """Return the number of places that end a sentence."""
    return len(_SENTENCE_END.findall(text))


_WORD: Final = re.compile(r"\w+")
# The letters, digits and "_" of the commonest one-byte charset in lower case, a blank for the others.
_LOWER_OF_CP1252: Final = "".join(
    char.lower() if char.isalnum() or char == "_" else " "
    for char in bytes(range(256)).decode("cp1252", "replace")
).encode("cp1252")


def lower_words(text: str) -> list[str]:
    """Return the words of `text` in lower case, as `\\w+` finds them; most texts in a third of its time.

    >>> lower_words("It’s 5 p.m. in Zürich")
    ['it', 's', '5', 'p', 'm', 'in', 'zürich']
    """
    try:
        return text.encode("cp1252").translate(_LOWER_OF_CP1252).decode("cp1252").split()
    except UnicodeEncodeError:
        return _WORD.findall(text.lower())


def _words(text: str) -> list[str]:
    return text.split()


_MONTHS: Final = frozenset(
    _words(
        "january february march april may june july august september october november december jan feb "
        "mar apr jun jul aug sep sept oct nov dec januar februar märz maerz mai juni juli oktober "
        "dezember mär okt dez jänner janvier février mars avril juin juillet août septembre octobre "
        "novembre décembre janv févr juil déc enero febrero marzo abril mayo junio julio agosto "
        "septiembre setiembre octubre noviembre diciembre ene abr ago dic janeiro fevereiro março maio "
        "junho julho setembro outubro novembro dezembro fev set out gennaio febbraio aprile maggio giugno "
        "luglio settembre ottobre novembre dicembre gen mag giu lug ott januari februari maart mei "
        "augustus mrt augusti maj marts april oktober november december desember tammikuuta helmikuuta "
        "maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta "
        "joulukuuta stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
        "listopada grudnia ledna února března dubna května června července srpna září října listopadu "
        "prosince január február március április május június július augusztus szeptember október "
        "november december ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie "
        "decembrie января февраля марта апреля мая июня июля августа сентября октября ноября декабря "
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня януари "
        "февруари март април май юни юли август септември октомври ноември декември ιανουαρίου "
        "φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου "
        "δεκεμβρίου ιαν φεβ μαρ απρ μαϊ ιουν ιουλ αυγ σεπ οκτ νοε δεκ ocak şubat mart nisan mayıs haziran "
        "temmuz ağustos eylül ekim kasım aralık siječnja veljače ožujka travnja svibnja lipnja srpnja "
        "kolovoza rujna listopada studenog studenoga prosinca januara februara marta aprila juna jula "
        "avgusta septembra oktobra novembra decembra يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس "
        "سبتمبر أكتوبر نوفمبر ديسمبر januari februari maret mei juni juli agustus september oktober "
        "desember tháng जनवरी फ़रवरी मार्च अप्रैल"
    )
)
_DAYS: Final = frozenset(
    _words(
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat "
        "sun montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so lundi mardi "
        "mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo "
        "segunda terça quarta quinta sexta feira lunedì martedì mercoledì giovedì venerdì sabato domenica "
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag måndag tisdag onsdag torsdag fredag "
        "lördag söndag mandag tirsdag lørdag søndag poniedziałek wtorek środa czwartek piątek sobota "
        "niedziela понедельник вторник среда четверг пятница суббота воскресенье δευτέρα τρίτη τετάρτη "
        "πέμπτη παρασκευή σάββατο κυριακή pazartesi salı çarşamba perşembe cuma cumartesi pazar senin "
        "selasa rabu kamis jumat sabtu minggu"
    )
)
_DATE_FILLERS: Final = frozenset(
    _words(
        "at on of the de del à le la um uhr am pm a.m p.m am. pm. a.m. p.m. est edt pst pdt cst cdt et "
        "gmt utc ist bst cet cest h hrs hours hour minutes minute mins min ago read vor stunden minuten "
        "published updated posted last update modified publié mis jour publicado actualizado el "
        "aktualisiert stand veröffentlicht vom den der en em às le os kl klo o godz r год г в о godzina "
        "saat ngày pubblicato aggiornato il alle ore alle bijgewerkt gepubliceerd om publicerad "
        "uppdaterad date time local th st nd rd and created wita wib eastern zeit lesezeit lecture temps "
        "lectura tiempo leitura tempo views view comments comment lesedauer second seconds day days week "
        "weeks year years today yesterday first edited eet msk"
    )
)
_DATE_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+(?:\.[^\W\d_]\b)*", re.U)
_CJK_DATE: Final = re.compile(r"\d{4}\s*[年년]\s*\d{1,2}\s*[月월]\s*\d{1,2}")
_NUMERIC_DATE: Final = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}:\d\d|\d{4}-\d\d-\d\d|\b(?:19|20)\d\d\b"
)
_ANY_DIGIT: Final = re.compile(r"\d")
# Characters. "Published on Wednesday, 27 September 2023 at 10:15 am EDT, updated ..." stays below.
MAX_DATELINE_CHARS = 110


def is_date_line(text: str) -> bool:
    """Tell whether `text` says a date or time and nothing else (but words such as "Updated at").

    >>> is_date_line("Updated: May 24th, 2024, 10:15 am")
    True
    >>> is_date_line("In May 2024 he left.")
    False
    """
    return len(text) <= MAX_DATELINE_CHARS and _ANY_DIGIT.search(text) is not None and _says_a_date(text)


@lru_cache(maxsize=1 << 11)
def _says_a_date(text: str) -> bool:
    if len(text) < 40 and not text.isascii() and _CJK_DATE.search(text):
        return True
    tokens = _DATE_TOKEN.findall(text.casefold())
    digits = months = others = 0
    for token in tokens:
        if token[0].isdigit():
            digits += 1
        elif token in _MONTHS:
            months += 1
        elif token not in _DAYS and token not in _DATE_FILLERS:
            others += 1
            if others > 1:
                return False
    if not digits or others > (1 if len(tokens) >= 4 else 0):
        return False
    return bool(months or _NUMERIC_DATE.search(text)) or (others == 0 and "ago" in tokens)


def has_date(text: str) -> bool:
    """Tell whether a short text holds a date."""
    if not _ANY_DIGIT.search(text):
        return False
    if _NUMERIC_DATE.search(text) or _CJK_DATE.search(text):
        return True
    tokens = _DATE_TOKEN.findall(text.casefold())
    return any(token in _MONTHS for token in tokens) and any(token[0].isdigit() for token in tokens)


_NAME_PARTICLES: Final = frozenset(
    _words(
        "de da do dos das di del della van von der den ten la le el al bin ibn af av und and et y e i und "
        "en og och ja & jr sr"
    )
)


def looks_like_names(text: str) -> bool:
    """Tell whether `text` could be nothing but names of people: one to ten capitalised words, no sentence."""
    words = text.replace(",", " ").replace("|", " ").replace("/", " ").split()
    if not 1 <= len(words) <= 10:
        return False
    capital = 0
    for word in words:
        first = word.lstrip("(\"'“")[:1]
        if first.isupper() or (first.isalpha() and not first.islower()):
            capital += 1
        elif word.lower().strip(".") not in _NAME_PARTICLES:
            return False
    return capital >= 1 and not any(char.isdigit() for char in text)
