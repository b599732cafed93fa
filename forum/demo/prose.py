"""Prose in volume: paragraphs composed once, rendered at most once by the renderer of the site, and put together in ever new ways."""

from dataclasses import dataclass
from functools import cached_property
from random import Random

from forum.core.text import render
from forum.demo import words

PARAGRAPHS = 2_500
REMARKS = 2_500


@dataclass(frozen=True)
class Block:
    """Markdown and the HTML the site makes of it: of a paragraph, or of several put together."""

    text: str
    parts: tuple["Block", ...] = ()

    @cached_property
    def html(self) -> str:
        """Rendered when it is first used: a small volume needs few of thousands. None of the parts reaches into the next."""
        return "".join(part.html for part in self.parts) if self.parts else render(self.text)


class Prose:
    """Writes practices and comments; the same seed gives the same words."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.paragraphs = [Block(self._paragraph()) for _ in range(PARAGRAPHS)]
        self.remarks = [Block(self._remark()) for _ in range(REMARKS)]

    def sentence(self) -> str:
        """Who did what, when, and what came of it."""
        pick = self.chance.choice
        return f"{pick(words.WHO)} {pick(words.DID)} {pick(words.WHAT)} {pick(words.WHEN)}{pick(words.THEN)}."

    def _paragraph(self) -> str:
        sentences = [_capital(self.sentence()) for _ in range(self.chance.randint(1, 2))]
        sentences.insert(self.chance.randint(0, 1), self._figures())
        if self.chance.random() < 0.1:
            sentences[0] = f"**{sentences[0]}**"
        return " ".join(sentences)

    def _figures(self) -> str:
        roll = self.chance.randint
        return self.chance.choice(words.FIGURES).format(a=roll(110, 940), b=roll(21, 99), c=roll(3, 19))

    def _remark(self) -> str:
        text = self.chance.choice(words.COMMENT_STARTS) + self.sentence()
        return f"{text} {self._figures()}" if self.chance.random() < 0.4 else text

    def section(self, blocks: int) -> Block:
        """Some paragraphs, one after another."""
        return joined(self.chance.sample(self.paragraphs, blocks))

    def comment(self) -> Block:
        """One or two remarks."""
        return joined(self.chance.sample(self.remarks, 1 if self.chance.random() < 0.6 else 2))

    def title(self) -> str:
        """The name of a practice."""
        pick = self.chance.choice
        return f"{pick(words.TITLE_STARTS)} {pick(words.WHAT)} {pick(words.TITLE_ENDS)}"

    def summary(self) -> str:
        """Two sentences."""
        return f"{_capital(self.sentence())} {self._figures()}"


def joined(blocks: list[Block]) -> Block:
    """Blocks as one text."""
    return Block("\n\n".join(block.text for block in blocks), tuple(blocks))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
