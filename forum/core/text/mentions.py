"""«@handle» in a text: a link to the person, where somebody is called so. Who that is, the caller knows."""

import re
from collections.abc import Callable, Collection, Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

PEOPLE = "/people/"  # where they are read about
MOST = 50  # different handles of one text; those beyond stay words

# Given handles in lower case, those of them that somebody has.
Known = Callable[[Collection[str]], Collection[str]]

# Not within an address («a@b.ru») or another word; a handle neither begins nor ends with a hyphen.
_HANDLE = re.compile(r"(?<![\w@/.+-])@([A-Za-z0-9]++(?:-[A-Za-z0-9]++)*+)(?![\w@]|\.[A-Za-z])")
_DRAWN = re.compile(rf'<a href="{PEOPLE}([a-z0-9-]+)">@\1</a>')


def mentioned(markup: str) -> list[str]:
    """Handles that safe HTML mentions, each once, in order."""
    return list(dict.fromkeys(_DRAWN.findall(markup)))


def link_mentions(state: StateCore) -> None:
    """A rule of the parser: links in place of the handles that `env["known"]` knows; not in code, links and quotations."""
    known: Known | None = state.env.get("known")
    inlines = list(_outside_quotations(state.tokens)) if known else []
    wanted = list(dict.fromkeys(handle for inline in inlines for text in _texts(inline) for handle in _handles(text)))[:MOST]
    if known is None or not wanted:
        return
    found = set(known(wanted))
    for inline in inlines:
        inline.children = list(_with_links(inline.children or [], {id(text) for text in _texts(inline)}, found))


def _outside_quotations(tokens: list[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in ("blockquote_open", "blockquote_close") else 0
        if token.type == "inline" and not depth:
            yield token


def _texts(inline: Token) -> Iterator[Token]:
    """The words of a paragraph that are in no link."""
    depth = 0
    for child in inline.children or ():
        depth += child.nesting if child.type in ("link_open", "link_close") else 0
        if child.type == "text" and not depth:
            yield child


def _handles(text: Token) -> list[str]:
    return [handle.lower() for handle in _HANDLE.findall(text.content)]


def _with_links(children: list[Token], texts: set[int], found: set[str]) -> Iterator[Token]:
    for child in children:
        if id(child) not in texts:
            yield child
            continue
        at = 0
        for match in _HANDLE.finditer(child.content):
            handle = match[1].lower()
            if handle in found:
                yield _words(child.content[at : match.start()])
                yield Token("link_open", "a", 1, attrs={"href": PEOPLE + handle})
                yield _words(f"@{handle}")
                yield Token("link_close", "a", -1)
                at = match.end()
        yield _words(child.content[at:])


def _words(content: str) -> Token:
    return Token("text", "", 0, content=content)
