"""Is a message English? Heads trained on English only must say nothing of other languages.

A message is judged by its script and by function words. "12", "ok" or "parallel lines" tell too little; they follow
what was written before them. No list of languages is complete: a language that is on no list and shares no word with
English is taken as not English from five words on, and decides nothing before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

__all__ = ["EnglishGuard", "Language", "language_of"]

LATIN_SHARE = 0.7  # of the letters
LONG_ENOUGH_WORDS = 5  # English of this length without any function word is rare

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|@\w+|\bstudent\s+[a-z]\b", re.IGNORECASE)
_LAST_LATIN = "\u024f"  # end of Latin Extended-B
_VIETNAMESE = ("\u1e00", "\u1eff")
_MARKED = frozenset("ñçßãõåæøœğışąćęłńśźżčďěňřšťůžőűáíóúàèìòùâêîôûäöüëïé")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Loan words that English writes with a mark.
_LOANS = _words("café cafés naïve résumé jalapeño piñata piñatas pokémon déjà fiancé")

# Function words, and what is said in class; none of them is a usual word of the languages below.
_ENGLISH = _words(
    """
    the and but because if then than that that's this these those there there's here it it's its of for from with
    without about into over under between after before again yes yeah yep nope not don't doesn't didn't can't isn't
    aren't won't wasn't couldn't wouldn't haven't i'm i'll i've i'd you you're your yours we're we'll we've they they're
    their them his he's she's her him our us mine myself what what's who who's when where where's why how how's which
    are were be been being have had having does did doing done can could will would should must might shall get got
    gets getting give goes going gonna went came knew know think thought say said says see saw look make makes made
    take took put need want wanna let's just like only also too very really still already maybe any anyone some every
    each all both many much more most less other another same different first second third last next one two three
    four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety hundred thousand zero half
    out up down off now today tomorrow yesterday thank thanks please sorry hello help question answer lost stuck
    confused understand wait right wrong whole number numbers plus minus times divided equals equal divide multiply add
    subtract fraction fractions decimal percent sides line lines square triangle circle angle angles inches inch foot
    feet miles cents dollars people page homework teacher red green blue yellow purple black white
    """
)
# English too, but usual in another language: they say nothing of the language.
_SHARED = _words(
    "a an i is am as at in on or to so no me my we he was do has by go ok okay die war son men sin pour y o e ya ha"
)
# Spanish, French, German, Portuguese, Italian; Dutch and Scandinavian; Polish, Turkish, Indonesian, Swahili, Tagalog,
# Vietnamese as it is typed without its marks.
_FOREIGN = _words(
    """
    el la los las un una unos unas y o pero porque que qué como cómo cuando cuándo donde dónde quien por para con sin
    del al en es son está esta este esto eso estoy eres soy somos hay yo tú tu él ella nosotros ellos mi su sus se lo
    le les nos muy más mas menos también tambien sí si ya aquí hola gracias tengo tiene tienes puedo puede puedes
    quiero hacer hace entiendo respuesta pregunta profe profesor profesora maestra maestro tarea igual uno dos tres
    cuatro cinco seis siete ocho nueve diez

    le la les un une des du de et ou mais parce que qui quoi comment pourquoi quand où avec sans pour dans sur est sont
    je tu il elle nous vous ils elles mon ma mes ton ta tes son sa ses ne pas plus très aussi oui non bonjour merci
    c'est j'ai qu'est n'est ça cette ce ces ai as avons avez ont suis réponse comprends deux trois quatre

    der die das den dem des ein eine einen einem einer und oder aber weil wenn dann dass daß ist sind war ich du er sie
    wir ihr mein dein sein nicht kein keine mit ohne für auf aus von zu zum zur bei nach wie warum wann wo wer auch
    schon noch nur sehr ja nein danke bitte hallo habe hast haben kann kannst muss verstehe antwort frage zwei drei

    o os um uma uns umas e ou mas porque que como quando onde quem por para com sem do da dos das no na nos nas em é
    são está estou eu ele ela nós eles meu minha seu sua não sim muito mais menos também obrigado obrigada olá você
    professora resposta dois três

    il lo gli un uno una e ed ma perché che chi come quando dove con senza per tra di da del della nel nella è sono
    sei siamo io lui lei noi voi loro mio mia tuo tua non sì molto anche grazie ciao ho hai ha abbiamo posso capisco
    risposta domanda due tre quattro

    het een en maar omdat als dan dat ik jij hij zij wij mijn niet geen met zonder voor naar waarom hoe wat wie ook nog
    heel ja nee dank og men fordi hvis jag han hon vi är var inte jeg ikke det och att som med hur vad hvad

    jest nie tak ale czy jak dlaczego kiedy się mam masz jestem ve bir bu şu ben sen biz ama çünkü değil evet hayır
    için nasıl neden yang dan tidak ini itu saya kamu kami dengan untuk bagaimana kenapa apa bisa na ya wa ni kwa
    hapana ndiyo mimi ang mga ng sa ako ikaw siya hindi oo paano bakit khong la toi ban em thay co
    """
)
_OTHER = _FOREIGN - _ENGLISH - _SHARED


class Language(StrEnum):
    """What a message is written in, as far as it matters here."""

    ENGLISH = "english"
    OTHER = "other"
    UNDECIDED = "undecided"


def language_of(text: str) -> Language:
    """Judge one message by its own words.

    Args:
        text: Untrusted plain text.

    Returns:
        ``UNDECIDED`` for numbers, signs and the few words that say nothing of the language.
    """
    plain = unicodedata.normalize("NFC", _ADDRESS.sub(" ", text)).replace("’", "'").lower()
    words = _WORD.findall(plain)
    letters = "".join(words)
    latin = sum(letter <= _LAST_LATIN or _VIETNAMESE[0] <= letter <= _VIETNAMESE[1] for letter in letters)
    if latin < LATIN_SHARE * len(letters):
        return Language.OTHER
    other = sum(word in _OTHER or _is_marked(word) for word in words)
    english = sum(word in _ENGLISH for word in words)
    if other != english:
        return Language.OTHER if other > english else Language.ENGLISH
    unknown = [word for word in words if len(word) > 1]
    if english == 0 and len(unknown) >= LONG_ENOUGH_WORDS and not any(word in _SHARED for word in unknown):
        return Language.OTHER
    return Language.UNDECIDED


class EnglishGuard:
    """Says of a lesson's messages, in order, which may be read as English.

    A message that decides nothing is taken as English when more messages so far were English than were not.
    """

    def __init__(self) -> None:
        self._english = 0
        self._other = 0

    def admits(self, texts: Sequence[str]) -> list[bool]:
        """Judge the next messages; those of one call are counted before the undecided among them are judged."""
        found = [language_of(text) for text in texts]
        self._english += found.count(Language.ENGLISH)
        self._other += found.count(Language.OTHER)
        undecided = self._english > self._other
        return [one is Language.ENGLISH or (one is Language.UNDECIDED and undecided) for one in found]


def _is_marked(word: str) -> bool:
    return word not in _LOANS and any(letter in _MARKED or letter > _LAST_LATIN for letter in word)
