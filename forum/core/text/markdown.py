"""The Markdown dialect: CommonMark without HTML, with tables, strikethrough and addresses made links."""

import re
import threading
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from forum.core.errors import Refused
from forum.core.text.addresses import is_link, is_own_file
from forum.core.text.mentions import Known, link_mentions
from forum.core.text.plain import fit

MAX_INPUT = 100_000  # characters
MAX_BLOCK_TOKENS = 24_000  # three to a paragraph or a table cell; an empty table of 1.4 KB would have 60,000
MAX_COSTLY = 5_000  # brackets, and places where the linkifier stops to look for an address
MAX_NESTING = 20

_ALIGNMENT = {"text-align:center": "align-center", "text-align:right": "align-end"}
_COSTLY = re.compile(r"\[|[.@/][^\W\d_]")
_local = threading.local()


def _limit(state: StateCore) -> None:
    """Stops a bomb after the cheap half of the work, before the inline half."""
    if len(state.tokens) > MAX_BLOCK_TOKENS:
        raise Refused("text.too_complex")


def _speaks(children: Sequence[Token]) -> bool:
    """True when there is something to read: links and headings without words are traps for screen readers."""
    return any(c.content.strip() for c in children if c.type in ("text", "code_inline", "image", "text_special"))


def _words(children: Sequence[Token]) -> str:
    return "".join(_words(c.children or []) if c.type == "image" else c.content or " " * (c.type == "softbreak") for c in children)


def _foreign_images_to_links(children: list[Token]) -> list[Token]:
    """Pictures from elsewhere would tell their host who reads: a link in their place, or their words inside a link."""
    result: list[Token] = []
    in_link = 0
    for child in children:
        in_link += child.nesting if child.type in ("link_open", "link_close") else 0
        address = str(child.attrs.get("src", ""))
        if child.type != "image" or is_own_file(address):
            result.append(child)
            continue
        words = Token("text", "", 0, content=_words([child]).strip() or address)
        if in_link:
            result.append(words)
        else:
            result += [Token("link_open", "a", 1, attrs={"href": address}), words, Token("link_close", "a", -1)]
    return result


def _name_empty_links(children: list[Token]) -> list[Token]:
    result: list[Token] = []
    start = 0
    for child in children:
        if child.type == "link_open":
            start = len(result)
        elif child.type == "link_close" and not _speaks(result[start:]):
            result.append(Token("text", "", 0, content=str(result[start].attrs["href"])))
        result.append(child)
    return result


def _shape_inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = _name_empty_links(_foreign_images_to_links(token.children))


def _shape_headings(state: StateCore) -> None:
    """The page owns h1 and h2: a text's first level becomes h3, and no level is skipped; empty headings go."""
    levels: list[int] = []
    kept: list[Token] = []
    tokens = iter(state.tokens)
    for token in tokens:
        if token.type != "heading_open":
            kept.append(token)
            continue
        words, close = next(tokens), next(tokens)
        if not _speaks(words.children or []):
            continue
        level = int(token.tag[1])
        while levels and levels[-1] >= level:
            levels.pop()
        levels.append(level)
        token.tag = close.tag = f"h{min(2 + len(levels), 6)}"
        kept += [token, words, close]
    state.tokens = kept


def _shape_tables(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("th_open", "td_open"):
            style = str(token.attrs.pop("style", ""))
            if style in _ALIGNMENT:
                token.attrSet("class", _ALIGNMENT[style])
            if token.type == "th_open":
                token.attrSet("scope", "col")


def _table_open(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    # The wrapper scrolls where the table is wider than a phone, and takes focus so that a keyboard can scroll it.
    return '<div class="table-scroll" tabindex="0"><table>\n'


def _table_close(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    return "</table></div>\n"


def _image(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    tokens[idx].attrSet("loading", "lazy")
    return self.image(tokens, idx, options, env)


def _normalize_link(plain: Any) -> Any:
    """«[сайт](www.город.рф)» is what people write: an address without a scheme, not a page of ours."""

    def normalize(url: str) -> str:
        result: str = plain("http://" + url if url.lower().startswith("www.") else url)
        return result

    return normalize


def _build() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "linkify": True, "maxNesting": MAX_NESTING})
    md.enable(["table", "strikethrough", "linkify"])
    assert md.linkify is not None
    md.linkify.add("ftp:", None).add("//", None)
    md.validateLink = is_link  # type: ignore[method-assign,assignment]
    md.normalizeLink = _normalize_link(md.normalizeLink)  # type: ignore[method-assign]
    md.core.ruler.after("block", "limit", _limit)
    # Before escaped signs join the words around them: «\\@anna» is no mention.
    md.core.ruler.before("text_join", "link_mentions", link_mentions)
    md.core.ruler.push("shape_inline", _shape_inline)
    md.core.ruler.push("shape_headings", _shape_headings)
    md.core.ruler.push("shape_tables", _shape_tables)
    md.add_render_rule("table_open", _table_open)
    md.add_render_rule("table_close", _table_close)
    md.add_render_rule("image", _image)
    return md


def parser() -> MarkdownIt:
    """This thread's parser: the linkifier keeps the last text it looked at, so it cannot be shared."""
    if not hasattr(_local, "md"):
        _local.md = _build()
    md: MarkdownIt = _local.md
    return md


def checked(markdown: str) -> str:
    """The text fit for parsing; raises Refused: `text.too_long` (limit), `text.too_complex`."""
    if len(markdown) > MAX_INPUT:
        raise Refused("text.too_long", limit=MAX_INPUT)
    if len(_COSTLY.findall(markdown)) > MAX_COSTLY:
        raise Refused("text.too_complex")
    return fit(markdown)


def to_html(markdown: str, known: Known | None = None) -> str:
    """HTML as the renderer makes it, before the sanitiser: never to be shown. `known` says which handles are somebody's."""
    result: str = parser().render(checked(markdown), {"known": known})
    return result
