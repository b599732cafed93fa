"""What understanding and ranking ask of an engine about words."""

from typing import Protocol


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
