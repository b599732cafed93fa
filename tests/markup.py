"""What every page owes its reader, found in the text of the page alone (a browser mends mistakes in silence)."""

from collections import Counter
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib

NAMELESS_FIELDS = {"hidden", "submit", "reset", "button", "image"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-errormessage", "form", "list")


def valid_html(text: str) -> list[str]:
    """Every fault of a whole page, in words; an empty list for a good page."""
    root, syntax = _parsed(text)
    return [*syntax, *_outline(root), *_ids(root), *_names(root), *_inline(root)]


def tree(text: str) -> Element:
    """A page as a browser takes it; whoever asks for the same page gets the same tree, to be read only."""
    return _parsed(text)[0]


@lru_cache(16)
def _parsed(text: str) -> tuple[Element, tuple[str, ...]]:
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parse(text)
    return root, tuple(f"syntax, line {line}: {code} {details or ''}".rstrip() for (line, _), code, details in parser.errors)


def _words(element: Element) -> str:
    pictures = (image.get("alt", "") for image in element.iter("img"))
    titles = (child.text or "" for child in element.iter() if str(child.tag).endswith("}title"))
    return " ".join([*element.itertext(), *pictures, *titles]).strip()


def _outline(root: Element) -> list[str]:
    faults = []
    headings = list(root.iter("h1"))
    if len(headings) != 1:
        faults.append(f"{len(headings)} h1 instead of one")
    if any(not _words(heading) for level in range(1, 7) for heading in root.iter(f"h{level}")):
        faults.append("an empty heading")
    title = root.find("head/title")
    if title is None or not (title.text or "").strip():
        faults.append("no title")
    if not root.get("lang"):
        faults.append("no language on html")
    if len(list(root.iter("main"))) != 1:
        faults.append("not exactly one main")
    return faults


def _ids(root: Element) -> list[str]:
    ids = Counter(element.get("id") for element in root.iter() if element.get("id") is not None)
    faults = [f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1]
    for element in root.iter():
        for attribute in REFERENCES:
            faults += [
                f"{element.tag} {attribute}={name!r} leads nowhere" for name in element.get(attribute, "").split() if name not in ids
            ]
        href = element.get("href", "") if element.tag == "a" else ""
        if href.startswith("#") and len(href) > 1 and href[1:] not in ids:
            faults.append(f"link to {href} leads nowhere")
    return faults


def _names(root: Element) -> list[str]:
    """Fields, buttons, links and pictures that a screen reader could not name."""
    labels = {label.get("for") for label in root.iter("label") if _words(label)}
    wrapped = {id(field) for label in root.iter("label") if _words(label) for field in label.iter()}
    faults = []
    for element in root.iter():
        if element.get("aria-label", "").strip() or element.get("aria-labelledby") or element.get("title", "").strip():
            continue
        if element.tag in {"input", "select", "textarea"} and element.get("type", "").lower() not in NAMELESS_FIELDS:
            if element.get("id") not in labels and id(element) not in wrapped:
                faults.append(f"field {element.get('name')!r} has no label")
        elif element.tag in {"button", "summary"} or (element.tag == "a" and element.get("href") is not None):
            if not _words(element):
                faults.append(f"{element.tag} {element.get('href', '')} has no words".replace("  ", " "))
        elif element.tag == "img" and element.get("alt") is None:
            faults.append(f"picture {element.get('src')!r} has no alt")
    return faults


def _inline(root: Element) -> list[str]:
    """What the content security policy would refuse."""
    faults = []
    for element in root.iter():
        if element.tag == "style" or (element.tag == "script" and element.get("src") is None and "json" not in element.get("type", "")):
            faults.append(f"inline {element.tag}")
        for name, value in element.attrib.items():
            plain = str(name)
            if plain == "style" or plain.startswith("on"):
                faults.append(f"{element.tag} has the attribute {plain}")
            if plain in {"href", "src", "action", "formaction"} and value.strip().lower().startswith("javascript:"):
                faults.append(f"{element.tag} {plain} is a script")
    return faults
