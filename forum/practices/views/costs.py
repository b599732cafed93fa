"""Comparable cost in words, and the page that says how it is reckoned."""

from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from forum.extensions import db
from forum.practices import peers
from forum.practices.costs import FIGURES, LEAST_PEERS, Place, strip
from forum.practices.models import Practice
from forum.practices.peers import SAMPLE, Standing
from forum.practices.views import labels
from forum.practices.views.blueprint import bp
from forum.taxonomy.models import prices
from forum.web import language
from forum.web.access import access, everyone
from forum.web.templating import number, percent, roubles


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: its name, the value, its place among similar practices and what is usual with them (empty where those are too few)."""

    name: str
    label: str
    value: str
    place: str = ""
    usual: str = ""
    circle: str = ""
    ends: tuple[str, str] = ("", "")
    strip: dict[str, float] | None = None


@dataclass(frozen=True, slots=True)
class CostLines:
    """What pages say of a practice's cost: the figures that are known, the year of the prices, and what keeps others from being told."""

    lines: list[Line]
    level: int
    missing: str


def cost_lines(practice: Practice, standing: Standing | None) -> CostLines | None:
    """The comparable cost of a practice in words; None where nothing of it is known."""
    if standing is None:
        return None
    lines = [_line(name, value, standing) for name, value in standing.figures.items() if value is not None]
    return CostLines(lines, standing.level, _missing(practice, standing.level))


def costs_of_one(session: Session, practice: Practice) -> CostLines | None:
    """The same, with the one query that it takes."""
    return cost_lines(practice, peers.standings(session, [practice]).get(practice.id))


def names() -> dict[str, str]:
    """The figures, as they are called."""
    words = (_("На жителя"), _("На благополучателя"), _("Доля вне бюджета"), _("Содержание на жителя в год"))
    return dict(zip(FIGURES, words, strict=True))


def amount(name: str, value: float) -> str:
    """A figure with its unit."""
    return percent(value) if name == "extra_share" else roubles(value)


def _line(name: str, value: float, standing: Standing) -> Line:
    label = names()[name]
    if name not in standing.places:
        return Line(name, label, amount(name, value))
    step, place = standing.places[name]
    ends = (amount(name, place.least), amount(name, place.most))
    return Line(name, label, amount(name, value), in_words(name, place), _usual(name, place), circles()[step], ends, strip(place))


def in_words(name: str, place: Place) -> str:
    """дороже, чем у 7 из 10 похожих"""
    if not place.less and not place.more:
        return _("столько же, сколько у всех похожих (%(all)s)", all=place.count)
    count, more = max(place.less, place.more), place.less >= place.more
    whom = _("у %(num)s из %(all)s похожих", num=count, all=place.count)
    if count == place.count:
        whom = _("у всех %(all)s похожих", all=place.count)
    if name == "extra_share":
        return _("больше, чем %(whom)s", whom=whom) if more else _("меньше, чем %(whom)s", whom=whom)
    return _("дороже, чем %(whom)s", whom=whom) if more else _("дешевле, чем %(whom)s", whom=whom)


def _usual(name: str, place: Place) -> str:
    low, high = amount(name, place.lower), amount(name, place.upper)
    if low == high:
        return _("обычно %(amount)s", amount=low)
    digits = 2 if name != "extra_share" and place.upper < 10 else 0
    # One unit for both ends, where the language writes it.
    if language.select() == "en":
        return _("обычно %(amount)s", amount=f"{low}–{number(round(place.upper, digits), digits)}{'%' if name == 'extra_share' else ''}")
    return _("обычно %(amount)s", amount=f"{number(round(place.lower, digits), digits)}–{high}")


def circles() -> dict[str, str]:
    """With whom a figure is compared, by step."""
    return {
        "theme_town": _("та же номинация, общая тема, такие же муниципалитеты"),
        "theme": _("та же номинация, общая тема, любые муниципалитеты"),
        "town": _("та же номинация, любая тема, такие же муниципалитеты"),
        "nomination": _("та же номинация, любые темы и муниципалитеты"),
    }


def _missing(practice: Practice, level: int) -> str:
    year, town = practice.year_of_money, practice.municipality
    if practice.total is None and practice.upkeep is None:
        return ""
    if year is None:
        return _("Год не указан, поэтому в цены %(level)s года стоимость не пересчитана.", level=level)
    if practice.comparable_cost is None and town is not None and not town.population:
        return _("Население муниципалитета неизвестно, поэтому стоимость на жителя не посчитана.")
    if year > level:
        return _("За %(year)s год индекса цен ещё нет: стоимость взята без пересчёта.", year=year)
    return ""


@bp.get("/costs")
@access(everyone, cache=True)
def costs() -> str:
    """How comparable cost is reckoned, with the index of prices."""
    index = prices(db.session())
    return render_template(
        "practices/costs.html",
        level=index.level,
        years=[(year, _two_digits(percent), _two_digits(index.factor(year) or 0)) for year, percent in index.years.items()],
        steps=list(circles().values()),
        least=LEAST_PEERS,
        sample=SAMPLE,
        bands=list(labels.populations().values()),
    )


def _two_digits(value: float) -> str:
    """With as many digits in each row of a column."""
    return f"{value:.2f}".replace(".", "." if language.select() == "en" else ",")
