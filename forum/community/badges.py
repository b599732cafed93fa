"""What people are given a sign for on their page: six plain facts about what they published. No levels, no points, no races.

Each rule is judged from numbers the page has read anyway, whenever the page is drawn: a sign comes and goes with what it stands for.
"""

from collections.abc import Callable

from forum.practices.people import Record

Rule = Callable[[Record], bool]
RULES: dict[str, Rule] = {}
MANY_PRACTICES, MANY_ANSWERS = 5, 20


def badge(rule: Rule) -> Rule:
    """Enter a rule under its name; signs stand in the order of the rules."""
    RULES[rule.__name__] = rule
    return rule


def earned(record: Record) -> list[str]:
    """Names of the badges that a record has earned."""
    return [name for name, rule in RULES.items() if rule(record)]


@badge
def first_practice(record: Record) -> bool:
    """«Первая практика»: one is published."""
    return record.practices >= 1


@badge
def five_practices(record: Record) -> bool:
    """«Пять практик»: so many are published."""
    return record.practices >= MANY_PRACTICES


@badge
def with_figures(record: Record) -> bool:
    """«Практика с показателями»: one of them says in figures what has changed."""
    return record.measured >= 1


@badge
def honest(record: Record) -> bool:
    """«Честный опыт»: one of them tells of what did not work."""
    return record.failed >= 1


@badge
def proved_useful(record: Record) -> bool:
    """«Проверенная польза»: somebody else made theirs after one of them, and names it as the donor."""
    return record.adapted >= 1


@badge
def answers_neighbours(record: Record) -> bool:
    """«Отвечает соседям»: so many comments have a vote for them each. Votes against take nothing away."""
    return record.supported >= MANY_ANSWERS
