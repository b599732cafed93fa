"""What is asked: words drawn with a fixed seed from the documents themselves, frequent, middling and rare ones mixed."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.search.questions import EACH, Question, Questions
from forum.core.actor import GUEST
from forum.entries.policy import visible_to
from forum.practices.models import Practice
from forum.search import documents
from forum.search.analysis import all_words, in_dictionary, token, words
from forum.search.port import Document

SEED = 20
SAMPLE = 1_000  # documents the words are drawn from
CHOSEN = ("region", "nomination", "status", "year", "category", "tag")  # facets that people choose by
LETTERS = "абвгдежзиклмнопрстуфхцчшщыьэюя"


def draw(session: Session, rounds: int, seed: int = SEED) -> Questions:
    """Questions by kind, other ones for each round and some to grow warm by; the same database and seed give the same ones."""
    chance, number = Random(seed), EACH * (rounds + 1)
    query = select(Practice.id).where(visible_to(GUEST)).order_by(Practice.id)
    ids = list(session.scalars(query))
    sample = documents.load(session, chance.sample(ids, min(SAMPLE, len(ids))))
    sample.sort(key=lambda one: one.id)
    drawing = _Drawing(sample, chance, number)
    eight = ("8 terms", "page", "api")
    return {
        "1 term": drawing.each(lambda one: drawing.some(one, 1)),
        "2–3 terms": drawing.each(lambda one: drawing.some(one, chance.randint(2, 3))),
        **{kind: drawing.each(lambda one: drawing.some(one, 8)) for kind in eight},
        "phrase": drawing.each(drawing.phrase),
        "exclusion": drawing.each(drawing.exclusion),
        "misspelt word": drawing.each(drawing.misspelt),
        "completion": drawing.each(drawing.beginning),
        "similar": drawing.each(lambda one: [one.title]),
    }


class _Drawing:
    def __init__(self, sample: Sequence[Document], chance: Random, number: int) -> None:
        self.sample, self.chance, self.number = sample, chance, number
        self.known = Counter(word for one in sample for word in set(_askable(one)))

    def each(self, make: Callable[[Document], list[str]]) -> list[Question]:
        """Questions of one kind, each from another document."""
        found: list[Question] = []
        for one in self._turns():
            text = " ".join(make(one))
            if text:
                terms = list(dict.fromkeys(token(word) for word in words(text)))
                found.append(Question(text, terms, self._facets(one), one.id, one.body))
            if len(found) == self.number:
                break
        return found

    def _turns(self) -> Iterator[Document]:
        for _ in range(20):
            yield from self.chance.sample(self.sample, len(self.sample))

    def _facets(self, one: Document) -> dict[str, list[str]]:
        have = [name for name in CHOSEN if one.facets.get(name)]
        return {name: [self.chance.choice(list(one.facets[name]))] for name in self.chance.sample(have, min(3, len(have)))}

    def some(self, one: Document, number: int) -> list[str]:
        """Words of a document in turns from its frequent, middling and rare ones, in a random order."""
        by_term = {token(word): word for word in _askable(one)}
        ranked = sorted(by_term.values(), key=lambda word: (-self.known[word], word))
        third = -(-len(ranked) // 3)
        parts = [self.chance.sample(part, len(part)) for part in (ranked[:third], ranked[third : 2 * third], ranked[2 * third :])]
        first = self.chance.randrange(3)
        mixed = [part[turn] for turn in range(third) for part in [*parts[first:], *parts[:first]] if turn < len(part)]
        return self.chance.sample(mixed[:number], min(number, len(mixed)))

    def phrase(self, one: Document) -> list[str]:
        """Three words in a row, in quotes."""
        line = all_words(self.chance.choice(one.body.split(". ")))
        if len(line) < 3:
            return []
        start = self.chance.randrange(len(line) - 2)
        return ["«" + " ".join(line[start : start + 3]) + "»"] if len(words(" ".join(line[start : start + 3]))) > 1 else []

    def exclusion(self, one: Document) -> list[str]:
        """Two words, and a third that must not be there."""
        *wanted, unwanted = self.some(one, 3)
        return [*wanted, f"-{unwanted}"]

    def misspelt(self, one: Document) -> list[str]:
        """A word with one typing error, such as nobody knows."""
        word = self.chance.choice([word for word in _askable(one) if len(word) >= 5] or ["благоустройство"])
        at, letter = self.chance.randrange(1, len(word) - 1), self.chance.choice(LETTERS)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        wrong = self.chance.choice(
            [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], swapped]
        )
        return [] if wrong in self.known or in_dictionary(wrong) else [wrong]

    def beginning(self, one: Document) -> list[str]:
        """As much of a title as somebody has typed: none to two whole words and the first letters of the next."""
        title = all_words(one.title)
        whole = self.chance.randint(0, min(2, len(title) - 1))
        return [*title[:whole], title[whole][: self.chance.randint(2, 6)]]


def _askable(one: Document) -> list[str]:
    """The words of a document that somebody would ask for: no numbers, no letters alone."""
    return [word for word in words(f"{one.title}\n{one.body}") if len(word) > 2 and word.isalpha()]
