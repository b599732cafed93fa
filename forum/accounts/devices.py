"""What a person needs to recognise their own sign-ins, and no more: a browser, a system, a large piece of the net."""

import ipaddress
import re

# The first that fits: most browsers also name those they descend from.
BROWSERS = (
    ("YaBrowser", "Яндекс Браузер"),
    ("Edg", "Edge"),
    ("OPR|Opera", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chromium", "Chromium"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad|iPod", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS|Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux|X11", "Linux"),
)


def words(agent: str) -> str:
    """«Firefox, Windows»; what a User-Agent does not tell is left out. Versions are left out too: a new one is no new device."""
    found = (next((name for pattern, name in names if re.search(pattern, agent[:500])), "") for names in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found))


def network(address: str) -> str:
    """The large piece of the net an address lies in: «203.0.*.*», «2001:db8::/32». Most providers keep a customer within it."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((found, 32), strict=False))
        found = found.ipv4_mapped
    return ".".join([*str(found).split(".")[:2], "*", "*"])
