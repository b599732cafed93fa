"""Which words a text is about: what «похожие практики» and near duplicates are looked for by, whatever the engine."""

import math
from collections import Counter

from forum.search.analysis import tokens
from forum.search.ranking import idf
from forum.search.understanding import Alternative, Vocabulary, Wanted

TITLE = 3  # times that a word of the title counts as one of the body
READ = 3_000  # characters of the body that are looked at
LOOKED_UP = 48  # terms whose rarity is asked for, the most used first
TERMS = 20
COMMON = 0.25  # a word in more of the documents than this tells nothing
FEW = 200  # documents: among fewer the words of one subject may be as common as that


def telling(title: str, body: str, vocabulary: Vocabulary) -> list[Wanted]:
    """The search terms of a text that tell most of it, by tf · idf; each with that weight.

    A word of the title that no document has tells most of all: what lacks it has less of the text. Such words of a body are
    only names and slips. Numbers say how much, not what.
    """
    titled = tokens(title)
    counts = Counter(term for term in titled * TITLE + tokens(body[:READ]) if not term.isdigit())
    size = vocabulary.documents
    weighed = []
    # The order of the text among equals: what stands first tells most.
    for term, count in counts.most_common(LOOKED_UP):
        known = vocabulary.frequency(term)
        if (known or term in titled) and (known <= COMMON * size or size < FEW):
            weighed.append(((1 + math.log(count)) * idf(size, known), 1 + math.log(count), term))
    return [Wanted(term, (Alternative((term,)),), weight=weight) for _, weight, term in sorted(weighed, reverse=True)[:TERMS]]


def attainable(wanted: list[Wanted], vocabulary: Vocabulary) -> float:
    """About what the text itself would score."""
    size = vocabulary.documents
    return sum(word.weight * idf(size, vocabulary.frequency(word.word)) for word in wanted)
