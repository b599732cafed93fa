"""Saved searches in the words of their readers."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from forum.notifications.wording import within_quotes
from forum.saved_searches.models import SavedSearch, Wanted
from forum.search.labels import TITLES, Labels

MORE_TITLES = {"author": _l("Автор")}  # filters that are only typed


@dataclass(frozen=True, slots=True)
class Description:
    """`words` as they were typed, empty where there are none; `filters`: titles with their values."""

    words: str
    filters: Sequence[tuple[str, str]]

    @property
    def title(self) -> str:
        """What a search is called in a list."""
        return self.words or _("Все практики")

    @property
    def quoted(self) -> str:
        """The same within the quotes of a sentence."""
        return within_quotes(self.title)

    @property
    def line(self) -> str:
        """The filters in one line."""
        return "; ".join(f"{title}: {values}" for title, values in self.filters)


class Descriptions:
    """Looks up the names that some searches need, in one query."""

    def __init__(self, session: Session, lang: str, searches: Sequence[SavedSearch | Wanted]) -> None:
        self._labels = Labels(session, lang, {tag for search in searches for tag in search.filters.get("tag", ())})

    def of(self, search: SavedSearch | Wanted) -> Description:
        """One of them."""
        titles = {**TITLES, **MORE_TITLES}
        named = [(str(titles[name]), self._values(name, search.filters[name])) for name in titles if search.filters.get(name)]
        return Description(search.text, named)

    def _values(self, name: str, values: Sequence[str]) -> str:
        return ", ".join(self._labels.of(name, value) for value in values)
