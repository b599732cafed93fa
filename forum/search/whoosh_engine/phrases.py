"""Which documents have words in a row.

The field `places` has, in the shape of a posting list, all places of a term in its segment: the words of the documents are
counted through, with a gap between documents. So a phrase is what some lists of numbers share, at numpy's speed; Whoosh's
matchers, which walk from posting to posting and unpack the places of each, took a second or two for common words.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from whoosh.reading import IndexReader

from forum.search.whoosh_engine.postings import read

PLACES = "places"
GAP = 1  # no word is the neighbour of one in another document

Numbers = NDArray[np.int64]


def starts(lengths: ArrayLike) -> Numbers:
    """The place of the first word of each document, by how many words they have."""
    sizes = np.asarray(lengths, np.int64) + GAP
    return np.cumsum(sizes) - sizes


def in_a_row(reader: IndexReader, terms: Sequence[str], first: Numbers) -> Numbers:
    """The documents of a segment that have the terms one right after the other, deleted ones included; `first`: see `starts`."""
    lists = [read(reader, PLACES, term).docs - after for after, term in enumerate(terms)]
    lists.sort(key=len)
    found = lists[0]
    for other in lists[1:]:
        if not len(found):
            break
        at = np.minimum(np.searchsorted(other, found), len(other) - 1)
        found = found[other[at] == found]
    return np.unique(np.searchsorted(first, found, side="right") - 1)
