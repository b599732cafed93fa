"""What the search box offers while something is typed: practices, themes, places, and filters to go on with.

The engine and the lists of names say which; titles and names come from the database when they are offered, by the rule of
what guests may read, so that nothing outlives its hiding.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import String, bindparam, cast, literal, select, union_all
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.core.actor import GUEST
from forum.core.clock import now
from forum.entries.policy import visible_to
from forum.places.models import Municipality, Region
from forum.places.queries import names as place_names
from forum.search import field_completion, layout, slips
from forum.search.analysis import all_words
from forum.search.field_completion import Opened
from forum.search.labels import FIXED
from forum.search.name_sources import has_practices, has_published, practices
from forum.search.names import Key, NameLists
from forum.search.port import Engine, Unavailable
from forum.search.query import parse
from forum.taxonomy.models import Nomination, Tag

LONGEST = 200  # characters; longer questions are nobody's beginnings
LEAST = 2  # letters
TITLES, OTHERS, VALUES = 8, 4, 6
TRIES = 4  # of mended texts
SPARE = 4  # titles asked for beyond those shown, in place of such as are gone
YEARS = 15


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to choose: a thing with a page (`kind`, `key`, `slug`), or a filter, with the text the box would have then."""

    kind: str
    key: str
    text: str
    note: str = ""
    slug: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """What completions are made from; `lang` is the language names are shown in."""

    session: Session
    engine: Engine
    lists: NameLists
    lang: str

    def begun(self, beginnings: Sequence[str]) -> Mapping[str, int]:
        """Of these beginnings those with which a word of a title, a theme or a place begins, with about how many do."""
        found = Counter(self.lists.get("place", self.session, self.engine).begun(beginnings))
        with suppress(Unavailable):
            found.update(self.lists.get("tag", self.session, self.engine).begun(beginnings))
            found.update(self.engine.begun(beginnings))
        return found

    def keys(self, name: str, typed: Sequence[str], limit: int) -> list[Key]:
        return self.lists.get(name, self.session, self.engine).find(typed, limit)


def complete(sources: Sources, text: str) -> list[Offer]:
    """Offers for a text on one line, in the order of their groups.

    Where there are none, for what its keys mean in the other layout; else for the text with a slip of the fingers undone.
    """
    if len(text) > LONGEST:
        return []
    return _complete(sources, text) or _complete(sources, " ".join(layout.candidates(text))) or _mended(sources, text)


def _mended(sources: Sources, text: str) -> list[Offer]:
    """Offers for the text with one of its words mended, the last first: it is the one being typed."""
    if field_completion.opened(text) is not None or parse(text).fields:
        return []
    typed = all_words(parse(text).text)
    tries = ([*typed[:at], word, *typed[at + 1 :]] for at in reversed(range(len(typed))) for word in slips.meant(typed[at], sources.begun))
    return next(filter(None, (_complete(sources, " ".join(words)) for words in islice(tries, TRIES))), [])


def titles(sources: Sources, text: str) -> list[Offer]:
    """Practices whose titles have these words, the last perhaps cut short; none while the engine is away."""
    return _named(sources, {"practice": _practices(sources, text)})[:TITLES]


def _complete(sources: Sources, text: str) -> list[Offer]:
    opened = field_completion.opened(text)
    if opened is not None:
        return _values(sources, opened)
    filters = [Offer("filter", piece, piece, query=whole) for piece, whole in field_completion.begun(text)]
    asked = parse(text)
    typed = all_words(asked.text)
    if asked.fields or _letters(typed) < LEAST:
        return filters
    return [*_named(sources, {"practice": _practices(sources, asked.text), **_others(sources, typed)}), *filters]


def _practices(sources: Sources, text: str) -> Sequence[int]:
    if len(text) > LONGEST or _letters(all_words(text)) < LEAST:
        return []
    try:
        return sources.engine.complete(text, TITLES + SPARE)
    except Unavailable:
        return []


def _letters(typed: Sequence[str]) -> int:
    return sum(map(len, typed))


def _others(sources: Sources, typed: Sequence[str]) -> dict[str, list[Key]]:
    """Keys of the themes and places that have all words."""
    places = sources.keys("place", typed, OTHERS)
    try:
        tags = sources.keys("tag", typed, OTHERS)
    except Unavailable:
        tags = []
    # Codes of regions are words, ids of municipalities numbers.
    return {
        "tag": tags,
        "region": [key for key in places if isinstance(key, str)],
        "municipality": [key for key in places if isinstance(key, int)],
    }


