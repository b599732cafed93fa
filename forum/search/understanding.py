"""From what a person typed to what an engine looks for: the other layout, typing errors, words that mean the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from forum.search import layout
from forum.search.analysis import in_dictionary, token, words
from forum.search.query import Asked, clean, parse
from forum.search.ranking import idf
from forum.search.synonyms import Phrase, Synonyms
from forum.search.vocabulary import Vocabulary

SYNONYM = 0.8  # what a synonym counts against the word itself
_GLUED = re.compile("([0-9]{1,4})([а-я]{2,})")  # «44фз»: what documents write as «44-ФЗ»


@dataclass(frozen=True, slots=True)
class Alternative:
    """Search terms that must all be there, and what they count (1: as much as the word itself)."""

    terms: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of the question and what stands for it; `mended` is the likeliest known word where it is unknown."""

    word: str
    alternatives: tuple[Alternative, ...]
    mended: str | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as an engine takes it. `forms` are its words as typed or mended, for exact forms and pieces of words."""

    asked: Asked
    wanted: tuple[Wanted, ...]
    suggestion: str | None

    @property
    def forms(self) -> list[str]:
        return list(dict.fromkeys([*self.asked.words, *(word.mended for word in self.wanted if word.mended)]))

    @property
    def terms(self) -> frozenset[str]:
        return frozenset(term for word in self.wanted for one in word.alternatives for term in one.terms)


def understand(text: str, vocabulary: Vocabulary, synonyms: Synonyms) -> Understood:
    """Take a question apart and find out what is meant."""

    def present(word: str) -> bool:
        return vocabulary.has_form(word) or token(word) in synonyms.terms

    def known(word: str) -> bool:
        return in_dictionary(word) or present(word)

    typed = clean(text)
    asked = parse(layout.mend(typed, known, present))
    wanted = [_wanted(word, vocabulary, known) for word in asked.words]
    switched = asked.text != parse(typed).text
    return Understood(asked, tuple(_with_synonyms(wanted, vocabulary, synonyms)), _suggestion(asked, wanted, switched))


def _wanted(word: str, vocabulary: Vocabulary, known: layout.Known) -> Wanted:
    """A word as it stands where a document, the dictionary or the synonyms have it; else with its nearest known ones.

    A number with letters is looked for as one word and as two.
    """
    own = token(word)
    if glued := _GLUED.fullmatch(word):
        return Wanted(word, (Alternative((own,)), Alternative((token(glued[1]), token(glued[2])))))
    if known(word):
        return Wanted(word, (Alternative((own,)),))
    near = vocabulary.corrections(word)
    nearest = [candidate for candidate, edits in near if edits == near[0][1]]
    # Its own term stays: the word may be right, and only this form of it new.
    terms = dict.fromkeys([own, *map(token, nearest)])
    return Wanted(word, tuple(Alternative((term,)) for term in terms), nearest[0] if nearest else None)


def _with_synonyms(wanted: Sequence[Wanted], vocabulary: Vocabulary, synonyms: Synonyms) -> list[Wanted]:
    """Each word of a known phrase gets what means the same as the phrase: who has that has the word, in other words."""
    result = list(wanted)
    terms = [token(word.mended or word.word) for word in wanted]
    for start, end, same in synonyms.of(terms):
        for number in range(start, end):
            more = tuple(Alternative(phrase, _weight(terms[number], phrase, vocabulary)) for phrase in sorted(same))
            result[number] = replace(result[number], alternatives=(*result[number].alternatives, *more))
    return result


def _weight(term: str, phrase: Phrase, vocabulary: Vocabulary) -> float:
    """What makes a synonym, however rare or common, score `SYNONYM` of what the word itself would, or less where it tells less."""
    own, *others = (idf(vocabulary.documents, vocabulary.frequency(one)) for one in (term, *phrase))
    return SYNONYM * min(own, sum(others)) * len(others) / sum(others)


def _suggestion(asked: Asked, wanted: Sequence[Wanted], switched: bool) -> str | None:
    mended = {word.word: word.mended for word in wanted if word.mended}
    if not mended and not switched:
        return None
    return " ".join(next((mended[word] for word in words(piece) if word in mended), piece) for piece in asked.text.split())
