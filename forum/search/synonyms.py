"""Words that mean the same: applied to a question when it is asked, so that a change of the list needs no new index."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from forum.search.analysis import tokens

MOST_WORDS = 5  # of one phrase
MOST_PHRASES = 12  # of one group

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """By the search terms of a word or phrase: the others of its group.

    `longest` is the number of terms of the longest; `terms` are all of them, known words although no document may have them.
    """

    others: Mapping[Phrase, frozenset[Phrase]] = field(default_factory=dict)
    longest: int = 0
    terms: frozenset[str] = frozenset()

    def of(self, terms: Sequence[str]) -> list[tuple[int, int, frozenset[Phrase]]]:
        """Where in a question words of the list stand: (first, after the last, what means the same).

        Of phrases that begin with the same word the longest counts; within it no other is looked for.
        """
        found = []
        start = 0
        while start < len(terms):
            ends = range(min(len(terms), start + self.longest), start, -1)
            end = next((end for end in ends if tuple(terms[start:end]) in self.others), 0)
            if end:
                found.append((start, end, self.others[tuple(terms[start:end])]))
            start = end or start + 1
        return found


NONE = Synonyms()


def parse(words: str) -> list[str]:
    """The members of a group as an administrator typed it: parted by commas, semicolons, equals signs or new lines."""
    for sign in ";=\n":
        words = words.replace(sign, ",")
    return list(dict.fromkeys(member for each in words.split(",") if (member := " ".join(each.split()))))


def phrases(words: str) -> dict[Phrase, str]:
    """What search takes the members of a group for, and the first member that it takes so."""
    found: dict[Phrase, str] = {}
    for member in parse(words)[:MOST_PHRASES]:
        found.setdefault(tuple(tokens(member)), member)
    return found


def compile_groups(groups: Iterable[str]) -> Synonyms:
    """The list ready for questions; what has no search terms, or too many, is passed over."""
    others: dict[Phrase, set[Phrase]] = {}
    for group in groups:
        members = {phrase for phrase in phrases(group) if 0 < len(phrase) <= MOST_WORDS}
        for phrase in members:
            others.setdefault(phrase, set()).update(members - {phrase})
    known = {phrase: frozenset(same) for phrase, same in others.items() if same}
    return Synonyms(known, max(map(len, known), default=0), frozenset(term for phrase in known for term in phrase))
