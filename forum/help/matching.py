"""Which page of help answers a question: a small index in memory, over the terms that search uses everywhere else."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from forum.help.reading import FOLDER, TOPICS, HelpPage, page
from forum.search import layout
from forum.search.analysis import in_dictionary, tokens

MOST_WORDS = 12
SHOWN = 3
TITLE, HEADING, SUMMARY, TEXT = 4.0, 3.0, 2.0, 1.0
ENOUGH = 0.5  # of a question's words must stand on a page for it to be worth showing

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Match:
    """A page that answers, and the section that answers best (empty: the page as a whole)."""

    topic: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What one page is found by: its terms with their weights, the same by section, and what its subject is called."""

    page: Weights
    sections: dict[str, Weights]
    called: frozenset[str]


@dataclass(frozen=True, slots=True)
class Index:
    """The terms by topic, and how telling each is: the fewer pages have it, the more."""

    pages: dict[str, Terms]
    rarity: Weights


@cache
def _index(whole: bool) -> Index:
    """Of all pages with the words of every language, since anchors are the same in all; `whole`: with their texts, not just their names."""
    languages = sorted(folder.name for folder in FOLDER.iterdir())
    found = {topic: _terms([page(topic, lang) for lang in languages], whole) for topic in TOPICS}
    counts = Counter(term for terms in found.values() for term in terms.page)
    return Index(found, {term: math.log(1 + len(TOPICS) / count) for term, count in counts.items()})


def _terms(versions: Sequence[HelpPage], whole: bool) -> Terms:
    sections: dict[str, Weights] = {"": {}}
    for anchor, text, weight in (part for one in versions for part in _parts(one, whole)):
        _raise(sections.setdefault(anchor, {}), tokens(text), weight)
    called = frozenset(term for one in versions for term in tokens(one.words))
    every: Weights = dict.fromkeys(called, TITLE)
    for weights in sections.values():
        for term, weight in weights.items():
            _raise(every, [term], weight)
    return Terms(every, sections, called)


def _parts(one: HelpPage, whole: bool) -> Iterator[tuple[str, str, float]]:
    yield "", one.title, TITLE
    for section in one.sections:
        yield section.anchor, section.title, HEADING
    if whole:
        yield "", one.summary, SUMMARY
        for section in one.sections:
            yield section.anchor, section.text, TEXT


def _raise(weights: Weights, terms: Iterable[str], weight: float) -> None:
    for term in terms:
        weights[term] = max(weights.get(term, 0.0), weight)


def find(question: str) -> list[Match]:
    """Pages that answer a question asked of the help, the best first."""
    asked, index = _asked(question), _index(whole=True)
    return _ranked(asked, index, [topic for topic in TOPICS if _met(asked, index.pages[topic]) >= max(1, len(asked) * ENOUGH)])


def beside(question: str) -> list[Match]:
    """Pages to name beside the results of the site's search: only where the question can hardly be about anything but the site.

    Each of its words names something in the help, and one at least is what a page's subject is called.
    """
    asked, index = _asked(question), _index(whole=False)
    fit = [topic for topic, terms in index.pages.items() if _met(asked, terms) == len(asked) and not terms.called.isdisjoint(asked)]
    return _ranked(asked, index, fit)[:SHOWN]


def _asked(question: str) -> list[str]:
    """The terms of the question, its words in the other keyboard layout as they were meant."""
    return list(dict.fromkeys(tokens(layout.mend(question, in_dictionary))))[:MOST_WORDS]


def _met(asked: Sequence[str], terms: Terms) -> int:
    return sum(term in terms.page for term in asked)


def _ranked(asked: Sequence[str], index: Index, topics: Iterable[str]) -> list[Match]:
    """Those with most of the words first, then by how much these say."""

    def said(weights: Weights) -> float:
        return sum(index.rarity[term] * weights[term] for term in asked if term in weights)

    def rank(topic: str) -> tuple[int, float]:
        terms = index.pages[topic]
        return _met(asked, terms), said(terms.page)

    best = sorted(topics, key=rank, reverse=True)
    # Of equals the first: the page's beginning.
    return [Match(topic, max(index.pages[topic].sections, key=lambda anchor: said(index.pages[topic].sections[anchor]))) for topic in best]
