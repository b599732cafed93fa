"""The pages of help: Markdown with a short head (`title`, `summary`, `words` to be found by), rendered once as all texts are."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from forum.core.text import render

FOLDER = Path(__file__).parent / "pages"
TOPICS = ("writing", "rules", "moderation", "search", "letters", "keys")
WRITTEN_IN = "ru"  # what has no translation is read in this language

# `## What it is called {#anchor}` in the file; the renderer's first level is h3, a page of help begins at h2.
_SECTION = re.compile(r"^(##|###) (.+) \{#([a-z0-9-]+)\}$", re.MULTILINE)
_HEADING = re.compile(r"<h([34])>(.*?) \{#([a-z0-9-]+)\}</h\1>")
# An example to follow or to avoid begins with a sign, and says in words which of them it is.
_EXAMPLES = {"✓": "good", "✗": "weak"}
_EXAMPLE = re.compile(r"<blockquote>\n<p>([✓✗]) ")
# Examples of Russian questions stand in English pages too.
_RUSSIAN_CODE = re.compile(r"<code>(?=[^<]*[\u0400-\u04ff])")
# Code stays as it is typed.
_HELD_TOGETHER = re.compile(r"(`[^`\n]*`)|(?<=\d) (?=[^\W_])| (?=– )")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under a heading of level 2 or 3; `text` is Markdown."""

    anchor: str
    title: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page in one language; `words` are what people call its subject when they look for it, `text` is Markdown."""

    topic: str
    lang: str
    title: str
    summary: str
    words: str
    text: str
    sections: tuple[Section, ...]

    @property
    def chapters(self) -> list[Section]:
        """Its main sections: the table of contents."""
        return [section for section in self.sections if section.level == 2]

    @property
    def html(self) -> str:
        """The page below its title, safe to show."""
        return _drawn(self)


@cache
def page(topic: str, lang: str) -> HelpPage:
    """A page in a language, or in Russian where that has none; `topic` is one of `TOPICS`."""
    path = FOLDER / lang / f"{topic}.md"
    if not path.exists():
        return page(topic, WRITTEN_IN)
    head, _, text = _held_together(path.read_text("utf-8")).partition("\n\n")
    said = dict(line.split(": ", 1) for line in head.splitlines())
    return HelpPage(topic, lang, said["title"], said["summary"], said["words"], text, _sections(text))


def pages(lang: str) -> list[HelpPage]:
    """All pages in the order of the contents."""
    return [page(topic, lang) for topic in TOPICS]


def _held_together(text: str) -> str:
    """With a number and its unit, a dash and the word before it, kept on one line."""
    return _HELD_TOGETHER.sub(lambda found: found[1] or "\N{NO-BREAK SPACE}", text)


def _sections(text: str) -> tuple[Section, ...]:
    _before, *parts = _SECTION.split(text)
    pieces = zip(parts[::4], parts[1::4], parts[2::4], parts[3::4], strict=True)
    return tuple(Section(anchor, title, len(signs), words) for signs, title, anchor, words in pieces)


@cache
def _drawn(one: HelpPage) -> str:
    html = _HEADING.sub(lambda found: f'<h{int(found[1]) - 1} id="{found[3]}">{found[2]}</h{int(found[1]) - 1}>', render(one.text))
    html = _EXAMPLE.sub(lambda found: f'<blockquote class="{_EXAMPLES[found[1]]}">\n<p>', html)
    return _RUSSIAN_CODE.sub('<code lang="ru">', html)
