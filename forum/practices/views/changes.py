"""What differs between two cards, field by field, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from forum.attachments.labels import KINDS, LICENCES
from forum.core.difference import Piece, by_word
from forum.extensions import db
from forum.places.models import Municipality
from forum.practices.models import Practice
from forum.practices.reference import known_obstacles
from forum.practices.views.blueprint import bp
from forum.practices.views.labels import statuses
from forum.practices.views.listing import ask
from forum.taxonomy.models import Nomination
from forum.web.language import named
from forum.web.templating import day, number

AROUND = 160  # characters of unchanged text kept on each side of a change


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs: its name, and its text as pieces that stayed, came or went."""

    label: str
    pieces: list[Piece]


def labels() -> dict[str, str]:
    """Fields in the order of the form."""
    return {
        "title": _("Название"),
        "summary": _("Кратко"),
        "status": _("Статус внедрения"),
        "started": _("Начало"),
        "finished": _("Окончание"),
        "municipality_id": _("Муниципальное образование"),
        "nomination_id": _("Номинация"),
        "tags": _("Темы"),
        "problem": _("Ситуация до внедрения"),
        "goals": _("Цели"),
        "solution": _("Решение"),
        "results": _("Результаты"),
        "participation": _("Участие жителей"),
        "beneficiaries": _("Благополучатели"),
        "participants": _("Участвовало жителей"),
        "steps": _("Шаги"),
        "resources": _("Ресурсы"),
        "costs": _("Стоимость по источникам"),
        "upkeep": _("Содержание в год"),
        "indicators": _("Показатели"),
        "lessons": _("Риски, ошибки, уроки"),
        "obstacles": _("Что мешало"),
        "would_help": _("Что помогло бы"),
        "replication": _("Условия тиражирования"),
        "donor_id": _("Практика-донор"),
        "contact": _("Контакт"),
        "valid_on": _("Сведения верны на дату"),
        "documents": _("Документы"),
    }


def changes(before: Mapping[str, Any], after: Mapping[str, Any], *, private: bool = True) -> list[Change]:
    """Every field that differs. Without `private` contacts are left out: they are not for guests."""
    shown = {name: label for name, label in labels().items() if private or name != "contact"}
    if before and "documents" not in before:
        shown.pop("documents")  # kept before documents were
    pairs = ((label, in_words(name, before.get(name)), in_words(name, after.get(name))) for name, label in shown.items())
    return [Change(label, list(_shortened(by_word(old, new)))) for label, old, new in pairs if old != new]


def in_words(name: str, value: Any) -> str:
    """The value of a field as a person would read it."""
    if value is None or value == []:
        return ""
    if name == "status":
        return statuses().get(value, value)
    if name == "municipality_id":
        place = db.session.get(Municipality, value)
        return named(place) if place else str(value)
    if name == "nomination_id":
        nomination = db.session.get(Nomination, value)
        return named(nomination, "title") if nomination else str(value)
    if name == "tags":
        return ", ".join(value)
    if name == "obstacles":
        return ", ".join(obstacle_names(value))
    if name == "costs":
        return "\n".join(f"{label}: {value[source]}" for source, label in sources().items() if value.get(source) is not None)
    if name == "documents":
        return "\n".join(map(_document, value))
    if name in Practice.ROWS:
        return "\n".join(" · ".join(_part(part) for part in row.values() if part not in (None, "")) for row in value)
    return str(value)


def _part(part: Any) -> str:
    """A figure is the same however it was stored: 498 and 498.0 are no change."""
    return number(part) if isinstance(part, int | float) else str(part)


def _document(said: Mapping[str, Any]) -> str:
    parts = [said["name"], str(KINDS.get(said["kind"], said["kind"]))]
    if said["valid_until"]:
        parts.append(_("действует до %(day)s", day=day(date.fromisoformat(said["valid_until"]))))
    if said["licence"]:
        parts.append(str(LICENCES.get(said["licence"], said["licence"])))
    return " · ".join(parts)


@bp.app_template_global()
def obstacles_of(practice: Practice) -> list[dict[str, str]]:
    """Code and name of each obstacle of a practice."""
    return [{"code": code, "name": name} for code, name in zip(practice.obstacles, obstacle_names(practice.obstacles), strict=True)]


def obstacle_names(codes: Sequence[str]) -> list[str]:
    """What obstacles are called."""
    known = ask(known_obstacles) if codes else {}
    return [named(known[code]) if code in known else code for code in codes]


def sources() -> dict[str, str]:
    """Where money comes from."""
    return {
        "local": _("Местный бюджет"),
        "regional": _("Региональный бюджет"),
        "federal": _("Федеральный бюджет"),
        "extra": _("Вне бюджета"),
    }


def _shortened(pieces: list[Piece]) -> Iterator[Piece]:
    """Long unchanged stretches give way to «…»."""
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        head = piece.text[:AROUND] if place else ""
        tail = piece.text[-AROUND:] if place < last else ""
        if piece.kind != "same" or len(piece.text) <= len(head) + len(tail) + 20:
            yield piece
        else:
            yield Piece("same", f"{head} … {tail}")
