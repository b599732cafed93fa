"""What people type, tidied: the one way in for lines and texts, from forms and from imports."""

import re

# What turns the direction of writing round would do so to the words of others on the same line, and hide words from who reads.
_TURNING = "\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}"
INVISIBLE = re.compile(f"[\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\x00-\x08\x0b\x0c\x0e-\x1f{_TURNING}]")
SPACES = re.compile("[ \t\r\n\f\v\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]+")


def line(text: str | None) -> str:
    """One line without control characters and edges; non-breaking spaces stay where the writer put them."""
    return SPACES.sub(" ", INVISIBLE.sub("", text or "")).strip()


def paragraphs(text: str | None) -> str:
    """Several lines with one kind of line break and no control characters."""
    return INVISIBLE.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n")).strip()
