"""Text without markup: for search, feeds, e-mails and excerpts."""

import html
import re

# Renderer and sanitiser write "<" and ">" in values as entities, so that a tag ends at the first ">".
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_ALT = re.compile(r"\balt=\"([^\"]*)\"")
_BLOCK = re.compile(r"p|br|hr|li|ul|ol|h[1-6]|tr|table|thead|tbody|div|blockquote|pre")
_BEFORE_CELL = re.compile(r"\n+(?=<t[dh]\b)")  # a row of a table stays on its line
_QUOTATION = re.compile(r"(</?blockquote\b[^<>]*>)")
# As the editor names whom it quotes, right before the quotation.
_WHOSE = re.compile(r"<p><a href=\"/(?:comments|practices)/[^<>]*>(?:(?!</p>).)*:</p>\s*\Z", re.DOTALL)
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def fit(text: str) -> str:
    """The text with `\\n` line ends and without what neither XML, UTF-8 nor a reader can take (controls, lone surrogates)."""
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _replacement(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    if _BLOCK.fullmatch(name):
        return "\n"
    if name == "img":
        alt = _ALT.search(tag[2])
        return alt[1] if alt else ""
    return " " if name in ("td", "th") else ""


def plain_html(markup: str) -> str:
    """The words of HTML, one block per line; the result is text, not HTML: escape it where it is shown."""
    text = fit(html.unescape(_TAG.sub(_replacement, _BEFORE_CELL.sub("", markup))))
    # Not by patterns, which take four times as long: every entry that search shows comes through here.
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def unquoted(markup: str) -> str:
    """HTML without quotations and the line that says whose they are; the whole where nothing else is there."""
    kept, depth = [""], 0
    for part in _QUOTATION.split(markup):
        if part.startswith("<blockquote"):
            if not depth:
                kept[-1] = _WHOSE.sub("", kept[-1])
            depth += 1
        elif part.startswith("</blockquote"):
            depth -= 1
        elif not depth:
            kept.append(part)
    own = "".join(kept)
    return own if plain_html(own) else markup


def excerpt(text: str, length: int = 200) -> str:
    """At most `length` characters of plain text on one line, cut between words and closed by «…»."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: max(length - 1, 0)]
    if not line[len(cut)].isspace():
        head, space, _ = cut.rpartition(" ")
        # A single endless word is cut in the middle rather than lost.
        cut = head if space and len(head) >= length // 2 else cut
    return cut.rstrip(" ,.;:–—-«([") + "…"
