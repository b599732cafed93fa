"""Where the things of the demonstration are."""

import re
from collections.abc import Iterable
from typing import Any

import pytest

from tests.journeys.stranger import Stranger


def addresses(paths: Iterable[str], places: dict[str, str]) -> list[str]:
    """Paths of tables as addresses: the word in capitals they may begin with stands for a place."""
    parts = (path.partition("/") for path in paths)
    return [(places[name] if name else "") + slash + rest for name, slash, rest in parts]


@pytest.fixture(scope="session")
def places(site: Any) -> dict[str, str]:
    """Those of the site that the journeys share."""
    return places_of(site.url)


def places_of(url: str) -> dict[str, str]:
    """Addresses of what the demonstration brought to a running site, found by following links."""
    guest = Stranger(url)
    employee, newcomer = (Stranger(url).sign_in(f"{name}@demo.example") for name in ("employee", "newcomer"))

    def link(text: str, pattern: str) -> str:
        found = re.search(f'href="({pattern})"', text)
        assert found, pattern
        return found[1]

    practice = link(guest.get("/practices?sort=discussed")[1], r"/practices/\d+/[^\"/]+")
    text = guest.get(practice)[1]
    own = link(employee.get("/people/employee")[1], r"/practices/\d+/[^\"/]+")
    others = list(dict.fromkeys(re.findall(r"/practices/(\d+)/", guest.get("/practices")[1])))[:4]
    history = f"{practice.rsplit('/', 1)[0]}/history"
    return {
        "PRACTICE": practice,
        "PASSPORT": f"{practice.rsplit('/', 1)[0]}/passport?comments=1",
        "COMPARED": "/compare?" + "&".join(f"practice={number}" for number in others),
        "TAG": link(text, '/tags/[^"]+'),
        "PERSON": link(text, '/people/[^"]+'),
        "MUNICIPALITY": link(guest.get("/regions/40")[1], r"/municipalities/\d+"),
        "HISTORY": history,
        "HANDOVER": f"{practice.rsplit('/', 1)[0]}/handover",
        "REVISION": link(guest.get(history)[1], r"/practices/\d+/history/\d+"),
        "OWN": own.rsplit("/", 1)[0],
        "DRAFT": link(employee.get("/drafts")[1], r"/practices/\d+/edit").removesuffix("/edit"),
        "COMMENTING": f"/entries/{practice.split('/')[2]}/comments/new",
        "CASE": f"/entries/{practice.split('/')[2]}",
        "HELD": f"/entries/{link(newcomer.get('/drafts')[1], r'/practices/[0-9]+/(?!edit)[^/]+').split('/')[2]}",
        "REPORT": f"/entries/{practice.split('/')[2]}/reports/new",
    }
