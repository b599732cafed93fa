"""The names of the rules, made links wherever a moderator's reason has them."""

import re
from functools import cache

from flask import url_for
from markupsafe import Markup

from forum.help.reading import WRITTEN_IN, page
from forum.web.templating import mark_lines

# As templates of reasons name them, in the language of the forum's people.
_NAMED = re.compile("(?<=Правило )«([^«»]+)»")
_NUMBER = re.compile(r"^\d+\. ")


@cache
def anchors() -> dict[str, str]:
    """Where each rule stands on its page, by its name without the number."""
    named = {_plain(section.title): section.anchor for section in page("rules", WRITTEN_IN).sections}
    return {_NUMBER.sub("", title): anchor for title, anchor in named.items() if _NUMBER.match(title)}


def linked(reason: str | None) -> Markup:
    """A reason with its line breaks, and the rule it names as a link."""
    return Markup(_NAMED.sub(_link, mark_lines(reason or "")))


def _plain(name: str) -> str:
    return name.replace("\N{NO-BREAK SPACE}", " ")


def _link(named: re.Match[str]) -> str:
    anchor = anchors().get(_plain(named[1]))
    return f'<a href="{url_for("help.page", topic="rules", _anchor=anchor)}">{named[0]}</a>' if anchor else named[0]
