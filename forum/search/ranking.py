"""Who comes first, whatever the engine: BM25 over search terms, then a second opinion (`second_opinion`) on the first."""

import math

K1, B = 0.9, 0.5
TITLE = 1.0  # a word of the title counts this much more than once
ENCLOSED = 0.25  # a word that stands in the documents alone counts this much of once, however often
# The second opinion: of how many, and what its parts count. The last two are what a reader looks at: words that stand
# together as they were asked for, and the beginning (title and summary).
RERANKED, GRAMS, FORMS, NEIGHBOURS, EARLY = 50, 0.10, 0.15, 0.2, 0.2
BEGINNING = 40  # words
GRAM = 4  # letters of a piece, see `analysis.grams`
# In a list of everything a practice answers more than a remark or a name does, or a record of its adoption, which bears its title.
# The second opinion too: such records are short, and so full of the words of that title.
KINDS = {"comment": 0.8, "adoption": 0.4, "request": 0.8, "person": 0.3}
# What nobody has confirmed for more than a year (`practices.stale`) counts this much of what it would: a little, so that the
# better answer stays the better one. The exact title still comes first.
STALE = 0.9


def idf(documents: int, containing: float) -> float:
    """Lucene's: never negative."""
    return math.log(1 + (documents - containing + 0.5) / (containing + 0.5))
