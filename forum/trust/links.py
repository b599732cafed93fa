"""Where the links of a text lead."""

import html
import re
from urllib.parse import urlsplit

_LINK = re.compile(r'<a\s[^<>]*?href="([^"<>]*)"')
# Subdomains of these are states' and municipalities' own.
OFFICIAL = ("gov.ru", "mos.ru", "gosuslugi.ru", "xn--80aesfpebagmfblc0a.xn--p1ai")


def targets(markup: str) -> list[str]:
    """The addresses outside this site that safe HTML links to, in order."""
    found = (html.unescape(address) for address in _LINK.findall(markup))
    return [address for address in found if address.startswith(("http://", "https://", "//"))]


def domain(address: str) -> str:
    """The host of an address, in ASCII and without `www.`; empty where there is none."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
    except (ValueError, UnicodeError):
        return ""
    return name.removeprefix("www.")[:253]


def domains(markup: str) -> list[str]:
    """The domains that safe HTML links to, each once."""
    return list(dict.fromkeys(name for address in targets(markup) if (name := domain(address))))


def above(name: str) -> list[str]:
    """The domain and those it lies in, but no top-level one."""
    labels = name.split(".")
    return [".".join(labels[start:]) for start in range(max(1, len(labels) - 1))]


def is_official(name: str) -> bool:
    """Whether the domain is the state's own."""
    return not set(above(name)).isdisjoint(OFFICIAL)
