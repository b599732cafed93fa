"""An independent look at HTML: everything a browser could act upon, by Python's own parser."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

HARMLESS = set("a br hr strong em s del code pre blockquote ul ol li h3 h4 h5 h6 table thead tbody tr th td div p img".split())  # noqa: SIM905
ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "div": {"class", "tabindex"},
    "th": {"class", "scope"},
    "td": {"class"},
}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str, str]] = []
        self.comments = 0

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, "", ""))
        self.found += [(tag, name, value or "") for name, value in attrs]

    def handle_comment(self, data):
        self.comments += 1

    handle_decl = handle_pi = unknown_decl = handle_comment


def markup_of(html: str) -> list[tuple[str, str, str]]:
    """(tag, attribute, decoded value) of each tag (attribute "") and attribute."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def active_in(html: str) -> list[str]:
    """What does not belong into a text of a user; empty when the HTML is safe."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    faults = ["a comment or declaration"] * bool(reader.comments)
    for tag, name, value in reader.found:
        if tag not in HARMLESS:
            faults.append(f"<{tag}>")
        elif name and name not in ATTRIBUTES.get(tag, set()):
            faults.append(f"{tag}[{name}]")
        elif name == "class" and value not in ("table-scroll", "align-center", "align-end"):
            faults.append(f"class {value}")
        elif name in ("href", "src") and not _safe(name, value):
            faults.append(f"{name} {value}")
    return faults


def _safe(name: str, value: str) -> bool:
    if any(ord(c) <= 32 or c == "\\" for c in value):
        return False
    if name == "src":
        return value.startswith("/files/") and ".." not in value
    parts = urlsplit(value)
    if parts.scheme in ("http", "https"):
        return bool(parts.netloc) and "@" not in parts.netloc
    return parts.scheme == "mailto" or (not parts.scheme and not parts.netloc and value[:1] in ("/", "#"))
