"""The list of words that need a moderator's eye: in every form that search takes for the same, letters of two scripts unmasked."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import events
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.search.analysis import all_words, token
from forum.trust.models import WordRule

LONGEST, MOST_WORDS, MOST_RULES = 80, 6, 1000
# Latin letters that look like Cyrillic ones, in words that have both.
_ALIKE = str.maketrans("abceghikmnoprtuxy03", "авседникмпоргтихуоз")


class Action(StrEnum):
    """What comes of such a word."""

    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase of the list as it is looked for: the search terms of its words, in order and side by side."""

    words: str
    action: str
    terms: tuple[str, ...]


def terms(text: str) -> list[str]:
    """The search term of each word of a text, stop words included: phrases stand side by side."""
    return [token(_unmasked(word)) for word in all_words(text)]


def _unmasked(word: str) -> str:
    """«кaзинo» with Latin letters in it is the word that it looks like."""
    latin = any("a" <= letter <= "z" for letter in word)
    return word.translate(_ALIKE) if latin and any("а" <= letter <= "я" for letter in word) else word


@lru_cache(8)
def compiled(rules: tuple[tuple[str, str], ...]) -> dict[str, list[Rule]]:
    """Rules (words, action) by their first term; the longest phrase first."""
    by_first: dict[str, list[Rule]] = {}
    for words, action in rules:
        if found := tuple(terms(words)):
            by_first.setdefault(found[0], []).append(Rule(words, action, found))
    return {first: sorted(some, key=lambda rule: -len(rule.terms)) for first, some in by_first.items()}


def matches(rules: Iterable[tuple[str, str]], text: str) -> list[Rule]:
    """The rules that a text meets, each once, in the order of their words there."""
    by_first = compiled(tuple(rules))
    if not by_first:
        return []
    there, found = terms(text), {}
    for at, term in enumerate(there):
        for rule in by_first.get(term, ()):
            if tuple(there[at : at + len(rule.terms)]) == rule.terms:
                found[rule.words] = rule
    return list(found.values())


# Of the table, and asked of the connection: whatever is posted asks for them.
_rules: Any = WordRule.__table__
_LISTED = select(_rules.c.words, _rules.c.action).order_by(_rules.c.id)


def listed(session: Session) -> list[tuple[str, str]]:
    """The list: words and actions."""
    return [(words, action) for words, action in session.connection().execute(_LISTED)]  # noqa: C416


def add(session: Session, words: str, action: str, by: Actor) -> WordRule:
    """Put words on the list, on record; raises Refused `words.…`. The next text is looked at with them."""
    rule = WordRule()
    _write(session, rule, words, action, by)
    session.add(rule)
    events.record(session, "admin.words_added", by=by, words=rule.words, action=rule.action)
    return rule


def change(session: Session, rule: WordRule, words: str, action: str, by: Actor) -> None:
    """Other words, or another action."""
    was = {"words": rule.words, "action": rule.action}
    _write(session, rule, words, action, by)
    if was != {"words": rule.words, "action": rule.action}:
        events.record(session, "admin.words_changed", by=by, was=was, words=rule.words, action=rule.action)


def remove(session: Session, rule: WordRule, by: Actor) -> None:
    """Take words off the list."""
    session.delete(rule)
    events.record(session, "admin.words_removed", by=by, words=rule.words, action=rule.action)


def _write(session: Session, rule: WordRule, words: str, action: str, by: Actor) -> None:
    text = _checked(session, rule, words)
    rule.words, rule.action = text, action if action in set(Action) else Action.HOLD
    rule.changed_at, rule.changed_by_id = now(), by.id


def _checked(session: Session, rule: WordRule, text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise Refused("words.missing", field="words")
    if len(words) > LONGEST:
        raise Refused("words.too_long", field="words", limit=LONGEST)
    meant = terms(words)
    if not meant:
        raise Refused("words.nothing", field="words")
    if len(meant) > MOST_WORDS:
        raise Refused("words.too_many_words", field="words", limit=MOST_WORDS)
    others = [other for other in session.scalars(select(WordRule)) if other is not rule]
    same = next((other for other in others if terms(other.words) == meant), None)
    if same is not None:
        raise Refused("words.known", field="words", words=same.words)
    if len(others) >= MOST_RULES:
        raise Refused("words.full", field="words", limit=MOST_RULES)
    return words
