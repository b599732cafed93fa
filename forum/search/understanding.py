"""From what a person typed to what an engine looks for: the other layout, typing errors, words that mean the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from forum.search import layout
from forum.search.analysis import in_dictionary, token, words
from forum.search.query import Asked, parse
from forum.search.synonyms import Synonyms

SYNONYM = 0.8  # what a synonym counts against the word itself


class Vocabulary(Protocol):
    """What an engine knows of the words in its documents."""

    @property
    def documents(self) -> int:
        """How many there are."""

    def has_form(self, word: str) -> bool:
        """Whether a document has the word, in just this form."""

    def frequency(self, term: str) -> int:
        """In how many documents a search term occurs."""

    def form_frequency(self, word: str) -> int:
        """In how many documents a word occurs in just this form."""

    def gram_frequency(self, gram: str) -> float:
        """In how many documents a piece of a word occurs, about."""

    def corrections(self, word: str) -> list[tuple[str, int]]:
        """Known words nearest to an unknown one, with their distance: the nearest first, among these the most frequent."""


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
    asked = parse(text)
    mended = layout.mend(asked.text, lambda word: vocabulary.has_form(word) or in_dictionary(word))
    switched = mended != asked.text
    if switched:
        again = parse(mended)
        asked = replace(asked, words=again.words, text=mended)
    wanted = _with_synonyms([_wanted(word, vocabulary) for word in asked.words], synonyms)
    return Understood(asked, tuple(wanted), _suggestion(asked, wanted, switched))


def _wanted(word: str, vocabulary: Vocabulary) -> Wanted:
    """A word as it stands where a document or the dictionary has it; else with its nearest known ones."""
    own = token(word)
    if vocabulary.has_form(word) or in_dictionary(word):
        return Wanted(word, (Alternative((own,)),))
    near = vocabulary.corrections(word)
    nearest = [candidate for candidate, edits in near if edits == near[0][1]]
    # Its own term stays: the word may be right, and only this form of it new.
    terms = dict.fromkeys([own, *map(token, nearest)])
    return Wanted(word, tuple(Alternative((term,)) for term in terms), nearest[0] if nearest else None)


def _with_synonyms(wanted: Sequence[Wanted], synonyms: Synonyms) -> list[Wanted]:
    """Each word of a known phrase gets its share of what means the same as the phrase."""
    result = list(wanted)
    for start, end, same in synonyms.of([token(word.mended or word.word) for word in wanted]):
        more = tuple(Alternative(phrase, SYNONYM / (end - start)) for phrase in sorted(same))
        for number in range(start, end):
            result[number] = replace(result[number], alternatives=(*result[number].alternatives, *more))
    return result


def _suggestion(asked: Asked, wanted: Sequence[Wanted], switched: bool) -> str | None:
    mended = {word.word: word.mended for word in wanted if word.mended}
    if not mended and not switched:
        return None
    return " ".join(next((mended[word] for word in words(piece) if word in mended), piece) for piece in asked.text.split())