# Values of a filter.


def _values(sources: Sources, opened: Opened) -> list[Offer]:
    offers = []
    choices = _choices(sources, opened.facet, opened.value)
    if not choices and (other := layout.other(opened.value)):
        choices = _choices(sources, opened.facet, other)
    for value, code, note in choices:
        piece, whole = opened.with_value(value, code)
        if piece != f"{opened.name}:{opened.value}":
            offers.append(Offer("filter", piece, piece, note, query=whole))
    return offers


def _choices(sources: Sources, facet: str, typed: str) -> Sequence[tuple[str, str, str]]:
    """Values that go on so: as a person writes them, as the code says them, and what else to say of them."""
    words = all_words(typed)
    if facet == "year":
        years = [str(now().year - ago) for ago in range(YEARS)]
        return [(year, year, "") for year in years if year.startswith("".join(words))][:VALUES]
    if facet == "status":
        labels = {code: str(label).lower() for code, label in FIXED["status"].items()}
        found = [(code, label) for code, label in labels.items() if label.replace("ё", "е").startswith(" ".join(words))]
        return [(label, code, "") if sources.lang == "ru" else (code, code, label) for code, label in found]
    try:
        offers = _named(sources, {facet: sources.keys(facet, words, VALUES)})
    except Unavailable:
        return []
    return [(one.text, one.slug or one.key, "") if _only(sources, facet, one.text) else (one.key, one.key, one.text) for one in offers]


def _only(sources: Sources, facet: str, name: str) -> bool:
    """Whether the box would read a name as one value: another region has all the words of «Ненецкий автономный округ» too."""
    return facet not in ("region", "nomination") or len(sources.keys(facet, all_words(name), 2)) == 1


# What the database says of what was found.


def _named(sources: Sources, wanted: Mapping[str, Sequence[Key]]) -> list[Offer]:
    """What is behind the keys, in their order, by one query; no more titles than are shown."""
    wanted = {kind: keys for kind, keys in wanted.items() if keys}
    if not wanted:
        return []
    rows = sources.session.execute(_query(sources.lang, tuple(wanted)), {f"{kind}_keys": keys for kind, keys in wanted.items()})
    known = {(kind, key): Offer(kind, key, text, note or "", slug) for kind, key, text, note, slug in rows}
    found = {kind: [known[kind, str(key)] for key in keys if (kind, str(key)) in known] for kind, keys in wanted.items()}
    return [offer for kind, offers in found.items() for offer in (offers[:TITLES] if kind == "practice" else offers)]


@lru_cache
def _query(lang: str, kinds: tuple[str, ...]) -> Any:
    """Kind, key, name, note and slug of each; made once, since making it takes longer than asking."""
    parts = _parts(lang)
    chosen = [parts[kind][1].where(parts[kind][0].in_(bindparam(f"{kind}_keys", expanding=True))) for kind in kinds]
    return chosen[0] if len(chosen) == 1 else union_all(*chosen)


def _parts(lang: str) -> dict[str, tuple[Any, Any]]:
    """For each kind the column of its keys, and the query for all of it that guests may be told."""
    kind, (town, region) = practices(), place_names(lang)
    short = Nomination.short_en if lang == "en" else Nomination.short
    columns: dict[str, tuple[Any, ...]] = {  # key, name, note, slug
        "practice": (kind.id, kind.title, town, kind.slug),
        "tag": (Tag.id, Tag.name, literal(""), Tag.slug),
        "region": (Region.code, region, literal(""), literal("")),
        "municipality": (Municipality.id, town, region, literal("")),
        "nomination": (Nomination.id, short, literal(""), literal("")),
        "author": (Person.id, Person.name, literal(""), literal("")),
    }
    queries = {name: select(literal(name), cast(key, String), *more) for name, (key, *more) in columns.items()}
    queries["practice"] = queries["practice"].outerjoin(kind.municipality).where(visible_to(GUEST))
    queries["municipality"] = queries["municipality"].join(Municipality.region)
    queries["tag"] = queries["tag"].where(has_practices())
    queries["author"] = queries["author"].where(has_published())
    return {name: (columns[name][0], query) for name, query in queries.items()}
