"""What helps where little or nothing was found: filters to take off, words that nothing has, and what others read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from forum.core.actor import Actor
from forum.search.analysis import all_words, part_of_name
from forum.search.found import Found, Item, Items, told
from forum.search.labels import Labels, without
from forum.search.page.facets import Choice
from forum.search.page.links import Chosen
from forum.search.page.wish import Wish
from forum.search.port import Engine, Query
from forum.search.query import Asked
from forum.search.shelf import Shelf
from forum.search.synonyms import Synonyms

ANSWERED = 0.5  # of the question's weight: from here on the best document is an answer
LOOKED_UP = 8  # words of a question
LONGEST_NAME = 3  # words of a name: given name, patronymic, surname
PRACTICES, THEMES = 4, 12
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"\w[\w-]*")


@dataclass(frozen=True, slots=True)
class Popular:
    """Practices that most have voted for, and the themes most written of (by slug)."""

    practices: Sequence[Item] = ()
    themes: Sequence[str] = ()


def popular(session: Session, actor: Actor, engine: Engine, shelf: Shelf) -> Popular:
    """What others read, for one short question; raises `Unavailable`."""
    results = engine.search(Query(kinds=["practice"], sort="votes", limit=PRACTICES))
    practices = shelf.load(session, actor, results.hits)
    tags = told(results.facets, practices.gone).get("tag", {})
    return Popular(practices, sorted(tags, key=lambda slug: (-tags[slug], slug))[:THEMES])


def falls_short(wanted: Wish, found: Found) -> bool:
    """Whether something was found, but nothing that answers the whole question."""
    return bool(found.items and wanted.asked.words) and found.results.coverage < ANSWERED


def missing_words(engine: Engine, wanted: Wish, synonyms: Synonyms) -> list[str]:
    """Words of the question that nothing has, nor anything like them; of a single word the empty page says enough. Raises `Unavailable`."""
    words = wanted.asked.words[:LOOKED_UP]
    if len(words) < 2:
        return []
    typed = {word: piece for piece in _WORD.findall(wanted.asked.text) for word in all_words(piece)}
    return [typed.get(word, word) for word in words if not engine.search(Query(word, limit=1, synonyms=synonyms)).total]


def author(engine: Engine, wanted: Wish, found: Found) -> str:
    """The question as the name of an author, in a list of practices without people; empty where nobody has it. Raises `Unavailable`."""
    kinds, filters = wanted.chosen["kind"], found.filters or {}
    if "practice" not in kinds or "person" in kinds or "author" in filters:
        return ""
    gone = found.items.gone if isinstance(found.items, Items) else 0
    for name in _names(wanted.asked):
        if engine.search(Query(kinds=["practice"], filters={**filters, "author": [name]}, limit=0)).total > gone:
            return name.title() if name.islower() else name
    return ""


def _names(asked: Asked) -> list[str]:
    """What names the words could be: «Соколова Мария» is «Мария Соколова» too. A given name alone says nothing."""
    pieces = _NAME.findall(asked.text)
    if asked.phrases or asked.excluded or not 1 <= len(pieces) <= LONGEST_NAME:
        return []
    if len(pieces) == 1 and part_of_name(all_words(asked.text)[0]) in ("Name", "Patr"):
        return []
    return [" ".join([*pieces[turn:], *pieces[:turn]]) for turn in range(len(pieces))]


def wider(engine: Engine, wanted: Wish, found: Found, chosen: Chosen) -> list[tuple[str, str, int]]:
    """Filters whose removal brings something: name (none for all of them at once), address and how much. Raises `Unavailable`."""
    filters = found.filters or {}
    query = replace(wanted.query, limit=1, offset=0, synonyms=found.synonyms)

    def total(kept: dict[str, Sequence[str]], kinds: Sequence[str]) -> int:
        return engine.search(replace(query, filters=kept, kinds=kinds)).total

    ways = []
    for name in chosen.names:
        kept = {other: values for other, values in filters.items() if other != name}
        count = total(kept, [] if name == "kind" else query.kinds)
        ways.append((name, chosen.without(name, chosen.values(name)), count))
    if len(ways) > 1:
        ways.append(("", chosen.without_all(), total({}, query.kinds)))
    return [way for way in ways if way[2]]


def named(ways: Sequence[tuple[str, str, int]], everything: str) -> list[Choice]:
    """The ways in words."""
    return [Choice(without(name) if name else everything, url, count=count) for name, url, count in ways]


def themes(slugs: Sequence[str], labels: Labels) -> list[tuple[str, str]]:
    """Slug and name of each."""
    return [(slug, labels.of("tag", slug)) for slug in slugs]
