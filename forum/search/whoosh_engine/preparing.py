"""What a process reads before its first question: what questions have in common."""

from forum.search.analysis import token, without_stop_words
from forum.search.occurrences import learn
from forum.search.whoosh_engine.snapshot import Snapshot

WORDS = 20_000  # that most texts are made of
LONG = 150  # words whose posting lists are the longest


def prepare(snapshot: Snapshot) -> None:
    """Read the longest posting lists, the longest last so that they are kept, and the marks of the commonest words."""
    if snapshot.lexicon is None:
        return
    words = snapshot.lexicon.commonest(WORDS)
    learn(words)
    for term in reversed(dict.fromkeys(map(token, without_stop_words(words[:LONG])))):
        snapshot.tally(term)
