"""The second opinion, computed over all documents at once, is what its formula gives document by document."""

import math
import re
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.search.analysis import grams, token
from forum.search.ranking import BEGINNING, EARLY, FORMS, GRAM, GRAMS, NEIGHBOURS, idf
from forum.search.second_opinion import SecondOpinion, Words, bare
from forum.search.whoosh_engine import bits, merged
from forum.search.whoosh_engine.columns import Facet

WORDS = ["дом", "дома", "дому", "площадка", "площадки", "на", "я", "детская", "детский", "сад", "садик", "wifi", "𝒳y", "ремонт"]


class Known:
    """A vocabulary in which a word is the rarer the longer it is."""

    documents = 1000

    def frequency(self, term):
        return 200 // (len(term) + 1)

    form_frequency = frequency

    def gram_frequency(self, gram):
        return float(10 + sum(map(ord, gram)) % 300)


def _one(forms, document: Words) -> float:
    known, text = Known(), document.text.decode()
    words = text.split()

    def bag(some, length):
        norm = 0.9 * (0.25 + 0.75 * length)
        return sum(weight * count * 1.9 / (count + norm) for count, weight in some)

    def often(piece):
        return len(re.findall(f"(?={re.escape(piece)})", text))

    exact = [(sum(word == form for word in words), idf(1000, known.form_frequency(form))) for form in forms]
    weights = {piece: idf(1000, known.gram_frequency(piece)) for piece in grams(list(forms))}
    pieces = [(often(piece) if len(piece) >= GRAM else sum(word == piece for word in words), weights[piece]) for piece in weights]

    def stem(form):
        term = token(form)
        shared = form[: next((at for at, (a, b) in enumerate(zip(form, term, strict=False)) if a != b), min(len(form), len(term)))]
        return shared if len(shared) > 2 else form

    stems = [(stem(form), idf(1000, known.frequency(token(form)))) for form in forms]
    early = sum(weight for stem, weight in stems if any(word.startswith(stem) for word in words[:BEGINNING]))

    def together(one, other):
        return any(a.startswith(one) and b.startswith(other) or a.startswith(other) and b.startswith(one) for a, b in pairwise(words))

    neighbours = sum(min(first[1], second[1]) for first, second in pairwise(stems) if together(first[0], second[0]))
    return FORMS * bag(exact, document.length) + GRAMS * bag(pieces, document.pieces) + NEIGHBOURS * neighbours + EARLY * early


texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=90), min_size=1, max_size=6)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6, unique=True), texts)
def test_all_at_once_is_as_one_by_one(forms, some):
    documents = [Words(bare(words), 0.5 + len(words) / 40, 1.5) for words in some]
    together = SecondOpinion(forms, Known()).of(documents)
    assert all(math.isclose(got, _one(forms, one), abs_tol=1e-9) for got, one in zip(together, documents, strict=True)), (forms, some)


def test_nothing_to_look_at_adds_nothing():
    assert SecondOpinion(["дом"], Known()).of([]) == []
    assert SecondOpinion([], Known()).of([Words(bare(["дом"]), 1, 1)]) == [0.0]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 200), min_size=1, max_size=4), st.integers(1, 20), st.integers(0, 2**32))
def test_facets_count_the_same_as_bits_and_as_pairs(sizes, kinds, seed):
    random, total = np.random.default_rng(seed), sum(sizes)
    values = [f"тема {number}" for number in range(kinds)]
    facets = []
    for size in sizes:
        table = random.random((kinds, size)) < 0.2
        codes, docs = np.nonzero(table)
        facets.append(Facet(values, docs.astype(np.int32), codes.astype(np.int32)))
    rows = np.concatenate([bits.of_facet(facet, size) for facet, size in zip(facets, sizes, strict=True)], axis=1)
    offsets = np.cumsum([0, *sizes[:-1]])
    docs = np.concatenate([facet.docs + offset for facet, offset in zip(facets, offsets, strict=True)]).astype(np.int32)
    as_bits = merged.AsBits(values, rows, sizes)
    as_pairs = merged.AsPairs(values, docs, np.concatenate([facet.codes for facet in facets]), total)
    found = merged.Found(random.random(total) < 0.5, sizes)
    assert as_bits.count(found) == as_pairs.count(found)
    wanted = [*values[::2], "чужая"]
    assert np.array_equal(as_bits.having(wanted), as_pairs.having(wanted))
    assert not as_bits.having(["чужая"]).any() and not as_pairs.having(["чужая"]).any()
