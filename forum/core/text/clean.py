"""The sanitiser: the one place that calls bleach."""

import html
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bleach.html5lib_shim import Filter
from bleach.sanitizer import Cleaner

from forum.core.errors import Refused
from forum.core.text.addresses import is_link, is_outside, is_own_file
from forum.core.text.plain import plain_html

MAX_OUTPUT = 400_000  # characters of HTML
MAX_MARKUP = 20_000  # tags and entities: bleach takes some 30 µs for each
MAX_DEPTH = 60  # bleach is quadratic in the depth of nesting; Markdown of ours stays far below
OUTSIDE_REL = "nofollow ugc noopener"

Check = Callable[[str], Any]


def _any(value: str) -> bool:
    return True


def _one_of(*values: str) -> Check:
    return frozenset(values).__contains__


_CELL: Mapping[str, Check] = {"class": _one_of("align-center", "align-end"), "scope": _one_of("col")}
# Users give no class, id or style: the few classes are the renderer's own, from closed lists.
ALLOWED: Mapping[str, Mapping[str, Check]] = {
    "a": {"href": is_link, "title": _any},
    "img": {"src": is_own_file, "alt": _any, "title": _any, "loading": _one_of("lazy")},
    "ol": {"start": re.compile(r"\d{1,9}").fullmatch},
    "div": {"class": _one_of("table-scroll"), "tabindex": _one_of("0")},
    "th": _CELL,
    "td": {"class": _CELL["class"]},
}
TAGS = frozenset(ALLOWED) | {
    *("p", "br", "hr", "strong", "em", "s", "del", "code", "pre", "blockquote", "ul", "li"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr"),
}


def _attribute_allowed(tag: str, name: str, value: str) -> bool:
    check = ALLOWED.get(tag, {}).get(name)
    return bool(check and check(value))


class _Finish(Filter):
    """Drops links and pictures that lost their address; outside links get their `rel`."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        kept: list[bool] = []
        for token in super().__iter__():
            name, kind = token.get("name"), token["type"]
            if name == "img" and (None, "src") not in token["data"]:
                continue
            if name == "a" and kind in ("StartTag", "EmptyTag"):
                kept.append((None, "href") in token["data"])
                if not kept[-1]:
                    continue
                if is_outside(token["data"][(None, "href")]):
                    token["data"][(None, "rel")] = OUTSIDE_REL
            elif name == "a" and kind == "EndTag" and not (kept.pop() if kept else False):
                continue
            yield token


_local = threading.local()


def _cleaner() -> Cleaner:
    # One per thread: bleach's parser keeps state, and a shared one mixes texts up under load.
    if not hasattr(_local, "cleaner"):
        _local.cleaner = Cleaner(
            tags=TAGS,
            attributes=_attribute_allowed,
            protocols=frozenset({"http", "https", "mailto"}),
            strip=True,
            strip_comments=True,
            filters=[_Finish],
        )
    cleaner: Cleaner = _local.cleaner
    return cleaner


_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_VOID = frozenset({"br", "hr", "img"})


def _depth(markup: str) -> int:
    """The deepest nesting, counted from above: a tag left open counts until the end."""
    depth = deepest = 0
    for closing, name in _TAG.findall(markup):
        if closing:
            depth = max(depth - 1, 0)
        elif name.lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def check_size(markup: str) -> None:
    """Refuse (`text.too_complex`) HTML that would keep the sanitiser or a reader's browser busy."""
    if len(markup) > MAX_OUTPUT or markup.count("<") + markup.count("&") > MAX_MARKUP:
        raise Refused("text.too_complex")
    if _depth(markup) > MAX_DEPTH:
        raise Refused("text.too_complex")


def clean_once(markup: str) -> str:
    """One pass of the sanitiser: enough for well-formed HTML such as the renderer's own."""
    check_size(markup)
    result: str = _cleaner().clean(markup)
    if len(result) > MAX_OUTPUT:
        raise Refused("text.too_complex")
    return result


def sanitize(markup: str) -> str:
    """Any HTML to HTML that is safe to show, cleaned until a further pass changes nothing.

    Raises Refused("text.too_complex") beyond the caps.
    """
    for _ in range(4):
        cleaned = clean_once(markup)
        if cleaned == markup:
            return cleaned
        markup = cleaned
    # What does not settle is hostile: only its words are kept.
    return html.escape(plain_html(markup), quote=False)
