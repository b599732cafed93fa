"""Text that people write: Markdown in, safe HTML out, rendered once at writing and stored with `RENDERER_VERSION`."""

import re

from forum.core.text.clean import MAX_OUTPUT, clean_once, sanitize
from forum.core.text.markdown import MAX_INPUT, checked, parser, to_html
from forum.core.text.mentions import Known, mentioned
from forum.core.text.plain import excerpt, fit, plain_html, unquoted

# Raise it when the same Markdown would give other HTML: a command renders stored texts anew.
RENDERER_VERSION: int = 2

__all__ = [
    "MAX_INPUT",
    "MAX_OUTPUT",
    "RENDERER_VERSION",
    "Known",
    "excerpt",
    "fit",
    "mentioned",
    "own_words",
    "plain",
    "plain_html",
    "plain_markdown",
    "quote",
    "render",
    "sanitize",
]

_RENDERED = re.compile(r"<(?:p|ul|ol|h[3-6]|div|blockquote|pre|hr)\b[^<>]*>")


def render(markdown: str, known: Known | None = None) -> str:
    """Markdown to HTML that is safe to show; raises Refused: `text.too_long` (limit), `text.too_complex`.

    `known` is asked which of the handles that the text calls people by are somebody's: those become links.
    """
    return clean_once(to_html(markdown, known))


def plain_markdown(markdown: str) -> str:
    """The words of a Markdown text, one block per line; raises Refused like `render`."""
    return plain_html(to_html(markdown))


def plain(text: str) -> str:
    """The words of Markdown, or of HTML that `render` made: it is told by beginning with a block's tag."""
    return plain_html(text) if _is_rendered(text) else plain_markdown(text)


def own_words(text: str) -> str:
    """The same without what HTML quotes of others: an excerpt shows what somebody said, not what they answer."""
    return plain_html(unquoted(text)) if _is_rendered(text) else plain_markdown(text)


def _is_rendered(text: str) -> bool:
    stripped = text.strip()
    return bool(_RENDERED.match(stripped)) and stripped.endswith(">")


def quote(markdown: str) -> str:
    """The text as a Markdown quotation («> » before each line), to begin an answer with.

    Quotations inside it are left out unless nothing else is there: an answer quotes its own author only.
    """
    lines = checked(markdown).split("\n")
    inner: set[int] = set()
    for token in parser().parse("\n".join(lines)):
        if token.type == "blockquote_open" and token.level == 0 and token.map:
            inner.update(range(*token.map))
    own = [line for number, line in enumerate(lines) if number not in inner]
    kept = "\n".join(own).strip("\n") or "\n".join(lines).strip("\n")
    return "".join(f"> {line}".rstrip() + "\n" for line in kept.split("\n")) + "\n" if kept.strip() else ""
